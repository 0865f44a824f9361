/*
 * Which number is of which time: "8 yesterday, 5 today", "was 7 now 4". Times
 * and numbers that take turns go together; else each time goes to the number
 * nearest to it.
 */
#include "care/reply_text.h"

static enum age
age_at(struct reply_text *text, int at, int *end)
{
	static const struct {
		enum role role;
		enum age age;
	} ages[] = { { ROLE_NOW, AGE_NOW }, { ROLE_EVENING, AGE_EVENING },
		{ ROLE_TODAY, AGE_TODAY }, { ROLE_MORNING, AGE_MORNING },
		{ ROLE_PAST, AGE_PAST } };
	int longest = -1, stop;
	enum age age = AGE__MAX;

	stop = match_role(text, ROLE_NOT_TIME, at);
	if (stop >= 0) {
		*end = stop;
		return AGE__MAX;
	}
	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		stop = match_role(text, ages[i].role, at);
		if (stop > longest) {
			longest = stop;
			age = ages[i].age;
		}
	}
	*end = longest < 0 ? at + 1 : longest;
	return age;
}

/* How far a time is from a number: what parts them counts for words. */
static int
words_between(
    struct reply_text *text, int a_first, int a_end, const struct candidate *b)
{
	int words = b->first >= a_end ? b->first - a_end : a_first - b->end;
	int from = b->first >= a_end ? a_end : b->end;
	int to = b->first >= a_end ? b->first : a_first;

	/* A comma between them parts them more than a word does. */
	for (int i = from; i <= to && i <= text->len; i++) {
		if (text->tokens[i].before & (MARK_END | MARK_QUESTION))
			words += 6;
		else if (text->tokens[i].before & (MARK_CLAUSE | MARK_SLASH))
			words += 3;
		else if (text->tokens[i].before & MARK_DASH)
			words += 1;
		/* "It was 8 and now it is 3". */
		if (i < to && match_role(text, ROLE_JOIN, i) >= 0)
			words += 2;
	}
	return words;
}

/* "It was 4, but after that it is 7": the time stands with what follows. */
static bool
after_join(struct reply_text *text, const struct candidate *c, int time)
{
	return time >= c->end && match_role_before(text, ROLE_JOIN, time) >= 0;
}

/*
 * Each time goes to its nearest number; where two are as near, to the one
 * before it, unless the text begins with a time.
 */
static void
give_age(struct reply_text *text, struct candidates *all, int first, int end,
    enum age age, bool times_first)
{
	struct candidate *best = NULL;
	int least = 1000;

	for (int i = 0; i < all->len; i++) {
		struct candidate *c = &all->list[i];
		int words = words_between(text, first, end, c);
		bool after = c->first >= end;

		/* "It was 5 now it is 2": what was is not now, nor is it
		 * after what has come between. */
		if (all->len > 1 &&
		    match_role_before(text, ROLE_WAS, c->first) >= 0 &&
		    (age == AGE_NOW ||
			(after_join(text, c, first) && age > AGE_PLAIN)))
			continue;
		if (words < least || (words == least && after && times_first)) {
			least = words;
			best = c;
		}
	}
	/* On its own a number is of the past only when that is plain. */
	if (best == NULL || least > (all->len > 1 ? 6 : 5))
		return;
	if (age == AGE_PAST && all->len == 1 &&
	    (least > 3 ||
		match_role_before(text, ROLE_PRESENT, best->first) >= 0 ||
		text_first(text, first, MARK_CLAUSE) !=
		    text_first(text, best->first, MARK_CLAUSE)))
		return;
	if (best->age == AGE_PLAIN || least < best->age_words) {
		best->age = age;
		best->age_words = least;
	}
}

/* "The 10 was a slip"; of "4 was 6" the 6 was. */
static bool
was_after(struct reply_text *text, const struct candidate *c)
{
	int end = match_role(text, ROLE_WAS, c->end);

	return end >= 0 && !(text->tokens[c->end].before & MARK_CLAUSE) &&
	       (end == text->len || text->tokens[end].tenths < 0);
}

