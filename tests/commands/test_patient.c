/*
 * What a clinician does with a patient from the command line.
 */
#include "clinic_fixture.h"

#include <stdio.h>
#include <string.h>

#define PHONE "07700900123"
#define E164 "+447700900123"

static void
list_says_who_needs_a_person(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];
	json_t *list;

	(void)unused;
	clinic_open(&clinic);
	clinic_expect(&clinic, STATUS_OK, "patient", "list");
	clinic_said(&clinic, "no patients yet");
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "patient", "list", "--json");
	list = clinic_json(&clinic);
	assert_int_equal(json_array_size(list), 1);
	assert_string_equal(json_text(json_array_get(list, 0), "ref"), ref);
	assert_string_equal(
	    json_text(json_array_get(list, 0), "stage"), "calm");
	assert_null(json_text(json_array_get(list, 0), "attention"));
	json_decref(list);

	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164,
	    "my saddle area is numb");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "patient", "list", "--json");
	list = clinic_json(&clinic);
	assert_non_null(json_text(json_array_get(list, 0), "attention"));
	assert_string_equal(
	    json_text(json_array_get(list, 0), "state"), "paused");
	json_decref(list);
	clinic_close(&clinic);
}

static void
show_has_the_conversation_in_order(void **unused)
{
	static const char *const keys[] = { "ref", "name", "phone", "email",
		"channel", "language", "timezone", "plan", "stage",
		"stage_since", "state", "messages", "replies", "readings",
		"moves", "alerts" };
	struct clinic_fixture clinic;
	char ref[16];
	json_t *patient, *messages;
	const char *welcome, *answer;

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--baseline", "6", NULL);
	clinic_ticks(&clinic, "2026-03-04T17:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "5");
	clinic_expect(&clinic, STATUS_OK, "tick");

	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref, "--json");
	patient = clinic_json(&clinic);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		assert_non_null(json_object_get(patient, keys[i]));
	messages = json_object_get(patient, "messages");
	assert_string_equal(
	    json_text(json_array_get(messages, 0), "kind"), "welcome");
	/* Monday's first reminder gave way to the welcome. */
	assert_string_equal(
	    json_text(json_array_get(messages, 1), "state"), "missed");
	assert_string_equal(
	    json_text(json_array_get(messages, 2), "kind"), "question");
	assert_string_equal(
	    json_text(json_array_get(messages, 2), "asks"), "pain");
	assert_int_equal(
	    json_whole(json_array_get(json_object_get(patient, "readings"), 0),
		"pain", -1),
	    5);
	json_decref(patient);

	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_said(&clinic, "Stage      Calm the irritation, since Mon 2 Mar "
			     "2026 (2 days)");
	clinic_said(&clinic, "  17:00  ← 5\n           (read as: pain 5)");
	welcome = strstr(buffer_text(&clinic.out), "(welcome by sms");
	answer = strstr(buffer_text(&clinic.out), "(answer by sms");
	assert_true(welcome != NULL && answer != NULL && welcome < answer);
	clinic_close(&clinic);
}

/* Lines that a narrow terminal would break are our own fault. */
static void
show_keeps_to_eighty_columns(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--email", "maya@example.com",
	    "--channel", "both", NULL);
	clinic_ticks(&clinic, "2026-03-06T17:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	for (const char *line = buffer_text(&clinic.out); *line != '\0';) {
		size_t bytes = strcspn(line, "\n");
		size_t columns = 0;

		for (size_t i = 0; i < bytes; i++)
			columns += ((unsigned char)line[i] & 0xc0) != 0x80;
		if (columns > 80)
			fail_msg("%.*s", (int)bytes, line);
		line += bytes;
		line += *line == '\n';
	}
	clinic_close(&clinic);
}

static void
what_a_patient_wrote_moves_no_cursor(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164,
	    "hello\033[2J there");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_not_said(&clinic, "\033");
	clinic_said(&clinic, "hello[2J there");
	clinic_close(&clinic);
}

static void
pause_and_resume(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_BAD_DATA, "patient", "pause", ref,
	    "--until", "2026-03-02");
	clinic_expect(&clinic, STATUS_BAD_DATA, "patient", "pause", ref,
	    "--until", "soon");
	clinic_expect(&clinic, STATUS_OK, "patient", "pause", ref, "--until",
	    "2026-03-05");
	clinic_ticks(&clinic, "2026-03-04T18:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "why", ref);
	clinic_said(&clinic, "was not sent: paused by the clinic");
	clinic_ticks(&clinic, "2026-03-05T09:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "patient", "resume", ref);
	clinic_said(&clinic, "is active already");
	clinic_close(&clinic);
}

static void
stop_means_stop_for_clinicians_too(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "STOP");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_DENIED, "patient", "resume", ref);
	clinic_expect(&clinic, STATUS_DENIED, "patient", "pause", ref);
	clinic_expect(
	    &clinic, STATUS_DENIED, "inbox", "reply", ref, "Come", "back");
	/* Nor does another number open a way round it. */
	clinic_expect(&clinic, STATUS_OK, "patient", "edit", ref, "--phone",
	    "07700900999");
	clinic_expect(&clinic, STATUS_DENIED, "patient", "resume", ref);
	clinic_close(&clinic);
}

static void
a_wrong_number_is_put_right(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(
	    &clinic, STATUS_OK, "receive", "--from", E164, "wrong number");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_DENIED, "patient", "resume", ref);
	clinic_expect(&clinic, STATUS_OK, "patient", "edit", ref, "--phone",
	    "07700900999");
	clinic_expect(&clinic, STATUS_OK, "patient", "resume", ref);
	clinic_said(&clinic, "is active again");
	clinic_close(&clinic);
}

