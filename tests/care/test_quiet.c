/*
 * When a patient is left alone, and when the clinic is there. Times are UTC;
 * the wall's time is said beside them where it differs.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/clock.h"
#include "care/quiet.h"

static const struct date closed_days[] = { { 2026, 12, 25 }, { 2026, 12, 26 },
	{ 2026, 12, 28 } };

static int64_t
when(const char *text)
{
	int64_t at = 0;

	assert_int_equal(time_parse(text, &at, NULL), STATUS_OK);
	return at;
}

static struct zone *
zone_of(const char *name)
{
	struct zone *zone = NULL;

	assert_int_equal(zone_open(name, &zone, NULL), STATUS_OK);
	return zone;
}

static struct quiet
quiet_of(const char *from, const char *until)
{
	struct quiet quiet = { .closed = closed_days,
		.closed_len = sizeof(closed_days) / sizeof(closed_days[0]) };

	assert_int_equal(
	    minute_parse(from, &quiet.from_minute, NULL), STATUS_OK);
	assert_int_equal(
	    minute_parse(until, &quiet.until_minute, NULL), STATUS_OK);
	return quiet;
}

static const struct {
	const char *zone;
	const char *from, *until; /* quiet */
	const char *at;
	const char *open; /* the next opening: at itself when open then */
} rows[] = {
	/* Half-open, through the night. */
	{ "Europe/London", "20:00", "08:00", "2026-01-14T19:59:59Z",
	    "2026-01-14T19:59:59Z" },
	{ "Europe/London", "20:00", "08:00", "2026-01-14T20:00:00Z",
	    "2026-01-15T08:00:00Z" },
	{ "Europe/London", "20:00", "08:00", "2026-01-15T00:00:00Z",
	    "2026-01-15T08:00:00Z" },
	{ "Europe/London", "20:00", "08:00", "2026-01-15T07:59:59Z",
	    "2026-01-15T08:00:00Z" },
	{ "Europe/London", "20:00", "08:00", "2026-01-15T08:00:00Z",
	    "2026-01-15T08:00:00Z" },
	{ "Europe/London", "20:00", "08:00", "2026-07-15T19:00:01Z",
	    "2026-07-16T07:00:00Z" },

	/* In the patient's own zone: 14:00Z is 9 in New York, 3 in Auckland */
	{ "America/New_York", "20:00", "08:00", "2026-01-14T14:00:00Z",
	    "2026-01-14T14:00:00Z" },
	{ "Pacific/Auckland", "20:00", "08:00", "2026-01-14T14:00:00Z",
	    "2026-01-14T19:00:00Z" },

	/* Within one day; and never. */
	{ "Europe/London", "12:00", "14:00", "2026-01-14T11:59:59Z",
	    "2026-01-14T11:59:59Z" },
	{ "Europe/London", "12:00", "14:00", "2026-01-14T12:30:00Z",
	    "2026-01-14T14:00:00Z" },
	{ "Europe/London", "00:00", "08:00", "2026-01-14T00:00:00Z",
	    "2026-01-14T08:00:00Z" },
	{ "Europe/London", "20:00", "00:00", "2026-01-14T20:00:00Z",
	    "2026-01-15T00:00:00Z" },
	{ "Europe/London", "08:00", "08:00", "2026-01-14T08:00:00Z",
	    "2026-01-14T08:00:00Z" },

	/* Closed at Christmas, the 27th open, the 28th closed. */
	{ "Europe/London", "20:00", "08:00", "2026-12-24T19:59:00Z",
	    "2026-12-24T19:59:00Z" },
	{ "Europe/London", "20:00", "08:00", "2026-12-24T20:00:00Z",
	    "2026-12-27T08:00:00Z" },
	{ "Europe/London", "20:00", "08:00", "2026-12-25T12:00:00Z",
	    "2026-12-27T08:00:00Z" },
	{ "Europe/London", "20:00", "08:00", "2026-12-28T12:00:00Z",
	    "2026-12-29T08:00:00Z" },
	{ "Europe/London", "08:00", "08:00", "2026-12-25T12:00:00Z",
	    "2026-12-27T00:00:00Z" },
	/* Christmas begins earlier in Auckland, and ends later in New York. */
	{ "Pacific/Auckland", "20:00", "08:00", "2026-12-24T11:00:00Z",
	    "2026-12-26T19:00:00Z" },
	{ "America/New_York", "08:00", "08:00", "2026-12-27T04:59:59Z",
	    "2026-12-27T05:00:00Z" },

	/* The clock goes forward: a night of 11 hours. */
	{ "Europe/London", "20:00", "08:00", "2026-03-28T20:00:00Z",
	    "2026-03-29T07:00:00Z" },
	/* Back: one of 13. */
	{ "Europe/London", "20:00", "08:00", "2026-10-24T19:00:00Z",
	    "2026-10-25T08:00:00Z" },
	{ "Pacific/Auckland", "20:00", "08:00", "2026-09-26T08:00:00Z",
	    "2026-09-26T19:00:00Z" },
	{ "Pacific/Auckland", "20:00", "08:00", "2026-04-04T07:00:00Z",
	    "2026-04-04T20:00:00Z" },
	{ "Australia/Lord_Howe", "20:00", "08:00", "2026-10-03T09:30:00Z",
	    "2026-10-03T21:00:00Z" },
	/* An opening that the clock skips comes with the skip. */
	{ "Europe/London", "20:00", "01:30", "2026-03-28T23:00:00Z",
	    "2026-03-29T01:00:00Z" },
	{ "Europe/Dublin", "20:00", "01:30", "2026-03-28T23:00:00Z",
	    "2026-03-29T01:00:00Z" },
	/* An hour that comes twice: open, quiet again, and open. */
	{ "Europe/London", "20:00", "01:30", "2026-10-24T23:00:00Z",
	    "2026-10-25T00:30:00Z" },
	{ "Europe/London", "20:00", "01:30", "2026-10-25T00:59:59Z",
	    "2026-10-25T00:59:59Z" },
	{ "Europe/London", "20:00", "01:30", "2026-10-25T01:10:00Z",
	    "2026-10-25T01:30:00Z" },
};

