/*
 * The texts of a plan: what is said of each mistake, and that the plan which
 * is shipped has none. Run from the top of the source.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "settings/plan_file.h"
#include "settings/tree.h"

#include "scratch.h"

static const char plan_text[] =
    "id = \"back\"; title = \"Back\"; about = \"aggravator\";\n"
    "welcome = \"welcome\";\n"
    "stages = ( { id = \"calm\"; title = \"Calm it\";\n"
    "  reminders = (\n"
    "    { id = \"move\"; message = [ \"a\", \"b\" ];\n" /* 5 */
    "      repeat = \"FREQ=DAILY\"; at = \"16:30\"; asks = \"pain\"; } );\n"
    "  finish = { pain_at_most = 2; }; } );\n";

/* 150 letters of GSM: with its question, two segments and no more. */
#define LETTERS_50 "abcdefghij abcdefghij abcdefghij abcdefghij abcdef"
#define LETTERS_150 LETTERS_50 LETTERS_50 LETTERS_50

static const struct {
	const char *file;
	const char *text;
} files[] = {
	{ "en/welcome.md", "subject: Hi\n---\nHi {{first_name}}. Reply STOP to "
			   "end. Emergency: "
			   "{{emergency}}.\n" },
	{ "en/a.md",
	    "subject: A\nsegments: 2\n---\n{{> piece}}\nGo {{first_name}}.\n" },
	{ "en/b.md",
	    "subject: B\n---\n{{#aggravator.sitting}}Stand.\n"
	    "{{/aggravator.sitting}}\n{{#can_run}}Run.{{/can_run}}Go.\n" },
	{ "en/piece.md",
	    "---\n{{#aggravator.sitting}}Stand.{{/aggravator.sitting}}\n"
	    "{{#aggravator.standing}}Sit.{{/aggravator.standing}}\n" },
	{ "en/ask/pain.md",
	    "subject: Ask\n---\nWorst pain, 0 to 10?\n"
	    "{{#first_question}}Just a number.{{/first_question}}\n" },
};

static void
write_files(const struct scratch *s)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		scratch_write(s, files[i].file, files[i].text);
	scratch_write(s, "back.cfg", plan_text);
}

