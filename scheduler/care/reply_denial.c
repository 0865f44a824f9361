/*
 * "No numbness", "haven't had any chest pain", "fever: no" deny what they
 * name. "No change, numb", "not sure", "no better" deny nothing. A denial
 * must reach its symptom through words that carry it ("any", "signs of",
 * another symptom of a list); whatever else stands between ends it, so that
 * a symptom in doubt stays one.
 */
#include "care/reply_text.h"

#define REACH 12 /* words that a denial carries over at most */

static bool
listed(struct reply_text *text, int first)
{
	return match_role(text, ROLE_DENIAL_LIST, first) >= 0;
}

/* Is there an "or" later in the sentence, as in "no tingling, numbness or"? */
static bool
or_follows(struct reply_text *text, int at)
{
	int end = text_end(text, at, MARK_END | MARK_QUESTION);

	return match_role_in(text, ROLE_OR, at, end) >= 0;
}

/* Where the denial that ends just before at begins, or -1. */
static int
denial_before(struct reply_text *text, int at)
{
	int start = match_role_before(text, ROLE_DENIAL, at);

	if (start < 0)
		return -1;
	/* "No se, me desmaye": one word and another, no denial of both. */
	for (int i = start + 1; i < at; i++) {
		if (text->tokens[i].before & MARK_COMMA)
			return -1;
	}
	/* "No change", "not sure", "no better": not a denial of what follows.
	 * The phrase may begin at the denial or take it in. */
	for (int i = start; i >= 0 && i > start - 4; i--) {
		int end = match_role(text, ROLE_DENIAL_NOT, i);

		if (end >= at)
			return -1;
	}
	/* "No, chest pain": an answer, and then the symptom. */
	if (text->tokens[at].before &
	    (MARK_COMMA | MARK_END | MARK_QUESTION | MARK_DASH | MARK_COLON))
		return -1;
	return start;
}

/* One step back over words that carry a denial; -1 when there are none. */
static int
carry_back(struct reply_text *text, int at, int first)
{
	unsigned mark = text->tokens[at].before;
	int start;

	if (at == 0 || (mark & (MARK_END | MARK_QUESTION | MARK_COLON)))
		return -1;
	if ((mark & (MARK_COMMA | MARK_DASH)) && !listed(text, first) &&
	    !or_follows(text, at))
		return -1;
	/* The longest phrase that ends here carries best. */
	for (start = at - PHRASE_BACK < 0 ? 0 : at - PHRASE_BACK; start < at;
	     start++) {
		if (match_role_to(text, ROLE_DENIAL_THROUGH, start, at) ||
		    match_role_to(text, ROLE_DENIAL_LIST, start, at))
			break;
		/* "No numbness but tingling" is what there is instead. */
		if (match_role_to(text, ROLE_JOIN, start, at) &&
		    !match_role_to(text, ROLE_BUT, start, at) &&
		    (listed(text, first) ||
			match_role_to(text, ROLE_OR, start, at)))
			break;
	}
	if (start == at)
		return -1;
	for (int i = start + 1; i < at; i++) {
		if (text->tokens[i].before & (MARK_END | MARK_QUESTION))
			return -1;
	}
	return start;
}

static bool
denied_before(struct reply_text *text, int first, int from, int to)
{
	int at = first;

	while (at >= 0 && first - at <= REACH) {
		if (at != first && at >= from && at < to)
			return false;
		if (denial_before(text, at) >= 0)
			return true;
		at = carry_back(text, at, first);
	}
	return false;
}

/* "Chest pain: no", "numbness - none", "fever? no". */
static bool
denied_after(struct reply_text *text, int end)
{
	int stop;

	if (end >= text->len || (text->tokens[end].before & MARK_END))
		return false;
	stop = match_role(text, ROLE_DENIAL_AFTER, end);
	return stop >= 0 && (stop == text->len ||
				(text->tokens[stop].before & MARK_CLAUSE) ||
				match_role(text, ROLE_JOIN, stop) >= 0);
}

bool
reply_denied(struct reply_text *text, int first, int end, int from, int to)
{
	if (denied_before(text, first, from, to))
		return true;
	/* "Can't pee, normal" is no denial: the symptom itself says no. */
	return end >= to && match_role_in(text, ROLE_DENIAL, from, to) < 0 &&
	       match_role_in(text, ROLE_DENIAL_NOT, from, to) < 0 &&
	       denied_after(text, end);
}

bool
reply_denial_near(struct reply_text *text, int first)
{
	for (int at = first; at >= 0 && first - at <= 3; at--) {
		if (denial_before(text, at) >= 0)
			return true;
		if (text->tokens[at].before & MARK_CLAUSE)
			break;
	}
	return false;
}
