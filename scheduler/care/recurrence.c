/*
 * recurrence.c - check a repeat rule (see calendar.h)
 *
 * libical takes more than a plan should say (a second FREQ, a trailing comma,
 * parts that a frequency can't have), and leaves what it does not understand
 * to show as a reminder that never comes. So each part is checked here by a
 * table, and then the rule is tried.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/calendar.h"

#define PART_SIZE 128

enum freq { FREQ_DAILY, FREQ_WEEKLY, FREQ_MONTHLY, FREQ_YEARLY, FREQ__MAX };
static const char *const freq_names[FREQ__MAX] = { "DAILY", "WEEKLY", "MONTHLY",
	"YEARLY" };

#define ANY 0xfu
#define NOT_WEEKLY (1u << FREQ_DAILY | 1u << FREQ_MONTHLY | 1u << FREQ_YEARLY)
#define FROM_MONTHLY (1u << FREQ_MONTHLY | 1u << FREQ_YEARLY)
#define ONLY_YEARLY (1u << FREQ_YEARLY)

enum part {
	PART_FREQ,
	PART_INTERVAL,
	PART_BYDAY,
	PART_BYMONTHDAY,
	PART_BYMONTH,
	PART_BYYEARDAY,
	PART_BYWEEKNO,
	PART_BYSETPOS,
	PART_WKST,
	PART__MAX
};

enum shape {
	SHAPE_FREQ,
	SHAPE_WEEKDAY,
	SHAPE_WEEKDAYS, /* a list; "2TU" and "-1FR" too */
	SHAPE_NUMBER,
	SHAPE_NUMBERS, /* a list */
	SHAPE_SIGNED /* a list; "-1" counts from the end */
};

static const struct {
	const char *name;
	enum shape shape;
	int most; /* numbers are 1 to this */
	unsigned freqs; /* where the part may stand */
} parts[PART__MAX] = {
	[PART_FREQ] = { "FREQ", SHAPE_FREQ, 0, ANY },
	[PART_INTERVAL] = { "INTERVAL", SHAPE_NUMBER, 366, ANY },
	[PART_BYDAY] = { "BYDAY", SHAPE_WEEKDAYS, 53, ANY },
	[PART_BYMONTHDAY] = { "BYMONTHDAY", SHAPE_SIGNED, 31, NOT_WEEKLY },
	[PART_BYMONTH] = { "BYMONTH", SHAPE_NUMBERS, 12, ANY },
	[PART_BYYEARDAY] = { "BYYEARDAY", SHAPE_SIGNED, 366, ONLY_YEARLY },
	[PART_BYWEEKNO] = { "BYWEEKNO", SHAPE_SIGNED, 53, ONLY_YEARLY },
	[PART_BYSETPOS] = { "BYSETPOS", SHAPE_SIGNED, 366, FROM_MONTHLY },
	[PART_WKST] = { "WKST", SHAPE_WEEKDAY, 0, ANY },
};

/* What RFC 5545 has and a plan has not, and why. */
static const struct {
	const char *name;
	const char *instead;
} refused[] = {
	{ "COUNT", "a reminder ends with its stage" },
	{ "UNTIL", "a reminder ends with its stage" },
	{ "BYHOUR", "the time of day is said by \"at\"" },
	{ "BYMINUTE", "the time of day is said by \"at\"" },
	{ "BYSECOND", "the time of day is said by \"at\"" },
};

struct parsed {
	bool given[PART__MAX];
	enum freq freq;
	bool nth; /* a BYDAY with a number */
};

static bool
is_weekday(const char *p)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA",
		"SU" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(p, names[i]) == 0)
			return true;
	return false;
}

/* A run of digits from 1 to most, stepped over. */
static bool
read_number(char **p, int most)
{
	char *start = *p;
	int n = 0;

	for (; **p >= '0' && **p <= '9' && *p - start < 3; (*p)++)
		n = n * 10 + (**p - '0');
	return *p > start && n >= 1 && n <= most;
}

static bool
is_number(char *p, int most, bool is_signed)
{
	if (is_signed && (*p == '-' || *p == '+'))
		p++;
	return read_number(&p, most) && *p == '\0';
}

static bool
is_nth_weekday(char *p, int most, bool *nth)
{
	bool has_sign = *p == '-' || *p == '+';

	if (has_sign)
		p++;
	if (has_sign || (*p >= '0' && *p <= '9')) {
		*nth = true;
		if (!read_number(&p, most))
			return false;
	}
	return is_weekday(p);
}

static bool
is_one(enum part part, char *value, struct parsed *parsed)
{
	int most = parts[part].most;

	switch (parts[part].shape) {
	case SHAPE_FREQ:
		for (enum freq f = 0; f < FREQ__MAX; f++) {
			if (strcmp(value, freq_names[f]) == 0) {
				parsed->freq = f;
				return true;
			}
		}
		return false;
	case SHAPE_WEEKDAY:
		return is_weekday(value);
	case SHAPE_WEEKDAYS:
		return is_nth_weekday(value, most, &parsed->nth);
	case SHAPE_NUMBER:
	case SHAPE_NUMBERS:
		return is_number(value, most, false);
	case SHAPE_SIGNED:
		return is_number(value, most, true);
	}
	return false;
}

static bool
is_list(enum part part)
{
	return parts[part].shape == SHAPE_WEEKDAYS ||
	       parts[part].shape == SHAPE_NUMBERS ||
	       parts[part].shape == SHAPE_SIGNED;
}

