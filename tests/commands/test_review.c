/*
 * The review by its command: which days, for whom, in which form.
 */
#include "clinic_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define PHONE "07700900123"
#define E164 "+447700900123"

static json_t *
review_json(struct clinic_fixture *clinic, const char *week)
{
	clinic_expect(
	    clinic, STATUS_OK, "review", "--week", week, "--format", "json");
	return clinic_json(clinic);
}

static json_t *
first_patient(json_t *review)
{
	return json_array_get(json_object_get(review, "patients"), 0);
}

static void
a_week_without_patients_is_a_review(void **unused)
{
	struct clinic_fixture clinic;
	json_t *review;

	(void)unused;
	clinic_open(&clinic);
	review = review_json(&clinic, "2026-W09");
	assert_string_equal(json_text(review, "week"), "2026-W09");
	assert_string_equal(json_text(review, "from"), "2026-02-23");
	assert_string_equal(json_text(review, "to"), "2026-03-01");
	assert_int_equal(
	    json_array_size(json_object_get(review, "patients")), 0);
	json_decref(review);
	clinic_expect(&clinic, STATUS_OK, "review");
	clinic_said(&clinic, "2026-W09");
	clinic_said(&clinic, "0 patients");
	clinic_close(&clinic);
}

static void
a_patient_is_asked_and_answers(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16];
	json_t *review, *patient;

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, "--clinician", "Ana", NULL);
	clinic_ticks(&clinic, "2026-03-04T17:30:00Z");
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "7");
	clinic_ticks(&clinic, "2026-03-06T17:30:00Z");
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164, "4");
	clinic_ticks(&clinic, "2026-03-09T08:00:00Z");

	review = review_json(&clinic, "2026-W10");
	patient = first_patient(review);
	assert_string_equal(json_text(patient, "ref"), ref);
	assert_string_equal(json_text(patient, "plan"), "low-back");
	assert_int_equal(json_whole(patient, "answered", -1), 2);
	assert_int_equal(json_whole(patient, "pain_first", -1), 7);
	assert_int_equal(json_whole(patient, "pain_last", -1), 4);
	assert_int_equal(json_whole(patient, "pain_change", 0), -3);
	json_decref(review);

	clinic_expect(&clinic, STATUS_OK, "review", "--clinician", "ana");
	clinic_said(&clinic, ref);
	clinic_said(&clinic, "Maya Ortiz");
	clinic_expect(&clinic, STATUS_OK, "review", "--clinician", "Bob");
	clinic_not_said(&clinic, ref);
	clinic_not_said(&clinic, "Nobody needs"); /* a name that is mistyped */
	clinic_said(&clinic, "Nobody is in this review.");
	clinic_expect(&clinic, STATUS_OK, "review", "--plan", "low-back");
	clinic_said(&clinic, ref);
	clinic_expect(&clinic, STATUS_BAD_DATA, "review", "--plan", "shoulder");
	assert_string_equal(clinic.why.text, "there is no plan \"shoulder\"");
	clinic_expect(&clinic, STATUS_OK, "review", "--patient", ref);
	clinic_said(&clinic, ref);
	clinic_expect(&clinic, STATUS_OK, "review", "--from", "2026-03-02",
	    "--to", "2026-03-05", "--format", "json");
	review = clinic_json(&clinic);
	assert_true(json_is_null(json_object_get(review, "week")));
	assert_int_equal(json_whole(first_patient(review), "pain_last", -1), 7);
	json_decref(review);
	clinic_close(&clinic);
}

static void
a_red_flag_comes_first_with_the_patients_words(void **unused)
{
	struct clinic_fixture clinic;
	char well[16], ill[16];
	json_t *review, *patient;

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, well, "07700900124", NULL);
	clinic_enrol(&clinic, ill, PHONE, NULL);
	clinic.now = "2026-03-03T10:00:00Z";
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164,
	    "my saddle area is numb");
	clinic_ticks(&clinic, "2026-03-09T08:00:00Z");
	review = review_json(&clinic, "2026-W10");
	patient = first_patient(review);
	assert_string_equal(json_text(patient, "ref"), ill);
	assert_string_equal(json_text(patient, "attention_kind"), "red flag");
	assert_string_equal(
	    json_text(patient, "last_words"), "my saddle area is numb");
	assert_int_equal(json_whole(patient, "alerts", -1), 1);
	json_decref(review);
	clinic_expect(&clinic, STATUS_OK, "review");
	clinic_said(&clinic, "my saddle area is numb");
	clinic_said(&clinic, "mergency alert, open since Tue 3 Mar");

	/* Of one who has answered nothing, nobody knows how well it goes. */
	clinic_said(&clinic, "Everyone else (1)");
	clinic_expect(&clinic, STATUS_OK, "review", "--patient", well);
	clinic_said(&clinic, "week of");
	clinic_not_said(&clinic, "Moves");
	clinic_close(&clinic);
}

