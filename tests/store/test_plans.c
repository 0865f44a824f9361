/*
 * A plan comes back from the database as it went in, and becomes a new
 * version when, and only when, something in it changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store_fixture.h"

/* Everything that a plan can say, each differently. */
struct example {
	char *messages[3], *questions[1], *tips[2], *about[2];
	char *was[2];
	struct reminder calm[2], always[1];
	struct stage stages[2];
	struct plan plan;
	struct plans_about known[2];
};

static void
fill_reminders(struct example *e)
{
	e->messages[0] = "calm/move-2";
	e->messages[1] = "calm/move-1";
	e->messages[2] = "calm/move-2";
	e->questions[0] = "calm/leg";
	e->tips[0] = "always/keep-moving-1";
	e->tips[1] = "always/keep-moving-2";
	e->calm[0] = (struct reminder){ .id = "move",
		.messages = e->messages,
		.messages_len = 3,
		.repeat = "FREQ=WEEKLY;BYDAY=MO,WE,FR",
		.at_minute = 990,
		.asks = ASKS_PAIN,
		.answer_within_s = 72000,
		.nudge_after_s = 7200,
		.need = 1,
		.line = 12 };
	e->calm[1] = (struct reminder){ .id = "a-run",
		.messages = e->questions,
		.messages_len = 1,
		.repeat = "FREQ=DAILY",
		.at_minute = 1,
		.asks = ASKS_SETTLED,
		.answer_within_s = 1,
		.need = 9,
		.unless = "no_running",
		.when = "nerve" };
	e->always[0] = (struct reminder){ .id = "move",
		.messages = e->tips,
		.messages_len = 2,
		.repeat = "FREQ=WEEKLY;BYDAY=SU",
		.at_minute = 600,
		.need = 3 };
}

static struct rule
rule_with(int readings)
{
	return (struct rule){ .given = true,
		.readings = readings,
		.pain_at_most = RULE_UNSET,
		.pain_at_least = RULE_UNSET,
		.or_down_by = RULE_UNSET,
		.and_at_most = RULE_UNSET };
}

static void
fill_stages(struct example *e)
{
	e->stages[0] = (struct stage){ .id = "reintroduce",
		.title = "Reintroduce, \"first\" step; 100% caf\xc3\xa9",
		.min_days = 3,
		.stalled_after = 14,
		.reminders = e->calm,
		.reminders_len = 2,
		.advance = rule_with(2),
		.retreat = rule_with(3),
		.line = 9 };
	e->stages[0].advance.to = "calm";
	e->stages[0].advance.pain_at_most = 0;
	e->stages[0].advance.or_down_by = 30;
	e->stages[0].advance.and_at_most = 5;
	e->stages[0].advance.settled = 2;
	e->stages[0].advance.not_worse = true;
	e->stages[0].advance.confirm = true;
	e->stages[0].retreat.to = "reintroduce";
	e->stages[0].retreat.pain_at_least = 6;

	e->was[0] = "ease";
	e->was[1] = "rest-1";
	e->stages[0].was = e->was;
	e->stages[0].was_len = 2;

	/* Last in the plan, first in the alphabet. */
	e->stages[1] = (struct stage){ .id = "calm",
		.title = "Calm",
		.finish = rule_with(1),
		.alert = rule_with(4) };
	e->stages[1].finish.pain_at_most = 2;
	e->stages[1].alert.pain_at_least = 8;
}

static void
fill_example(struct example *e)
{
	memset(e, 0, sizeof(*e));
	fill_reminders(e);
	fill_stages(e);
	e->about[0] = "sitting";
	e->about[1] = "aggravator";
	e->known[0].key = "aggravator";
	e->known[0].known = "bending sitting";
	e->known[1].key = "sitting";
	e->known[1].known = "";
	e->plan = (struct plan){ .id = "low-back",
		.title = "Low back",
		.about = e->about,
		.about_len = 2,
		.welcome = "welcome",
		.silent_after = 3,
		.silent_weekly_limit = 2,
		.worse_by = 2,
		.email_fallback = true,
		.weekly_limit = 4,
		.stages = e->stages,
		.stages_len = 2,
		.always = e->always,
		.always_len = 1 };
}

static int64_t
save(struct fixture *f, const struct example *e, bool expect_new)
{
	int64_t plan_id = 0;
	bool is_new = !expect_new;

	fixture_begin(f);
	assert_int_equal(plans_save(f->store, &e->plan, e->known, 2, NOW,
			     &plan_id, &is_new, &f->why),
	    STATUS_OK);
	fixture_commit(f);
	assert_int_equal(is_new, expect_new);
	return plan_id;
}

static void
same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		assert_ptr_equal(a, b);
	else
		assert_string_equal(a, b);
}

