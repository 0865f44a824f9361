/*
 * Plans checked, drawn and previewed from their files.
 */
#include "clinic_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "commands/plan_words.h"

#define LOW_BACK "config/plans/low-back.cfg"

/* Each rule in words. */
static void
rules_are_sentences(void **unused)
{
	static const struct rule unset = { .given = true,
		.to = (char *)"next",
		.readings = 2,
		.pain_at_most = RULE_UNSET,
		.pain_at_least = RULE_UNSET,
		.or_down_by = RULE_UNSET,
		.and_at_most = RULE_UNSET };
	struct rule rule;
	struct stage stage = { .min_days = 3 };
	struct buffer out = { 0 };

	(void)unused;
	rule = unset;
	rule.pain_at_most = 3;
	rule.or_down_by = 30;
	rule.and_at_most = 5;
	stage.advance = rule;
	plan_words_rule(&out, &stage, PLAN_ADVANCE);
	assert_string_equal(buffer_text(&out),
	    "goes on to next when the last 2 scores are 3 or less, or down by "
	    "30 % since the stage began and 5 or less, after 3 days at the "
	    "earliest");
	buffer_clear(&out);

	rule = unset;
	rule.not_worse = true;
	rule.settled = 1;
	rule.confirm = true;
	rule.readings = 1;
	stage.advance = rule;
	stage.min_days = 0;
	plan_words_rule(&out, &stage, PLAN_ADVANCE);
	assert_string_equal(buffer_text(&out),
	    "goes on to next when the last score is no worse than at the "
	    "stage's start and the last morning after was settled, and a "
	    "clinician says yes");
	buffer_clear(&out);

	rule = unset;
	rule.pain_at_least = 6;
	stage.retreat = rule;
	plan_words_rule(&out, &stage, PLAN_RETREAT);
	assert_string_equal(buffer_text(&out),
	    "goes back to next when the last 2 scores are 6 or more");
	buffer_clear(&out);

	/* With no bound at all, any score will do. */
	rule = unset;
	stage.finish = rule;
	plan_words_rule(&out, &stage, PLAN_FINISH);
	assert_string_equal(buffer_text(&out),
	    "the plan ends after 2 scores, whatever they are");
	buffer_clear(&out);
	stage.finish.given = false;

	/* A rule that is not given says nothing. */
	plan_words_rule(&out, &stage, PLAN_FINISH);
	assert_string_equal(buffer_text(&out), "");
	buffer_free(&out);
}