static void
edit_checks_as_enrolment_does(void **unused)
{
	static const struct {
		const char *option, *value;
	} wrong[] = {
		{ "--phone", "12" },
		{ "--phone", "" },
		{ "--email", "nobody" },
		{ "--channel", "pigeon" },
		{ "--channel", "email" }, /* there is no address */
		{ "--tz", "Mars/Olympus" },
		{ "--lang", "e" },
		{ "--set", "aggravator=swimming" },
		{ "--set", "shoe=42" },
		{ "--baseline", "11" },
		{ "--consent", "2030-01-01" },
		{ "--screened", "2026-03-01" }, /* by whom? */
		{ "--name", "" },
	};
	struct clinic_fixture clinic;
	char ref[16];
	json_t *before, *after;

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref, "--json");
	before = clinic_json(&clinic);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		clinic_expect(&clinic, STATUS_BAD_DATA, "patient", "edit", ref,
		    wrong[i].option, wrong[i].value);
	clinic_expect(&clinic, STATUS_USAGE, "patient", "edit", ref);
	clinic_expect(&clinic, STATUS_USAGE, "patient", "edit", ref,
	    "--running", "--no-running");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref, "--json");
	after = clinic_json(&clinic);
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
	clinic_close(&clinic);
}

static void
a_new_zone_sets_the_reminders_anew(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_ticks(&clinic, "2026-03-03T09:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "patient", "edit", ref, "--tz",
	    "America/New_York", "--set", "aggravator=standing");
	clinic_said(&clinic, "changed time zone, facts");
	clinic_ticks(&clinic, "2026-03-04T21:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "why", ref, "--day", "2026-03-04");
	clinic_not_said(&clinic, "11:30");
	clinic_ticks(&clinic, "2026-03-04T21:30:00Z");
	clinic_expect(&clinic, STATUS_OK, "why", ref, "--day", "2026-03-04");
	clinic_said(&clinic, "  16:30  The question");
	clinic_close(&clinic);
}

static void
an_address_that_wrote_stop_stops_its_new_owner(void **unused)
{
	struct clinic_fixture clinic;
	char first[16], second[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, first, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "STOP");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_enrol(&clinic, second, "07700900456", NULL);
	clinic_expect(
	    &clinic, STATUS_OK, "patient", "edit", second, "--phone", PHONE);
	clinic_said(&clinic, "wrote STOP");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", second);
	clinic_said(&clinic, "State      stopped");
	clinic_close(&clinic);
}

static void
a_clinician_moves_and_discharges(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(
	    &clinic, STATUS_BAD_DATA, "patient", "move", ref, "adjst");
	assert_non_null(strstr(clinic.why.text, "did you mean \"adjust\""));
	clinic_expect(&clinic, STATUS_OK, "patient", "move", ref, "adjust",
	    "--by", "Ana");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_said(&clinic, "because: moved by the clinic (Ana)");
	clinic_expect(&clinic, STATUS_OK, "patient", "discharge", ref);
	clinic_expect(&clinic, STATUS_DENIED, "patient", "move", ref, "calm");
	clinic_expect(&clinic, STATUS_DENIED, "patient", "resume", ref);
	clinic_close(&clinic);
}

static void
erase_asks_first_and_forgets(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164,
	    "my saddle area is numb");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_USAGE, "patient", "erase", ref);
	assert_non_null(strstr(clinic.why.text, "--yes"));
	clinic_expect(&clinic, STATUS_OK, "patient", "erase", ref, "--yes");
	clinic_said(&clinic, "Backups");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref, "--json");
	clinic_not_said(&clinic, "Maya");
	clinic_not_said(&clinic, "900123");
	clinic_not_said(&clinic, "saddle area is numb");
	clinic_expect(&clinic, STATUS_OK, "alert", "list");
	clinic_said(&clinic, "nobody needs a person");
	clinic_expect(
	    &clinic, STATUS_DENIED, "patient", "edit", ref, "--name", "X");
	clinic_close(&clinic);
}

static void
options_stay_with_their_subcommand(void **unused)
{
	struct clinic_fixture clinic;

	(void)unused;
	clinic_open(&clinic);
	clinic_expect(&clinic, STATUS_USAGE, "patient");
	clinic_expect(&clinic, STATUS_USAGE, "patient", "shwo", "P-4K7QXM");
	assert_non_null(strstr(clinic.why.text, "did you mean \"show\""));
	clinic_expect(&clinic, STATUS_USAGE, "patient", "show");
	clinic_expect(
	    &clinic, STATUS_USAGE, "patient", "show", "P-4K7QXM", "again");
	clinic_expect(&clinic, STATUS_USAGE, "patient", "show", "P-4K7QXM",
	    "--until", "2026-03-09");
	clinic_expect(&clinic, STATUS_BAD_DATA, "patient", "show", "P-4K7QXM");
	clinic_expect(&clinic, STATUS_BAD_DATA, "patient", "show", "Maya");
	clinic_close(&clinic);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_says_who_needs_a_person),
		cmocka_unit_test(show_has_the_conversation_in_order),
		cmocka_unit_test(show_keeps_to_eighty_columns),
		cmocka_unit_test(what_a_patient_wrote_moves_no_cursor),
		cmocka_unit_test(pause_and_resume),
		cmocka_unit_test(stop_means_stop_for_clinicians_too),
		cmocka_unit_test(a_wrong_number_is_put_right),
		cmocka_unit_test(edit_checks_as_enrolment_does),
		cmocka_unit_test(a_new_zone_sets_the_reminders_anew),
		cmocka_unit_test(
		    an_address_that_wrote_stop_stops_its_new_owner),
		cmocka_unit_test(a_clinician_moves_and_discharges),
		cmocka_unit_test(erase_asks_first_and_forgets),
		cmocka_unit_test(options_stay_with_their_subcommand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