static void
same_rule(const struct rule *a, const struct rule *b)
{
	assert_int_equal(a->given, b->given);
	if (!a->given)
		return;
	same_text(a->to, b->to);
	assert_int_equal(a->readings, b->readings);
	assert_int_equal(a->pain_at_most, b->pain_at_most);
	assert_int_equal(a->pain_at_least, b->pain_at_least);
	assert_int_equal(a->or_down_by, b->or_down_by);
	assert_int_equal(a->and_at_most, b->and_at_most);
	assert_int_equal(a->settled, b->settled);
	assert_int_equal(a->not_worse, b->not_worse);
	assert_int_equal(a->confirm, b->confirm);
}

static void
same_reminders(
    const struct reminder *a, int a_len, const struct reminder *b, int b_len)
{
	assert_int_equal(a_len, b_len);
	for (int i = 0; i < a_len; i++) {
		same_text(a[i].id, b[i].id);
		assert_int_equal(a[i].messages_len, b[i].messages_len);
		for (int j = 0; j < a[i].messages_len; j++)
			same_text(a[i].messages[j], b[i].messages[j]);
		same_text(a[i].repeat, b[i].repeat);
		assert_int_equal(a[i].at_minute, b[i].at_minute);
		assert_int_equal(a[i].asks, b[i].asks);
		assert_int_equal(a[i].answer_within_s, b[i].answer_within_s);
		assert_int_equal(a[i].nudge_after_s, b[i].nudge_after_s);
		assert_int_equal(a[i].need, b[i].need);
		same_text(a[i].unless, b[i].unless);
		same_text(a[i].when, b[i].when);
	}
}

static void
same_plan(const struct plan *a, const struct plan *b)
{
	same_text(a->id, b->id);
	same_text(a->title, b->title);
	same_text(a->welcome, b->welcome);
	assert_int_equal(a->silent_after, b->silent_after);
	assert_int_equal(a->silent_weekly_limit, b->silent_weekly_limit);
	assert_int_equal(a->worse_by, b->worse_by);
	assert_int_equal(a->email_fallback, b->email_fallback);
	assert_int_equal(a->weekly_limit, b->weekly_limit);
	assert_int_equal(a->about_len, b->about_len);
	for (int i = 0; i < a->about_len; i++)
		same_text(a->about[i], b->about[i]);
	assert_int_equal(a->stages_len, b->stages_len);
	for (int i = 0; i < a->stages_len; i++) {
		const struct stage *x = &a->stages[i], *y = &b->stages[i];

		same_text(x->id, y->id);
		same_text(x->title, y->title);
		assert_int_equal(x->min_days, y->min_days);
		assert_int_equal(x->stalled_after, y->stalled_after);
		assert_int_equal(x->was_len, y->was_len);
		for (int j = 0; j < x->was_len; j++)
			same_text(x->was[j], y->was[j]);
		same_reminders(x->reminders, x->reminders_len, y->reminders,
		    y->reminders_len);
		same_rule(&x->advance, &y->advance);
		same_rule(&x->retreat, &y->retreat);
		same_rule(&x->finish, &y->finish);
		same_rule(&x->alert, &y->alert);
	}
	same_reminders(a->always, a->always_len, b->always, b->always_len);
}

static void
test_a_plan_comes_back_whole(void **state)
{
	struct fixture *f = *state;
	struct plans_row row = { 0 };
	struct example e;
	int64_t plan_id;

	fill_example(&e);
	plan_id = save(f, &e, true);
	assert_int_equal(
	    plans_load(f->store, plan_id, &row, &f->why), STATUS_OK);
	same_plan(&e.plan, row.plan);
	assert_int_equal(row.plan->version, 1);
	assert_int_equal(row.plan_id, plan_id);
	assert_int_equal(row.about_len, 2);
	assert_string_equal(row.about[0].key, "sitting");
	assert_string_equal(row.about[0].known, "");
	assert_string_equal(row.about[1].known, "bending sitting");
	plans_row_free(&row);
}

/* Each of these makes another plan of it. */
static void
change_welcome(struct example *e)
{
	e->plan.welcome = "hello";
}
static void
change_limit(struct example *e)
{
	e->plan.weekly_limit = 3;
}
static void
change_fallback(struct example *e)
{
	e->plan.email_fallback = 0;
}
static void
change_known(struct example *e)
{
	e->known[0].known = "sitting";
}
static void
change_title(struct example *e)
{
	e->stages[1].title = "";
}
static void
change_bound(struct example *e)
{
	e->stages[0].retreat.pain_at_least = 7;
}
static void
change_confirm(struct example *e)
{
	e->stages[0].advance.confirm = false;
}
static void
drop_rule(struct example *e)
{
	e->stages[1].alert.given = false;
}
static void
change_time(struct example *e)
{
	e->calm[1].at_minute = 2;
}
static void
change_asks(struct example *e)
{
	e->always[0].asks = ASKS_DONE;
}
static void
change_turns(struct example *e)
{
	e->messages[0] = "calm/move-1";
	e->messages[1] = "calm/move-2";
}
static void
change_unless(struct example *e)
{
	e->calm[1].unless = NULL;
}
static void
change_when(struct example *e)
{
	e->calm[1].when = NULL;
}
static void
change_silent_limit(struct example *e)
{
	e->plan.silent_weekly_limit = 0;
}
static void
drop_was(struct example *e)
{
	e->stages[0].was_len = 1;
}
static void
move_was(struct example *e)
{
	e->stages[0].was_len = 0;
	e->stages[1].was = e->was;
	e->stages[1].was_len = 1;
}
static void
drop_always(struct example *e)
{
	e->plan.always_len = 0;
}

