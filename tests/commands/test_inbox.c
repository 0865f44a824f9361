/*
 * Alerts, the inbox and moves: what waits for a person, and what becomes of it.
 */
#include "clinic_fixture.h"

#include <stdio.h>
#include <string.h>

#define PHONE "07700900123"
#define E164 "+447700900123"

/* The number of the first entry of the list that was printed as JSON. */
static const char *
first_id(const struct clinic_fixture *clinic, char out[24])
{
	json_t *list = clinic_json(clinic);

	snprintf(out, 24, "%lld",
	    (long long)json_whole(json_array_get(list, 0), "id", 0));
	json_decref(list);
	return out;
}

static void
a_red_flag_is_taken_on_and_closed(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16], id[24];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164,
	    "my saddle area is numb");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "alert", "list", "--json");
	clinic_said(&clinic, "\"kind\": \"red-flag\"");
	clinic_said(&clinic, ref);
	first_id(&clinic, id);

	clinic_expect(&clinic, STATUS_DENIED, "patient", "pause", ref);
	clinic_expect(&clinic, STATUS_OK, "alert", "ack", id, "--by", "Ana");
	clinic_expect(&clinic, STATUS_OK, "alert", "list");
	clinic_said(&clinic, "acknowledged by Ana");
	clinic_expect(&clinic, STATUS_USAGE, "alert", "close", id);
	clinic_expect(
	    &clinic, STATUS_USAGE, "alert", "close", id, "--outcome", "");
	clinic_expect(&clinic, STATUS_OK, "alert", "close", id, "--outcome",
	    "seen today, no cause found", "--by", "Ana");
	clinic_expect(&clinic, STATUS_OK, "alert", "list");
	clinic_said(&clinic, "nobody needs a person");
	clinic_expect(&clinic, STATUS_OK, "alert", "list", "--all");
	clinic_said(&clinic, "seen today, no cause found");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_said(&clinic, "State      active");
	clinic_expect(&clinic, STATUS_BAD_DATA, "alert", "ack", id);
	clinic_expect(&clinic, STATUS_BAD_DATA, "alert", "ack", "999");
	clinic_expect(&clinic, STATUS_BAD_DATA, "alert", "ack", "one");
	clinic_close(&clinic);
}

static void
a_question_is_answered_from_the_inbox(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];
	json_t *patient, *messages, *note;

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164,
	    "Can I swim with this?");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "inbox", "list");
	clinic_said(&clinic, ref);
	clinic_said(&clinic, "Can I swim with this?");
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, " ");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "inbox", "list");
	clinic_said(&clinic, "[no words]");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_said(&clinic, "[no words]");

	clinic_expect(&clinic, STATUS_USAGE, "inbox", "reply", ref);
	clinic_expect(&clinic, STATUS_BAD_DATA, "inbox", "reply", ref, " ");
	clinic_expect(&clinic, STATUS_OK, "inbox", "reply", ref, "Yes,",
	    "gently {{name}}", "--by", "Ana");
	clinic_said(&clinic, "2 entries of the inbox closed");
	clinic_expect(&clinic, STATUS_OK, "inbox", "list");
	clinic_said(&clinic, "the inbox is empty");
	/* Its alert said no more than "see the inbox". */
	clinic_expect(&clinic, STATUS_OK, "alert", "list");
	clinic_said(&clinic, "nobody needs a person");

	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref, "--json");
	patient = clinic_json(&clinic);
	messages = json_object_get(patient, "messages");
	note = json_array_get(messages, json_array_size(messages) - 1);
	assert_string_equal(json_text(note, "kind"), "note");
	assert_string_equal(json_text(note, "state"), "queued");
	assert_string_equal(json_text(note, "body"), "Yes, gently {{name}}");
	json_decref(patient);
	clinic_close(&clinic);
}

static void
a_note_at_night_waits_for_the_day(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic.now = "2026-03-02T23:00:00Z";
	clinic_expect(
	    &clinic, STATUS_OK, "inbox", "reply", ref, "Sleep", "well");
	clinic_said(&clinic, "it goes Tue 3 Mar 2026 08:00");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_said(&clinic, "(note by sms, queued: quiet hours");
	clinic_close(&clinic);
}

