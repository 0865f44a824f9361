/*
 * calendar.c - see calendar.h
 *
 * libical iterates plain dates: no time of day and no zone, so that a change
 * of the clock can't move anything. The minute is put to the date afterwards,
 * and zone.h says which instant that is.
 */
#include <libical/ical.h>

#include "care/calendar.h"

#define HORIZON_DAYS 731 /* two years */

/*
 * Not from icaltime_null_date(): its hour is -1, on which the iterator may
 * walk for ever.
 */
static struct icaltimetype
to_ical(struct date date)
{
	struct icaltimetype t = icaltime_null_time();

	t.is_date = 1;
	t.year = date.year;
	t.month = date.month;
	t.day = date.day;
	return t;
}

/*
 * Starts at the date from, or where it can at earliest: set_start keeps the
 * count of INTERVAL from the true start, which the tests compare with a walk
 * over every day. (With COUNT it would not; calendar_check refuses that.) The
 * end keeps a rule that never comes round from being followed for millennia.
 * Free it; NULL when the rule can't be read.
 */
static icalrecur_iterator *
iterator_start(const char *rrule, struct date from, struct date earliest)
{
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(rrule);
	bool later = date_compare(earliest, from) > 0;
	icalrecur_iterator *it;

	if (!later)
		earliest = from;
	rule.until =
	    to_ical(date_from_days(date_days(earliest) + HORIZON_DAYS));
	it = icalrecur_iterator_new(rule, to_ical(from));
	if (it == NULL)
		return NULL;
	if (later && !icalrecur_iterator_set_start(it, to_ical(earliest))) {
		icalrecur_iterator_free(it);
		return NULL;
	}
	return it;
}

static bool
iterator_next(icalrecur_iterator *it, struct date *date)
{
	struct icaltimetype t = icalrecur_iterator_next(it);

	if (icaltime_is_null_time(t))
		return false;
	*date = (struct date){ .year = t.year, .month = t.month, .day = t.day };
	return true;
}

bool
calendar_next_date(const char *rrule, struct date from, struct date earliest,
    struct date *next)
{
	icalrecur_iterator *it = iterator_start(rrule, from, earliest);
	struct date date;
	bool found = false;

	if (it == NULL)
		return false;
	while (!found && iterator_next(it, &date))
		found = date_compare(date, earliest) >= 0;
	icalrecur_iterator_free(it);
	if (found)
		*next = date;
	return found;
}

/*
 * The day before counts too: a time just before midnight that a clock change
 * skips comes on the next date.
 */
bool
calendar_next(const char *rrule, struct date from, int minute,
    const struct zone *zone, int64_t after, struct occurrence *next)
{
	int64_t today = date_days(zone_local(zone, after).date);
	struct occurrence o = { .minute = minute };
	icalrecur_iterator *it;
	bool found = false;

	it = iterator_start(rrule, from, date_from_days(today - 1));
	if (it == NULL)
		return false;
	while (!found && iterator_next(it, &o.date)) {
		struct civil local = { .date = o.date, .second = minute * 60 };

		o.at = zone_instant(zone, local);
		found = o.at > after;
	}
	icalrecur_iterator_free(it);
	if (found)
		*next = o;
	return found;
}
