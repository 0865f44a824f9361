/*
 * When a reminder comes round: the dates that the rule names, at the wall's
 * time in the plan, over both changes of the clock. The expected instants were
 * worked out with Python's zoneinfo (fold 0), not with the code under test.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "care/calendar.h"

#define IN_A_ROW 4

static int64_t
when(const char *text)
{
	int64_t at = 0;

	assert_int_equal(time_parse(text, &at, NULL), STATUS_OK);
	return at;
}

static struct date
day(const char *text)
{
	struct date date = { 0 };

	assert_int_equal(date_parse(text, &date, NULL), STATUS_OK);
	return date;
}

static int
minute(const char *text)
{
	int m = 0;

	assert_int_equal(minute_parse(text, &m, NULL), STATUS_OK);
	return m;
}

static struct zone *
zone_of(const char *name)
{
	struct zone *zone = NULL;

	assert_int_equal(zone_open(name, &zone, NULL), STATUS_OK);
	return zone;
}

static const struct {
	const char *zone, *rrule, *from, *at;
	const char *after;
	const char *next[IN_A_ROW]; /* local date, and the instant */
} rows[] = {
	/* Spring: the skipped 01:30 is 02:30 that day, and 01:30 the next. */
	{ "Europe/London", "FREQ=DAILY", "2026-01-05", "01:30",
	    "2026-03-27T12:00:00Z",
	    { "2026-03-28 2026-03-28T01:30:00Z",
		"2026-03-29 2026-03-29T01:30:00Z",
		"2026-03-30 2026-03-30T00:30:00Z",
		"2026-03-31 2026-03-31T00:30:00Z" } },
	/* Autumn: of the two 01:30 the first, once. */
	{ "Europe/London", "FREQ=DAILY", "2026-10-01", "01:30",
	    "2026-10-23T12:00:00Z",
	    { "2026-10-24 2026-10-24T00:30:00Z",
		"2026-10-25 2026-10-25T00:30:00Z",
		"2026-10-26 2026-10-26T01:30:00Z",
		"2026-10-27 2026-10-27T01:30:00Z" } },
	/* Dublin keeps the same clock, with its daylight flag inverted. */
	{ "Europe/Dublin", "FREQ=DAILY", "2026-01-05", "01:30",
	    "2026-03-28T12:00:00Z",
	    { "2026-03-29 2026-03-29T01:30:00Z",
		"2026-03-30 2026-03-30T00:30:00Z",
		"2026-03-31 2026-03-31T00:30:00Z",
		"2026-04-01 2026-04-01T00:30:00Z" } },
	{ "Europe/Dublin", "FREQ=DAILY", "2026-10-01", "01:30",
	    "2026-10-24T12:00:00Z",
	    { "2026-10-25 2026-10-25T00:30:00Z",
		"2026-10-26 2026-10-26T01:30:00Z",
		"2026-10-27 2026-10-27T01:30:00Z",
		"2026-10-28 2026-10-28T01:30:00Z" } },
	{ "America/New_York", "FREQ=DAILY", "2026-01-05", "02:30",
	    "2026-03-07T12:00:00Z",
	    { "2026-03-08 2026-03-08T07:30:00Z",
		"2026-03-09 2026-03-09T06:30:00Z",
		"2026-03-10 2026-03-10T06:30:00Z",
		"2026-03-11 2026-03-11T06:30:00Z" } },
	{ "America/New_York", "FREQ=DAILY", "2026-10-01", "01:30",
	    "2026-10-31T12:00:00Z",
	    { "2026-11-01 2026-11-01T05:30:00Z",
		"2026-11-02 2026-11-02T06:30:00Z",
		"2026-11-03 2026-11-03T06:30:00Z",
		"2026-11-04 2026-11-04T06:30:00Z" } },
	{ "Pacific/Auckland", "FREQ=DAILY", "2026-09-01", "02:30",
	    "2026-09-25T20:00:00Z",
	    { "2026-09-27 2026-09-26T14:30:00Z",
		"2026-09-28 2026-09-27T13:30:00Z",
		"2026-09-29 2026-09-28T13:30:00Z",
		"2026-09-30 2026-09-29T13:30:00Z" } },
	{ "Pacific/Auckland", "FREQ=DAILY", "2026-03-01", "02:30",
	    "2026-04-03T20:00:00Z",
	    { "2026-04-05 2026-04-04T13:30:00Z",
		"2026-04-06 2026-04-05T14:30:00Z",
		"2026-04-07 2026-04-06T14:30:00Z",
		"2026-04-08 2026-04-07T14:30:00Z" } },
	/* Lord Howe's clock moves by half an hour. */
	{ "Australia/Lord_Howe", "FREQ=DAILY", "2026-09-01", "02:15",
	    "2026-10-02T20:00:00Z",
	    { "2026-10-04 2026-10-03T15:45:00Z",
		"2026-10-05 2026-10-04T15:15:00Z",
		"2026-10-06 2026-10-05T15:15:00Z",
		"2026-10-07 2026-10-06T15:15:00Z" } },
	{ "Australia/Lord_Howe", "FREQ=DAILY", "2026-03-01", "01:45",
	    "2026-04-03T20:00:00Z",
	    { "2026-04-05 2026-04-04T14:45:00Z",
		"2026-04-06 2026-04-05T15:15:00Z",
		"2026-04-07 2026-04-06T15:15:00Z",
		"2026-04-08 2026-04-07T15:15:00Z" } },

	/* The plan's own reminders keep the wall's time. */
	{ "Europe/London", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-10-20", "16:30",
	    "2026-10-20T00:00:00Z",
	    { "2026-10-21 2026-10-21T15:30:00Z",
		"2026-10-23 2026-10-23T15:30:00Z",
		"2026-10-26 2026-10-26T16:30:00Z",
		"2026-10-28 2026-10-28T16:30:00Z" } },
	{ "Pacific/Auckland", "FREQ=WEEKLY;BYDAY=SU", "2026-09-01", "10:00",
	    "2026-09-20T00:00:00Z",
	    { "2026-09-27 2026-09-26T21:00:00Z",
		"2026-10-04 2026-10-03T21:00:00Z",
		"2026-10-11 2026-10-10T21:00:00Z",
		"2026-10-18 2026-10-17T21:00:00Z" } },
	/* Every other week, counted from the week the stage began in. */
	{ "Europe/London", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-01-08",
	    "09:00", "2026-06-01T00:00:00Z",
	    { "2026-06-08 2026-06-08T08:00:00Z",
		"2026-06-14 2026-06-14T08:00:00Z",
		"2026-06-22 2026-06-22T08:00:00Z",
		"2026-06-28 2026-06-28T08:00:00Z" } },
	{ "Europe/London", "FREQ=DAILY;INTERVAL=3", "2026-01-01", "09:00",
	    "2026-02-27T09:00:00Z",
	    { "2026-03-02 2026-03-02T09:00:00Z",
		"2026-03-05 2026-03-05T09:00:00Z",
		"2026-03-08 2026-03-08T09:00:00Z",
		"2026-03-11 2026-03-11T09:00:00Z" } },
	/* Short months have no 31st. */
	{ "Europe/London", "FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-01", "12:00",
	    "2026-01-31T12:00:00Z",
	    { "2026-03-31 2026-03-31T11:00:00Z",
		"2026-05-31 2026-05-31T11:00:00Z",
		"2026-07-31 2026-07-31T11:00:00Z",
		"2026-08-31 2026-08-31T11:00:00Z" } },
	{ "Europe/London", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
	    "2026-01-01", "12:00", "2026-01-01T00:00:00Z",
	    { "2026-01-30 2026-01-30T12:00:00Z",
		"2026-02-27 2026-02-27T12:00:00Z",
		"2026-03-31 2026-03-31T11:00:00Z",
		"2026-04-30 2026-04-30T11:00:00Z" } },

	/* Strictly after; the first day counts, and nothing before it. */
	{ "Europe/London", "FREQ=DAILY", "2026-03-02", "09:00",
	    "2026-03-02T09:00:00Z", { "2026-03-03 2026-03-03T09:00:00Z" } },
	{ "Europe/London", "FREQ=DAILY", "2026-03-02", "09:00",
	    "2026-03-02T08:59:59Z", { "2026-03-02 2026-03-02T09:00:00Z" } },
	{ "Europe/London", "FREQ=DAILY", "2026-03-02", "09:00",
	    "2020-01-01T00:00:00Z",
	    { "2026-03-02 2026-03-02T09:00:00Z",
		"2026-03-03 2026-03-03T09:00:00Z" } },
	/* Midnight, and the minute before it, far from Greenwich. */
	{ "Pacific/Kiritimati", "FREQ=DAILY", "2026-03-02", "00:00",
	    "2026-03-02T09:59:59Z",
	    { "2026-03-03 2026-03-02T10:00:00Z",
		"2026-03-04 2026-03-03T10:00:00Z" } },
	{ "Pacific/Pago_Pago", "FREQ=DAILY", "2026-03-02", "23:59",
	    "2026-03-03T10:58:59Z",
	    { "2026-03-02 2026-03-03T10:59:00Z",
		"2026-03-03 2026-03-04T10:59:00Z" } },
	/* A midnight that Cairo skips: the day begins at one. */
	{ "Africa/Cairo", "FREQ=DAILY", "2026-04-01", "00:30",
	    "2026-04-23T12:00:00Z",
	    { "2026-04-24 2026-04-23T22:30:00Z",
		"2026-04-25 2026-04-24T21:30:00Z" } },
	/* Twelve years on, the count still stands. */
	{ "Europe/London", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-01-05",
	    "09:00", "2038-01-01T00:00:00Z",
	    { "2038-01-04 2038-01-04T09:00:00Z",
		"2038-01-18 2038-01-18T09:00:00Z" } },
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zone *zone = zone_of(rows[i].zone);
		int64_t after = when(rows[i].after);

		for (int k = 0; k < IN_A_ROW && rows[i].next[k] != NULL; k++) {
			struct occurrence o;
			char date[DATE_SIZE], at[TIME_SIZE], text[64];

			assert_true(
			    calendar_next(rows[i].rrule, day(rows[i].from),
				minute(rows[i].at), zone, after, &o));
			snprintf(text, sizeof(text), "%s %s",
			    date_format(o.date, date), time_format(o.at, at));
			assert_string_equal(text, rows[i].next[k]);
			assert_int_equal(o.minute, minute(rows[i].at));
			after = o.at;
		}
		zone_free(zone);
	}
}

