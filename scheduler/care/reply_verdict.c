/*
 * Is a number a score? It is when it is said to be of ten, when a word for pain
 * leads to it, or when all that stands around it are words that go with scores.
 * What stands with anything else is in doubt, or no score at all.
 */
#include "care/reply_text.h"

bool
reply_ends_clause(const struct reply_text *text, int at)
{
	return at >= text->len ||
	       (text->tokens[at].before &
		   (MARK_CLAUSE | MARK_DASH | MARK_COLON | MARK_SLASH));
}

/* What may stand beside a score, besides what leads to it or follows it. */
static const enum role company[] = { ROLE_LEAD, ROLE_SCALE, ROLE_NOW,
	ROLE_EVENING, ROLE_TODAY, ROLE_MORNING, ROLE_PAST, ROLE_WAS, ROLE_FROM,
	ROLE_CORRECTION, ROLE_POLITE, ROLE_COURTESY, ROLE_SETTLED_SAID,
	ROLE_NOT_SETTLED_SAID, ROLE_DONE_SAID, ROLE_NOT_DONE_SAID, ROLE_YES,
	ROLE_NO, ROLE_SETTLED, ROLE_NOT_SETTLED, ROLE__MAX };

static bool
accompanied_after(struct reply_text *text, int at)
{
	if (match_role(text, ROLE_AFTER, at) >= 0 ||
	    match_role(text, ROLE_JOIN, at) >= 0)
		return true;
	for (int i = 1; company[i] != ROLE__MAX; i++) {
		if (match_role(text, company[i], at) >= 0)
			return true;
	}
	return false;
}

/* "I wish I had no pain", "hoping for a 2"; a second number is so no more: "I
 * wish it were a 2 but it's a 6". */
bool
reply_only_wished(struct reply_text *text, int at)
{
	int wish = match_role_in(
	    text, ROLE_UNREAL, text_first(text, at, MARK_CLAUSE), at);

	if (wish < 0)
		return false;
	for (int i = wish; i < at; i++) {
		if (text->tokens[i].tenths >= 0)
			return false;
	}
	return true;
}

/* How many words the longest phrase has that goes with scores and ends here. */
static int
company_longest(struct reply_text *text, int at)
{
	int most = 0;

	for (int i = 0; company[i] != ROLE__MAX; i++) {
		int words = match_role_longest(text, company[i], at);

		most = words > most ? words : most;
	}
	return most;
}

/* "At 7" is a time, "still at 7" a score: the longer phrase tells. */
static bool
put_off(struct reply_text *text, int at)
{
	return !(text->tokens[at].before & MARK_CLAUSE) &&
	       match_role_longest(text, ROLE_NOT_BEFORE, at) >
		   company_longest(text, at);
}

/* "Mood 4" is no pain; "bad mood, 4" is. */
static bool
of_another_scale(struct reply_text *text, int at)
{
	return !(text->tokens[at].before & MARK_CLAUSE) &&
	       match_role_longest(text, ROLE_OTHER_SCALE, at) >
		   company_longest(text, at);
}

/* "8 for stiffness"; in "pain 3 stiffness not bad" the 3 is told already. */
static bool
then_another_scale(struct reply_text *text, const struct number *n)
{
	return !reply_ends_clause(text, n->end) &&
	       ((text->tokens[n->first].before & MARK_CLAUSE) ||
		   match_role_before(text, ROLE_PAIN, n->first) < 0) &&
	       match_role(text, ROLE_OTHER_AFTER, n->end) >= 0;
}

/* "Better than yesterday's 8"; "no better than yesterday's 8" is one. */
static bool
only_compared(struct reply_text *text, int at)
{
	int start = reply_ends_clause(text, at)
			? -1
			: match_role_before(text, ROLE_COMPARED, at);

	return start >= 0 && match_role_before(text, ROLE_DENIAL, start) < 0;
}