static enum status
check(const struct scratch *s, const char *lang, struct complaints *complaints)
{
	const char *langs[] = { "en", lang };
	char *path = scratch_path(s, "back.cfg");
	struct templates *templates = NULL;
	struct plan *plan = NULL;
	struct why why = { "" };
	struct ground ground = { .langs = langs,
		.langs_len = lang != NULL ? 2 : 1 };
	enum status status;

	if (plan_load(path, &plan, complaints, &why) != STATUS_OK ||
	    templates_open(s->dir, "en", &templates, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	ground_take_clinic(&ground, NULL);
	ground.templates = templates;
	if (lang == NULL)
		ground_take_words(&ground, "config/words", complaints);
	status = plan_check_texts(plan, path, &ground, complaints, &why);
	ground_free(&ground);
	templates_free(templates);
	plan_free(plan);
	free(path);
	return status;
}

static void
test_good(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };

	(void)state;
	scratch_make(&s);
	write_files(&s);
	if (check(&s, NULL, &complaints) != STATUS_OK)
		fail_msg("%s", complaints.lines[0]);
	complaints_free(&complaints);
	scratch_remove(&s);
}

/* One file is written over; NULL takes it away. */
static const struct {
	const char *file;
	const char *text;
	const char *said;
} mistakes[] = {
	{ "en/b.md", NULL, "back.cfg:5: move: there is no template \"b\"" },
	{ "en/ask/pain.md", NULL,
	    "back.cfg:5: move: there is no template \"ask/pain\"" },
	{ "en/welcome.md", NULL,
	    "back.cfg:1: welcome: there is no template \"welcome\"" },
	{ "en/piece.md", NULL, "en/a.md:4: there is no {{>piece}}" },
	{ "en/a.md", "subject: A\n---\n\nGo {{frist_name}}.",
	    "en/a.md:4: there is no value {{frist_name}}; did you mean "
	    "{{first_name}}?" },
	{ "en/a.md", "---\nGo.", "en/a.md:1: an email needs a subject" },
	/* only those who may run, only in email, only the standing */
	{ "en/a.md", "subject: A\n---\nGo.\n{{#can_run}}{{x}}{{/can_run}}",
	    "en/a.md:4: there is no value {{x}}; keepmoving-templates(7)" },
	{ "en/a.md", "subject: A\n---\nGo.\n{{^can_run}}{{x}}{{/can_run}}",
	    "en/a.md:4: there is no value {{x}}; keepmoving-templates(7)" },
	{ "en/a.md", "subject: A\n---\nGo.\n--- email\n{{x}}",
	    "en/a.md:5: there is no value {{x}}; keepmoving-templates(7)" },
	{ "en/piece.md",
	    "---\n{{#aggravator.standing}}{{x}}{{/aggravator.standing}}",
	    "en/piece.md:2: there is no value {{x}}; keepmoving-templates(7)" },
	{ "en/ask/pain.md",
	    "subject: A\n---\n{{^has_pain}}Pain {{pain}}{{/has_pain}}",
	    "en/ask/pain.md:3: no value is given for {{pain}}" },
	/* too long: by itself, with its question, with a long name */
	{ "en/welcome.md",
	    "segments: 1\nsubject: A\n---\n" LETTERS_150 " {{first_name}}",
	    "en/welcome.md:1: welcome takes 2 SMS segments, and may take 1" },
	{ "en/a.md",
	    "subject: A\n---\n" LETTERS_150 LETTERS_50 LETTERS_50
	    "0123456789012345678901234567 and more of it",
	    "en/a.md:3: a with ask/pain takes 3 SMS segments, and may take "
	    "2" },
	{ "en/b.md", "subject: A\n---\n\xd0\x96 " LETTERS_50 LETTERS_50,
	    "en/b.md:3: b with ask/pain takes 3 SMS segments, and may take 2 "
	    "(for \"Maximilianaandra\"); U+0416 is what" },
	/* the first message */
	{ "en/welcome.md", "subject: A\n---\nHi. Emergency: {{emergency}}.",
	    "en/welcome.md:3: welcome (sms): the first message does not say "
	    "how to stop" },
	{ "en/welcome.md",
	    "subject: A\n---\nHi. Reply STOP to end. {{emergency}}\n"
	    "--- email\nHi. {{emergency}}",
	    "en/welcome.md:3: welcome (email): the first message does not say "
	    "how to stop" },
	{ "en/welcome.md", "subject: A\n---\nHi. Reply STOP to end.",
	    "en/welcome.md:3: welcome (sms): the first message does not say "
	    "when to call {{emergency}}" },
	/* what a locked phone shows: of the text, of a piece, in a subject */
	{ "en/a.md", "subject: A\n---\nGo.\nYour Spine says so.",
	    "en/a.md:4: \"spine\" would show on a locked screen" },
	{ "en/piece.md", "---\nFor your\nlower back.",
	    "en/piece.md:3: \"back\" would show on a locked screen" },
	{ "en/a.md", "subject: Your back\n---\nGo.",
	    "en/a.md:1: \"back\" would show on a locked screen" },
	/* a question and its answer */
	{ "en/ask/pain.md", "subject: A\n---\nWorst pain today?",
	    "en/ask/pain.md:3: ask/pain (sms): asks for a score and does not "
	    "say from 0 to 10" },
	{ "en/ask/pain.md",
	    "subject: A\n---\nPain, 0 to 10? Reply DONE or NOT TODAY.",
	    "en/ask/pain.md:3: ask/pain (sms): offers DONE, which is no answer "
	    "to what" },
	{ "en/ask/pain.md", "subject: A\n---\nPain, 0 to 10? Reply YES.",
	    "en/ask/pain.md:3: ask/pain (sms): offers YES, which carriers take "
	    "as" },
	{ "en/welcome.md",
	    "subject: A\n---\nHi. Reply STOP to end, or BETTER. {{emergency}}",
	    "en/welcome.md:3: welcome (sms): offers BETTER as an answer, and "
	    "asks nothing" },
};

static void
test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		struct scratch s;
		struct complaints complaints = { 0 };
		char *path;
		bool said = false;

		scratch_make(&s);
		write_files(&s);
		path = scratch_path(&s, mistakes[i].file);
		if (mistakes[i].text != NULL)
			scratch_write(&s, mistakes[i].file, mistakes[i].text);
		else
			unlink(path);
		if (check(&s, NULL, &complaints) != STATUS_CONFIG)
			fail_msg("passed: %s", mistakes[i].said);
		for (int j = 0; j < complaints.len; j++)
			if (strncmp(complaints.lines[j] + strlen(s.dir) + 1,
				mistakes[i].said,
				strlen(mistakes[i].said)) == 0)
				said = true;
		if (!said)
			fail_msg("%zu: %s\n said %s", i, mistakes[i].said,
			    complaints.lines[0]);
		complaints_free(&complaints);
		free(path);
		scratch_remove(&s);
	}
}

/* A wrong question is told of where it stands, for each channel, and not once
 * more for every text above it. */