/* A rule as a question to a date, with no library in it. */
static bool
by_day(struct date from, struct date date, int interval)
{
	return (date_days(date) - date_days(from)) % interval == 0;
}

static bool
by_week(struct date from, struct date date, int interval)
{
	int64_t weeks = (date_days(date_week_start(date)) -
			    date_days(date_week_start(from))) /
			7;
	int weekday = date_weekday(date);

	return weeks % interval == 0 && (weekday == 1 || weekday == 7);
}

static bool
by_month(struct date from, struct date date, int interval)
{
	int months = (date.year - from.year) * 12 + date.month - from.month;

	return months % interval == 0 && (date.day == 1 || date.day == 31);
}

static const struct {
	const char *rrule;
	bool (*is_on)(struct date from, struct date date, int interval);
} walked[] = {
	{ "FREQ=DAILY;INTERVAL=%d", by_day },
	{ "FREQ=WEEKLY;INTERVAL=%d;BYDAY=MO,SU", by_week },
	{ "FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=1,31", by_month },
};

/*
 * However long ago a rule began, the next date is the one that a walk over
 * every day finds: the jump ahead keeps the count.
 */
static void
test_like_a_walk(void **state)
{
	const struct date epoch = { 2026, 1, 1 };

	(void)state;
	for (size_t i = 0; i < sizeof(walked) / sizeof(walked[0]); i++) {
		for (int n = 0; n < 300; n++) {
			int interval = 1 + n % 5;
			int64_t start = date_days(epoch) + n * 7 % 365;
			int64_t at = start + n * 37 % 1500 - 3;
			struct date from = date_from_days(start);
			struct date earliest = date_from_days(at);
			struct date next;
			char rrule[64];

			snprintf(
			    rrule, sizeof(rrule), walked[i].rrule, interval);
			assert_true(
			    calendar_next_date(rrule, from, earliest, &next));
			at = at < start ? start : at;
			while (!walked[i].is_on(
			    from, date_from_days(at), interval))
				at++;
			assert_int_equal(date_days(next), at);
		}
	}
}

