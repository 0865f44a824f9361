/*
 * NAME
 *	civil - dates and times of day as a calendar on the wall shows them
 *
 * No zone here: zone.h turns these into instants and back.
 */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include <stdint.h>

#include "base/status.h"

struct date {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
};

struct civil {
	struct date date;
	int second; /* of the day, 0 to 86399 */
};

#define DATE_SIZE 16
#define WEEK_SIZE 32

int64_t date_days(struct date date);	  /* since 1970-01-01 */
struct date date_from_days(int64_t days);
int date_compare(struct date a, struct date b); /* <0, 0, >0 */
int date_weekday(struct date date);	       /* 1 Monday to 7 Sunday */
struct date date_week_start(struct date date); /* the Monday of its week */
const char *date_format(struct date date, char out[DATE_SIZE]);

/* "2026-03-02", as date_format writes it. BAD_DATA, leaving *date alone. */
enum status date_parse(const char *text, struct date *date, struct why *why);

/* "2026-W47", the ISO 8601 week of a date, and its Monday. BAD_DATA, as for a
 * week 53 in a year that has none, leaving *monday alone. */
const char *week_format(struct date date, char out[WEEK_SIZE]);
enum status week_parse(const char *text, struct date *monday, struct why *why);

/* "16:30" to minutes of the day (990), and back. "24:00" is refused. */
enum status minute_parse(const char *text, int *minute, struct why *why);
const char *minute_format(int minute, char out[DATE_SIZE]);

#endif
