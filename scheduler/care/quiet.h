/*
 * NAME
 *	quiet - the hours and days on which a patient is left alone
 *
 * Quiet hours are half-open: from 20:00 until 08:00 means that 20:00:00 is
 * quiet and 08:00:00 is not. Closed days are local dates of the patient.
 */
#ifndef CARE_QUIET_H
#define CARE_QUIET_H

#include "base/zone.h"

struct quiet {
	int from_minute;  /* of the local day; equal to until: never quiet */
	int until_minute;
	const struct date *closed; /* lent */
	int closed_len;
};

/* May an unasked message go out at that instant? */
bool quiet_open(const struct quiet *quiet, const struct zone *zone,
    int64_t at);

/* The first instant at or after that one at which it may; 0 when there is
 * none within a year. */
int64_t quiet_next_open(const struct quiet *quiet, const struct zone *zone,
    int64_t at);

/*
 * The clinic's opening hours: "Mon-Fri 9-17", "Mon-Fri 08:30-17:30, Sat 9-12".
 * BAD_DATA when it can't be read.
 */
#define HOURS_SPANS 14
struct hours {
	struct {
		int weekday; /* 1 Monday to 7 */
		int from_minute;
		int until_minute;
	} span[HOURS_SPANS];
	int len;
};
enum status hours_parse(const char *text, struct hours *hours,
    struct why *why);
bool hours_open(const struct hours *hours, const struct quiet *closed,
    const struct zone *zone, int64_t at);
int64_t hours_next_open(const struct hours *hours, const struct quiet *closed,
    const struct zone *zone, int64_t at); /* 0: none within a year */

#endif
