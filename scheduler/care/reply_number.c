/*
 * A number as it was said: "4.5", "3-4", "6 or 7", "7/10", "six and a half
 * out of ten". Of a range or a fraction the higher whole number counts. What
 * is surely no score (a dose, a time, a date, a count) is told from what is
 * only odd, because the odd leaves a doubt.
 */
#include "care/reply_text.h"

#define TEN 100 /* in tenths */
#define GROUPS_MAX 8 /* of a long number that is cut by spaces */

static int
tenths_at(const struct reply_text *text, int at)
{
	return at < text->len ? text->tokens[at].tenths : -1;
}

static unsigned
marks_at(const struct reply_text *text, int at)
{
	return at <= text->len ? text->tokens[at].before : MARK_END;
}

static int
whole(int tenths)
{
	return tenths > TEN ? 11 : (tenths + 9) / 10;
}

/* "7/10", "3/4", "12/3/26". */
static void
read_slash(const struct reply_text *text, struct number *n, int low)
{
	int high = tenths_at(text, n->end);

	n->end++;
	if (marks_at(text, n->end) & MARK_SLASH &&
	    tenths_at(text, n->end) >= 0) {
		n->other = true;
		n->end++;
	} else if (high == TEN && low <= TEN) {
		n->score = true;
	} else if (high == low + 10 && high <= TEN && low != 10) {
		n->value = whole(high);
	} else {
		n->odd = true;
	}
}

static void
read_range(struct number *n, int low, int high, bool trend)
{
	n->end++;
	if (high == TEN && low <= 10) {
		n->other = true; /* the scale itself: 0-10 */
	} else if (high > TEN || low > TEN) {
		n->odd = true;
		n->value = 11;
	} else if (trend) {
		n->value = whole(high);
		n->trend = true;
	} else {
		n->value = whole(high > low ? high : low);
	}
}

/* A second number that makes a range of it. */
static void
read_second(struct reply_text *text, struct number *n, int low)
{
	unsigned mark = marks_at(text, n->end);
	int high = tenths_at(text, n->end), stop;

	if (high >= 0 && (mark & MARK_SLASH)) {
		read_slash(text, n, low);
		return;
	}
	/* "8 -> 4" */
	if (high >= 0 && (mark & MARK_LESS)) {
		read_range(n, low, high, true);
		return;
	}
	if (high >= 0 && (mark & MARK_DASH) &&
	    (!(mark & MARK_SPACE) || (high > low && high <= low + 30))) {
		read_range(n, low, high, false);
		return;
	}
	/* "5 - 10": a range, or of ten? */
	if (high == TEN && (mark & MARK_DASH)) {
		n->end++;
		n->odd = true;
		return;
	}
	if (mark & (MARK_CLAUSE & ~(unsigned)MARK_COMMA))
		return;
	/* "6 down to 4" tells the newer by itself, "6 to 4" after "from". */
	stop = match_role(text, ROLE_TREND, n->end);
	if (stop >= 0 && tenths_at(text, stop) >= 0 && !(mark & MARK_COMMA)) {
		high = tenths_at(text, stop);
		n->end = stop;
		read_range(n, low, high, true);
		return;
	}
	stop = match_role(text, ROLE_RANGE, n->end);
	/* "Between 3 and 4" */
	if (stop < 0 && match_role_before(text, ROLE_BETWEEN, n->first) >= 0)
		stop = match_role(text, ROLE_JOIN, n->end);
	if (stop >= 0 && tenths_at(text, stop) >= 0) {
		high = tenths_at(text, stop);
		n->end = stop;
		read_range(n, low, high,
		    match_role_before(text, ROLE_FROM, n->first) >= 0);
	}
}

/* "Out of ten"; out of anything else is another scale. */
static void
read_out_of(struct reply_text *text, struct number *n)
{
	int stop = match_role(text, ROLE_OUT_OF, n->end);

	if (marks_at(text, n->end) & MARK_SLASH &&
	    tenths_at(text, n->end) == TEN)
		stop = n->end;
	if (stop < 0 || tenths_at(text, stop) < 0)
		return;
	if (tenths_at(text, stop) == TEN && !n->odd)
		n->score = true;
	else
		n->odd = true;
	n->end = stop + 1;
}

/* A number glued to letters that are no word: "SW4", a vertebra, a model; or
 * to the x of "x3". */
static bool
is_name(const struct reply_text *text, int at)
{
	const struct token *token = &text->tokens[at];

	if (token->tenths < 0)
		return token->len > 1 && token->text[0] >= 'a' &&
		       token->text[token->len - 1] >= '0' &&
		       token->text[token->len - 1] <= '9';
	return at > 0 && token->glued && token[-1].tenths < 0 &&
	       (token[-1].ids_len == 0 || token[-1].text[0] == 'x');
}

/* "07700 900 8": the end of a long number. */
static bool
ends_long(const struct reply_text *text, int at)
{
	int least = at > GROUPS_MAX ? at - GROUPS_MAX : 0;

	while (at > least && text->tokens[at - 1].digits &&
	       !(text->tokens[at].before & (MARK_CLAUSE | MARK_DASH))) {
		if (text->tokens[--at].tenths > 10 * TEN)
			return true;
	}
	return false;
}