static void
test_wrong_question_is_told_once(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };

	(void)state;
	scratch_make(&s);
	write_files(&s);
	scratch_write(
	    &s, "en/ask/pain.md", "subject: A\n---\nWorst pain today?");
	assert_int_equal(check(&s, NULL, &complaints), STATUS_CONFIG);
	assert_int_equal(complaints.len, 2);
	for (int i = 0; i < complaints.len; i++)
		assert_non_null(
		    strstr(complaints.lines[i], "en/ask/pain.md:3: ask/pain"));
	complaints_free(&complaints);
	scratch_remove(&s);
}

/* What is worth a word and refuses nothing. */
static const struct {
	const char *file;
	const char *text;
	const char *said;
} warnings[] = {
	{ "en/b.md", "subject: B\n---\nGo.\nLa m\303\241s.",
	    "en/b.md:4: warning: \"\303\241\" (U+00E1) is not in the GSM "
	    "alphabet" },
	{ "en/b.md", "subject: B\n---\n{{> piece}}\nGo {{first_name}}.",
	    "en/b.md:3: warning: b: says the very words of a" },
	{ "en/b.md",
	    "subject: B\n---\nNotwithstanding considerable discomfort, "
	    "continuing deliberately moderated physical activity facilitates "
	    "recuperation, particularly among individuals experiencing "
	    "apprehension.",
	    "en/b.md:3: warning: b (sms): reads as for an age of" },
};

static void
test_warnings(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(warnings) / sizeof(*warnings); i++) {
		struct scratch s;
		struct complaints complaints = { 0 };
		bool said = false;

		scratch_make(&s);
		write_files(&s);
		scratch_write(&s, warnings[i].file, warnings[i].text);
		if (check(&s, NULL, &complaints) != STATUS_OK)
			fail_msg("%s", complaints.lines[0]);
		for (int j = 0; j < complaints.warnings_len; j++)
			if (strncmp(complaints.warnings[j] + strlen(s.dir) + 1,
				warnings[i].said,
				strlen(warnings[i].said)) == 0)
				said = true;
		if (!said)
			fail_msg("nobody warned: %s", warnings[i].said);
		complaints_free(&complaints);
		scratch_remove(&s);
	}
}

/* A word may show where its text says that it is on purpose. */
static void
test_on_purpose(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };

	(void)state;
	scratch_make(&s);
	write_files(&s);
	scratch_write(&s, "en/piece.md",
	    "lock-screen: calf spine\n---\nA swollen calf?\n");
	if (check(&s, NULL, &complaints) != STATUS_OK)
		fail_msg("%s", complaints.lines[0]);
	scratch_write(&s, "en/piece.md",
	    "lock-screen: calf\n---\nA swollen calf in the leg?\n");
	assert_int_equal(check(&s, NULL, &complaints), STATUS_CONFIG);
	assert_non_null(strstr(complaints.lines[0], "en/piece.md:3: \"leg\""));
	complaints_free(&complaints);
	scratch_remove(&s);
}

/* A plan's own question is asked of its own patients. */
static void
test_own_version(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };

	(void)state;
	scratch_make(&s);
	write_files(&s);
	scratch_write(&s, "en/back/ask/pain.md", "subject: A\n---\nPain?");
	assert_int_equal(check(&s, NULL, &complaints), STATUS_CONFIG);
	assert_non_null(strstr(complaints.lines[0], "does not say from 0"));
	complaints_free(&complaints);
	scratch_remove(&s);
}

/* A slip of the pen in a value would be false for everybody. */
static void
test_slip(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };

	(void)state;
	scratch_make(&s);
	write_files(&s);
	scratch_write(&s, "en/welcome.md",
	    "subject: "
	    "A\n---\nHi. STOP {{emergency}}\n"
	    "{{#aggravator.siting}}x{{/aggravator.siting}}\n");
	assert_int_equal(check(&s, NULL, &complaints), STATUS_CONFIG);
	assert_int_equal(complaints.len, 1);
	assert_non_null(strstr(complaints.lines[0],
	    "en/welcome.md:4: {{aggravator.siting}} is in hardly any text; did "
	    "you mean {{aggravator.sitting}}?"));
	complaints_free(&complaints);
	scratch_remove(&s);
}

/* Borrowing another language's words is no translation. */
static void
test_second_language(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };

	(void)state;
	scratch_make(&s);
	write_files(&s);
	scratch_write(&s, "es/a.md", "subject: A\n---\nHola.");
	assert_int_equal(check(&s, "es", &complaints), STATUS_CONFIG);
	assert_int_equal(complaints.len, 3);
	assert_non_null(strstr(complaints.lines[0], "write "));
	assert_non_null(strstr(complaints.lines[0], "/es/welcome.md"));
	complaints_free(&complaints);
	scratch_remove(&s);
}

