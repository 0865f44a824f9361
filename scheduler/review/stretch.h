/*
 * NAME
 *	stretch - the days that a review is about
 *
 * A week from Monday to Sunday as a rule (ISO 8601), by the clinic's clock.
 */
#ifndef REVIEW_STRETCH_H
#define REVIEW_STRETCH_H

#include "base/zone.h"

struct stretch {
	struct date from;
	struct date to; /* the last day of it */
	int64_t from_at;
	int64_t until_at; /* before this: the day after has begun */
	char week[WEEK_SIZE]; /* "2026-W47"; "" where it is no whole week */
};

/* Days in order. */
struct stretch stretch_make(
    const struct zone *zone, struct date from, struct date to);

int stretch_days(const struct stretch *stretch);

/* The stretch of the same length before it. */
struct stretch stretch_before(
    const struct zone *zone, const struct stretch *stretch);

/* The calendar weeks that it touches, each cut to it: how many, and the n-th,
 * 0 the first. */
int stretch_weeks(const struct stretch *stretch);
struct stretch stretch_week(
    const struct zone *zone, const struct stretch *stretch, int n);

/* "Mon 16 to Sun 22 Nov 2026". Gives back out. */
#define STRETCH_WORDS_SIZE 128
const char *stretch_words(
    const struct stretch *stretch, char out[STRETCH_WORDS_SIZE]);

/* "Mon 16 Nov"; with its year where that is not the stretch's. */
#define STRETCH_DAY_SIZE 40
const char *stretch_day(struct date date, char out[STRETCH_DAY_SIZE]);

#endif
