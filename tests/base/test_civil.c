/* The calendar on the wall: leap years, weeks over the turn of the year. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/civil.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct date
day(const char *text)
{
	struct date date;

	assert_int_equal(date_parse(text, &date, NULL), STATUS_OK);
	return date;
}

static const struct {
	const char *date;
	int64_t days;
	int weekday; /* 1 is Monday */
	const char *week_start;
} calendar[] = {
	{ "1970-01-01", 0, 4, "1969-12-29" },
	{ "1969-12-31", -1, 3, "1969-12-29" },
	{ "2000-02-29", 11016, 2, "2000-02-28" },
	{ "2000-03-01", 11017, 3, "2000-02-28" },
	{ "2026-03-02", 20514, 1, "2026-03-02" },
	{ "2026-03-08", 20520, 7, "2026-03-02" },
	{ "2027-01-01", 20819, 5, "2026-12-28" },
	{ "2027-01-03", 20821, 7, "2026-12-28" },
	{ "2027-01-04", 20822, 1, "2027-01-04" },
	{ "2024-12-31", 20088, 2, "2024-12-30" },
	{ "2028-02-29", 21243, 2, "2028-02-28" },
	{ "1900-03-01", -25508, 4, "1900-02-26" },
	{ "0001-01-01", -719162, 1, "0001-01-01" },
	{ "9999-12-31", 2932896, 5, "9999-12-27" },
};

static void
days_and_weeks_are_counted_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(calendar); i++) {
		struct date date = day(calendar[i].date);
		char text[DATE_SIZE];

		assert_int_equal(date_days(date), calendar[i].days);
		assert_string_equal(
		    date_format(date_from_days(calendar[i].days), text),
		    calendar[i].date);
		assert_int_equal(date_weekday(date), calendar[i].weekday);
		assert_string_equal(date_format(date_week_start(date), text),
		    calendar[i].week_start);
	}
}

/* Of ISO 8601's own examples, and the years with 53 weeks beside them. */
static const struct {
	const char *date;
	const char *week;
} weeks[] = {
	{ "2026-11-16", "2026-W47" },
	{ "2026-11-22", "2026-W47" },
	{ "2026-11-23", "2026-W48" },
	{ "2026-01-01", "2026-W01" },
	{ "2026-12-31", "2026-W53" },
	{ "2027-01-03", "2026-W53" },
	{ "2027-01-04", "2027-W01" },
	{ "2024-12-29", "2024-W52" },
	{ "2024-12-30", "2025-W01" },
	{ "2005-01-01", "2004-W53" },
	{ "2005-01-02", "2004-W53" },
	{ "2008-12-29", "2009-W01" },
	{ "2010-01-03", "2009-W53" },
};

static void
a_week_has_its_name(void **state)
{
	static const char *const none[] = { "2025-W53", "2026-W54", "2026-W00",
		"2026-W99", "2026W47", "2026-47", "2026-W4", "2026-w47",
		"2026-W471", "0000-W01", "", NULL };
	struct date monday;
	char text[WEEK_SIZE];
	struct why why;

	(void)state;
	for (size_t i = 0; i < COUNT(weeks); i++) {
		assert_string_equal(
		    week_format(day(weeks[i].date), text), weeks[i].week);
		assert_int_equal(
		    week_parse(weeks[i].week, &monday, NULL), STATUS_OK);
		assert_int_equal(
		    date_compare(monday, date_week_start(day(weeks[i].date))),
		    0);
	}
	for (size_t i = 0; i < COUNT(none); i++)
		assert_int_equal(
		    week_parse(none[i], &monday, &why), STATUS_BAD_DATA);
	assert_int_equal(
	    week_parse("2025-W53", &monday, &why), STATUS_BAD_DATA);
	assert_string_equal(
	    why.text, "2025 has no week 53: its last one is 52");
}

/* Every day of 400 years, the whole pattern of the calendar. */
static void
each_day_follows_the_one_before(void **state)
{
	struct date before = date_from_days(-25567);

	(void)state;
	for (int64_t days = -25566; days < -25567 + 146097; days++) {
		struct date date = date_from_days(days);

		if (date_compare(before, date) >= 0 ||
		    date_days(date) != days ||
		    date_weekday(date) != date_weekday(before) % 7 + 1)
			fail_msg("day %lld", (long long)days);
		before = date;
	}
}

static void
dates_are_put_in_order(void **state)
{
	(void)state;
	assert_true(date_compare(day("2026-03-02"), day("2026-03-02")) == 0);
	assert_true(date_compare(day("2026-03-01"), day("2026-03-02")) < 0);
	assert_true(date_compare(day("2026-04-01"), day("2026-03-02")) > 0);
	assert_true(date_compare(day("2025-12-31"), day("2026-01-01")) < 0);
}

static const char *const no_dates[] = {
	"",
	"2026-02-30",
	"2026-02-29",
	"1900-02-29",
	"2026-04-31",
	"2026-13-01",
	"2026-00-10",
	"2026-01-00",
	"2026-01-32",
	"0000-01-01",
	"2026-1-1",
	"26-01-01",
	"2026/01/01",
	"01-02-2026",
	"20260101",
	" 2026-01-01",
	"2026-01-01 ",
	"2026-01-01T00:00:00Z",
	"-026-01-01",
	"2026-01-0x",
	"today",
};

static void
what_is_no_date_is_refused(void **state)
{
	struct date date = { 1, 2, 3 };

	(void)state;
	for (size_t i = 0; i < COUNT(no_dates); i++) {
		struct why why = { "" };

		if (date_parse(no_dates[i], &date, &why) != STATUS_BAD_DATA)
			fail_msg("'%s' passed", no_dates[i]);
		assert_non_null(strstr(why.text, no_dates[i]));
	}
	assert_int_equal(date_parse(NULL, &date, NULL), STATUS_BAD_DATA);
	assert_int_equal(date.year, 1);
}

static const struct {
	const char *text;
	int minute; /* -1 refused */
} times[] = {
	{ "00:00", 0 },
	{ "08:00", 480 },
	{ "16:30", 990 },
	{ "23:59", 1439 },
	{ "24:00", -1 },
	{ "12:60", -1 },
	{ "8:00", -1 },
	{ "08.00", -1 },
	{ "08:00:00", -1 },
	{ "0800", -1 },
	{ "08:00 ", -1 },
	{ "-1:00", -1 },
	{ "8am", -1 },
	{ "", -1 },
};

static void
times_of_day_are_minutes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(times); i++) {
		char text[DATE_SIZE];
		int minute = -1;

		minute_parse(times[i].text, &minute, NULL);
		if (minute != times[i].minute)
			fail_msg("'%s': %d", times[i].text, minute);
		if (minute >= 0)
			assert_string_equal(
			    minute_format(minute, text), times[i].text);
	}
	assert_int_equal(
	    minute_parse(NULL, &(int){ 0 }, NULL), STATUS_BAD_DATA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_weeks_are_counted_right),
		cmocka_unit_test(a_week_has_its_name),
		cmocka_unit_test(each_day_follows_the_one_before),
		cmocka_unit_test(dates_are_put_in_order),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(times_of_day_are_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