/* An older week is told as it was when it ended. */
static void
what_was_so_then_is_told_of_then(void **unused)
{
	struct clinic_fixture clinic;
	char ref[16], id[24];
	json_t *review, *patient;

	(void)unused;
	clinic_open(&clinic);
	clinic_enrol(&clinic, ref, PHONE, NULL);
	clinic_ticks(&clinic, "2026-03-04T10:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "receive", "--from", E164,
	    "my saddle area is numb");
	clinic_ticks(&clinic, "2026-03-10T10:00:00Z");
	clinic_expect(&clinic, STATUS_OK, "patient", "move", ref, "adjust");
	clinic_ticks(&clinic, "2026-03-17T10:00:00Z");
	review = review_json(&clinic, "2026-W10");
	snprintf(id, sizeof(id), "%lld",
	    (long long)json_whole(
		json_array_get(
		    json_object_get(first_patient(review), "alert_list"), 0),
		"id", 0));
	json_decref(review);
	clinic_expect(&clinic, STATUS_OK, "alert", "close", id, "--outcome",
	    "seen, nothing found");
	clinic_ticks(&clinic, "2026-03-31T10:00:00Z");

	review = review_json(&clinic, "2026-W10");
	patient = first_patient(review);
	assert_string_equal(json_text(patient, "stage"), "calm");
	assert_int_equal(json_whole(patient, "days_in_stage", -1), 6);
	assert_int_equal(json_whole(patient, "moves", -1), 0);
	assert_string_equal(json_text(patient, "attention_kind"), "red flag");
	assert_true(json_is_true(json_object_get(patient, "new")));
	assert_true(json_is_true(json_object_get(patient, "joined")));
	json_decref(review);

	review = review_json(&clinic, "2026-W11");
	patient = first_patient(review);
	assert_string_equal(json_text(patient, "stage"), "adjust");
	assert_int_equal(json_whole(patient, "days_in_stage", -1), 5);
	assert_int_equal(json_whole(patient, "moves", -1), 1);
	assert_string_equal(json_text(patient, "attention_kind"), "red flag");
	assert_false(json_is_true(json_object_get(patient, "new")));
	json_decref(review);

	/* Of a long stretch nothing is news. */
	clinic_expect(&clinic, STATUS_OK, "review", "--from", "2026-03-02",
	    "--to", "2026-03-30", "--format", "json");
	review = clinic_json(&clinic);
	assert_false(
	    json_is_true(json_object_get(first_patient(review), "new")));
	json_decref(review);

	review = review_json(&clinic, "2026-W12");
	patient = first_patient(review);
	assert_string_not_equal(json_text(patient, "attention_kind") != NULL
				    ? json_text(patient, "attention_kind")
				    : "",
	    "red flag");
	assert_int_equal(json_whole(patient, "days_in_stage", -1), 12);
	json_decref(review);
	clinic_close(&clinic);
}

static void
a_file_is_whole_or_not_there(void **unused)
{
	struct clinic_fixture clinic;
	struct buffer file = { 0 };
	char *path;

	(void)unused;
	clinic_open(&clinic);
	path = xasprintf("%s/review.json", clinic.dir);
	clinic_expect(
	    &clinic, STATUS_OK, "review", "--format", "json", "--output", path);
	assert_int_equal(clinic.out.len, 0);
	assert_int_equal(buffer_read_file(&file, path, NULL), STATUS_OK);
	assert_non_null(strstr(buffer_text(&file), "\"week\": \"2026-W09\""));
	clinic_expect(&clinic, STATUS_CANT_CREATE, "review", "--output",
	    "/nowhere/at/all");
	assert_string_equal(clinic.why.text,
	    "/nowhere/at/all can't be written: No such file or directory");
	buffer_free(&file);
	free(path);
	clinic_close(&clinic);
}

static void
what_cannot_be_is_said_in_a_line(void **unused)
{
	static const struct {
		enum status status;
		const char *words[4];
		const char *because;
	} wrong[] = {
		{ STATUS_BAD_DATA, { "--week", "47" },
		    "'47' is no week: write it like 2026-W47" },
		{ STATUS_BAD_DATA, { "--week", "2025-W53" },
		    "2025 has no week 53: its last one is 52" },
		{ STATUS_BAD_DATA, { "--week", "2026-W12" },
		    "2026-W12 has not begun yet" },
		{ STATUS_BAD_DATA, { "--from", "2026-03-03" },
		    "2026-03-03 has not come yet" },
		{ STATUS_BAD_DATA,
		    { "--from", "2026-03-01", "--to", "2026-02-01" },
		    "--from 2026-03-01 is after --to 2026-02-01" },
		{ STATUS_BAD_DATA, { "--patient", "P-000000" },
		    "there is no patient P-000000; \"keepmoving patient "
		    "list\" shows all" },
		{ STATUS_BAD_DATA, { "--format", "pdf" },
		    "\"pdf\" is no format: text, html, csv, json or fhir" },
		{ STATUS_USAGE, { "--to", "2026-03-01" },
		    "--to says until when; --from must say since when" },
		{ STATUS_USAGE,
		    { "--week", "2026-W09", "--from", "2026-03-01" },
		    "take either --week, or --from and --to" },
	};
	struct clinic_fixture clinic;

	(void)unused;
	clinic_open(&clinic);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		const char *const *w = wrong[i].words;

		clinic_expect(&clinic, wrong[i].status, "review", w[0], w[1],
		    w[2], w[2] != NULL ? w[3] : NULL);
		assert_string_equal(clinic.why.text, wrong[i].because);
		assert_int_equal(clinic.out.len, 0);
	}
	clinic_close(&clinic);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_week_without_patients_is_a_review),
		cmocka_unit_test(a_patient_is_asked_and_answers),
		cmocka_unit_test(
		    a_red_flag_comes_first_with_the_patients_words),
		cmocka_unit_test(what_was_so_then_is_told_of_then),
		cmocka_unit_test(a_file_is_whole_or_not_there),
		cmocka_unit_test(what_cannot_be_is_said_in_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
