/*
 * A slot becomes one message, once, whatever the clock and cron do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/slots.h"
#include "store_fixture.h"

static void
set(struct fixture *f, int64_t enrolment_id, char *stage, char *reminder,
    int64_t wake_at)
{
	const struct schedule next = { .enrolment_id = enrolment_id,
		.stage = stage,
		.reminder = reminder,
		.local_date = { 2026, 3, 2 },
		.local_minute = 990,
		.due_at = wake_at - 1,
		.wake_at = wake_at };

	fixture_begin(f);
	assert_int_equal(schedule_set(f->store, &next, &f->why), STATUS_OK);
	fixture_commit(f);
}

static int
scheduled(struct fixture *f)
{
	struct schedule *list = NULL;
	int len = -1;

	assert_int_equal(
	    schedule_of(f->store, f->enrolment_id, &list, &len, &f->why),
	    STATUS_OK);
	schedule_list_free(list, len);
	return len;
}

static void
test_the_next_slot_of_each_reminder(void **state)
{
	struct fixture *f = *state;
	struct schedule *list = NULL;
	int len = 0;

	set(f, f->enrolment_id, "calm", "move", NOW + 50);
	set(f, f->enrolment_id, "", "move", NOW + 40);
	set(f, f->enrolment_id, "calm", "move", NOW + 60);
	assert_int_equal(
	    schedule_of(f->store, f->enrolment_id, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 2);
	assert_string_equal(list[0].stage, "");
	assert_string_equal(list[1].stage, "calm");
	assert_string_equal(list[1].reminder, "move");
	assert_int_equal(list[1].enrolment_id, f->enrolment_id);
	assert_int_equal(list[1].local_date.day, 2);
	assert_int_equal(list[1].local_minute, 990);
	assert_int_equal(list[1].due_at, NOW + 59);
	assert_int_equal(list[1].wake_at, NOW + 60);
	schedule_list_free(list, len);
}

static void
test_dropped(void **state)
{
	struct fixture *f = *state;

	set(f, f->enrolment_id, "calm", "move", NOW);
	set(f, f->enrolment_id, "calm", "leg", NOW);
	set(f, f->enrolment_id, "adjust", "desk", NOW);
	set(f, f->enrolment_id, "", "move", NOW);
	fixture_begin(f);
	assert_int_equal(
	    schedule_drop(f->store, f->enrolment_id, "", "move", &f->why),
	    STATUS_OK);
	assert_int_equal(scheduled(f), 3);
	assert_int_equal(
	    schedule_drop_stage(f->store, f->enrolment_id, "calm", &f->why),
	    STATUS_OK);
	assert_int_equal(scheduled(f), 1);
	assert_int_equal(
	    schedule_drop_stage(f->store, f->enrolment_id, NULL, &f->why),
	    STATUS_OK);
	assert_int_equal(scheduled(f), 0);
	fixture_commit(f);
}

static void
test_due_once_each_earliest_first(void **state)
{
	struct fixture *f = *state;
	struct patient other = fixture_patient(f, NULL, NULL);
	int64_t ids[4];
	int len = 4;

	fixture_enrol(f, &other);
	set(f, f->enrolment_id, "calm", "a", NOW);
	set(f, f->enrolment_id, "calm", "b", NOW);
	set(f, f->enrolment_id, "", "c", NOW - 1);
	set(f, other.enrolment_id, "calm", "a", NOW - 5);
	set(f, other.enrolment_id, "", "a", NOW + 5);
	assert_int_equal(
	    schedule_due(f->store, NOW, ids, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 2);
	assert_int_equal(ids[0], other.enrolment_id);
	assert_int_equal(ids[1], f->enrolment_id);
	len = 1;
	assert_int_equal(
	    schedule_due(f->store, NOW, ids, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 1);
	len = 4;
	assert_int_equal(
	    schedule_due(f->store, NOW - 6, ids, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	patient_free(&other);
}

static bool
take(struct fixture *f, char *reminder, struct date date, int minute,
    char *parcel)
{
	const struct slot slot = { .enrolment_id = f->enrolment_id,
		.reminder = reminder,
		.local_date = date,
		.local_minute = minute,
		.due_at = NOW + date.day * 86400,
		.taken_at = NOW,
		.parcel = parcel,
		.template = parcel == NULL ? NULL : "calm/move-1",
		.because = parcel == NULL ? "too late" : NULL };
	bool taken = false;

	fixture_begin(f);
	assert_int_equal(
	    slot_take(f->store, &slot, &taken, &f->why), STATUS_OK);
	fixture_commit(f);
	return taken;
}

static void
test_a_slot_is_taken_once(void **state)
{
	const struct date monday = { 2026, 3, 2 }, tuesday = { 2026, 3, 3 };
	struct fixture *f = *state;

	assert_true(take(f, "calm/move", monday, 990, "P1"));
	assert_false(take(f, "calm/move", monday, 990, "P2"));
	assert_false(take(f, "calm/move", monday, 990, NULL));
	assert_true(take(f, "calm/move", monday, 991, "P3"));
	assert_true(take(f, "calm/move", tuesday, 990, "P4"));
	assert_true(take(f, "always/move", monday, 990, NULL));
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM slot"
					  " WHERE parcel = 'P2'"),
	    0);
}

static void
test_whose_turn_it_is(void **state)
{
	struct fixture *f = *state;
	int64_t times = -1;

	take(f, "calm/move", (struct date){ 2026, 3, 1 }, 0, "P1");
	take(f, "calm/move", (struct date){ 2026, 3, 2 }, 0, NULL);
	take(f, "calm/move", (struct date){ 2026, 3, 3 }, 0, "P3");
	take(f, "calm/leg", (struct date){ 2026, 3, 3 }, 0, "P4");
	assert_int_equal(
	    slot_turn(f->store, f->enrolment_id, "calm/move", &times, &f->why),
	    STATUS_OK);
	assert_int_equal(times, 2);

	/* Nobody read the one that came to nothing: its turn comes again. */
	fixture_begin(f);
	assert_int_equal(
	    slot_spoil(f->store, "P3", "gateway down", &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(
	    slot_turn(f->store, f->enrolment_id, "calm/move", &times, &f->why),
	    STATUS_OK);
	assert_int_equal(times, 1);
}

static void
test_between(void **state)
{
	struct fixture *f = *state;
	struct slot *list = NULL;
	int len = 0;

	take(f, "calm/move", (struct date){ 2026, 3, 4 }, 990, "P4");
	take(f, "calm/move", (struct date){ 2026, 3, 3 }, 990, NULL);
	take(f, "calm/move", (struct date){ 2026, 3, 2 }, 990, "P2");
	take(f, "calm/move", (struct date){ 2026, 3, 1 }, 990, "P1");
	assert_int_equal(
	    slot_between(f->store, f->enrolment_id, (struct date){ 2026, 3, 2 },
		(struct date){ 2026, 3, 3 }, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 2);
	assert_string_equal(list[0].parcel, "P2");
	assert_string_equal(list[0].template, "calm/move-1");
	assert_string_equal(list[0].because, "");
	assert_int_equal(list[0].local_minute, 990);
	assert_int_equal(list[0].taken_at, NOW);
	assert_null(list[1].parcel);
	assert_null(list[1].template);
	assert_string_equal(list[1].because, "too late");
	assert_string_equal(list[1].reminder, "calm/move");
	assert_int_equal(list[1].due_at, NOW + 3 * 86400);
	slot_list_free(list, len);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_the_next_slot_of_each_reminder),
		IN_A_CLINIC(test_dropped),
		IN_A_CLINIC(test_due_once_each_earliest_first),
		IN_A_CLINIC(test_a_slot_is_taken_once),
		IN_A_CLINIC(test_whose_turn_it_is),
		IN_A_CLINIC(test_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
