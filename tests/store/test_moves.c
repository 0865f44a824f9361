/*
 * Each step between stages, made or waiting for a clinician's yes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/moves.h"
#include "store_fixture.h"

static enum status
insert(struct fixture *f, int64_t enrolment_id, enum move_state state,
    int64_t *move_id)
{
	struct move move = { .enrolment_id = enrolment_id,
		.from_stage = "calm",
		.to_stage = "adjust",
		.act = "advance",
		.because = "pain 2 and 3 at the last two check-ins",
		.state = state,
		.at = NOW };
	enum status status;

	fixture_begin(f);
	status = move_insert(f->store, &move, &f->why);
	fixture_commit(f);
	*move_id = move.move_id;
	return status;
}

static void
test_one_waits_at_a_time(void **state)
{
	struct fixture *f = *state;
	struct move m = { 0 };
	int64_t first, second;

	assert_int_equal(
	    move_waiting_of(f->store, f->enrolment_id, &m, &f->why),
	    STATUS_NONE);
	assert_int_equal(
	    insert(f, f->enrolment_id, MOVE_WAITING, &first), STATUS_OK);
	assert_int_equal(
	    insert(f, f->enrolment_id, MOVE_WAITING, &second), STATUS_BAD_DATA);
	assert_int_equal(
	    insert(f, f->enrolment_id, MOVE_MADE, &second), STATUS_OK);
	assert_int_equal(
	    move_waiting_of(f->store, f->enrolment_id, &m, &f->why), STATUS_OK);
	assert_int_equal(m.move_id, first);
	assert_int_equal(m.enrolment_id, f->enrolment_id);
	assert_string_equal(m.from_stage, "calm");
	assert_string_equal(m.to_stage, "adjust");
	assert_string_equal(m.act, "advance");
	assert_string_equal(
	    m.because, "pain 2 and 3 at the last two check-ins");
	assert_int_equal(m.state, MOVE_WAITING);
	assert_int_equal(m.at, NOW);
	assert_int_equal(m.decided_at, 0);
	assert_null(m.decided_by);
	move_free(&m);
}

static void
test_a_clinician_answers(void **state)
{
	static const enum move_state answers[] = { MOVE_MADE, MOVE_REFUSED,
		MOVE_OVERTAKEN };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		struct move m = { 0 };
		int64_t id;

		assert_int_equal(
		    insert(f, f->enrolment_id, MOVE_WAITING, &id), STATUS_OK);
		m = (struct move){ .move_id = id,
			.because = "she asked for it",
			.state = answers[i],
			.at = NOW + 1,
			.decided_at = NOW + 2,
			.decided_by = "Dr Grey" };
		fixture_begin(f);
		assert_int_equal(move_update(f->store, &m, &f->why), STATUS_OK);
		fixture_commit(f);
		assert_int_equal(
		    move_by_id(f->store, id, &m, &f->why), STATUS_OK);
		assert_int_equal(m.state, answers[i]);
		assert_string_equal(m.because, "she asked for it");
		assert_string_equal(m.from_stage, "calm");
		assert_int_equal(m.at, NOW + 1);
		assert_int_equal(m.decided_at, NOW + 2);
		assert_string_equal(m.decided_by, "Dr Grey");
		move_free(&m);
	}
}

static void
test_lists(void **state)
{
	struct fixture *f = *state;
	struct patient other = fixture_patient(f, NULL, NULL);
	struct move *list = NULL, m = { 0 };
	int64_t first, second, third;
	int len = -1;

	fixture_enrol(f, &other);
	insert(f, f->enrolment_id, MOVE_MADE, &first);
	insert(f, f->enrolment_id, MOVE_WAITING, &second);
	insert(f, other.enrolment_id, MOVE_WAITING, &third);
	assert_int_equal(
	    move_waiting(f->store, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 2);
	assert_int_equal(list[0].move_id, second);
	assert_int_equal(list[1].move_id, third);
	move_list_free(list, len);
	assert_int_equal(
	    move_of_enrolment(f->store, f->enrolment_id, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 2);
	assert_int_equal(list[0].move_id, first);
	move_list_free(list, len);
	assert_int_equal(move_by_id(f->store, 99, &m, &f->why), STATUS_NONE);
	patient_free(&other);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_one_waits_at_a_time),
		IN_A_CLINIC(test_a_clinician_answers),
		IN_A_CLINIC(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