/* What is counted here falls on the days that the library says. */
static void
test_plain_like_the_library(void **state)
{
	static const char *const plain[] = { "FREQ=DAILY", "FREQ=WEEKLY",
		"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,WE,FR",
		"FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY;BYDAY=SA,MO,SA",
		"FREQ=DAILY;BYDAY=FR,TU" };
	const struct date epoch = { 2023, 12, 20 };

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		for (int n = 0; n < 300; n++) {
			int64_t start = date_days(epoch) + n;
			struct date from = date_from_days(start);
			struct date earliest =
			    date_from_days(start + n * 37 % 100 - 3);
			struct date next, same;
			char rrule[64];

			snprintf(
			    rrule, sizeof(rrule), "%s;INTERVAL=1", plain[i]);
			assert_true(calendar_next_date(
			    plain[i], from, earliest, &next));
			assert_true(
			    calendar_next_date(rrule, from, earliest, &same));
			assert_int_equal(date_days(next), date_days(same));
		}
	}
}

static const char *const good[] = {
	"FREQ=DAILY",
	"FREQ=DAILY;INTERVAL=2",
	"INTERVAL=2;FREQ=DAILY",
	"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
	"FREQ=WEEKLY",
	"FREQ=WEEKLY;BYDAY=MO,WE,FR",
	"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
	"FREQ=MONTHLY;BYDAY=1MO,-1FR",
	"FREQ=MONTHLY;BYDAY=+2TU",
	"FREQ=MONTHLY;BYMONTHDAY=-1",
	"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
	"FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
	"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
	"FREQ=YEARLY;BYYEARDAY=100,-1",
};

