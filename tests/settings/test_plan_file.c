/*
 * A plan's file: what it means, and what is said of each mistake.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "settings/plan_file.h"

#include "scratch.h"

/* A plan with one of everything. Lines count from 1. */
static const char example[] =
    "id = \"back\"; title = \"Back flare-up\";\n" /* 1 */
    "about = [ \"aggravator\" ];\n"
    "welcome = \"welcome\";\n" /* 3 */
    "silent_after = 3; worse_by = 3;\n"
    "email_fallback = true; weekly_limit = 3;\n"
    "stages = (\n" /* 6 */
    "  { id = \"calm\"; title = \"Calm it\"; min_days = 3;\n"
    "    stalled_after = 14;\n"
    "    reminders = (\n" /* 9 */
    "      { id = \"move\";\n"
    "        message = [ \"calm/move-1\", \"calm/move-2\" ];\n"
    "        repeat = \"FREQ=WEEKLY;BYDAY=MO,WE,FR\";\n" /* 12 */
    "        at = \"16:30\"; asks = \"pain\";\n"
    "        answer_within = \"20h\"; nudge_after = \"2h\"; },\n"
    "      { id = \"run\"; message = \"calm/run\";\n" /* 15 */
    "        repeat = \"FREQ=WEEKLY;BYDAY=SA\"; at = \"10:00\";\n"
    "        need = 7; unless = \"no_running\"; } );\n"
    "    advance = { to = \"adjust\"; not_worse = true;\n" /* 18 */
    "      readings = 2; };\n"
    "    alert = { pain_at_least = 8; };\n"
    "  },\n" /* 21 */
    "  { id = \"adjust\"; title = \"Adjust it\";\n"
    "    reminders = (\n"
    "      { id = \"ask\"; message = \"adjust/ask\";\n" /* 24 */
    "        repeat = \"FREQ=DAILY\"; at = \"16:30\"; asks = \"pain\"; },\n"
    "      { id = \"morning\"; message = \"adjust/morning\";\n"
    "        repeat = \"FREQ=DAILY\"; at = \"09:30\";\n" /* 27 */
    "        asks = \"settled\"; } );\n"
    "    retreat = { to = \"calm\"; pain_at_least = 6; readings = 2; };\n"
    "    finish = { pain_at_most = 3; or_down_by = 30;\n" /* 30 */
    "      and_at_most = 5; readings = 3; settled = 2;\n"
    "      confirm = true; };\n"
    "  } );\n" /* 33 */
    "always = ( { id = \"keep-moving\"; message = \"always/keep\";\n"
    "  repeat = \"FREQ=WEEKLY;BYDAY=SU\"; at = \"10:00\"; } );\n";

static enum status
load(const struct scratch *s, const char *text, struct plan **plan,
    struct complaints *complaints, struct why *why)
{
	char *path = scratch_path(s, "back.cfg");
	enum status status;

	scratch_write(s, "back.cfg", text);
	status = plan_load(path, plan, complaints, why);
	free(path);
	return status;
}

static void
expect(const struct scratch *s, const struct complaints *complaints,
    const char *line)
{
	size_t skip = strlen(s->dir) + 1;

	for (int i = 0; i < complaints->len; i++)
		if (strncmp(complaints->lines[i] + skip, line, strlen(line)) ==
		    0)
			return;
	for (int i = 0; i < complaints->len; i++)
		print_error("    said: %s\n", complaints->lines[i] + skip);
	fail_msg("nobody said: %s", line);
}

static void
check_calm(const struct stage *calm)
{
	const struct reminder *move = &calm->reminders[0];
	const struct reminder *run = &calm->reminders[1];

	assert_string_equal(calm->id, "calm");
	assert_string_equal(calm->title, "Calm it");
	assert_int_equal(calm->min_days, 3);
	assert_int_equal(calm->stalled_after, 14);
	assert_int_equal(calm->line, 7);
	assert_int_equal(calm->reminders_len, 2);

	assert_int_equal(move->line, 10);
	assert_int_equal(move->messages_len, 2);
	assert_string_equal(move->messages[1], "calm/move-2");
	assert_string_equal(move->repeat, "FREQ=WEEKLY;BYDAY=MO,WE,FR");
	assert_int_equal(move->at_minute, 16 * 60 + 30);
	assert_int_equal(move->asks, ASKS_PAIN);
	assert_int_equal(move->answer_within_s, 20 * 3600);
	assert_int_equal(move->nudge_after_s, 2 * 3600);
	assert_int_equal(move->need, 5);
	assert_null(move->unless);

	assert_int_equal(run->messages_len, 1);
	assert_int_equal(run->asks, ASKS_NONE);
	assert_int_equal(run->nudge_after_s, 0);
	assert_int_equal(run->need, 7);
	assert_string_equal(run->unless, "no_running");

	assert_true(calm->advance.given);
	assert_string_equal(calm->advance.to, "adjust");
	assert_int_equal(calm->advance.readings, 2);
	assert_true(calm->advance.not_worse);
	assert_int_equal(calm->advance.pain_at_most, RULE_UNSET);
	assert_false(calm->retreat.given);
	assert_false(calm->finish.given);
	assert_true(calm->alert.given);
	assert_int_equal(calm->alert.pain_at_least, 8);
	assert_int_equal(calm->alert.readings, 1);
}

