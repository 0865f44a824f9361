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

#include "scratch.h"

static const struct clinic_facts clinic = {
	.name = "Riverside Physiotherapy",
	.sms_name = "Riverside",
	.phone = "+441632960001",
	.emergency = "999",
	.urgent = "111",
	.crisis = "116 123",
	.hours = "Mon-Fri 9-17",
};

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
	{ "en/welcome.md", "subject: Hi\n---\nHi {{first_name}}.\n" },
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
	enum status status;

	if (plan_load(path, &plan, complaints, &why) != STATUS_OK ||
	    templates_open(s->dir, "en", &templates, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	status = plan_check_texts(plan, path, templates, langs,
	    lang != NULL ? 2 : 1, &clinic, complaints, &why);
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
	    "en/a.md:4: no value is given for {{frist_name}}" },
	{ "en/a.md", "---\nGo.", "en/a.md:1: an email needs a subject" },
	/* only those who may run, only in email, only the standing */
	{ "en/a.md", "subject: A\n---\nGo.\n{{#can_run}}{{x}}{{/can_run}}",
	    "en/a.md:4: no value is given for {{x}}" },
	{ "en/a.md", "subject: A\n---\nGo.\n{{^can_run}}{{x}}{{/can_run}}",
	    "en/a.md:4: no value is given for {{x}}" },
	{ "en/a.md", "subject: A\n---\nGo.\n--- email\n{{x}}",
	    "en/a.md:5: no value is given for {{x}}" },
	{ "en/piece.md",
	    "---\n{{#aggravator.standing}}{{x}}{{/aggravator.standing}}",
	    "en/piece.md:2: no value is given for {{x}}" },
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
	    "A\n---\nHi.\n{{#aggravator.siting}}x{{/aggravator.siting}}"
	    "\n");
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

static void
test_shipped(void **state)
{
	static const char *const langs[] = { "en" };
	struct complaints complaints = { 0 };
	struct templates *templates = NULL;
	struct plan *plan = NULL;
	struct why why = { "" };

	(void)state;
	if (plan_load("config/plans/low-back.cfg", &plan, &complaints, &why) !=
		STATUS_OK ||
	    templates_open("templates", "en", &templates, &why) != STATUS_OK ||
	    plan_check_texts(plan, "config/plans/low-back.cfg", templates,
		langs, 1, &clinic, &complaints, &why) != STATUS_OK ||
	    templates_check(templates, "templates", langs, 1, &clinic,
		&complaints, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	templates_free(templates);
	plan_free(plan);
}

static void
test_own_texts(void **state)
{
	static const char *const langs[] = { "en" };
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
	assert_int_equal(templates_check(templates, s.dir, langs, 1, &clinic,
			     &complaints, &why),
	    STATUS_CONFIG);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_slip),
		cmocka_unit_test(test_second_language),
		cmocka_unit_test(test_about_values),
		cmocka_unit_test(test_own_texts),
		cmocka_unit_test(test_shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
