/*
 * hours.c - read "Mon-Fri 08:30-17:30, Sat 9-12" (see quiet.h)
 *
 * Days, then times, and again; a time counts for the days last named, so that
 * "Mon-Fri 9-12, 14-17" and "Mon, Wed 9-17" mean what they say.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "care/quiet.h"

#define MINUTES_HOUR 60
#define HOURS_DAY 24

struct days {
	bool named[8]; /* 1 Monday to 7 Sunday */
	bool any;
	bool used; /* a time has followed: the next day begins anew */
};

/* A dash as it is typed: "-" or an en dash, with spaces around it or not. */
static bool
skip_dash(const char **p)
{
	static const char *const dashes[] = { "-", "\xe2\x80\x93" };
	const char *q = *p + strspn(*p, " \t");

	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
		size_t len = strlen(dashes[i]);

		if (strncmp(q, dashes[i], len) == 0) {
			*p = q + len + strspn(q + len, " \t");
			return true;
		}
	}
	return false;
}

/* "Mon", "Tues", "Wednesday": three letters or more of a day's name. */
static int
read_day(const char **p)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };
	size_t len = 0;

	while (isalpha((unsigned char)(*p)[len]))
		len++;
	if (len < 3)
		return 0;
	for (int i = 0; i < 7; i++) {
		if (len <= strlen(names[i]) &&
		    strncasecmp(*p, names[i], len) == 0) {
			*p += len;
			return i + 1;
		}
	}
	return 0;
}

static bool
read_days(const char **p, struct days *days)
{
	int first = read_day(p);
	int last = first;

	if (first == 0)
		return false;
	if (skip_dash(p)) {
		last = read_day(p);
		if (last == 0)
			return false;
	}
	if (days->used)
		*days = (struct days){ 0 };
	days->any = true;
	for (int day = first;; day = day % 7 + 1) { /* "Sat-Mon" goes round */
		days->named[day] = true;
		if (day == last)
			return true;
	}
}

static bool
read_number(const char **p, int *n)
{
	int digits = 0;

	for (*n = 0; isdigit((unsigned char)**p) && digits < 2; digits++)
		*n = *n * 10 + (*(*p)++ - '0');
	return digits > 0 && !isdigit((unsigned char)**p);
}

/* "9", "17", "08:30"; "24" is the day's end. */
static bool
read_time(const char **p, int *minute)
{
	int hour, rest = 0;

	if (!read_number(p, &hour))
		return false;
	if (**p == ':') {
		const char *start = ++*p;

		if (!read_number(p, &rest) || *p - start != 2)
			return false;
	}
	*minute = hour * MINUTES_HOUR + rest;
	return rest < MINUTES_HOUR && *minute <= HOURS_DAY * MINUTES_HOUR;
}

static bool
read_times(const char **p, int *from, int *until)
{
	return read_time(p, from) && skip_dash(p) && read_time(p, until) &&
	       *from < *until;
}

static bool
add_spans(struct hours *hours, const struct days *days, int from, int until)
{
	for (int day = 1; day <= 7; day++) {
		if (!days->named[day])
			continue;
		if (hours->len == HOURS_SPANS)
			return false;
		hours->span[hours->len].weekday = day;
		hours->span[hours->len].from_minute = from;
		hours->span[hours->len].until_minute = until;
		hours->len++;
	}
	return true;
}

/* A word ends where the next may begin: "Mon9" and "17h" are none. */
static bool
at_gap(const char *p)
{
	return *p == '\0' || *p == ' ' || *p == '\t' || *p == ',' || *p == ';';
}

static bool
read_hours(const char *p, struct hours *hours)
{
	struct days days = { 0 };
	int from, until;

	for (;;) {
		p += strspn(p, " \t,;");
		if (*p == '\0')
			return days.used;
		if (isalpha((unsigned char)*p)) {
			if (!read_days(&p, &days) || !at_gap(p))
				return false;
			continue;
		}
		if (!days.any || !read_times(&p, &from, &until) || !at_gap(p) ||
		    !add_spans(hours, &days, from, until))
			return false;
		days.used = true;
	}
}

enum status
hours_parse(const char *text, struct hours *hours, struct why *why)
{
	struct hours read = { 0 };

	if (text == NULL || !read_hours(text, &read))
		return why_set(why, STATUS_BAD_DATA,
		    "'%s' is no opening hours: write them like "
		    "\"Mon-Fri 9-17, Sat 9-12:30\"",
		    text == NULL ? "" : text);
	*hours = read;
	return STATUS_OK;
}
