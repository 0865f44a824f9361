/* Times as RFC 3339 writes them, durations as a plan writes them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "base/clock.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *written, *utc;
} times[] = {
	{ "2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z" },
	{ "2026-03-02t09:00:00z", "2026-03-02T09:00:00Z" },
	{ "2026-03-02 09:00:00Z", "2026-03-02T09:00:00Z" },
	{ "2026-03-02T09:00Z", "2026-03-02T09:00:00Z" },
	{ "2026-03-02T09:00:00+01:00", "2026-03-02T08:00:00Z" },
	{ "2026-03-02T09:00:00-05:00", "2026-03-02T14:00:00Z" },
	{ "2026-03-02T09:00:00+05:45", "2026-03-02T03:15:00Z" },
	{ "2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z" },
	{ "2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z" },
	{ "2026-03-02T09:00:00-00:00", "2026-03-02T09:00:00Z" },
	{ "2026-03-02T09:00:00.999Z", "2026-03-02T09:00:00Z" },
	{ "2026-03-02T09:00:00.123456789+01:00", "2026-03-02T08:00:00Z" },
	{ "2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z" },
	{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
	{ "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
	{ "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z" },
	{ "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
	{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
};

static const char *const no_times[] = {
	"",
	"now",
	"2026-03-02",
	"2026-03-02T09:00:00",
	"2026-03-02T09:00:00 Z",
	"2026-03-02T09:00:00ZZ",
	"2026-03-02T09:00:00Z ",
	" 2026-03-02T09:00:00Z",
	"2026-02-30T09:00:00Z",
	"2025-02-29T09:00:00Z",
	"2026-13-02T09:00:00Z",
	"2026-03-02T24:00:00Z",
	"2026-03-02T09:60:00Z",
	"2026-03-02T09:00:60Z",
	"2026-03-02T09:59:61Z",
	"2026-03-02T9:00:00Z",
	"2026-03-02T09:00:00.Z",
	"2026-03-02T09:00:00,5Z",
	"2026-03-02T09:00:00+01",
	"2026-03-02T09:00:00+0100",
	"2026-03-02T09:00:00+24:00",
	"2026-03-02T09:00:00+01:60",
	"2026-03-02T09:00:00 01:00",
	"2026-03-02T09:00:00BST",
	"2026-03-02X09:00:00Z",
	"26-03-02T09:00:00Z",
	"20260302T090000Z",
	"1772442000",
};

static void
each_time_is_an_instant(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(times); i++) {
		struct why why = { "" };
		char utc[TIME_SIZE];
		int64_t at = 0;

		if (time_parse(times[i].written, &at, &why) != STATUS_OK)
			fail_msg("%s: %s", times[i].written, why.text);
		if (strcmp(time_format(at, utc), times[i].utc) != 0)
			fail_msg("%s: %s", times[i].written, utc);
	}
}

static void
an_instant_counts_from_1970(void **state)
{
	int64_t at = 0;

	(void)state;
	assert_int_equal(
	    time_parse("2026-03-02T09:00:00Z", &at, NULL), STATUS_OK);
	assert_int_equal(at, 1772442000);
}

static void
what_is_no_time_is_refused(void **state)
{
	int64_t at = 7;

	(void)state;
	for (size_t i = 0; i < COUNT(no_times); i++) {
		struct why why = { "" };

		if (time_parse(no_times[i], &at, &why) != STATUS_BAD_DATA)
			fail_msg("'%s' passed", no_times[i]);
		assert_string_not_equal(why.text, "");
	}
	assert_int_equal(time_parse(NULL, &at, NULL), STATUS_BAD_DATA);
	assert_int_equal(at, 7);
}

/* Whatever a row may hold, what we print is RFC 3339. */
static void
far_times_are_the_nearest_that_can_be_written(void **state)
{
	char utc[TIME_SIZE];

	(void)state;
	assert_string_equal(
	    time_format(INT64_MAX, utc), "9999-12-31T23:59:59Z");
	assert_string_equal(
	    time_format(INT64_MIN, utc), "0001-01-01T00:00:00Z");
}

static const struct {
	const char *written;
	int64_t s; /* -1 refused */
} durations[] = {
	{ "90s", 90 },
	{ "15m", 900 },
	{ "2.5h", 9000 },
	{ "2h", 7200 },
	{ "3d", 259200 },
	{ "1w", 604800 },
	{ "0.5d", 43200 },
	{ "1.25m", 75 },
	{ "0.333333333h", 1200 },
	{ "1.5s", 2 },
	{ "007s", 7 },
	{ "10000000000s", 10000000000 },
	{ "0s", -1 },
	{ "0.0h", -1 },
	{ "0.2s", -1 },
	{ "-5m", -1 },
	{ "+5m", -1 },
	{ "15", -1 },
	{ "m", -1 },
	{ "", -1 },
	{ "15 m", -1 },
	{ " 15m", -1 },
	{ "15m ", -1 },
	{ "15min", -1 },
	{ "15M", -1 },
	{ "1h30m", -1 },
	{ ".5h", -1 },
	{ "1.h", -1 },
	{ "1..5h", -1 },
	{ "1,5h", -1 },
	{ "1e3s", -1 },
	{ "0x10s", -1 },
	{ "99999999999s", -1 },
	{ "99999999w", -1 },
	{ "99999999999999999999999999w", -1 },
	{ "nans", -1 },
	{ "infd", -1 },
	{ "5y", -1 },
};

static void
durations_are_seconds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(durations); i++) {
		struct why why = { "" };
		int64_t s = -1;
		enum status status =
		    duration_parse(durations[i].written, &s, &why);

		if (s != durations[i].s || (status == STATUS_OK) != (s > 0))
			fail_msg("'%s': %lld (%s)", durations[i].written,
			    (long long)s, why.text);
	}
	assert_int_equal(
	    duration_parse(NULL, &(int64_t){ 0 }, NULL), STATUS_BAD_DATA);
}

static void
a_fixed_clock_stands_still(void **state)
{
	struct clock fixed = { .fixed = true, .fixed_at = 42 };
	struct clock real = { 0 };
	int64_t before = (int64_t)time(NULL), now = clock_now(&real);

	(void)state;
	assert_int_equal(clock_now(&fixed), 42);
	/* time(2) may lag by a tick of the kernel. */
	assert_true(now >= before && now <= (int64_t)time(NULL) + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_time_is_an_instant),
		cmocka_unit_test(an_instant_counts_from_1970),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(far_times_are_the_nearest_that_can_be_written),
		cmocka_unit_test(durations_are_seconds),
		cmocka_unit_test(a_fixed_clock_stands_still),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