static void
test_about_values(void **state)
{
	static const char *const expected[] = { "bending", "driving", "lifting",
		"sitting", "standing", "walking" };
	static const char *const langs[] = { "en" };
	struct complaints complaints = { 0 };
	struct templates *templates = NULL;
	struct plan_about *about = NULL;
	struct plan *plan = NULL;
	struct why why = { "" };

	(void)state;
	if (plan_load("config/plans/low-back.cfg", &plan, &complaints, &why) !=
		STATUS_OK ||
	    templates_open("templates", "en", &templates, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	plan_about_values(plan, templates, langs, 1, &about);
	assert_string_equal(about[0].key, "aggravator");
	assert_int_equal(about[0].values_len, 6);
	for (int i = 0; i < 6; i++)
		assert_string_equal(about[0].values[i], expected[i]);
	plan_about_free(about, plan->about_len);
	templates_free(templates);
	plan_free(plan);
}

/* Each plan in each of its languages, without so much as a warning. */
static void
check_shipped(const char *path, int expected_langs)
{
	struct ground ground = { .dir = "templates" };
	struct complaints complaints = { 0 };
	struct templates *templates = NULL;
	struct plan *plan = NULL;
	struct why why = { "" };
	char **langs = NULL;

	if (plan_load(path, &plan, &complaints, &why) != STATUS_OK ||
	    templates_open("templates", "en", &templates, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	ground_langs(
	    templates, "templates", "en", plan, &langs, &ground.langs_len);
	assert_int_equal(ground.langs_len, expected_langs);
	ground.templates = templates;
	ground.langs = (const char *const *)langs;
	ground_take_clinic(&ground, NULL);
	ground_take_words(&ground, "config/words", &complaints);
	if (plan_check_texts(plan, path, &ground, &complaints, &why) !=
		STATUS_OK ||
	    templates_check(&ground, &complaints, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	if (complaints.warnings_len > 0)
		fail_msg("%s", complaints.warnings[0]);
	ground_free(&ground);
	texts_free(langs, ground.langs_len);
	complaints_free(&complaints);
	templates_free(templates);
	plan_free(plan);
}

static void
test_shipped(void **state)
{
	(void)state;
	check_shipped("config/plans/low-back.cfg", 2);
	check_shipped("config/plans/neck.cfg", 1);
	check_shipped("config/plans/knee.cfg", 1);
	check_shipped("config/plans/achilles.cfg", 1);
}

static void
test_own_texts(void **state)
{
	static const char *const langs[] = { "en" };
	struct ground ground = { .langs = langs, .langs_len = 1 };
	struct scratch s;
	struct complaints complaints = { 0 };
	struct templates *templates = NULL;
	struct why why = { "" };
	char *missing, *bad;

	(void)state;
	scratch_make(&s);
	scratch_write(&s, "en/unused/bad.md", "---\n{{#x}}");
	assert_int_equal(
	    templates_open(s.dir, "en", &templates, &why), STATUS_OK);
	ground_take_clinic(&ground, NULL);
	ground.templates = templates;
	ground.dir = s.dir;
	assert_int_equal(
	    templates_check(&ground, &complaints, &why), STATUS_CONFIG);
	missing = scratch_path(&s, "en/ask/pain.md: there is no such");
	bad = scratch_path(&s, "en/unused/bad.md:2: ");
	assert_ptr_equal(
	    strstr(complaints.lines[0], missing), complaints.lines[0]);
	assert_ptr_equal(strstr(complaints.lines[complaints.len - 1], bad),
	    complaints.lines[complaints.len - 1]);
	free(missing);
	free(bad);
	complaints_free(&complaints);
	templates_free(templates);
	scratch_remove(&s);
}

/* A language whose replies nobody could read is no language of the clinic. */
static void
test_no_words(void **state)
{
	static const char *const langs[] = { "xx" };
	struct ground ground = { .langs = langs, .langs_len = 1 };
	struct complaints complaints = { 0 };

	(void)state;
	ground_take_words(&ground, "config/words", &complaints);
	assert_int_equal(complaints.len, 1);
	assert_non_null(strstr(complaints.lines[0],
	    "config/words/xx.cfg: no words for the language \"xx\""));
	ground_free(&ground);
	complaints_free(&complaints);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_wrong_question_is_told_once),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_on_purpose),
		cmocka_unit_test(test_own_version),
		cmocka_unit_test(test_no_words),
		cmocka_unit_test(test_slip),
		cmocka_unit_test(test_second_language),
		cmocka_unit_test(test_about_values),
		cmocka_unit_test(test_own_texts),
		cmocka_unit_test(test_shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
