/*
 * NAME
 *	calendar - the next time a reminder comes round
 *
 * Recurrence is an RFC 5545 RRULE, iterated by libical in floating local time
 * (its zoned iteration errs at changes of the clock) and turned into an
 * instant by zone.h.
 */
#ifndef CARE_CALENDAR_H
#define CARE_CALENDAR_H

#include "base/zone.h"

struct occurrence {
	struct date date; /* local */
	int minute;	  /* local, as the plan says it */
	int64_t at;	  /* the instant, clock changes minded */
};

/* CONFIG when the rule can't be read or never comes round; COUNT, UNTIL,
 * BYHOUR and anything finer than a day are refused. */
enum status calendar_check(const char *rrule, struct why *why);

/*
 * The first occurrence strictly after an instant, of a rule that counts from
 * a local date at a local minute. False when there is none within two years.
 */
bool calendar_next(const char *rrule, struct date from, int minute,
    const struct zone *zone, int64_t after, struct occurrence *next);

#endif
