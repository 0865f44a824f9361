/*
 * NAME
 *	clock - the one seam through which the program learns the time
 *
 * main.c opens it; --now fixes it. Everything that decides takes a time as an
 * argument instead. Times are int64_t seconds since 1970-01-01T00:00:00Z in
 * variables named ..._at, durations are int64_t seconds named ..._s.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct clock {
	bool fixed;	  /* --now was given */
	int64_t fixed_at; /* the time it named */
};

int64_t clock_now(const struct clock *clock);

#define TIME_SIZE 32 /* room for an RFC 3339 time and its NUL */

/* "2026-03-02T09:00:00Z", always UTC. Gives back out. A time outside the years
 * 1 to 9999 is written as the nearest within. */
const char *time_format(int64_t at, char out[TIME_SIZE]);

/* RFC 3339, with Z or an offset. The seconds may lack; their fraction is
 * ignored. BAD_DATA, leaving *at as it was. */
enum status time_parse(const char *text, int64_t *at, struct why *why);

/* "90s", "15m", "2.5h", "3d", "1w", to the nearest second. BAD_DATA when it is
 * none or not > 0, leaving *s as it was. */
enum status duration_parse(const char *text, int64_t *s, struct why *why);

#endif
