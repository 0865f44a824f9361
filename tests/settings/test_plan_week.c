/*
 * What a plan's reminders come to in a week.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "settings/plan_week.h"
#include "settings/plan_file.h"

#include "scratch.h"

/* Nothing to say of it. Lines count from 1. */
static const char example[] =
    "id = \"back\"; title = \"Back\"; welcome = \"w\";\n"
    "stages = ( { id = \"calm\"; title = \"Calm\"; reminders = (\n"
    "{ id = \"move\"; message = [ \"a\", \"b\" ];\n" /* 3 */
    "  repeat = \"FREQ=WEEKLY;BYDAY=MO,FR\"; at = \"16:30\";\n"
    "  asks = \"pain\"; answer_within = \"20h\"; nudge_after = \"3h\";\n"
    "  need = 2; },\n"
    "{ id = \"ease\"; message = [ \"c\" ];\n" /* 7 */
    "  repeat = \"FREQ=WEEKLY;BYDAY=WE\"; at = \"16:30\"; need = 4; },\n"
    "{ id = \"leg\"; message = [ \"d\" ];\n" /* 9 */
    "  repeat = \"FREQ=WEEKLY;BYDAY=SU\"; at = \"10:00\";\n"
    "  asks = \"leg\"; answer_within = \"20h\"; } );\n"
    "finish = { pain_at_most = 2; }; } );\n"
    "always = ( { id = \"on\"; message = [ \"e\" ];\n" /* 13 */
    "  repeat = \"FREQ=WEEKLY;BYDAY=SU\"; at = \"10:00\"; } );\n";

static const struct {
	const char *old;
	const char *fresh;
	bool refused;
	const char *said;
} rows[] = {
	/* hours */
	{ "\"16:30\"; need = 4", "\"20:00\"; need = 4", true,
	    "back.cfg:7: ease: at 20:00 is in the clinic's quiet hours, 20:00 "
	    "to 08:00" },
	{ "\"16:30\"; need = 4", "\"07:59\"; need = 4", true,
	    "back.cfg:7: ease: at 07:59 is in the clinic's quiet hours" },
	{ "\"3h\"", "\"4h\"", false,
	    "back.cfg:3: warning: move: its nudge would come at 20:30" },
	/* days */
	{ "BYDAY=WE\"; at = \"16:30\"", "BYDAY=MO,WE\"; at = \"18:00\"", true,
	    "back.cfg:7: ease: is message 2 of a Monday, and the clinic sends "
	    "1 a day" },
	/* of the same minute: a tip and a question are joined, two tips not */
	{ "BYDAY=WE\"; at = \"16:30\"", "BYDAY=SU\"; at = \"10:00\"", true,
	    "back.cfg:13: on: comes on the very minute of ease, and of two "
	    "tips only one goes" },
	{ "asks = \"leg\"; answer_within = \"20h\"", "need = 5", true,
	    "back.cfg:13: on: comes on the very minute of leg, and of two "
	    "tips" },
	/* weeks */
	{ "BYDAY=WE", "BYDAY=TU,WE,TH", false,
	    "back.cfg:13: warning: on: in calm there are 6 messages in seven "
	    "days, and at most 4 go; this one is needed least (need = 5)" },
	{ "welcome = ", "weekly_limit = 3; welcome = ", false,
	    "back.cfg:13: warning: on: in calm there are 4 messages in seven "
	    "days, and at most 3 go" },
	/* questions */
	{ "answer_within = \"20h\"; nudge", "answer_within = \"4d\"; nudge",
	    false,
	    "back.cfg:3: warning: move: is still open when leg asks on Sunday "
	    "at 10:00; let answer_within be 41h or less" },
	/* texts */
	{ "[ \"a\", \"b\" ]", "[ \"a\" ]", false,
	    "back.cfg:3: warning: move: the text \"a\" comes on a Monday and "
	    "again 4 days later" },
	{ "[ \"c\" ]", "[ \"b\" ]", false,
	    "back.cfg:7: warning: ease: the text \"b\" comes on a Friday and "
	    "again 5 days later" },
	/* all the way */
	{ "always = ( { id = \"on\"; message = [ \"e\" ];\n"
	  "  repeat = \"FREQ=WEEKLY;BYDAY=SU\"; at = \"10:00\"; } );\n",
	    "", false, "back.cfg:1: warning: nothing goes on through all" },
};

static void
check(const struct scratch *s, const char *text, struct complaints *complaints)
{
	struct ground ground = { 0 };
	struct plan *plan = NULL;
	struct why why = { "" };
	char *path = scratch_path(s, "back.cfg");

	scratch_write(s, "back.cfg", text);
	if (plan_load(path, &plan, complaints, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	ground_take_clinic(&ground, NULL);
	plan_week_check(plan, path, &ground, complaints);
	plan_free(plan);
	free(path);
}

static void
expect(const struct scratch *s, char *const *lines, int len, const char *line)
{
	size_t skip = strlen(s->dir) + 1;

	for (int i = 0; i < len; i++)
		if (strncmp(lines[i] + skip, line, strlen(line)) == 0)
			return;
	for (int i = 0; i < len; i++)
		print_error("    said: %s\n", lines[i] + skip);
	fail_msg("nobody said: %s", line);
}

static void
test_nothing_to_say(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };

	(void)state;
	scratch_make(&s);
	check(&s, example, &complaints);
	assert_int_equal(complaints.len, 0);
	assert_int_equal(complaints.warnings_len, 0);
	scratch_remove(&s);
}

static void
test_findings(void **state)
{
	struct scratch s;

	(void)state;
	scratch_make(&s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct complaints complaints = { 0 };
		char *text = with(example, rows[i].old, rows[i].fresh);

		check(&s, text, &complaints);
		if (rows[i].refused)
			expect(
			    &s, complaints.lines, complaints.len, rows[i].said);
		else
			expect(&s, complaints.warnings, complaints.warnings_len,
			    rows[i].said);
		complaints_free(&complaints);
		free(text);
	}
	scratch_remove(&s);
}

/* Two reminders of one minute, of which each patient gets one. */
static void
test_branch(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	char *text = with(example, "{ id = \"ease\";",
	    "{ id = \"nerve\"; message = \"f\"; when = \"nerve\";\n"
	    "  repeat = \"FREQ=WEEKLY;BYDAY=WE\"; at = \"16:30\"; },\n"
	    "{ id = \"ease\"; unless = \"nerve\";");

	(void)state;
	scratch_make(&s);
	check(&s, text, &complaints);
	assert_int_equal(complaints.len, 0);
	assert_int_equal(complaints.warnings_len, 0);
	free(text);
	text = with(example, "{ id = \"ease\";",
	    "{ id = \"nerve\"; message = \"f\"; when = \"nerve\";\n"
	    "  repeat = \"FREQ=WEEKLY;BYDAY=WE\"; at = \"16:30\"; },\n"
	    "{ id = \"ease\";");
	check(&s, text, &complaints);
	expect(&s, complaints.lines, complaints.len,
	    "back.cfg:9: ease: comes on the very minute of nerve");
	complaints_free(&complaints);
	free(text);
	scratch_remove(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_to_say),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_branch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