/* "Nine nine nine": a telephone's, or a code. */
static bool
spelled_out(const struct reply_text *text, int at)
{
	int first = at, end = at + 1, tenths = tenths_at(text, at);

	while (first > 0 && end - first < 3 &&
	       tenths_at(text, first - 1) == tenths &&
	       text->tokens[first].before == MARK_SPACE)
		first--;
	while (end - first < 3 && tenths_at(text, end) == tenths &&
	       text->tokens[end].before == MARK_SPACE)
		end++;
	return end - first > 2;
}

/* What stands around it: money, a colon of a time, an item's sign. */
static bool
signed_other(const struct reply_text *text, const struct number *n)
{
	unsigned before = marks_at(text, n->first),
		 after = marks_at(text, n->end);
	bool tight = !(after & MARK_SPACE) && n->end < text->len;

	if (before & MARK_SIGN)
		return true;
	if (ends_long(text, n->first) || spelled_out(text, n->first))
		return true;
	/* "SW4 7": both halves of a name. */
	if (is_name(text, n->first) ||
	    (n->first > 0 && !(before & MARK_CLAUSE) &&
		is_name(text, n->first - 1)))
		return true;
	if (after & MARK_UNIT)
		return true;
	/* 7:30 */
	if ((after & MARK_COLON) && tight && tenths_at(text, n->end) >= 0)
		return true;
	/* "1) yes 2) no" */
	return (after & MARK_CLOSE) && !(before & MARK_OPEN) &&
	       text_first(text, n->first, MARK_OPEN) == 0 &&
	       !(text->tokens[0].before & MARK_OPEN);
}

/* "Calle Mayor 5", "flat 2": the street stands before its number. */
static bool
after_street(struct reply_text *text, int first)
{
	bool comma = text->tokens[first].before & MARK_COMMA;
	int start = first - comma < 0 ? 0
				      : text_first(text, first - comma,
					    MARK_CLAUSE | MARK_DASH);

	if (start < first - 4)
		start = first - 4;
	return match_role_in(text, ROLE_STREET, start, first) >= 0;
}

/* "4 Park Road", "12 The Old Mill Lane". */
static bool
addressed(struct reply_text *text, const struct number *n)
{
	if (after_street(text, n->first))
		return true;
	for (int at = n->end; at <= n->end + 3 && at < text->len; at++) {
		if (text->tokens[at].before &
		    (MARK_CLAUSE | MARK_DASH | MARK_COLON))
			return false;
		if (match_role(text, ROLE_AFTER, at) >= 0)
			return false; /* "6 since the drive" */
		if (match_role(text, ROLE_ADDRESS, at) >= 0)
			return at > n->end ||
			       match_role(text, ROLE_UNIT, at) >= 0;
	}
	return false;
}

/* "Pain 5 exercises done": the score is said, and what follows is the next
 * thing told, not what was counted. */
static bool
told_apart(struct reply_text *text, const struct number *n)
{
	return match_role(text, ROLE_TASK, n->end) >= 0 &&
	       !(marks_at(text, n->first) & MARK_CLAUSE) &&
	       match_role_before(text, ROLE_PAIN, n->first) >= 0;
}

/* What it counts: "3 x 10" is one thing, no second number. */
static void
read_unit(struct reply_text *text, struct number *n)
{
	int stop = match_role(text, ROLE_UNIT, n->end);

	if (stop < 0 || told_apart(text, n) ||
	    (marks_at(text, n->end) & (MARK_END | MARK_COMMA | MARK_QUESTION)))
		return;
	n->other = true;
	n->end = stop;
}

bool
reply_number(struct reply_text *text, int at, struct number *number)
{
	int tenths = tenths_at(text, at), stop;

	if (tenths < 0)
		return false;
	*number = (struct number){ .first = at, .end = at + 1 };
	stop = match_role(text, ROLE_HALF, at + 1);
	if (stop >= 0 && tenths % 10 == 0 &&
	    !(marks_at(text, at + 1) & MARK_CLAUSE)) {
		number->end = stop;
		tenths += 5;
	}
	/* "Low 4s". */
	if (at + 1 < text->len && text->tokens[at + 1].glued &&
	    text->tokens[at + 1].len == 1 &&
	    text->tokens[at + 1].text[0] == 's')
		number->end++;
	/* "Six ish out of ten". */
	stop = match_role(text, ROLE_ISH, number->end);
	if (stop >= 0 && !(marks_at(text, number->end) & MARK_CLAUSE))
		number->end = stop;
	number->value = whole(tenths);
	read_second(text, number, tenths);
	read_out_of(text, number);
	/* "-3" alone is less than nothing; "pain -3" has but a dash. */
	if (number->value > 10 || (at == 0 && marks_at(text, 0) == MARK_DASH))
		number->odd = true;
	read_unit(text, number);
	if (signed_other(text, number) || addressed(text, number))
		number->other = true;
	return true;
}