static void
test_next_open(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zone *zone = zone_of(rows[i].zone);
		struct quiet quiet = quiet_of(rows[i].from, rows[i].until);
		int64_t at = when(rows[i].at);
		int64_t open = quiet_next_open(&quiet, zone, at);
		char text[TIME_SIZE];

		assert_string_equal(time_format(open, text), rows[i].open);
		assert_int_equal(quiet_open(&quiet, zone, at), open == at);
		zone_free(zone);
	}
}

/* The next opening is what a walk minute by minute finds. */
static void
test_like_a_walk(void **state)
{
	static const struct {
		const char *zone, *from_at;
	} weekends[] = {
		{ "Europe/London", "2026-03-28T00:00:00Z" },
		{ "Europe/London", "2026-10-24T00:00:00Z" },
		{ "Europe/Dublin", "2026-03-28T00:00:00Z" },
		{ "America/New_York", "2026-03-07T12:00:00Z" },
		{ "America/New_York", "2026-10-31T12:00:00Z" },
		{ "Australia/Lord_Howe", "2026-10-03T00:00:00Z" },
		{ "Australia/Lord_Howe", "2026-04-04T00:00:00Z" },
		{ "Pacific/Auckland", "2026-12-24T00:00:00Z" },
	};
	static const char *const hours[][2] = { { "20:00", "08:00" },
		{ "22:00", "02:15" }, { "01:10", "01:50" },
		{ "02:00", "03:00" }, { "00:30", "01:30" },
		{ "03:00", "01:45" } };
	const int minutes = 3 * 24 * 60;

	(void)state;
	for (size_t w = 0; w < sizeof(weekends) / sizeof(weekends[0]); w++) {
		struct zone *zone = zone_of(weekends[w].zone);
		int64_t first = when(weekends[w].from_at);

		for (size_t h = 0; h < sizeof(hours) / sizeof(hours[0]); h++) {
			struct quiet quiet = quiet_of(hours[h][0], hours[h][1]);
			int64_t at = first + minutes * 60;
			int64_t open = quiet_next_open(&quiet, zone, at);

			for (; at >= first; at -= 60) {
				if (quiet_open(&quiet, zone, at))
					open = at;
				if (at % (7 * 60) == 0)
					assert_int_equal(open,
					    quiet_next_open(&quiet, zone, at));
			}
		}
		zone_free(zone);
	}
}