static void
times_are_read_aloud(void **unused)
{
	static const struct {
		const char *repeat, *words;
	} rows[] = {
		{ "FREQ=WEEKLY;BYDAY=MO", "Mon at 16:30" },
		{ "FREQ=WEEKLY;BYDAY=MO,FR", "Mon and Fri at 16:30" },
		{ "FREQ=WEEKLY;BYDAY=MO,WE,FR", "Mon, Wed and Fri at 16:30" },
		{ "FREQ=DAILY", "every day at 16:30" },
		{ "FREQ=MONTHLY;BYMONTHDAY=1",
		    "FREQ=MONTHLY;BYMONTHDAY=1 at 16:30" },
		{ "FREQ=WEEKLY;BYDAY=MO;INTERVAL=2",
		    "FREQ=WEEKLY;BYDAY=MO;INTERVAL=2 at 16:30" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct reminder reminder = { .repeat = (char *)rows[i].repeat,
			.at_minute = 16 * 60 + 30 };
		struct buffer out = { 0 };

		plan_words_times(&out, &reminder);
		assert_string_equal(buffer_text(&out), rows[i].words);
		buffer_free(&out);
	}
}

static void
whom_a_reminder_is_for(void **unused)
{
	static const struct {
		const char *when, *unless, *words;
	} rows[] = {
		{ NULL, NULL, "everyone" },
		{ "nerve", NULL, "those with a leg or arm symptom alone" },
		{ NULL, "no_running", "all but those who may not run" },
		{ "nerve", "no_running",
		    "those with a leg or arm symptom alone, but not those who "
		    "may not run" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct reminder reminder = { .when = (char *)rows[i].when,
			.unless = (char *)rows[i].unless };
		struct buffer out = { 0 };

		plan_words_whom(&out, &reminder);
		assert_string_equal(buffer_text(&out), rows[i].words);
		buffer_free(&out);
	}
}

static void
the_shipped_plan_is_ok(void **unused)
{
	struct clinic_fixture clinic;
	json_t *list;

	(void)unused;
	clinic_open(&clinic);
	clinic_expect(&clinic, STATUS_OK, "plan", "check");
	clinic_said(&clinic, "plan low-back is ok");
	clinic_expect(&clinic, STATUS_OK, "plan", "check", LOW_BACK, "--json");
	list = clinic_json(&clinic);
	assert_true(
	    json_is_true(json_object_get(json_array_get(list, 0), "ok")));
	assert_int_equal(json_array_size(json_object_get(
			     json_array_get(list, 0), "warnings")),
	    0);
	json_decref(list);
	clinic_expect(&clinic, STATUS_OK, "plan", "show", "low-back");
	clinic_said(&clinic, "1. Calm the irritation (calm)");
	clinic_said(&clinic, "goes on to adjust when");
	clinic_expect(&clinic, STATUS_OK, "plan", "show", LOW_BACK);
	clinic_expect(&clinic, STATUS_BAD_DATA, "plan", "show", "high-back");
	clinic_expect(
	    &clinic, STATUS_NO_FILE, "plan", "check", "/nowhere/x.cfg");
	clinic_close(&clinic);
}

/* The same plan with something wrong on a line. */
static char *
broken_plan(const struct clinic_fixture *clinic)
{
	struct buffer text = { 0 };
	char *path = xasprintf("%s/broken.cfg", clinic->dir);
	const char *at;
	FILE *file;

	assert_int_equal(buffer_read_file(&text, LOW_BACK, NULL), STATUS_OK);
	at = strstr(buffer_text(&text), "min_days = 3;");
	assert_non_null(at);
	file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "%.*smin_dyas = 3;%s", (int)(at - text.data), text.data,
	    at + strlen("min_days = 3;"));
	assert_int_equal(fclose(file), 0);
	buffer_free(&text);
	return path;
}

static void
a_broken_plan_is_refused_with_its_line(void **unused)
{
	struct clinic_fixture clinic;
	char *path;
	json_t *list;
	const char *line;

	(void)unused;
	clinic_open(&clinic);
	path = broken_plan(&clinic);
	clinic_expect(&clinic, STATUS_CONFIG, "plan", "check", path, LOW_BACK);
	assert_non_null(strstr(clinic.why.text, "thing"));
	/* The good one beside it is still said to be so. */
	clinic_said(&clinic, "plan low-back is ok");
	clinic_expect(&clinic, STATUS_CONFIG, "plan", "check", path, "--json");
	list = clinic_json(&clinic);
	line = json_string_value(json_array_get(
	    json_object_get(json_array_get(list, 0), "complaints"), 0));
	assert_non_null(line);
	assert_non_null(strstr(line, "broken.cfg:"));
	assert_non_null(strstr(line, "min_dyas"));
	json_decref(list);
	free(path);
	clinic_close(&clinic);
}

static void
preview_counts_every_message(void **unused)
{
	struct clinic_fixture clinic;
	json_t *list;
	size_t texts = 0;

	(void)unused;
	clinic_open(&clinic);
	clinic_expect(
	    &clinic, STATUS_OK, "plan", "preview", "low-back", "--json");
	list = clinic_json(&clinic);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *entry = json_array_get(list, i);

		if (strcmp(json_text(entry, "channel"), "sms") != 0)
			continue;
		texts++;
		assert_in_range(json_whole(entry, "segments", 0), 1,
		    json_whole(entry, "limit", 0));
	}
	assert_true(texts > 20);
	json_decref(list);
	clinic_expect(
	    &clinic, STATUS_OK, "plan", "preview", "low-back", "--lang", "en");
	clinic_said(&clinic, "SMS for everyone: ");
	clinic_said(&clinic, "email for everyone: ");
	/* Texts that an answer, or enrolment, chooses. */
	clinic_said(&clinic, "SMS for everyone with a leg or arm symptom: ");
	clinic_said(&clinic, "SMS for bending, sitting, who may not run: ");
	clinic_said(&clinic, "asked for the first time: ");
	/* What tells of a new stage, alone and with its question. */
	clinic_said(&clinic, "\nstage/reintroduce-1 (reintroduce-1)\n");
	clinic_said(&clinic, "\nstage/adjust with ask/pain (adjust)\n");
	clinic_expect(&clinic, STATUS_BAD_DATA, "plan", "preview", "low-back",
	    "--lang", "xx");
	clinic_close(&clinic);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_sentences),
		cmocka_unit_test(times_are_read_aloud),
		cmocka_unit_test(whom_a_reminder_is_for),
		cmocka_unit_test(the_shipped_plan_is_ok),
		cmocka_unit_test(a_broken_plan_is_refused_with_its_line),
		cmocka_unit_test(preview_counts_every_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