static bool
only_was(struct reply_text *text, const struct candidate *c)
{
	return c->age == AGE_PLAIN && !c->correction &&
	       (match_role_before(text, ROLE_WAS, c->first) >= 0 ||
		   match_role_before(text, ROLE_FROM, c->first) >= 0 ||
		   was_after(text, c));
}

/* "I put 10 by mistake": it never was. */
static bool
mistaken(struct reply_text *text, const struct candidate *c)
{
	int first = text_first(text, c->first, MARK_CLAUSE);
	int end = text_end(text, c->first, MARK_CLAUSE);

	return match_role_in(text, ROLE_MISTAKE, first, end) >= 0;
}

/* "Was 7, 4 now": what was counts for less, if nothing dates it and not all
 * are told so ("worst was 7, best was 3"). */
static void
put_back(struct reply_text *text, struct candidates *all, bool doubt)
{
	int kept = doubt;

	for (int i = 0; i < all->len; i++)
		kept += all->list[i].age > AGE_PAST &&
			!only_was(text, &all->list[i]);
	for (int i = 0; i < all->len && kept > 0; i++) {
		struct candidate *c = &all->list[i];

		if (only_was(text, c))
			c->age = AGE_PAST;
		/* "Up to 8, but back to 4". */
		if (match_role_before(text, ROLE_BACK_TO, c->first) >= 0)
			c->age = AGE__MAX;
	}
}

static bool
number_between(const struct candidates *all, int first, int end)
{
	for (int i = 0; i < all->len; i++) {
		if (all->list[i].first >= first && all->list[i].first < end)
			return true;
	}
	return false;
}

/* Is there a number in the sentence that a time stands in? */
static bool
told_with(const struct reply_text *text, const struct candidates *all, int time)
{
	int first = text_first(text, time, MARK_END | MARK_QUESTION);

	return number_between(
	    all, first, text_end(text, time, MARK_END | MARK_QUESTION));
}

/*
 * "Yesterday 8, today much better, 4": as many times as numbers, by turns.
 * Then each goes with the next, however far it is.
 */
static bool
by_turns(struct reply_text *text, struct candidates *all)
{
	struct {
		enum age age;
		int first;
	} times[CANDIDATES];
	int len = 0, end;
	bool times_first;

	for (int at = 0; at < text->len; at = end) {
		enum age age = age_at(text, at, &end);

		if (age == AGE__MAX || !told_with(text, all, at))
			continue;
		/* "Now it's 9pm" is one time. */
		if (len > 0 && !number_between(all, times[len - 1].first, at)) {
			if (age > times[len - 1].age)
				times[len - 1].age = age;
			continue;
		}
		if (len == all->len)
			return false;
		times[len].age = age;
		times[len++].first = at;
	}
	if (len < 2 || len != all->len)
		return false;
	times_first = times[0].first < all->list[0].first;
	for (int i = 0; i < len; i++) {
		int number = all->list[i].first, time = times[i].first;
		int next = i + 1 == len	 ? text->len
			   : times_first ? times[i + 1].first
					 : all->list[i + 1].first;

		if ((time < number) != times_first || number > next ||
		    time > next)
			return false;
	}
	for (int i = 0; i < len; i++)
		all->list[i].age = times[i].age;
	return true;
}

static void
by_distance(struct reply_text *text, struct candidates *all)
{
	bool times_first = false;
	int end, at;

	for (at = 0; at < text->len && at < all->list[0].first; at = end) {
		if (age_at(text, at, &end) != AGE__MAX ||
		    match_role(text, ROLE_WAS, at) >= 0)
			times_first = true;
	}
	for (at = 0; at < text->len; at = end) {
		enum age age = age_at(text, at, &end);

		if (age != AGE__MAX)
			give_age(text, all, at, end, age, times_first);
	}
}

void
reply_ages(struct reply_text *text, struct candidates *all, bool doubt)
{
	if (!by_turns(text, all))
		by_distance(text, all);
	for (int i = 0; i < all->len; i++) {
		if (mistaken(text, &all->list[i]))
			all->list[i].age = AGE_PAST;
	}
	put_back(text, all, doubt);
}
