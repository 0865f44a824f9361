/*
 * calendar.c - see calendar.h
 *
 * libical iterates plain dates: no time of day and no zone, so that a change
 * of the clock can't move anything. The minute is put to the date afterwards,
 * and zone.h says which instant that is.
 */
#include <string.h>

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
 * The weekdays of a rule that says no more than those, or every day, as nearly
 * all do: a bit each, 1 << 1 for Monday. 0: it says more, libical knows.
 */
static unsigned
plain_weekdays(const char *rrule, struct date from)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA",
		"SU" };
	static const char daily[] = "FREQ=DAILY", weekly[] = "FREQ=WEEKLY";
	bool is_weekly = strncmp(rrule, weekly, sizeof(weekly) - 1) == 0;
	const char *p = rrule;
	unsigned found = 0;

	if (!is_weekly && strncmp(rrule, daily, sizeof(daily) - 1) != 0)
		return 0;
	p += is_weekly ? sizeof(weekly) - 1 : sizeof(daily) - 1;
	if (*p == '\0')
		return is_weekly ? 1u << date_weekday(from) : 0xfe;
	if (strncmp(p, ";BYDAY=", 7) != 0)
		return 0;
	for (p += 6; *p == (found == 0 ? '=' : ','); p += 3) {
		unsigned before = found;

		for (int day = 1; day <= 7; day++)
			if (strncmp(p + 1, names[day - 1], 2) == 0)
				found |= 1u << day;
		if (found == before)
			return 0;
	}
	return *p == '\0' ? found : 0;
}

/* The dates of a rule, one after the other, for two years. */
struct walk {
	unsigned weekdays; /* of a plain one, with the date that is next */
	int64_t day, last;
	icalrecur_iterator *it; /* of any other */
};

/*
 * Starts at the date from, or where it can at earliest: set_start keeps the
 * count of INTERVAL from the true start, which the tests compare with a walk
 * over every day. (With COUNT it would not; calendar_check refuses that.) The
 * end keeps a rule that never comes round from being followed for millennia.
 * False when the rule can't be read.
 */
static bool
walk_start(struct walk *walk, const char *rrule, struct date from,
    struct date earliest)
{
	struct icalrecurrencetype rule;
	bool later = date_compare(earliest, from) > 0;

	if (!later)
		earliest = from;
	*walk = (struct walk){ .weekdays = plain_weekdays(rrule, from),
		.day = date_days(earliest) };
	walk->last = walk->day + HORIZON_DAYS;
	if (walk->weekdays != 0)
		return true;
	rule = icalrecurrencetype_from_string(rrule);
	rule.until = to_ical(date_from_days(walk->last));
	walk->it = icalrecur_iterator_new(rule, to_ical(from));
	if (walk->it == NULL)
		return false;
	if (later &&
	    !icalrecur_iterator_set_start(walk->it, to_ical(earliest))) {
		icalrecur_iterator_free(walk->it);
		return false;
	}
	return true;
}

static bool
walk_next(struct walk *walk, struct date *date)
{
	struct icaltimetype t;

	while (walk->weekdays != 0 && walk->day <= walk->last) {
		*date = date_from_days(walk->day++);
		if (walk->weekdays & 1u << date_weekday(*date))
			return true;
	}
	if (walk->weekdays != 0)
		return false;
	t = icalrecur_iterator_next(walk->it);
	if (icaltime_is_null_time(t))
		return false;
	*date = (struct date){ .year = t.year, .month = t.month, .day = t.day };
	return true;
}

static void
walk_end(struct walk *walk)
{
	if (walk->it != NULL)
		icalrecur_iterator_free(walk->it);
}

bool
calendar_next_date(const char *rrule, struct date from, struct date earliest,
    struct date *next)
{
	struct walk walk;
	struct date date;
	bool found = false;

	if (!walk_start(&walk, rrule, from, earliest))
		return false;
	while (!found && walk_next(&walk, &date))
		found = date_compare(date, earliest) >= 0;
	walk_end(&walk);
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
	struct walk walk;
	bool found = false;

	if (!walk_start(&walk, rrule, from, date_from_days(today - 1)))
		return false;
	while (!found && walk_next(&walk, &o.date)) {
		struct civil local = { .date = o.date, .second = minute * 60 };

		o.at = zone_instant(zone, local);
		found = o.at > after;
	}
	walk_end(&walk);
	if (found)
		*next = o;
	return found;
}
