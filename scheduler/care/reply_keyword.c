/*
 * Stop, start and help, by the carriers' keywords standing alone or said
 * plainly; the wrong number; automatic answers; mere courtesy.
 */
#include "care/reply_text.h"

static const enum role stop_only[] = { ROLE_STOP_ALONE, ROLE_POLITE, ROLE_NO,
	ROLE_COURTESY, ROLE__MAX };
static const enum role stop_clear[] = { ROLE_STOP_CLEAR, ROLE_POLITE,
	ROLE__MAX };
static const enum role start_only[] = { ROLE_START_ALONE, ROLE_POLITE,
	ROLE__MAX };
static const enum role help_only[] = { ROLE_HELP_ALONE, ROLE_POLITE,
	ROLE__MAX };
static const enum role courtesy_only[] = { ROLE_COURTESY, ROLE_POLITE,
	ROLE__MAX };

/* Is that all these words say, and nothing that only looks so: "no, ya no
 * baja"? */
static bool
says_only(struct reply_text *text, int first, int end, const enum role *roles)
{
	return match_only(text, first, end, roles) &&
	       match_role_in(text, ROLE_STOP_NOT, first, end) < 0;
}

/* Does a sentence of the text, or all of it, say nothing else? */
static bool
stands_alone(struct reply_text *text, const enum role *roles)
{
	if (says_only(text, 0, text->len, roles))
		return true;
	for (int at = 0; at < text->len;) {
		int end = text_end(text, at, MARK_CLAUSE);

		/* "End, finally" is no keyword; "6. STOP" has one. */
		if ((end == text->len ||
			(text->tokens[end].before & MARK_END)) &&
		    (at == 0 || (text->tokens[at].before & MARK_END)) &&
		    says_only(text, at, end, roles))
			return true;
		at = end;
	}
	return false;
}

/* "All better, stop please": the last clause, politely and plainly. */
static bool
closes_with_stop(struct reply_text *text)
{
	int first = text_first(text, text->len - 1, MARK_CLAUSE | MARK_DASH);

	return text->len - first > 1 &&
	       match_only(text, first, text->len, stop_clear);
}

/* "6 stop": a score and the keyword, nothing else. "8, alto" is a high one. */
static bool
stands_by_number(struct reply_text *text)
{
	if (text->len < 2)
		return false;
	if (text->tokens[0].tenths >= 0)
		return match_only(text, 1, text->len, stop_clear);
	return text->tokens[text->len - 1].tenths >= 0 && text->len == 2 &&
	       text->tokens[1].digits && match_only(text, 0, 1, stop_clear);
}

static bool
said(struct reply_text *text, enum role role, enum role not )
{
	for (int at = 0; at < text->len; at++) {
		int end = match_role(text, role, at);
		bool kept = end >= 0;

		if (!kept)
			continue;
		/* "Don't stop texting me" begins before and takes it in. */
		for (int i = at; not != ROLE__MAX && i >= 0 && i > at - 6;
		     i--) {
			if (match_role(text, not, i) > at)
				kept = false;
		}
		if (kept)
			return true;
	}
	return false;
}

/* An answer that a phone or a mail program gives, not "can you wait while I am
 * away until Monday?" */
static bool
sent_by_itself(struct reply_text *text)
{
	for (int at = 0; at < text->len; at++) {
		if (match_role(text, ROLE_AUTOMATIC, at) >= 0 &&
		    !reply_in_question(text, at))
			return true;
	}
	return false;
}

/* "Thanks Sarah", "hello doctor Patel": a name after a greeting, no more. */
static bool
greets(struct reply_text *text)
{
	bool greeted = false;

	for (int at = 0; at < text->len;) {
		int stop = match_role(text, ROLE_COURTESY, at);
		int polite = match_role(text, ROLE_POLITE, at);

		stop = polite > stop ? polite : stop;
		if (stop < 0) {
			const struct token *token = &text->tokens[at];
			bool last = at + 1 == text->len &&
				    !(token->before & MARK_CLAUSE);
			bool name = (token->ids_len == 0 || last) &&
				    token->tenths < 0 && token->len > 1;

			if (!name || !greeted)
				return false;
			stop = at + 1;
			greeted = false;
		} else {
			greeted =
			    match_role_before(text, ROLE_GREETING, stop) >= 0;
		}
		at = stop;
	}
	return text->len > 0;
}

/* No words at all, only a picture or a reaction. */
static bool
wordless(const struct reply_text *text)
{
	return text->len == 0 && (text->symbols || text->tapback);
}

void
reply_read_keywords(
    struct reply_text *text, enum asks asked, struct reading *reading)
{
	(void)asked;
	reading->stop = stands_alone(text, stop_only) ||
			stands_by_number(text) || closes_with_stop(text) ||
			said(text, ROLE_STOP_SAID, ROLE_STOP_NOT);
	reading->start =
	    !reading->stop && (match_only(text, 0, text->len, start_only) ||
				  said(text, ROLE_START_SAID, ROLE_STOP_NOT));
	reading->help = !reading->stop && stands_alone(text, help_only);
	bool wrong = said(text, ROLE_WRONG_NUMBER, ROLE__MAX);
	reading->who = !wrong && said(text, ROLE_WHO_IS_THIS, ROLE__MAX);
	reading->wrong_number = wrong || reading->who;
	if (!reading->stop)
		reading->pause_days = reply_pause(text);
	reading->automatic = sent_by_itself(text);
	reading->courtesy = wordless(text) ||
			    match_only(text, 0, text->len, courtesy_only) ||
			    greets(text);
}