/* "Your exercises get 10/10, pain is 3": a mark, as the pain is told apart. */
static bool
of_task(struct reply_text *text, const struct number *n)
{
	int first = text_first(text, n->first, MARK_CLAUSE);

	return match_role_to(text, ROLE_MARKED, first, n->first) &&
	       match_role_in(text, ROLE_PAIN, n->end, text->len) >= 0;
}

#define LED_BACK 16 /* words before a number that are looked at */

/* Does a word or a phrase that goes with scores fill these words? */
static bool
accompanies(struct reply_text *text, int from, int to)
{
	if (to == from + 1 && text->tokens[from].tenths >= 0)
		return true;
	for (int i = 0; company[i] != ROLE__MAX; i++) {
		if (match_role_to(text, company[i], from, to))
			return true;
	}
	return false;
}

/* "5 in my back and 2 in my leg": the back has its number. */
static bool
told_already(struct reply_text *text, int pain, int number)
{
	int first = text_first(text, pain, MARK_CLAUSE);

	if (match_role_in(text, ROLE_JOIN, pain, number) < 0)
		return false;
	while (first < pain && text->tokens[first].tenths < 0)
		first++;
	return first < pain;
}

/*
 * Words that scores follow, back to the start of the clause or to a word for
 * pain. 2 with such a word, 1 without, 0 when something else stands there.
 */
static int
led(struct reply_text *text, const struct number *n)
{
	bool reached[LED_BACK + 1] = { true }; /* so many words before it */
	int led =
	    match_role_longest(text, ROLE_NOW, n->first) > 0 ||
	    match_role_longest(text, ROLE_TODAY, n->first) > 0 ||
	    /* "9 but now 6" */
	    (n->trend && match_role_longest(text, ROLE_NOW, n->end - 1) > 0);

	for (int back = 0; back < LED_BACK; back++) {
		int at = n->first - back;

		if (!reached[back])
			continue;
		if (of_another_scale(text, at))
			return 0;
		/* A foot, but not in "de pie, 2": standing. */
		if (match_role_longest(text, ROLE_PAIN, at) > 0 &&
		    match_role_longest(text, ROLE_PAIN, at) >=
			company_longest(text, at))
			return told_already(text, at, n->first) ? 1 : 2;
		if (at == 0 || (text->tokens[at].before & MARK_CLAUSE) ||
		    match_role_longest(text, ROLE_JOIN, at) > 0)
			led = 1;
		if (at == 0 || (text->tokens[at].before & MARK_CLAUSE))
			continue;
		for (int k = 1;
		     k <= PHRASE_BACK && k <= at && back + k <= LED_BACK; k++)
			reached[back + k] |= accompanies(text, at - k, at);
	}
	return led;
}

/* The last word of a story: "pain stops me sleeping 7". */
static bool
closes(struct reply_text *text, const struct number *n)
{
	static const enum role farewell[] = { ROLE_POLITE, ROLE_COURTESY,
		ROLE_TODAY, ROLE_NOW, ROLE__MAX };
	int end = text_end(text, n->first, MARK_END | MARK_QUESTION);

	return n->first >=
		   text_first(text, n->first, MARK_END | MARK_QUESTION) + 3 &&
	       n->end == n->first + 1 &&
	       match_role_longest(text, ROLE_NOT_BEFORE, n->first) == 0 &&
	       (n->end == end || match_only(text, n->end, end, farewell));
}

/* Does a word look like several things? */
static bool
plural(const struct token *token)
{
	int len = token->len;

	return len > 3 && token->text[len - 1] == 's' &&
	       token->text[len - 2] != 's';
}

/* Is what follows a number a thing that could be counted: "3 discs", "3
 * bulging discs"? */
static bool
counts_things(struct reply_text *text, const struct number *n)
{
	int at = n->end;

	if (text->tokens[at].glued || n->value == 1 ||
	    plural(&text->tokens[at]))
		return true;
	return !reply_ends_clause(text, at + 1) &&
	       plural(&text->tokens[at + 1]) &&
	       !accompanied_after(text, at + 1);
}

