/*
 * Which number of a text is the patient's score, if any is. reply_verdict.c
 * says whether a number may be one, reply_age.c which is the newest: that one
 * counts, and of those of one time the highest, since the worst was asked.
 */
#include "care/reply_text.h"

/* "8, oops, it's 3": the correction, and no more than what leads to it. */
static bool
corrects(struct reply_text *text, int at)
{
	static const enum role leads[] = { ROLE_PRESENT, ROLE_LEAD, ROLE__MAX };

	for (int i = at; i > 0 && i >= at - 3; i--) {
		if ((match_role_before(text, ROLE_CORRECTION, i) >= 0 ||
			match_role_before(text, ROLE_MISTAKE, i) >= 0) &&
		    (i == at || match_only(text, i, at, leads)))
			return true;
	}
	return false;
}

static void
add_candidate(struct reply_text *text, struct candidates *all, int first,
    int end, int value, bool sure)
{
	struct candidate *c;

	if (all->len == CANDIDATES)
		return;
	c = &all->list[all->len++];
	*c = (struct candidate){ first, end, value, sure, AGE_PLAIN, 0,
		(text->tokens[first].before & MARK_STAR) ||
		    corrects(text, first) };
}

/* "No pain" is 0, unless it goes on: "no pain in my leg", "no pain until"; or
 * was said of the leg that was asked about. */
static int
read_no_pain(struct reply_text *text, enum asks asked, struct candidates *all,
    int at, bool *doubt)
{
	int end = match_role(text, ROLE_NO_PAIN, at);

	if (end < 0)
		return at + 1;
	if (asked == ASKS_LEG)
		return end;
	if (match_role(text, ROLE_NO_PAIN_BUT, at) >= end ||
	    reply_only_wished(text, at) || reply_in_question(text, at) ||
	    (end < text->len && !(text->tokens[end].before & MARK_CLAUSE) &&
		match_role(text, ROLE_NO_PAIN_BUT, end) >= 0))
		*doubt = true;
	else
		add_candidate(text, all, at, end, 0, true);
	return end;
}

static void
collect(struct reply_text *text, enum asks asked, struct candidates *all,
    bool *doubt)
{
	struct number n;
	enum verdict verdict;

	for (int at = 0; at < text->len;) {
		int stop = match_role(text, ROLE_SCALE, at);

		if (stop < 0 && !reply_number(text, at, &n)) {
			at = read_no_pain(text, asked, all, at, doubt);
			continue;
		}
		if (stop >= 0) {
			at = stop;
			continue;
		}
		stop = read_no_pain(text, asked, all, at, doubt);
		if (stop > at + 1) {
			at = stop;
			continue;
		}
		verdict = reply_verdict(text, &n, asked);
		if (verdict >= VERDICT_SCORE)
			add_candidate(text, all, n.first, n.end, n.value,
			    verdict == VERDICT_SURE);
		if (verdict == VERDICT_DOUBT)
			*doubt = true;
		at = n.end;
	}
}

/* Only "none", "nothing", "nil" and what is polite: no pain, when asked. */
static bool
zero_alone(struct reply_text *text)
{
	static const enum role roles[] = { ROLE_ZERO_ALONE, ROLE_POLITE,
		ROLE_TODAY, ROLE_NOW, ROLE_MORNING, ROLE_EVENING, ROLE_COURTESY,
		ROLE_SETTLED, ROLE_NO, ROLE__MAX };

	return match_only(text, 0, text->len, roles);
}

/* "None today, just stiff": that, and then something else. */
static bool
zero_opens(struct reply_text *text)
{
	static const enum role times[] = { ROLE_TODAY, ROLE_NOW, ROLE_MORNING,
		ROLE_EVENING, ROLE__MAX };
	int at = match_role(text, ROLE_ZERO_ALONE, 0);
	bool timed = false;

	if (at < 0)
		return false;
	for (int i = 0; times[i] != ROLE__MAX && at < text->len; i++) {
		int stop = match_role(text, times[i], at);

		if (stop >= 0 && !timed) {
			timed = true;
			at = stop;
		}
	}
	return (at < text->len && (text->tokens[at].before &
				      (MARK_END | MARK_COMMA | MARK_DASH))) ||
	       (timed && match_role(text, ROLE_JOIN, at) >= 0);
}

/* A number that is all of a clause: "back 5 but my hip is worse, 7". */
static bool
is_clause(const struct reply_text *text, const struct candidate *c)
{
	return (c->first == 0 ||
		   (text->tokens[c->first].before & MARK_CLAUSE)) &&
	       reply_ends_clause(text, c->end);
}

/* Sure ones put the others aside: "pain 6, did my 5". */
static void
keep_sure(const struct reply_text *text, struct candidates *all)
{
	int kept = 0;

	for (int i = 0; i < all->len; i++) {
		const struct candidate *c = &all->list[i];

		if (c->sure && c->value > 0 && c->age > AGE_PAST)
			kept++;
	}
	if (kept == 0)
		return;
	kept = 0;
	for (int i = 0; i < all->len; i++) {
		if (all->list[i].sure || all->list[i].age > AGE_PLAIN ||
		    all->list[i].correction || is_clause(text, &all->list[i]))
			all->list[kept++] = all->list[i];
	}
	all->len = kept;
}

/* The newer counts, of one time the higher; but what is put right stays so. */
static bool
outdoes(const struct candidate *c, const struct candidate *best)
{
	if (best == NULL)
		return true;
	if (c->correction && c->age > AGE_PAST)
		return true;
	return c->age > best->age ||
	       (c->age == best->age && !best->correction &&
		   c->value > best->value);
}

int
reply_score(struct reply_text *text, enum asks asked, bool *doubt)
{
	struct candidates all = { 0 };
	const struct candidate *best = NULL;

	if (asked == ASKS_PAIN && zero_alone(text))
		return 0;
	collect(text, asked, &all, doubt);
	if (all.len == 0)
		return asked == ASKS_PAIN && !*doubt && zero_opens(text)
			   ? 0
			   : PAIN_NONE;
	reply_ages(text, &all, *doubt);
	keep_sure(text, &all);
	for (int i = 0; i < all.len; i++) {
		const struct candidate *c = &all.list[i];

		if (outdoes(c, best))
			best = c;
	}
	if (best == NULL || best->age == AGE_PAST) {
		*doubt = true;
		return PAIN_NONE;
	}
	return best->value;
}