static void
test_closed_for_ever(void **state)
{
	static struct date days[400];
	struct quiet quiet = { .closed = days, .closed_len = 400 };
	struct zone *zone = zone_of("Europe/London");
	struct date first = { 2026, 1, 1 };

	(void)state;
	for (int i = 0; i < quiet.closed_len; i++)
		days[i] = date_from_days(date_days(first) + i);
	assert_int_equal(
	    quiet_next_open(&quiet, zone, when("2026-01-01T09:00:00Z")), 0);
	quiet.closed_len = 300;
	assert_int_equal(
	    quiet_next_open(&quiet, zone, when("2026-01-01T09:00:00Z")),
	    when("2026-10-28T00:00:00Z"));
	zone_free(zone);
}

/* Spelled out as "Mo 540-1020": the weekday and the minutes. */
static const struct {
	const char *text;
	int spans;
	const char *open[3]; /* local times, a week of January 2026 */
	const char *closed[3]; /* 2026-01-12 is a Monday */
} hours_rows[] = {
	{ "Mon-Fri 9-17", 5, { "2026-01-12T09:00:00Z", "2026-01-16T16:59:59Z" },
	    { "2026-01-12T08:59:59Z", "2026-01-16T17:00:00Z",
		"2026-01-17T12:00:00Z" } },
	{ "Mon-Fri 08:30-17:30, Sat 9-12", 6,
	    { "2026-01-12T08:30:00Z", "2026-01-17T11:59:00Z" },
	    { "2026-01-17T12:00:00Z", "2026-01-18T10:00:00Z" } },
	{ "mon, WED 9-12, 14-17:15; Sunday 10-11", 5,
	    { "2026-01-12T14:00:00Z", "2026-01-14T17:14:00Z",
		"2026-01-18T10:30:00Z" },
	    { "2026-01-12T12:00:00Z", "2026-01-13T10:00:00Z",
		"2026-01-14T17:15:00Z" } },
	{ "Mon-Sun 0-24", 7, { "2026-01-18T23:59:59Z", "2026-01-12T00:00:00Z" },
	    { NULL } },
	{ "Sat-Mon 10-11", 3,
	    { "2026-01-12T10:00:00Z", "2026-01-17T10:00:00Z",
		"2026-01-18T10:00:00Z" },
	    { "2026-01-13T10:00:00Z", "2026-01-16T10:00:00Z" } },
	{ " Tues - Thurs  9\xe2\x80\x93"
	  "17 ",
	    3, { "2026-01-15T09:00:00Z" }, { "2026-01-16T09:00:00Z" } },
	{ "Mon-Sun 9-12 13-17", 14, { "2026-01-18T13:00:00Z" },
	    { "2026-01-18T12:30:00Z" } },
};

static void
test_hours(void **state)
{
	struct zone *zone = zone_of("Europe/London");

	(void)state;
	for (size_t i = 0; i < sizeof(hours_rows) / sizeof(hours_rows[0]);
	     i++) {
		struct hours hours = { 0 };

		assert_int_equal(
		    hours_parse(hours_rows[i].text, &hours, NULL), STATUS_OK);
		assert_int_equal(hours.len, hours_rows[i].spans);
		for (int k = 0; k < 3 && hours_rows[i].open[k] != NULL; k++)
			assert_true(hours_open(
			    &hours, NULL, zone, when(hours_rows[i].open[k])));
		for (int k = 0; k < 3 && hours_rows[i].closed[k] != NULL; k++)
			assert_false(hours_open(
			    &hours, NULL, zone, when(hours_rows[i].closed[k])));
	}
	zone_free(zone);
}

