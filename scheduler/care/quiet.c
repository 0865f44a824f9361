/*
 * quiet.c - see quiet.h
 *
 * When the next opening comes is found by looking at the wall's clock, not by
 * adding hours: from a closed instant we step to the next time at which the
 * wall could show something else (an opening, a midnight) and look again. A
 * clock put forward on the way makes a step land late, which is walked back a
 * minute at a time; one put back makes it land early, and the next step
 * follows.
 */
#include <string.h>

#include "care/quiet.h"

#define MINUTE_S 60
#define DAY_MINUTES (24 * 60)
#define DAY_S (DAY_MINUTES * MINUTE_S)
#define YEAR_S INT64_C(31622400) /* 366 days */

/* Everything that a wall's date and minute are judged by. */
struct openings {
	const struct quiet *quiet; /* for its closed days; may be NULL */
	const struct hours *hours; /* NULL: quiet's own range counts */
};

static bool
is_closed_day(const struct quiet *quiet, struct date date)
{
	for (int i = 0; quiet != NULL && i < quiet->closed_len; i++)
		if (date_compare(quiet->closed[i], date) == 0)
			return true;
	return false;
}

static bool
is_quiet_minute(const struct quiet *quiet, int minute)
{
	int from = quiet->from_minute;
	int until = quiet->until_minute;

	if (from <= until)
		return from <= minute && minute < until;
	return from <= minute || minute < until;
}

static bool
is_hours_minute(const struct hours *hours, int weekday, int minute)
{
	for (int i = 0; i < hours->len; i++)
		if (hours->span[i].weekday == weekday &&
		    hours->span[i].from_minute <= minute &&
		    minute < hours->span[i].until_minute)
			return true;
	return false;
}

static bool
is_open(const struct openings *o, struct civil local)
{
	int minute = local.second / MINUTE_S;

	if (is_closed_day(o->quiet, local.date))
		return false;
	if (o->hours == NULL)
		return !is_quiet_minute(o->quiet, minute);
	return is_hours_minute(o->hours, date_weekday(local.date), minute);
}

/* The next minute of this day at which it may open, or its end. */
static int
next_minute(const struct openings *o, struct civil local)
{
	int minute = local.second / MINUTE_S;
	int next = DAY_MINUTES;

	if (is_closed_day(o->quiet, local.date))
		return next;
	if (o->hours == NULL)
		return o->quiet->until_minute > minute ? o->quiet->until_minute
						       : next;
	for (int i = 0; i < o->hours->len; i++) {
		int from = o->hours->span[i].from_minute;

		if (o->hours->span[i].weekday == date_weekday(local.date) &&
		    from > minute && from < next)
			next = from;
	}
	return next;
}

static int64_t
next_open(const struct openings *o, const struct zone *zone, int64_t at)
{
	int64_t end = at + YEAR_S;
	struct civil local = zone_local(zone, at);
	int64_t closed = at; /* the last instant known to be closed */

	while (!is_open(o, local)) {
		closed = at;
		at += next_minute(o, local) * MINUTE_S - local.second;
		if (at > end)
			return 0;
		local = zone_local(zone, at);
	}
	while (at - MINUTE_S > closed &&
	       is_open(o, zone_local(zone, at - MINUTE_S)))
		at -= MINUTE_S;
	return at;
}

bool
quiet_open(const struct quiet *quiet, const struct zone *zone, int64_t at)
{
	struct openings o = { .quiet = quiet };

	return is_open(&o, zone_local(zone, at));
}

int64_t
quiet_next_open(const struct quiet *quiet, const struct zone *zone, int64_t at)
{
	struct openings o = { .quiet = quiet };

	return next_open(&o, zone, at);
}

bool
hours_open(const struct hours *hours, const struct quiet *closed,
    const struct zone *zone, int64_t at)
{
	struct openings o = { .quiet = closed, .hours = hours };

	return is_open(&o, zone_local(zone, at));
}

int64_t
hours_next_open(const struct hours *hours, const struct quiet *closed,
    const struct zone *zone, int64_t at)
{
	struct openings o = { .quiet = closed, .hours = hours };

	return next_open(&o, zone, at);
}
