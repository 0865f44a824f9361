/*
 * NAME
 *	calendar - the next time a reminder comes round
 *
 * Recurrence is an RFC 5545 RRULE. Plain weekdays are counted here; anything
 * else libical iterates, in floating local time (its zoned iteration errs at
 * changes of the clock). zone.h turns the time into an instant.
 */
#ifndef CARE_CALENDAR_H
#define CARE_CALENDAR_H

#include "base/zone.h"

struct occurrence {
	struct date date; /* local */
	int minute;	  /* local, as the plan says it */
	int64_t at;	  /* the instant, clock changes minded */
};

/*
 * Taken are FREQ (DAILY to YEARLY), INTERVAL, BYDAY, BYMONTHDAY, BYMONTH,
 * BYYEARDAY, BYWEEKNO, BYSETPOS and WKST, each where RFC 5545 has it. CONFIG
 * when the rule can't be read, or does not come round within two years of
 * whatever day a stage may begin on; COUNT, UNTIL, BYHOUR and anything finer
 * than a day are refused.
 */
enum status calendar_check(const char *rrule, struct why *why);

/*
 * The first occurrence strictly after an instant, of a rule that counts from
 * a local date at a local minute. False when there is none within two years,
 * or the rule can't be read. Takes less than a microsecond for some weekdays or
 * every day; else 10 to 20, up to 150 for every n-th week of a rule that began
 * years ago, and the first call in a process 2 milliseconds once.
 */
bool calendar_next(const char *rrule, struct date from, int minute,
    const struct zone *zone, int64_t after, struct occurrence *next);

/* The first date on or after one, of a rule that counts from a date. */
bool calendar_next_date(const char *rrule, struct date from,
    struct date earliest, struct date *next);

#endif