static void
test_hours_that_are_none(void **state)
{
	static const char *const texts[] = { NULL, "", " ", ",", "Mon-Fri",
		"9-17", "Mon-Fri 9", "Mon-Fri 9-", "Mon-Fri 17-9",
		"Mon-Fri 9-9", "Mon-Fri 9-25", "Mon-Fri 9:5-17",
		"Mon-Fri 9:60-17", "Mon-Fri 24:01-25", "Mon-Fri 009-17",
		"Mon-Fri 9-17, Sat", "Mo 9-17", "Mon- 9-17", "Mon-Foo 9-17",
		"Monkey 9-17", "Mon-Fri 9am-5pm", "Mon-Fri 9-17h", "Mon9-17",
		"Mon-Fri 9-17x", "-", "Mon-Fri 9-17 -",
		"Mon-Sun 9-12 13-17 18-19" };
	struct hours hours = { .len = 42 };
	struct why why;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		why.text[0] = '\0';
		assert_int_equal(
		    hours_parse(texts[i], &hours, &why), STATUS_BAD_DATA);
		assert_non_null(strstr(why.text, "Mon-Fri 9-17"));
		assert_int_equal(hours.len, 42);
	}
}

static const struct {
	const char *zone, *at, *open;
} opening_rows[] = {
	/* Friday evening to Monday morning; a pause at noon. */
	{ "Europe/London", "2026-01-16T17:00:00Z", "2026-01-19T09:00:00Z" },
	{ "Europe/London", "2026-01-16T12:10:00Z", "2026-01-16T14:00:00Z" },
	{ "Europe/London", "2026-01-16T14:00:00Z", "2026-01-16T14:00:00Z" },
	/* Christmas on a Friday, the 28th closed as well. */
	{ "Europe/London", "2026-12-24T17:00:00Z", "2026-12-29T09:00:00Z" },
	/* Over a change of the clock; elsewhere. */
	{ "Europe/London", "2026-03-27T17:00:00Z", "2026-03-30T08:00:00Z" },
	{ "America/New_York", "2026-10-30T21:00:00Z", "2026-11-02T14:00:00Z" },
};

static void
test_hours_next_open(void **state)
{
	struct quiet closed = quiet_of("20:00", "10:30"); /* not looked at */
	struct hours hours;

	(void)state;
	assert_int_equal(
	    hours_parse("Mon-Fri 9-12 14-17", &hours, NULL), STATUS_OK);
	for (size_t i = 0; i < sizeof(opening_rows) / sizeof(opening_rows[0]);
	     i++) {
		struct zone *zone = zone_of(opening_rows[i].zone);
		char text[TIME_SIZE];

		assert_string_equal(
		    time_format(hours_next_open(&hours, &closed, zone,
				    when(opening_rows[i].at)),
			text),
		    opening_rows[i].open);
		zone_free(zone);
	}
}

static void
test_no_hours_never_open(void **state)
{
	struct hours hours = { 0 };
	struct zone *zone = zone_of("Europe/London");

	(void)state;
	assert_int_equal(
	    hours_next_open(&hours, NULL, zone, when("2026-01-01T09:00:00Z")),
	    0);
	zone_free(zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_open),
		cmocka_unit_test(test_like_a_walk),
		cmocka_unit_test(test_closed_for_ever),
		cmocka_unit_test(test_hours),
		cmocka_unit_test(test_hours_that_are_none),
		cmocka_unit_test(test_hours_next_open),
		cmocka_unit_test(test_no_hours_never_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
