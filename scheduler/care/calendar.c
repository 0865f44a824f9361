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
#define STEPS_AT_MOST 800 /* dates looked at: two years, day by day */

struct iteration {
	icalrecur_iterator *it;
	struct date last; /* beyond this date there is nothing */
};

static struct icaltimetype
to_ical(struct date date)
{
	struct icaltimetype t = icaltime_null_date();

	t.year = date.year;
	t.month = date.month;
	t.day = date.day;
	return t;
}

/*
 * Starts at the date from, or where it can at earliest: set_start keeps the
 * count of INTERVAL from the true start, which the tests compare with a walk
 * over every date. (With COUNT it would not; calendar_check refuses that.)
 */
static bool
iteration_start(struct iteration *i, const char *rrule, struct date from,
    struct date earliest)
{
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(rrule);

	if (date_compare(earliest, from) < 0)
		earliest = from;
	i->last = date_from_days(date_days(earliest) + HORIZON_DAYS);
	i->it = icalrecur_iterator_new(rule, to_ical(from));
	if (i->it == NULL)
		return false;
	if (date_compare(earliest, from) > 0 &&
	    !icalrecur_iterator_set_start(i->it, to_ical(earliest))) {
		icalrecur_iterator_free(i->it);
		return false;
	}
	return true;
}

static bool
iteration_next(struct iteration *i, struct date *date)
{
	struct icaltimetype t = icalrecur_iterator_next(i->it);
	struct date found = { .year = t.year, .month = t.month, .day = t.day };

	if (icaltime_is_null_time(t) || date_compare(found, i->last) > 0)
		return false;
	*date = found;
	return true;
}

bool
calendar_next_date(const char *rrule, struct date from, struct date earliest,
    struct date *next)
{
	struct iteration i;
	struct date date;
	bool found = false;

	if (!iteration_start(&i, rrule, from, earliest))
		return false;
	for (int step = 0; step < STEPS_AT_MOST && !found; step++) {
		if (!iteration_next(&i, &date))
			break;
		found = date_compare(date, earliest) >= 0;
	}
	icalrecur_iterator_free(i.it);
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
	struct iteration i;
	struct date date;
	bool found = false;

	if (!iteration_start(&i, rrule, from, date_from_days(today - 1)))
		return false;
	for (int step = 0; step < STEPS_AT_MOST && !found; step++) {
		struct civil local = { .second = minute * 60 };
		int64_t at;

		if (!iteration_next(&i, &date))
			break;
		local.date = date;
		at = zone_instant(zone, local);
		found = at > after;
		if (found)
			*next = (struct occurrence){
				.date = date, .minute = minute, .at = at
			};
	}
	icalrecur_iterator_free(i.it);
	return found;
}
