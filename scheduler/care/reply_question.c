/*
 * Does the patient ask the clinic something? A clause that opens as questions
 * do, a request ("call me"), or a question mark after more than an answer.
 */
#include "care/reply_text.h"

static bool
opens_clause(struct reply_text *text, int at)
{
	if (at == 0 || (text->tokens[at].before & (MARK_CLAUSE | MARK_DASH)))
		return true;
	return text->tokens[at - 1].tenths >= 0 ||
	       match_role_before(text, ROLE_POLITE, at) >= 0 ||
	       /* "Ni puedo andar": joined, but denied. */
	       (match_role_before(text, ROLE_JOIN, at) >= 0 &&
		   match_role_before(text, ROLE_DENIAL, at) < 0);
}

/* "Can I", but not "can I say 4". */
static bool
opens_question(struct reply_text *text, int at)
{
	int end = match_role(text, ROLE_QUESTION, at);

	return end >= 0 && match_role(text, ROLE_LEAD, at) <= end &&
	       opens_clause(text, at);
}

/* The start of the question that a place stands in, or -1. Without its mark a
 * question ends with its clause: "can walk fine, 3". */
static int
question_start(struct reply_text *text, int at)
{
	int end = text_end(text, at, MARK_END | MARK_QUESTION);
	bool marked = text->tokens[end].before & MARK_QUESTION;
	int first = text_first(text, at,
	    marked ? MARK_END | MARK_QUESTION : (unsigned)MARK_CLAUSE);

	for (int i = first; i <= at; i++) {
		if (opens_question(text, i))
			return i;
	}
	return -1;
}

/* Is there more in these words than an answer? "5?" and "ok?" ask nothing;
 * "swimming tomorrow?" does. */
static bool
more_than_answer(struct reply_text *text, int at, int end)
{
	static const enum role answers[] = { ROLE_LEAD, ROLE_AFTER, ROLE_PAIN,
		ROLE_POLITE, ROLE_COURTESY, ROLE_YES, ROLE_NO, ROLE_NOW,
		ROLE_TODAY, ROLE_SETTLED, ROLE_NOT_SETTLED, ROLE_DONE,
		ROLE__MAX };

	while (at < end) {
		struct number n;
		int longest =
		    reply_number(text, at, &n) && !n.other ? n.end : -1;

		for (int i = 0; answers[i] != ROLE__MAX; i++) {
			int stop = match_role(text, answers[i], at);

			longest = stop > longest ? stop : longest;
		}
		if (longest < 0)
			return true;
		at = longest;
	}
	return false;
}

/* "Carry on with a 6?" asks about the 6; "6 is that normal?" tells it. */
static bool
in_marked_clause(struct reply_text *text, int at)
{
	int first = text_first(text, at, MARK_CLAUSE);
	int end = text_end(text, at, MARK_CLAUSE);

	if (!(text->tokens[end].before & MARK_QUESTION) || at == first)
		return false;
	for (int i = at + 1; i < end; i++) {
		if (match_role(text, ROLE_QUESTION, i) >= 0)
			return false;
	}
	return more_than_answer(text, first, end);
}

bool
reply_in_question(struct reply_text *text, int at)
{
	return question_start(text, at) >= 0 || in_marked_clause(text, at);
}

/* "¿Sigo con esto?": so marked, and more than "¿6?" or "¿un 6 o un 7?". */
static bool
opens_with_mark(const struct reply_text *text, int at)
{
	int end, words = 0;

	if (!(text->tokens[at].before & MARK_ASKS))
		return false;
	end = text_end(text, at, MARK_END | MARK_QUESTION);
	for (int i = at; i < end; i++)
		words += text->tokens[i].tenths < 0;
	return words >= 3;
}

bool
reply_asks(struct reply_text *text)
{
	for (int at = 0; at < text->len; at++) {
		if (match_role(text, ROLE_REQUEST, at) >= 0)
			return true;
		if (opens_question(text, at) || opens_with_mark(text, at))
			return true;
	}
	for (int end = 1; end <= text->len; end++) {
		int first;

		if (!(text->tokens[end].before & MARK_QUESTION))
			continue;
		first = text_first(text, end - 1, MARK_END | MARK_QUESTION);
		if (more_than_answer(text, first, end))
			return true;
	}
	return false;
}
