/*
 * A plan is found its stages and reminders by their ids, and freed whole (run
 * under the address sanitizer, which counts what is left).
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "care/plan.h"

static struct reminder *
make_reminder(const char *id)
{
	struct reminder *r = xcalloc(1, sizeof(*r));

	r->id = xstrdup(id);
	r->messages = xcalloc(2, sizeof(*r->messages));
	r->messages[0] = xstrdup("calm/move-1");
	r->messages[1] = xstrdup("calm/move-2");
	r->messages_len = 2;
	r->repeat = xstrdup("FREQ=DAILY");
	r->unless = xstrdup("no_running");
	r->when = xstrdup("nerve");
	return r;
}

static struct plan *
make_plan(void)
{
	struct plan *plan = xcalloc(1, sizeof(*plan));

	plan->id = xstrdup("low-back");
	plan->title = xstrdup("Low back flare-up");
	plan->about = xcalloc(1, sizeof(*plan->about));
	plan->about[0] = xstrdup("aggravator");
	plan->about_len = 1;
	plan->welcome = xstrdup("welcome");
	plan->stages = xcalloc(2, sizeof(*plan->stages));
	plan->stages_len = 2;
	plan->stages[0].id = xstrdup("calm");
	plan->stages[0].title = xstrdup("Calm the irritation");
	plan->stages[0].reminders = make_reminder("move");
	plan->stages[0].reminders_len = 1;
	plan->stages[0].advance.to = xstrdup("adjust");
	plan->stages[1].id = xstrdup("adjust");
	plan->stages[1].retreat.to = xstrdup("calm");
	plan->always = make_reminder("keep-moving");
	plan->always_len = 1;
	return plan;
}

/* Whom a reminder is for. */
static const struct {
	const char *unless, *when;
	bool plain, no_running, nerve, both; /* for those of whom that is so */
} branches[] = {
	{ NULL, NULL, true, true, true, true },
	{ "no_running", NULL, true, false, true, false },
	{ "nerve", NULL, true, true, false, false },
	{ NULL, "nerve", false, false, true, true },
	{ NULL, "no_running", false, true, false, true },
	{ "no_running", "nerve", false, false, true, false },
	/* of a later version of the program */
	{ "left_handed", NULL, true, true, true, true },
	{ NULL, "left_handed", false, false, false, false },
};

static bool
is_for(size_t i, bool no_running, bool nerve)
{
	struct reminder r = { .unless = (char *)branches[i].unless,
		.when = (char *)branches[i].when };
	struct traits traits = { { 0 } };

	traits.so[TRAIT_NO_RUNNING] = no_running;
	traits.so[TRAIT_NERVE] = nerve;
	return reminder_is_for(&r, &traits);
}

static void
test_branch(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(branches) / sizeof(*branches); i++) {
		assert_int_equal(is_for(i, false, false), branches[i].plain);
		assert_int_equal(
		    is_for(i, true, false), branches[i].no_running);
		assert_int_equal(is_for(i, false, true), branches[i].nerve);
		assert_int_equal(is_for(i, true, true), branches[i].both);
	}
}

static void
test_find(void **state)
{
	struct plan *plan = make_plan();

	(void)state;
	assert_ptr_equal(plan_stage(plan, "calm"), &plan->stages[0]);
	assert_ptr_equal(plan_stage(plan, "adjust"), &plan->stages[1]);
	assert_null(plan_stage(plan, "cal"));
	assert_null(plan_stage(plan, ""));
	assert_null(plan_stage(plan, NULL));

	assert_ptr_equal(
	    plan_reminder(plan, "calm", "move"), plan->stages[0].reminders);
	assert_ptr_equal(
	    plan_reminder(plan, NULL, "keep-moving"), plan->always);
	assert_null(plan_reminder(plan, NULL, "move"));
	assert_null(plan_reminder(plan, "calm", "keep-moving"));
	assert_null(plan_reminder(plan, "adjust", "move"));
	assert_null(plan_reminder(plan, "nowhere", "move"));
	assert_null(plan_reminder(plan, "calm", NULL));
	plan_free(plan);
}

static void
test_freed_whole(void **state)
{
	(void)state;
	plan_free(NULL);
	plan_free(xcalloc(1, sizeof(struct plan)));
	plan_free(make_plan());
}

/* Who was in a stage that is no more goes on in the one that says so. */
static void
a_stage_takes_the_patients_of_another(void **state)
{
	char *was[] = { (char *)"calm", (char *)"rest" };
	struct stage stages[] = {
		{ .id = (char *)"settle", .was = was, .was_len = 2 },
		{ .id = (char *)"adjust" }
	};
	struct plan plan = { .stages = stages, .stages_len = 2 };

	(void)state;
	assert_ptr_equal(plan_stage_after(&plan, "rest"), &stages[0]);
	assert_ptr_equal(plan_stage_after(&plan, "settle"), &stages[0]);
	assert_ptr_equal(plan_stage_after(&plan, "adjust"), &stages[1]);
	assert_null(plan_stage_after(&plan, "gone"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stage_takes_the_patients_of_another),
		cmocka_unit_test(test_branch),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_freed_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
