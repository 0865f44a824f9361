#include "base/civil.h"

#include <stdio.h>
#include <string.h>

#define DAYS_IN_ERA 146097 /* 400 years of the Gregorian calendar */
#define EPOCH_DAYS 719468 /* from 0000-03-01 to 1970-01-01 */

/*
 * Years are counted from March, so that the leap day is the last of its year
 * and the months before it have one pattern of lengths.
 */
int64_t
date_days(struct date date)
{
	int64_t year = (int64_t)date.year - (date.month <= 2 ? 1 : 0);
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
	int64_t of_year = (153 * month + 2) / 5 + date.day - 1;
	int64_t day = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

	return era * DAYS_IN_ERA + day - EPOCH_DAYS;
}

struct date
date_from_days(int64_t days)
{
	int64_t since = days + EPOCH_DAYS;
	int64_t era =
	    (since >= 0 ? since : since - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
	int64_t day = since - era * DAYS_IN_ERA;
	int64_t year =
	    (day - day / 1460 + day / 36524 - day / (DAYS_IN_ERA - 1)) / 365;
	int64_t of_year = day - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct date date;

	date.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	date.month = (int)(month < 10 ? month + 3 : month - 9);
	date.year = (int)(year + era * 400 + (date.month <= 2 ? 1 : 0));
	return date;
}

int
date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

int
date_weekday(struct date date)
{
	/* 1970-01-01 was a Thursday. */
	int64_t from_monday = (date_days(date) + 3) % 7;

	return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

struct date
date_week_start(struct date date)
{
	return date_from_days(date_days(date) - (date_weekday(date) - 1));
}

const char *
date_format(struct date date, char out[DATE_SIZE])
{
	snprintf(
	    out, DATE_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
	return out;
}

/* Does text have the shape, where 0 stands for a digit? */
static bool
has_shape(const char *text, const char *shape)
{
	if (text == NULL || strlen(text) != strlen(shape))
		return false;
	for (; *shape != '\0'; shape++, text++) {
		bool digit = *text >= '0' && *text <= '9';

		if (*shape == '0' ? !digit : *text != *shape)
			return false;
	}
	return true;
}

static int
number(const char *text, int digits)
{
	int n = 0;

	for (int i = 0; i < digits; i++)
		n = n * 10 + (text[i] - '0');
	return n;
}

enum status
date_parse(const char *text, struct date *date, struct why *why)
{
	struct date d;

	if (!has_shape(text, "0000-00-00"))
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no date: write it like 2026-03-02",
		    text == NULL ? "" : text);
	d.year = number(text, 4);
	d.month = number(text + 5, 2);
	d.day = number(text + 8, 2);
	if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 ||
	    date_compare(date_from_days(date_days(d)), d) != 0)
		return why_set(
		    why, STATUS_BAD_DATA, "the calendar has no %s", text);
	*date = d;
	return STATUS_OK;
}

/* The week with the year's first Thursday is its first (ISO 8601): so a week
 * belongs to the year of its Thursday. */
static struct date
week_of_year(int year, int week)
{
	struct date fourth = { year, 1, 4 };

	return date_from_days(
	    date_days(date_week_start(fourth)) + ((int64_t)week - 1) * 7);
}

const char *
week_format(struct date date, char out[WEEK_SIZE])
{
	int64_t monday = date_days(date_week_start(date));
	int year = date_from_days(monday + 3).year;
	int64_t first = date_days(week_of_year(year, 1));

	snprintf(out, WEEK_SIZE, "%04d-W%02d", year,
	    (int)((monday - first) / 7) + 1);
	return out;
}

enum status
week_parse(const char *text, struct date *monday, struct why *why)
{
	struct date date;
	int year, week;

	if (!has_shape(text, "0000-W00") || number(text, 4) < 1)
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no week: write it like 2026-W47",
		    text == NULL ? "" : text);
	year = number(text, 4);
	week = number(text + 6, 2);
	date = week_of_year(year, week);
	if (week < 1 || date_from_days(date_days(date) + 3).year != year)
		return why_set(why, STATUS_BAD_DATA,
		    "%d has no week %d: its last one is %d", year, week,
		    date_from_days(date_days(week_of_year(year, 53)) + 3)
				.year == year
			? 53
			: 52);
	*monday = date;
	return STATUS_OK;
}

enum status
minute_parse(const char *text, int *minute, struct why *why)
{
	int hour, rest;

	if (!has_shape(text, "00:00"))
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no time of day: write it like 16:30",
		    text == NULL ? "" : text);
	hour = number(text, 2);
	rest = number(text + 3, 2);
	if (hour > 23 || rest > 59)
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no time of day: 00:00 to 23:59", text);
	*minute = hour * 60 + rest;
	return STATUS_OK;
}

const char *
minute_format(int minute, char out[DATE_SIZE])
{
	snprintf(out, DATE_SIZE, "%02d:%02d", minute / 60, minute % 60);
	return out;
}
