#include "care/limits.h"

#define WEEK_DAYS 7

/* How many of the dates lie in the seven days that end with last. */
static int
count_week(const struct date *dates, int len, int64_t last)
{
	int count = 0;
	for (int i = 0; i < len; i++) {
		int64_t day = date_days(dates[i]);
		if (day <= last && day > last - WEEK_DAYS)
			count++;
	}
	return count;
}

static int
count_day(const struct date *dates, int len, struct date day)
{
	int count = 0;
	for (int i = 0; i < len; i++)
		if (date_compare(dates[i], day) == 0)
			count++;
	return count;
}

/*
 * Would one more today push out a more needed one later? Each of those must
 * still fit the seven days that end with it, today's and the needed ones
 * before it included.
 */
static bool
crowds_out(const struct limits *limits, const struct date *sent, int sent_len,
    struct date today, const struct date *needed, int needed_len)
{
	for (int i = 0; i < needed_len; i++) {
		int64_t last = date_days(needed[i]);
		if (last >= date_days(today) + WEEK_DAYS)
			break;
		int used = count_week(sent, sent_len, last) +
			   count_week(needed, needed_len, last);
		if (used + 1 > limits->weekly)
			return true;
	}
	return false;
}

enum limits_verdict
limits_check(const struct limits *limits, const struct date *sent, int sent_len,
    struct date today, const struct date *needed, int needed_len)
{
	if (count_day(sent, sent_len, today) >= limits->daily)
		return LIMITS_DAY;
	if (count_week(sent, sent_len, date_days(today)) >= limits->weekly)
		return LIMITS_WEEK;
	if (crowds_out(limits, sent, sent_len, today, needed, needed_len))
		return LIMITS_NEEDED;
	return LIMITS_FREE;
}