static void
check_adjust(const struct stage *adjust)
{
	assert_int_equal(adjust->min_days, 0);
	assert_int_equal(adjust->reminders[1].asks, ASKS_SETTLED);
	assert_string_equal(adjust->retreat.to, "calm");
	assert_int_equal(adjust->retreat.pain_at_least, 6);
	assert_int_equal(adjust->finish.pain_at_most, 3);
	assert_int_equal(adjust->finish.or_down_by, 30);
	assert_int_equal(adjust->finish.and_at_most, 5);
	assert_int_equal(adjust->finish.readings, 3);
	assert_int_equal(adjust->finish.settled, 2);
	assert_true(adjust->finish.confirm);
}

static void
test_example(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct plan *p = NULL;
	struct why why = { "" };

	(void)state;
	scratch_make(&s);
	if (load(&s, example, &p, &complaints, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	assert_string_equal(p->id, "back");
	assert_string_equal(p->title, "Back flare-up");
	assert_int_equal(p->about_len, 1);
	assert_string_equal(p->about[0], "aggravator");
	assert_string_equal(p->welcome, "welcome");
	assert_int_equal(p->silent_after, 3);
	assert_int_equal(p->worse_by, 3);
	assert_true(p->email_fallback);
	assert_int_equal(p->weekly_limit, 3);
	assert_int_equal(p->stages_len, 2);
	check_calm(&p->stages[0]);
	check_adjust(&p->stages[1]);
	assert_int_equal(p->always_len, 1);
	assert_string_equal(p->always[0].id, "keep-moving");
	plan_free(p);
	scratch_remove(&s);
}

static const struct {
	const char *old;
	const char *fresh;
	const char *said;
} mistakes[] = {
	/* names */
	{ "min_days =", "min_day =",
	    "back.cfg:7: stages.min_day is no setting; did you mean "
	    "\"min_days\"?" },
	{ "nudge_after =", "nudge =",
	    "back.cfg:14: stages.reminders.nudge is no setting" },
	{ "worse_by", "worse", "back.cfg:4: worse is no setting" },
	{ "not_worse", "not_wrose",
	    "back.cfg:18: stages.advance.not_wrose is no setting; did you "
	    "mean \"not_worse\"?" },
	{ "id = \"back\"; ", "", "back.cfg:1: id is missing" },
	{ "welcome = \"welcome\";", "", "back.cfg:1: welcome is missing" },
	{ "title = \"Adjust it\";", "",
	    "back.cfg:22: stages.title is missing" },
	{ "message = \"calm/run\";", "",
	    "back.cfg:15: stages.reminders.message is missing" },
	{ "id = \"back\"", "id = \"Back pain\"",
	    "back.cfg:1: id is \"Back pain\", and must be of a-z" },
	{ "id = \"run\"", "id = \"move\"",
	    "back.cfg:15: stages.reminders.id is \"move\", like that of line "
	    "10" },
	{ "id = \"adjust\"", "id = \"calm\"",
	    "back.cfg:22: stages.id is \"calm\", like that of line 7" },
	{ "\"calm/move-2\" ]", "\"../../etc/passwd\"\n]",
	    "back.cfg:11: stages.reminders.message is \"../../etc/passwd\", "
	    "and must be a template's name" },
	{ "[ \"calm/move-1\", \"calm/move-2\" ]", "[ ]",
	    "back.cfg:11: stages.reminders.message must name at least one" },
	{ "[ \"aggravator\" ]", "[ \"phone\" ]",
	    "back.cfg:2: about is \"phone\", which templates know" },
	{ "[ \"aggravator\" ]", "[ \"a b\" ]",
	    "back.cfg:2: about is \"a b\", and must be of a-z" },
	{ "[ \"aggravator\" ]", "[ \"a\", \"a\" ]",
	    "back.cfg:2: about names \"a\" twice" },

	/* numbers and times */
	{ "min_days = 3", "min_days = 3.5",
	    "back.cfg:7: stages.min_days must be a whole number" },
	{ "min_days = 3", "min_days = 4294967299",
	    "back.cfg:7: 4294967299 is too large a number" },
	{ "min_days = 3", "min_days = -1",
	    "back.cfg:7: stages.min_days must be a whole number from 0" },
	{ "pain_at_least = 8", "pain_at_least = 11",
	    "back.cfg:20: stages.alert.pain_at_least must be a whole number "
	    "from 0 to 10" },
	{ "readings = 2", "readings = 0",
	    "back.cfg:19: stages.advance.readings must be a whole number from "
	    "1" },
	{ "readings = 2", "readings = 21",
	    "back.cfg:19: stages.advance.readings must be a whole number from "
	    "1 to 20" },
	{ "not_worse = true;\n", "\n",
	    "back.cfg:18: stages.advance is met by any score, even a 10; say" },
	{ "need = 7", "need = 10", "back.cfg:17: stages.reminders.need must" },
	{ "\"16:30\"", "\"25:00\"",
	    "back.cfg:13: stages.reminders.at is no time of day" },
	{ "\"20h\"", "\"20\"",
	    "back.cfg:14: stages.reminders.answer_within is no duration" },
	{ "FREQ=WEEKLY;BYDAY=SA", "EVERY DAY",
	    "back.cfg:16: stages.reminders.repeat can't be so" },
	{ "FREQ=WEEKLY;BYDAY=SA", "FREQ=DAILY;COUNT=3",
	    "back.cfg:16: stages.reminders.repeat can't be so" },
	{ "\"no_running\"", "\"raining\"",
	    "back.cfg:17: stages.reminders.unless is \"raining\", and can be "
	    "\"no_running\" or \"nerve\"" },
	{ "unless = \"no_running\"", "when = \"nerv\"",
	    "back.cfg:17: stages.reminders.when is \"nerv\", and can be" },
	{ "need = 7;", "when = \"no_running\";",
	    "back.cfg:17: stages.reminders.when is what unless is too" },

	/* questions */
	{ "asks = \"pain\"", "asks = \"mood\"",
	    "back.cfg:13: stages.reminders.asks is \"mood\", and can be" },
	{ "nudge_after = \"2h\"", "nudge_after = \"20h\"",
	    "back.cfg:14: stages.reminders.nudge_after must be less than" },
	{ "need = 7;", "nudge_after = \"1h\";",
	    "back.cfg:17: stages.reminders.nudge_after needs a question" },
	{ "asks = \"pain\";\n", "\n",
	    "back.cfg:14: stages.reminders.answer_within needs a question" },

	/* rules */
	{ "to = \"adjust\"", "to = \"adjst\"",
	    "back.cfg:18: stages.advance.to is \"adjst\", and there is no "
	    "such stage; did you mean \"adjust\"?" },
	{ "to = \"adjust\"; ", "",
	    "back.cfg:18: stages.advance must say where" },
	{ "to = \"adjust\"", "to = \"calm\"",
	    "back.cfg:18: stages.advance.to is \"calm\", the stage that it is "
	    "in" },
	{ "alert = {", "alert = { to = \"adjust\";",
	    "back.cfg:20: stages.alert.to leads nowhere" },
	{ "to = \"calm\"; pain_at_least = 6;", "to = \"calm\";",
	    "back.cfg:29: stages.retreat must say from which score on" },
	{ "pain_at_least = 6;", "pain_at_least = 6; settled = 1;",
	    "back.cfg:29: stages.retreat.settled has no part in this" },
	{ "pain_at_least = 8;", "pain_at_least = 8; confirm = true;",
	    "back.cfg:20: stages.alert.confirm has no part in this" },
	{ "pain_at_most = 3; or_down_by = 30;", "pain_at_most = 3;",
	    "back.cfg:31: stages.finish.and_at_most needs or_down_by" },
	{ "and_at_most = 5", "and_at_most = 3",
	    "back.cfg:31: stages.finish.and_at_most is not above" },
	{ "pain_at_most = 3; or_down_by = 30;",
	    "pain_at_most = 3; pain_at_least = 4; or_down_by = 30;",
	    "back.cfg:30: stages.finish.pain_at_least is above" },
	{ "at = \"16:30\"; asks = \"pain\"; },", "at = \"16:30\"; },",
	    "back.cfg:29: stages.retreat goes by the score, and no reminder" },
	{ "at = \"16:30\"; asks = \"pain\"; },", "at = \"16:30\"; },",
	    "back.cfg:30: stages.finish goes by the score, and no reminder" },
	{ "asks = \"settled\"; }", "}",
	    "back.cfg:31: stages.finish.settled waits for mornings after" },

	/* rules together */
	{ "retreat = { to = \"calm\"; pain_at_least = 6;",
	    "retreat = { to = \"calm\"; pain_at_least = 5;",
	    "back.cfg:30: stages.finish contradicts retreat: a score of 5 "
	    "after "
	    "a start of 8 is both on and back" },
	{ "pain_at_most = 3; or_down_by = 30;\n"
	  "      and_at_most = 5;",
	    "or_down_by = 100; pain_at_least = 1;\n     ",
	    "back.cfg:30: stages.finish can never be so: no score passes" },
	{ "    advance = { to = \"adjust\"; not_worse = true;\n"
	  "      readings = 2; };\n",
	    "    advance = { to = \"adjust\"; pain_at_most = 2; };\n"
	    "    finish = { pain_at_most = 3; };\n",
	    "back.cfg:18: stages.advance never comes to be: finish is so" },
	{ "stalled_after = 14", "stalled_after = 3",
	    "back.cfg:8: stages.stalled_after must be more than min_days" },
	{ "alert = { pain_at_least = 8;", "alert = { pain_at_least = 0;",
	    "back.cfg:20: stages.alert is so at every score" },
	{ "    alert = { pain_at_least = 8; };\n",
	    "    retreat = { to = \"adjust\"; pain_at_least = 6; };\n",
	    "back.cfg:20: stages.retreat.to leads on, and retreat leads back" },
	{ "    retreat = { to = \"calm\"; pain_at_least = 6; readings = 2; "
	  "};\n",
	    "    advance = { to = \"calm\"; pain_at_most = 1; };\n",
	    "back.cfg:29: stages.advance.to leads back, and advance leads" },

	/* ways through */
	{ "finish = { pain", "advance = { to = \"calm\"; pain",
	    "back.cfg:7: stages \"calm\" never ends: its advance leads to" },
	{ "    advance = { to = \"adjust\"; not_worse = true;\n"
	  "      readings = 2; };\n",
	    "", "back.cfg:7: stages \"calm\" never ends: it has neither" },
	{ "    advance = { to = \"adjust\"; not_worse = true;\n"
	  "      readings = 2; };\n",
	    "    finish = { pain_at_most = 1; };\n",
	    "back.cfg:21: stages \"adjust\" can't be reached" },

	/* shapes */
	{ "welcome =", "stage = 1; welcome =",
	    "back.cfg:3: stage is no setting; did you mean \"stages\"?" },
	{ "advance = { to = \"adjust\"; not_worse = true;\n"
	  "      readings = 2; };",
	    "advance = \"adjust\";",
	    "back.cfg:18: stages.advance must be a group" },
	{ "always = (", "always = [ 1, 2 ]; alway = (",
	    "back.cfg:34: always must be a list of groups" },
};

static void
test_mistakes(void **state)
{
	struct scratch s;

	(void)state;
	scratch_make(&s);
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		struct complaints complaints = { 0 };
		struct plan *p = NULL;
		struct why why = { "" };
		char *text = with(example, mistakes[i].old, mistakes[i].fresh);
		enum status status = load(&s, text, &p, &complaints, &why);

		if (status != STATUS_CONFIG)
			fail_msg("%s: status %d", mistakes[i].said, status);
		assert_null(p);
		expect(&s, &complaints, mistakes[i].said);
		assert_string_equal(why.text, complaints.lines[0]);
		complaints_free(&complaints);
		free(text);
	}
	scratch_remove(&s);
}

static void
test_no_stage(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct plan *p = NULL;
	struct why why = { "" };

	(void)state;
	scratch_make(&s);
	assert_int_equal(load(&s,
			     "id = \"a\"; title = \"A\"; welcome = \"w\";\n"
			     "stages = ( );",
			     &p, &complaints, &why),
	    STATUS_CONFIG);
	expect(&s, &complaints, "back.cfg:2: stages must hold at least one");
	complaints_free(&complaints);
	scratch_remove(&s);
}

static void
test_no_file(void **state)
{
	struct complaints complaints = { 0 };
	struct plan *p = NULL;
	struct why why = { "" };

	(void)state;
	assert_int_equal(
	    plan_load("/nowhere/x.cfg", &p, &complaints, &why), STATUS_NO_FILE);
	complaints_free(&complaints);
}

/* Whatever is cut off, the answer is a complaint and never a crash. */
static void
test_cut_anywhere(void **state)
{
	struct scratch s;

	(void)state;
	scratch_make(&s);
	for (size_t len = 0; len + 4 < sizeof(example); len += 7) {
		struct complaints complaints = { 0 };
		struct plan *p = NULL;
		struct why why = { "" };
		char *text = xstrndup(example, len);

		if (load(&s, text, &p, &complaints, &why) == STATUS_OK)
			assert_true(len > sizeof(example) - 150);
		plan_free(p);
		complaints_free(&complaints);
		free(text);
	}
	scratch_remove(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_example),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_no_stage),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