static bool
is_value(enum part part, char *value, struct parsed *parsed)
{
	char *one;

	if (!is_list(part))
		return is_one(part, value, parsed);
	while ((one = strsep(&value, ",")) != NULL)
		if (!is_one(part, one, parsed))
			return false;
	return true;
}

static enum status
check_name(const char *name, enum part *part, struct why *why)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (strcmp(name, refused[i].name) == 0)
			return why_set(why, STATUS_CONFIG,
			    "%s is not taken: %s", name, refused[i].instead);
	for (*part = 0; *part < PART__MAX; (*part)++)
		if (strcmp(name, parts[*part].name) == 0)
			return STATUS_OK;
	return why_set(
	    why, STATUS_CONFIG, "'%s' is no part of a repeat rule", name);
}

/* One "NAME=VALUE", which is taken apart on the way. */
static enum status
check_part(char *text, struct parsed *parsed, struct why *why)
{
	char shown[PART_SIZE];
	char *value = text;
	char *name = strsep(&value, "=");
	enum part part;
	enum status status;

	if (value == NULL)
		return why_set(why, STATUS_CONFIG,
		    "'%s' is no part of a repeat rule: parts are NAME=VALUE, "
		    "with ';' between",
		    name);
	status = check_name(name, &part, why);
	if (status != STATUS_OK)
		return status;
	// NOLINTNEXTLINE(clang-analyzer-core.*): set where OK
	if (parsed->given[part])
		return why_set(why, STATUS_CONFIG, "%s is said twice", name);
	parsed->given[part] = true;
	strncpy(shown, value, sizeof(shown) - 1);
	shown[sizeof(shown) - 1] = '\0';
	if (is_value(part, value, parsed))
		return STATUS_OK;
	if (part == PART_FREQ)
		return why_set(why, STATUS_CONFIG,
		    "FREQ=%s: DAILY, WEEKLY, MONTHLY or YEARLY", shown);
	if (parts[part].shape == SHAPE_WEEKDAY ||
	    parts[part].shape == SHAPE_WEEKDAYS)
		return why_set(why, STATUS_CONFIG,
		    "%s can't be '%s'; weekdays are MO TU WE TH FR SA SU, "
		    "with ',' between",
		    name, shown);
	return why_set(why, STATUS_CONFIG,
	    "%s can't be '%s'; it takes whole numbers from 1 to %d", name,
	    shown, parts[part].most);
}

/* What the parts mean to one another. */
static enum status
check_together(const struct parsed *parsed, struct why *why)
{
	const char *freq = freq_names[parsed->freq];
	bool by = false;

	if (!parsed->given[PART_FREQ])
		return why_set(why, STATUS_CONFIG,
		    "FREQ is missing: DAILY, WEEKLY, MONTHLY or YEARLY");
	for (enum part p = 0; p < PART__MAX; p++) {
		if (!parsed->given[p])
			continue;
		if ((parts[p].freqs & 1u << parsed->freq) == 0)
			return why_set(why, STATUS_CONFIG,
			    "%s can't stand with FREQ=%s", parts[p].name, freq);
		by |= is_list(p) && p != PART_BYSETPOS;
	}
	if (parsed->nth && (FROM_MONTHLY & 1u << parsed->freq) == 0)
		return why_set(why, STATUS_CONFIG,
		    "a number before a BYDAY can't stand with FREQ=%s", freq);
	if (parsed->nth && parsed->given[PART_BYWEEKNO])
		return why_set(why, STATUS_CONFIG,
		    "a number before a BYDAY can't stand with BYWEEKNO");
	if (parsed->given[PART_BYSETPOS] && !by)
		return why_set(why, STATUS_CONFIG,
		    "BYSETPOS needs another part to choose from");
	return STATUS_OK;
}

/* Some days or weekdays, and nothing that could rule one out: it comes round
 * wherever it begins, without being tried. */
static bool
is_plain(const struct parsed *parsed)
{
	for (enum part p = 0; p < PART__MAX; p++)
		if (parsed->given[p] && p != PART_FREQ && p != PART_BYDAY)
			return false;
	return parsed->freq == FREQ_DAILY || parsed->freq == FREQ_WEEKLY;
}

/*
 * A stage may begin on any day, and with INTERVAL the day decides whether the
 * rule ever comes round. A year without a 29 February is tried day by day,
 * two years from each.
 */
static enum status
check_comes_round(const char *rrule, struct why *why)
{
	const struct date first = { .year = 2025, .month = 3, .day = 1 };
	char text[DATE_SIZE];
	struct date next;

	for (int day = 0; day < 365; day++) {
		struct date from = date_from_days(date_days(first) + day);

		if (!calendar_next_date(rrule, from, from, &next))
			return why_set(why, STATUS_CONFIG,
			    "it does not come round within two years where a "
			    "stage begins on %s",
			    date_format(from, text));
	}
	return STATUS_OK;
}

enum status
calendar_check(const char *rrule, struct why *why)
{
	struct parsed parsed = { 0 };
	enum status status = STATUS_OK;
	char *copy, *rest, *part;

	if (rrule == NULL || *rrule == '\0')
		return why_set(why, STATUS_CONFIG, "a repeat rule is missing");
	copy = rest = xstrdup(rrule);
	while (status == STATUS_OK && (part = strsep(&rest, ";")) != NULL)
		status = check_part(part, &parsed, why);
	free(copy);
	if (status == STATUS_OK)
		status = check_together(&parsed, why);
	if (status == STATUS_OK && !is_plain(&parsed))
		status = check_comes_round(rrule, why);
	if (status != STATUS_OK)
		return why_prefix(why, status, "repeat '%s'", rrule);
	return STATUS_OK;
}
