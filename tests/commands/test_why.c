/*
 * Each send, each non-send and each move has its sentence; so has a day on
 * which nothing was due.
 */
#include "clinic_fixture.h"

#include <stdio.h>
#include <string.h>

#define PHONE "07700900123"
#define E164 "+447700900123"

/* What "why REF --day DAY" says. */
static void
why_says(struct clinic_fixture *clinic, const char *ref, const char *day,
    const char *text)
{
	clinic_expect(clinic, STATUS_OK, "why", ref, "--day", day);
	clinic_said(clinic, text);
}

static void
every_day_has_its_reasons(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--baseline", "6", NULL);
	clinic_ticks(&clinic, "2026-03-04T17:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "5");
	clinic_ticks(&clinic, "2026-03-06T17:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "4");
	clinic_ticks(&clinic, "2026-03-07T09:00:00Z");

	why_says(&clinic, ref, "2026-03-01", "Nothing was due: ");
	why_says(&clinic, ref, "2026-03-02", "The welcome by sms was sent");
	why_says(&clinic, ref, "2026-03-02",
	    "  16:30  The reminder calm/move was not sent: the day's limit: "
	    "one had gone");
	why_says(&clinic, ref, "2026-03-02", "(clinic.daily_limit)");
	why_says(&clinic, ref, "2026-03-03",
	    "no reminder of stage \"Calm the\n         irritation\" falls on a "
	    "Tuesday.");
	why_says(&clinic, ref, "2026-03-04",
	    "(reminder calm/ease: Wed at "
	    "16:30)");
	why_says(&clinic, ref, "2026-03-04", "was read as: pain 5.");
	why_says(&clinic, ref, "2026-03-06",
	    "Moved from Calm the irritation to Adjust the setup: pain 5 and 4");
	why_says(&clinic, ref, "2026-03-06",
	    "The question adjust/setup did not come up: the stage began at "
	    "17:00.");
	why_says(&clinic, ref, "2026-03-07", "Stays in Adjust the setup: ");
	why_says(&clinic, ref, "2026-03-09",
	    "  16:30  The question adjust/setup is planned.");
	clinic_close(&clinic);
}

static void
a_stop_is_the_reason_from_then_on(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "STOP");
	clinic_ticks(&clinic, "2026-03-04T17:00:00Z");
	why_says(&clinic, ref, "2026-03-02", "The patient wrote STOP.");
	why_says(&clinic, ref, "2026-03-04",
	    "was not sent: stopped: the patient asked");
	why_says(&clinic, ref, "2026-03-06", "does not go: stopped");
	clinic_close(&clinic);
}

static void
days_are_the_patients_own(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--tz", "Pacific/Auckland", NULL);
	/* Nine on Monday in London is ten at night in Auckland. */
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "why", ref);
	clinic_said(&clinic, "on Mon 2 Mar 2026, by the clock of "
			     "Pacific/Auckland");
	clinic_said(&clinic, "  22:00  Enrolled on version 1");
	clinic_ticks(&clinic, "2026-03-02T19:30:00Z");
	clinic_expect(&clinic, STATUS_OK, "why", ref);
	clinic_said(&clinic, "on Tue 3 Mar 2026");
	clinic_said(&clinic, "  08:30  The welcome by sms was sent");
	clinic_close(&clinic);
}

static void
json_has_the_same_lines(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];
	json_t *day, *entries;

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_ticks(&clinic, "2026-03-02T17:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "why", ref, "--json");
	day = clinic_json(&clinic);
	assert_string_equal(json_text(day, "day"), "2026-03-02");
	entries = json_object_get(day, "entries");
	assert_string_equal(
	    json_text(json_array_get(entries, 2), "kind"), "sent");
	assert_string_equal(
	    json_text(json_array_get(entries, 3), "kind"), "not-sent");
	assert_non_null(json_text(json_array_get(entries, 3), "rule"));
	json_decref(day);
	clinic_expect(&clinic, STATUS_BAD_DATA, "why", ref, "--day", "monday");
	clinic_expect(&clinic, STATUS_BAD_DATA, "why", "P-000000");
	clinic_expect(&clinic, STATUS_USAGE, "why");
	clinic_close(&clinic);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_has_its_reasons),
		cmocka_unit_test(a_stop_is_the_reason_from_then_on),
		cmocka_unit_test(days_are_the_patients_own),
		cmocka_unit_test(json_has_the_same_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
