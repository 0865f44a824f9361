#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/civil.h"

#define DAY_S 86400
#define LONGEST_S INT64_C(10000000000) /* some 317 years */

int64_t
clock_now(const struct clock *clock)
{
	struct timespec now;

	if (clock->fixed)
		return clock->fixed_at;
	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		panic("the system has no clock");
	return (int64_t)now.tv_sec;
}

const char *
time_format(int64_t at, char out[TIME_SIZE])
{
	/* RFC 3339 has four digits for the year: the rest is the nearest. */
	const int64_t first = date_days((struct date){ 1, 1, 1 }) * DAY_S;
	const int64_t end = date_days((struct date){ 10000, 1, 1 }) * DAY_S;
	int64_t days;
	char day[DATE_SIZE];
	int second;

	if (at < first)
		at = first;
	if (at >= end)
		at = end - 1;
	days = at / DAY_S - (at % DAY_S < 0 ? 1 : 0);
	second = (int)(at - days * DAY_S);
	snprintf(out, TIME_SIZE, "%sT%02d:%02d:%02dZ",
	    date_format(date_from_days(days), day), second / 3600,
	    second / 60 % 60, second % 60);
	return out;
}

/* Take two digits that are at most max, or false. */
static bool
take_two(const char **p, int max, int *value)
{
	const char *s = *p;

	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*value = (s[0] - '0') * 10 + (s[1] - '0');
	*p = s + 2;
	return *value <= max;
}

static bool
take_char(const char **p, const char *any)
{
	if (**p == '\0' || strchr(any, **p) == NULL)
		return false;
	++*p;
	return true;
}

/* "09:00", "09:00:00" or "09:00:00.25", to seconds of the day. */
static bool
take_time(const char **p, int *second)
{
	int hour, minute, rest = 0;

	if (!take_two(p, 23, &hour) || !take_char(p, ":") ||
	    !take_two(p, 59, &minute))
		return false;
	if (take_char(p, ":")) {
		/* The 60 is a leap second, the last of its hour. */
		if (!take_two(p, minute == 59 ? 60 : 59, &rest))
			return false;
		if (take_char(p, ".")) {
			if (!take_char(p, "0123456789"))
				return false;
			while (take_char(p, "0123456789"))
				;
		}
	}
	*second = hour * 3600 + minute * 60 + rest;
	return true;
}

static bool
take_offset(const char **p, int *offset_s)
{
	int sign, hour, minute;

	*offset_s = 0;
	if (take_char(p, "Zz"))
		return true;
	sign = **p == '-' ? -1 : 1;
	if (!take_char(p, "+-") || !take_two(p, 23, &hour) ||
	    !take_char(p, ":") || !take_two(p, 59, &minute))
		return false;
	*offset_s = sign * (hour * 3600 + minute * 60);
	return true;
}

enum status
time_parse(const char *text, int64_t *at, struct why *why)
{
	const char *p = text == NULL ? "" : text;
	char day[11] = "";
	struct date date;
	enum status status;
	int second, offset_s;

	for (size_t i = 0; i < 10 && *p != '\0'; i++)
		day[i] = *p++;
	if (!take_char(&p, "Tt ") || !take_time(&p, &second) ||
	    !take_offset(&p, &offset_s) || *p != '\0')
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no time: write it like 2026-03-02T09:00:00Z or "
		    "2026-03-02T09:00:00+01:00",
		    text == NULL ? "" : text);
	status = date_parse(day, &date, why);
	if (status == STATUS_OK)
		*at = date_days(date) * DAY_S + second - offset_s;
	return status;
}

static int64_t
unit_seconds(char unit)
{
	switch (unit) {
	case 's':
		return 1;
	case 'm':
		return 60;
	case 'h':
		return 3600;
	case 'd':
		return DAY_S;
	case 'w':
		return (int64_t)7 * DAY_S;
	default:
		return 0;
	}
}

/*
 * Millionths of the unit, so that decimals stay whole numbers; digits past
 * the sixth don't count. -1 when there is no number, or a huge one.
 */
static int64_t
take_millionths(const char **p)
{
	const int64_t huge = LONGEST_S * 1000000;
	int64_t value = 0, worth = 100000;

	if (**p < '0' || **p > '9')
		return -1;
	for (; **p >= '0' && **p <= '9'; ++*p) {
		value = value * 10 + (int64_t)(**p - '0') * 1000000;
		if (value > huge)
			return -1;
	}
	if (!take_char(p, "."))
		return value;
	if (**p < '0' || **p > '9')
		return -1;
	for (; **p >= '0' && **p <= '9'; ++*p) {
		value += (**p - '0') * worth;
		worth /= 10;
	}
	return value;
}

enum status
duration_parse(const char *text, int64_t *s, struct why *why)
{
	const char *p = text == NULL ? "" : text;
	int64_t millionths = take_millionths(&p);
	int64_t unit_s = unit_seconds(*p);
	int64_t rounded;

	if (millionths < 0 || unit_s == 0 || p[1] != '\0')
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no duration: write it like 90s, 15m, 2.5h, 3d "
		    "or 1w",
		    text == NULL ? "" : text);
	if (millionths > LONGEST_S * 1000000 / unit_s)
		return why_set(
		    why, STATUS_BAD_DATA, "'%s' is longer than a life", text);
	rounded = (millionths * unit_s + 500000) / 1000000;
	if (rounded <= 0)
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no time at all: at least a second", text);
	*s = rounded;
	return STATUS_OK;
}