/* ... and these do not. */
static void
change_line(struct example *e)
{
	e->calm[0].line = 99;
	e->stages[0].line = 98;
	e->plan.version = 7;
}
static void
change_nothing(struct example *e)
{
	(void)e;
}

static void
test_only_a_change_is_a_new_version(void **state)
{
	static const struct {
		void (*change)(struct example *);
		bool is_new;
	} changes[] = {
		{ change_nothing, false },
		{ change_line, false },
		{ change_welcome, true },
		{ change_limit, true },
		{ change_fallback, true },
		{ change_known, true },
		{ change_title, true },
		{ change_bound, true },
		{ change_confirm, true },
		{ drop_rule, true },
		{ change_time, true },
		{ change_asks, true },
		{ change_turns, true },
		{ change_unless, true },
		{ change_when, true },
		{ change_silent_limit, true },
		{ drop_was, true },
		{ move_was, true },
		{ drop_always, true },
	};
	struct fixture *f = *state;
	struct example e;
	int64_t last;

	fill_example(&e);
	last = save(f, &e, true);
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct plans_row row = { 0 };
		int64_t plan_id;

		/* One change on another: each differs from the last alone. */
		changes[i].change(&e);
		plan_id = save(f, &e, changes[i].is_new);
		assert_int_equal(plan_id != last, changes[i].is_new);
		last = plan_id;
		assert_int_equal(
		    plans_newest(f->store, "low-back", &row, &f->why),
		    STATUS_OK);
		assert_int_equal(row.plan_id, plan_id);
		same_plan(&e.plan, row.plan);
		plans_row_free(&row);
	}
}

static void
test_older_versions_stay(void **state)
{
	struct fixture *f = *state;
	struct plans_row row = { 0 };
	struct example before, after;
	int64_t first;

	fill_example(&before);
	fill_example(&after);
	first = save(f, &before, true);
	change_welcome(&after);
	save(f, &after, true);
	assert_int_equal(plans_load(f->store, first, &row, &f->why), STATUS_OK);
	same_plan(&before.plan, row.plan);
	plans_row_free(&row);

	/* Back to what it was is a third version, and the newest. */
	assert_int_not_equal(save(f, &before, true), first);
	assert_int_equal(
	    plans_newest(f->store, "low-back", &row, &f->why), STATUS_OK);
	assert_int_equal(row.plan->version, 3);
	plans_row_free(&row);
}

static void
test_names_and_none(void **state)
{
	struct fixture *f = *state;
	struct plans_row row = { 0 };
	struct example e;
	char **names = NULL;
	int len = 0;

	assert_int_equal(
	    plans_newest(f->store, "knee", &row, &f->why), STATUS_NONE);
	assert_int_equal(plans_load(f->store, 999, &row, &f->why), STATUS_NONE);
	fill_example(&e);
	save(f, &e, true);
	change_welcome(&e);
	save(f, &e, true);
	assert_int_equal(
	    plans_names(f->store, &names, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 2);
	assert_string_equal(names[0], "low-back");
	assert_string_equal(names[1], "plan");
	for (int i = 0; i < len; i++)
		free(names[i]);
	free(names);
}

static void
test_active_ones_on_an_old_version_are_found(void **state)
{
	struct fixture *f = *state;
	struct patient second;
	struct example e;
	int64_t ids[4];
	int len = 4;

	fill_example(&e);
	f->plan_id = save(f, &e, true);
	second = fixture_patient(f, "+447700900002", NULL);
	fixture_enrol(f, &second);
	assert_int_equal(
	    patient_on_old_plan(f->store, ids, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	change_welcome(&e);
	f->plan_id = save(f, &e, true);
	len = 4;
	assert_int_equal(
	    patient_on_old_plan(f->store, ids, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 1);
	assert_int_equal(ids[0], second.enrolment_id);

	second.state = PATIENT_COMPLETED;
	fixture_begin(f);
	assert_int_equal(patient_update(f->store, &second, &f->why), STATUS_OK);
	fixture_commit(f);
	len = 4;
	assert_int_equal(
	    patient_on_old_plan(f->store, ids, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	patient_free(&second);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_a_plan_comes_back_whole),
		IN_A_CLINIC(test_only_a_change_is_a_new_version),
		IN_A_CLINIC(test_older_versions_stay),
		IN_A_CLINIC(test_names_and_none),
		IN_A_CLINIC(test_active_ones_on_an_old_version_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