static void
a_stranger_stays_a_stranger(void **unused)
{
	struct clinic_fixture clinic;
	char id[24];

	(void)unused;
	clinic_open(&clinic);
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", "+447700900777",
	    "Who can see me tomorrow?");
	clinic_expect(&clinic, STATUS_OK, "tick");
	clinic_expect(&clinic, STATUS_OK, "inbox", "list");
	clinic_said(&clinic, "unknown sender +447700900777");
	clinic_expect(&clinic, STATUS_OK, "inbox", "list", "--json");
	first_id(&clinic, id);
	clinic_expect(&clinic, STATUS_BAD_DATA, "inbox", "accept", id);
	clinic_expect(&clinic, STATUS_OK, "inbox", "close", id);
	clinic_expect(&clinic, STATUS_OK, "inbox", "close", id);
	clinic_said(&clinic, "already");
	clinic_expect(&clinic, STATUS_BAD_DATA, "inbox", "close", "999");
	clinic_close(&clinic);
}

/* An email that anyone could have written proposes; a person makes the move. */
static void
propose_by_email(struct clinic_fixture *clinic, const char *ref)
{
	clinic_expect(clinic, STATUS_OK, "patient", "edit", ref, "--email",
	    "maya@example.com", "--channel", "both");
	clinic_ticks(clinic, "2026-03-04T17:00:00Z");
	clinic_expect(clinic, STATUS_OK, "receive", "--from", E164, "4");
	clinic_ticks(clinic, "2026-03-06T17:00:00Z");
	clinic_expect(
	    clinic, STATUS_OK, "receive", "--from", "maya@example.com", "4");
	clinic_expect(clinic, STATUS_OK, "tick");
	clinic_expect(clinic, STATUS_OK, "move", "list", "--json");
	clinic_said(clinic, ref);
}

static void
a_move_is_accepted(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16], id[24];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--baseline", "5", NULL);
	propose_by_email(&clinic, ref);
	first_id(&clinic, id);
	clinic_expect(&clinic, STATUS_OK, "patient", "list");
	clinic_said(&clinic, "waits for a yes");
	clinic_expect(&clinic, STATUS_OK, "move", "accept", id, "--by", "Ana");
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_said(&clinic, "moved from Calm the irritation to Adjust");
	clinic_said(&clinic, "(Ana)");
	clinic_expect(&clinic, STATUS_BAD_DATA, "move", "accept", id);
	clinic_expect(&clinic, STATUS_BAD_DATA, "move", "accept", "999");
	clinic_expect(&clinic, STATUS_OK, "move", "list");
	clinic_said(&clinic, "no move waits");
	clinic_close(&clinic);
}

static void
a_move_is_refused_or_overtaken(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16], id[24];

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--baseline", "5", NULL);
	propose_by_email(&clinic, ref);
	first_id(&clinic, id);
	clinic_expect(&clinic, STATUS_OK, "move", "refuse", id);
	clinic_expect(&clinic, STATUS_OK, "patient", "show", ref);
	clinic_said(&clinic, "refused by the clinic from Calm");
	clinic_said(&clinic, "Stage      Calm the irritation");
	clinic_close(&clinic);

	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--baseline", "5", NULL);
	propose_by_email(&clinic, ref);
	first_id(&clinic, id);
	clinic_expect(&clinic, STATUS_OK, "patient", "discharge", ref);
	clinic_expect(&clinic, STATUS_DENIED, "move", "accept", id);
	assert_non_null(strstr(clinic.why.text, "overtaken"));
	clinic_expect(&clinic, STATUS_OK, "move", "list");
	clinic_said(&clinic, "no move waits");
	clinic_close(&clinic);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_red_flag_is_taken_on_and_closed),
		cmocka_unit_test(a_question_is_answered_from_the_inbox),
		cmocka_unit_test(a_note_at_night_waits_for_the_day),
		cmocka_unit_test(a_stranger_stays_a_stranger),
		cmocka_unit_test(a_move_is_accepted),
		cmocka_unit_test(a_move_is_refused_or_overtaken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