static const struct {
	const char *rrule;
	const char *says;
} bad[] = {
	{ NULL, "missing" },
	{ "", "missing" },
	{ "DAILY", "'DAILY' is no part" },
	{ "every day", "'every day' is no part" },
	{ "FREQ", "'FREQ' is no part" },
	{ "FREQ=", "FREQ=: DAILY" },
	{ "FREQ=DAYLY", "FREQ=DAYLY: DAILY, WEEKLY" },
	{ "FREQ=HOURLY", "FREQ=HOURLY: DAILY" },
	{ "FREQ=MINUTELY", "FREQ=MINUTELY: DAILY" },
	{ "FREQ=SECONDLY", "FREQ=SECONDLY: DAILY" },
	{ "FREQ=daily", "FREQ=daily: DAILY" },
	{ "BYDAY=MO", "FREQ is missing" },
	{ "RRULE:FREQ=DAILY", "'RRULE:FREQ' is no part" },
	{ " FREQ=DAILY", "' FREQ' is no part" },
	{ "FREQ=DAILY ", "FREQ=DAILY : DAILY" },
	{ "FREQ=DAILY;", "'' is no part" },
	{ "FREQ=DAILY;;INTERVAL=2", "'' is no part" },
	{ "FREQ=DAILY;BADPART=1", "'BADPART' is no part" },
	{ "FREQ=DAILY;COUNT=5", "COUNT is not taken: a reminder ends" },
	{ "FREQ=DAILY;UNTIL=20261231", "UNTIL is not taken: a reminder ends" },
	{ "FREQ=DAILY;BYHOUR=9,17", "BYHOUR is not taken: the time of day" },
	{ "FREQ=DAILY;BYMINUTE=0", "BYMINUTE is not taken" },
	{ "FREQ=DAILY;BYSECOND=0", "BYSECOND is not taken" },
	{ "FREQ=DAILY;FREQ=WEEKLY", "FREQ is said twice" },
	{ "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU", "BYDAY is said twice" },
	{ "FREQ=WEEKLY;BYDAY=XX",
	    "BYDAY can't be 'XX'; weekdays are MO TU WE TH FR SA SU" },
	{ "FREQ=MONTHLY;BYMONTHDAY=32",
	    "BYMONTHDAY can't be '32'; it takes whole numbers from 1 to 31" },
	{ "FREQ=WEEKLY;BYDAY=", "BYDAY can't be ''" },
	{ "FREQ=WEEKLY;BYDAY=MO,", "BYDAY can't be 'MO,'" },
	{ "FREQ=WEEKLY;BYDAY=MO,,TU", "BYDAY can't be 'MO,,TU'" },
	{ "FREQ=WEEKLY;BYDAY=MO junk", "BYDAY can't be 'MO junk'" },
	{ "FREQ=WEEKLY;BYDAY=MON", "BYDAY can't be 'MON'" },
	{ "FREQ=MONTHLY;BYDAY=0MO", "BYDAY can't be '0MO'" },
	{ "FREQ=MONTHLY;BYDAY=54MO", "BYDAY can't be '54MO'" },
	{ "FREQ=MONTHLY;BYDAY=-MO", "BYDAY can't be '-MO'" },
	{ "FREQ=WEEKLY;BYDAY=2MO", "number before a BYDAY" },
	{ "FREQ=YEARLY;BYWEEKNO=20;BYDAY=2MO", "can't stand with BYWEEKNO" },
	{ "FREQ=WEEKLY;WKST=MO,TU", "WKST can't be 'MO,TU'" },
	{ "FREQ=DAILY;INTERVAL=0", "INTERVAL can't be '0'" },
	{ "FREQ=DAILY;INTERVAL=-1", "INTERVAL can't be '-1'" },
	{ "FREQ=DAILY;INTERVAL=1.5", "INTERVAL can't be '1.5'" },
	{ "FREQ=DAILY;INTERVAL=367", "INTERVAL can't be '367'" },
	{ "FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL can't be" },
	{ "FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY can't be '32'" },
	{ "FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY can't stand with" },
	{ "FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO can't stand with" },
	{ "FREQ=DAILY;BYMONTH=13", "BYMONTH can't be '13'" },
	{ "FREQ=DAILY;BYMONTH=-1", "BYMONTH can't be '-1'" },
	{ "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "BYSETPOS can't stand with" },
	{ "FREQ=MONTHLY;BYSETPOS=2", "BYSETPOS needs another part" },

	/* Well said, but never, or not for years, or not from every day. */
	{ "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "does not come round" },
	{ "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "does not come round" },
	{ "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "does not come round" },
	{ "FREQ=YEARLY;INTERVAL=4;BYMONTH=6;BYMONTHDAY=1",
	    "does not come round" },
};

static void
test_check(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct why why = { "" };

		assert_int_equal(calendar_check(good[i], &why), STATUS_OK);
		assert_string_equal(why.text, "");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct why why = { "" };

		assert_int_equal(
		    calendar_check(bad[i].rrule, &why), STATUS_CONFIG);
		if (strstr(why.text, bad[i].says) == NULL)
			fail_msg("'%s' says: %s", bad[i].rrule, why.text);
	}
}

/* What slipped past the check (an old row, say) is no reminder, not a crash. */
static void
test_a_bad_rule_gives_none(void **state)
{
	static const char *const rules[] = { "",
		"FREQ=", "FREQ=WEEKLY;BYDAY=XX",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29" };
	struct zone *zone = zone_of("Europe/London");
	struct occurrence o;

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		assert_false(calendar_next(rules[i], day("2028-03-01"), 540,
		    zone, when("2028-03-01T00:00:00Z"), &o));
	zone_free(zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_like_a_walk),
		cmocka_unit_test(test_plain_like_the_library),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_a_bad_rule_gives_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
