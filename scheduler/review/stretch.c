/*
 * stretch.c - see stretch.h
 */
#include "review/stretch.h"

#include <stdio.h>

static const char *const weekdays[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri",
	"Sat", "Sun" };
static const char *const months[] = { "", "Jan", "Feb", "Mar", "Apr", "May",
	"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static struct date
later(struct date date, int64_t days)
{
	return date_from_days(date_days(date) + days);
}

struct stretch
stretch_make(const struct zone *zone, struct date from, struct date to)
{
	struct stretch s = { .from = from, .to = to };

	s.from_at = zone_day_start(zone, from);
	s.until_at = zone_day_start(zone, later(to, 1));
	if (stretch_days(&s) == 7 && date_weekday(from) == 1)
		week_format(from, s.week);
	return s;
}

int
stretch_days(const struct stretch *stretch)
{
	return (int)(date_days(stretch->to) - date_days(stretch->from)) + 1;
}

struct stretch
stretch_before(const struct zone *zone, const struct stretch *stretch)
{
	int days = stretch_days(stretch);

	return stretch_make(
	    zone, later(stretch->from, -days), later(stretch->to, -days));
}

int
stretch_weeks(const struct stretch *stretch)
{
	int64_t first = date_days(date_week_start(stretch->from));
	int64_t last = date_days(date_week_start(stretch->to));

	return (int)((last - first) / 7) + 1;
}

struct stretch
stretch_week(const struct zone *zone, const struct stretch *stretch, int n)
{
	struct date monday =
	    later(date_week_start(stretch->from), (int64_t)n * 7);
	struct date sunday = later(monday, 6);

	if (date_compare(monday, stretch->from) < 0)
		monday = stretch->from;
	if (date_compare(sunday, stretch->to) > 0)
		sunday = stretch->to;
	return stretch_make(zone, monday, sunday);
}

const char *
stretch_day(struct date date, char out[STRETCH_DAY_SIZE])
{
	snprintf(out, STRETCH_DAY_SIZE, "%s %d %s",
	    weekdays[date_weekday(date)], date.day, months[date.month]);
	return out;
}

const char *
stretch_words(const struct stretch *stretch, char out[STRETCH_WORDS_SIZE])
{
	struct date a = stretch->from, b = stretch->to;
	char from[STRETCH_DAY_SIZE], to[STRETCH_DAY_SIZE];

	stretch_day(b, to);
	if (date_compare(a, b) == 0)
		snprintf(out, STRETCH_WORDS_SIZE, "%s %d", to, b.year);
	else if (a.year != b.year)
		snprintf(out, STRETCH_WORDS_SIZE, "%s %d to %s %d",
		    stretch_day(a, from), a.year, to, b.year);
	else if (a.month != b.month)
		snprintf(out, STRETCH_WORDS_SIZE, "%s to %s %d",
		    stretch_day(a, from), to, b.year);
	else
		snprintf(out, STRETCH_WORDS_SIZE, "%s %d to %s %d",
		    weekdays[date_weekday(a)], a.day, to, b.year);
	return out;
}