/* What stands after it: 2 a word for pain, 1 nothing or words that go with
 * scores, 0 what may be counted, -1 anything else. */
static int
followed(struct reply_text *text, const struct number *n)
{
	if (reply_ends_clause(text, n->end))
		return 1;
	if (match_role(text, ROLE_PAIN, n->end) >= 0)
		return 2;
	if (accompanied_after(text, n->end) || text->tokens[n->end].tenths >= 0)
		return 1;
	return counts_things(text, n) ? 0 : -1;
}

/* A number that only a sure sign makes a score: "one", "o". */
static bool
shy(struct reply_text *text, const struct number *n)
{
	return n->end == n->first + 1 &&
	       match_role(text, ROLE_SHY, n->first) >= 0;
}

static bool
dated_or_ends(struct reply_text *text, int at)
{
	return reply_ends_clause(text, at) ||
	       match_role(text, ROLE_TODAY, at) >= 0 ||
	       match_role(text, ROLE_NOW, at) >= 0 ||
	       match_role(text, ROLE_MORNING, at) >= 0 ||
	       match_role(text, ROLE_EVENING, at) >= 0 ||
	       match_role(text, ROLE_POLITE, at) >= 0 ||
	       match_role(text, ROLE_COURTESY, at) >= 0;
}

/* "Apuntame un 7": an article makes a mark of it, whatever was done with it. */
static bool
given(struct reply_text *text, const struct number *n)
{
	return n->end == n->first + 1 && reply_ends_clause(text, n->end) &&
	       match_role_before(text, ROLE_SHY, n->first) == n->first - 1;
}

/* "5 in the morning 3 by evening": after a time, or before it. */
static bool
timed(struct reply_text *text, const struct number *n)
{
	return match_role(text, ROLE_NOW, n->end) >= 0 ||
	       match_role_before(text, ROLE_MORNING, n->first) >= 0 ||
	       match_role_before(text, ROLE_EVENING, n->first) >= 0;
}

enum verdict
reply_verdict(struct reply_text *text, const struct number *n, enum asks asked)
{
	int before, after;

	if (n->other)
		return VERDICT_NO;
	/* "4, not 44" */
	if (n->odd)
		return put_off(text, n->first) ? VERDICT_NO : VERDICT_DOUBT;
	if (reply_only_wished(text, n->first))
		return VERDICT_NO;
	if (only_compared(text, n->first) || of_another_scale(text, n->first) ||
	    then_another_scale(text, n))
		return VERDICT_NO;
	before = led(text, n);
	if (before == 0 && asked == ASKS_PAIN && timed(text, n))
		before = 1;
	after = followed(text, n);
	if (n->score && !reply_in_question(text, n->first))
		return of_task(text, n) ? VERDICT_NO : VERDICT_SURE;
	if (put_off(text, n->first))
		return VERDICT_NO;
	if (reply_in_question(text, n->first))
		return VERDICT_NO;
	if (before == 0 && asked == ASKS_PAIN && !shy(text, n) &&
	    (closes(text, n) || given(text, n) || n->trend))
		return VERDICT_SCORE;
	/* An article far more often than a number, as in "un 4". */
	if (shy(text, n) &&
	    (text->tokens[n->end].tenths >= 0 ||
		((before < 2 || after < 1) &&
		    !(asked == ASKS_PAIN && before == 1 && after >= 1 &&
			dated_or_ends(text, n->end)))))
		return VERDICT_NO;
	if (before == 0 || after == 0)
		return VERDICT_DOUBT;
	if (before == 2 || after == 2)
		return VERDICT_SURE;
	if (after < 0 && asked != ASKS_PAIN)
		return VERDICT_DOUBT;
	return VERDICT_SCORE;
}
