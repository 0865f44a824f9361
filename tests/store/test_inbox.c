/*
 * What came in, once and word for word; how it was read; what was asked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/inbox.h"
#include "store_fixture.h"

static bool
receive(struct fixture *f, char *gateway, char *id, char *body)
{
	const struct inbound in = { .gateway = gateway,
		.provider_id = id,
		.channel = CHANNEL_SMS,
		.sender = "+447700900001",
		.recipient = "+441632960001",
		.body = body,
		.answers = "KEY1 KEY2",
		.automatic = true,
		.came_at = NOW - 3,
		.stored_at = NOW };
	bool is_new = false;

	fixture_begin(f);
	assert_int_equal(
	    inbound_store(f->store, &in, &is_new, &f->why), STATUS_OK);
	fixture_commit(f);
	return is_new;
}

static void
test_stored_once(void **state)
{
	struct fixture *f = *state;
	struct inbound in = { 0 };

	assert_true(receive(f, "main", "1", "4/10 \xf0\x9f\x91\x8d\nok"));
	assert_false(receive(f, "main", "1", "something else"));
	assert_true(receive(f, "other", "1", "5"));
	assert_int_equal(inbound_by_id(f->store, 1, &in, &f->why), STATUS_OK);
	assert_string_equal(in.gateway, "main");
	assert_string_equal(in.provider_id, "1");
	assert_int_equal(in.channel, CHANNEL_SMS);
	assert_string_equal(in.sender, "+447700900001");
	assert_string_equal(in.recipient, "+441632960001");
	assert_string_equal(in.body, "4/10 \xf0\x9f\x91\x8d\nok");
	assert_string_equal(in.answers, "KEY1 KEY2");
	assert_true(in.automatic);
	assert_int_equal(in.came_at, NOW - 3);
	assert_int_equal(in.stored_at, NOW);
	assert_int_equal(in.read_at, 0);
	assert_int_equal(in.patient_id, 0);
	assert_null(in.handled);
	inbound_free(&in);
	assert_int_equal(
	    inbound_by_id(f->store, 99, &in, &f->why), STATUS_NONE);
}

static int
unread(struct fixture *f, int limit, int64_t *first)
{
	struct inbound *list = NULL;
	int len = -1;

	assert_int_equal(
	    inbound_unread(f->store, limit, &list, &len, &f->why), STATUS_OK);
	if (len > 0)
		*first = list[0].inbound_id;
	inbound_list_free(list, len);
	return len;
}

static void
test_read_one_by_one(void **state)
{
	struct fixture *f = *state;
	struct inbound *list = NULL;
	int64_t first = 0;
	int len = 0;

	receive(f, "main", "1", "4");
	receive(f, "main", "2", "5");
	receive(f, "main", "3", "who is this");
	assert_int_equal(unread(f, 9, &first), 3);
	assert_int_equal(unread(f, 2, &first), 2);
	fixture_begin(f);
	assert_int_equal(
	    inbound_mark_read(f->store, 1, f->patient_id, NOW + 1, &f->why),
	    STATUS_OK);
	assert_int_equal(
	    inbound_mark_read(f->store, 3, 0, NOW + 2, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(unread(f, 9, &first), 1);
	assert_int_equal(first, 2);
	assert_int_equal(
	    inbound_of_patient(f->store, f->patient_id, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 1);
	assert_int_equal(list[0].read_at, NOW + 1);
	assert_int_equal(list[0].patient_id, f->patient_id);
	inbound_list_free(list, len);
}

static void
set_handled(struct fixture *f, int64_t id, const char *handled, int expected)
{
	struct inbound *list = NULL;
	int len = -1;

	fixture_begin(f);
	assert_int_equal(
	    inbound_set_handled(f->store, id, handled, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(
	    inbound_open(f->store, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, expected);
	inbound_list_free(list, len);
}

static void
test_open_until_a_person_answered(void **state)
{
	struct fixture *f = *state;

	receive(f, "main", "1", "Can I swim?");
	receive(f, "main", "2", "When are you open?");
	set_handled(f, 1, "open", 1);
	set_handled(f, 2, "open", 2);
	set_handled(f, 1, "closed", 1);
	set_handled(f, 2, NULL, 0);
}

/* A reading of a fresh inbound, all else as given. */
static int64_t
insert_reading(struct fixture *f, struct reading_row row)
{
	char id[24];

	snprintf(id, sizeof(id), "r%d",
	    (int)fixture_count(f, "SELECT count(*) FROM inbound"));
	receive(f, "main", id, "4");
	row.inbound_id =
	    fixture_count(f, "SELECT max(inbound_id) FROM inbound");
	fixture_begin(f);
	assert_int_equal(reading_insert(f->store, &row, &f->why), STATUS_OK);
	fixture_commit(f);
	return row.reading_id;
}

static struct reading_row
full_row(struct fixture *f)
{
	return (struct reading_row){ .patient_id = f->patient_id,
		.visit = 3,
		.at = NOW,
		.asked = ASKS_LEG,
		.verified = true,
		.advanced_at = NOW + 1,
		.reading = { .pain = 0,
		    .done = ANSWER_YES,
		    .leg = ANSWER_NO,
		    .settled = ANSWER_NONE,
		    .stop = true,
		    .help = true,
		    .courtesy = true,
		    .automatic = true,
		    .flags_len = 2,
		    .flags = { { "cauda equina", FLAG_EMERGENCY },
			{ "night pain", FLAG_NOTICE } } } };
}

static void
test_a_reading_comes_back_whole(void **state)
{
	struct fixture *f = *state;
	struct reading_row row = full_row(f), back;

	insert_reading(f, row);
	assert_int_equal(
	    reading_by_inbound(f->store, 1, &back, &f->why), STATUS_OK);
	assert_int_equal(back.inbound_id, 1);
	assert_int_equal(back.patient_id, row.patient_id);
	assert_int_equal(back.visit, 3);
	assert_int_equal(back.at, NOW);
	assert_int_equal(back.asked, ASKS_LEG);
	assert_int_equal(back.question_id, 0);
	assert_true(back.verified);
	assert_int_equal(back.advanced_at, NOW + 1);

	/* Member by member: the padding between is nobody's. */
	assert_int_equal(back.reading.pain, 0);
	assert_int_equal(back.reading.done, ANSWER_YES);
	assert_int_equal(back.reading.leg, ANSWER_NO);
	assert_int_equal(back.reading.settled, ANSWER_NONE);
	assert_true(back.reading.stop);
	assert_false(back.reading.start);
	assert_true(back.reading.help);
	assert_false(back.reading.wrong_number);
	assert_true(back.reading.courtesy);
	assert_false(back.reading.question);
	assert_true(back.reading.automatic);
	assert_false(back.reading.unclear);
	assert_int_equal(back.reading.flags_len, 2);
	assert_string_equal(back.reading.flags[0].name, "cauda equina");
	assert_int_equal(back.reading.flags[0].level, FLAG_EMERGENCY);
	assert_string_equal(back.reading.flags[1].name, "night pain");
	assert_int_equal(back.reading.flags[1].level, FLAG_NOTICE);
	assert_int_equal(
	    reading_by_inbound(f->store, 99, &back, &f->why), STATUS_NONE);
}

static void
test_the_other_half_of_a_reading(void **state)
{
	struct fixture *f = *state;
	struct reading_row row = { .at = NOW,
		.reading = { .pain = PAIN_NONE,
		    .settled = ANSWER_YES,
		    .start = true,
		    .wrong_number = true,
		    .question = true,
		    .unclear = true } };
	struct reading_row back;

	insert_reading(f, row);
	assert_int_equal(
	    reading_by_inbound(f->store, 1, &back, &f->why), STATUS_OK);
	assert_int_equal(back.patient_id, 0);
	assert_int_equal(back.visit, 0);
	assert_int_equal(back.advanced_at, 0);
	assert_false(back.verified);
	assert_int_equal(back.reading.pain, PAIN_NONE);
	assert_int_equal(back.reading.done, ANSWER_NONE);
	assert_int_equal(back.reading.settled, ANSWER_YES);
	assert_false(back.reading.stop);
	assert_true(back.reading.start);
	assert_false(back.reading.help);
	assert_true(back.reading.wrong_number);
	assert_false(back.reading.courtesy);
	assert_true(back.reading.question);
	assert_false(back.reading.automatic);
	assert_true(back.reading.unclear);
	assert_int_equal(back.reading.flags_len, 0);
}

static void
test_an_inbound_is_read_once(void **state)
{
	struct fixture *f = *state;
	struct reading_row row = full_row(f);

	insert_reading(f, row);
	row.inbound_id = 1;
	fixture_begin(f);
	assert_int_equal(
	    reading_insert(f->store, &row, &f->why), STATUS_BAD_DATA);
	store_rollback(f->store);
}

static void
test_advanced_once(void **state)
{
	struct fixture *f = *state;
	struct reading_row row = full_row(f), *list = NULL;
	int64_t id;
	int len = -1;

	insert_reading(f, row);
	row.advanced_at = 0;
	id = insert_reading(f, row);
	insert_reading(f, row);
	assert_int_equal(
	    reading_new(f->store, 9, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 2);
	assert_int_equal(list[0].reading_id, id);
	assert_int_equal(list[0].reading.flags_len, 2);
	free(list);
	fixture_begin(f);
	assert_int_equal(
	    reading_mark_advanced(f->store, id, NOW, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(
	    reading_new(f->store, 9, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 1);
	free(list);
	assert_int_equal(
	    reading_new(f->store, 0, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	free(list);
}

static void
test_newest_first_by_when_it_was_written(void **state)
{
	static const struct {
		int visit;
		int limit;
		int found;
		int pains[4];
	} cases[] = {
		{ 0, 9, 4, { 3, 2, 1, 4 } },
		{ 1, 9, 1, { 1 } },
		{ 2, 9, 3, { 3, 2, 4 } },
		{ 2, 2, 2, { 3, 2 } },
		{ 3, 9, 0, { 0 } },
	};
	static const struct {
		int pain, visit, at;
	} rows[] = { { 1, 1, 10 }, { 2, 2, 20 }, { 3, 2, 30 }, { 4, 2, 5 } };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct reading_row row = full_row(f);

		row.reading.pain = rows[i].pain;
		row.visit = rows[i].visit;
		row.at = rows[i].at;
		insert_reading(f, row);
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reading_row *list = NULL;
		int len = -1;

		assert_int_equal(
		    reading_of_patient(f->store, f->patient_id, cases[i].visit,
			cases[i].limit, &list, &len, &f->why),
		    STATUS_OK);
		assert_int_equal(len, cases[i].found);
		for (int j = 0; j < len; j++)
			assert_int_equal(
			    list[j].reading.pain, cases[i].pains[j]);
		free(list);
	}
}

static void
test_verified_after_all(void **state)
{
	struct fixture *f = *state;
	struct reading_row row = full_row(f), back;
	int64_t id;

	row.verified = false;
	id = insert_reading(f, row);
	for (int i = 0; i < 2; i++) {
		fixture_begin(f);
		assert_int_equal(
		    reading_verify(f->store, id, &f->why), STATUS_OK);
		assert_int_equal(
		    reading_by_inbound(f->store, 1, &back, &f->why), STATUS_OK);
		assert_true(back.verified);

		/* To be advanced, but not a second time. */
		assert_int_equal(back.advanced_at, i == 0 ? 0 : NOW);
		assert_int_equal(
		    reading_mark_advanced(f->store, id, NOW, &f->why),
		    STATUS_OK);
		fixture_commit(f);
	}
}

static struct question
ask(struct fixture *f, const char *parcel, enum question_state state,
    int64_t nudge_at, int64_t closes_at)
{
	struct question question = { .enrolment_id = f->enrolment_id,
		.asks = ASKS_PAIN,
		.visit = 2,
		.answer_within_s = 72000,
		.nudge_after_s = 7200,
		.state = state,
		.asked_at = NOW,
		.closes_at = closes_at,
		.nudge_at = nudge_at };

	snprintf(question.parcel, sizeof(question.parcel), "%s", parcel);
	fixture_begin(f);
	assert_int_equal(
	    question_insert(f->store, &question, &f->why), STATUS_OK);
	fixture_commit(f);
	return question;
}

static void
test_a_question_and_its_life(void **state)
{
	struct fixture *f = *state;
	struct question q = ask(f, "P1", QUESTION_WAITING, 0, 0), back;

	q.state = QUESTION_ANSWERED;
	q.asked_at = NOW + 1;
	q.closes_at = NOW + 2;
	q.nudge_at = NOW + 3;
	q.answered_at = NOW + 4;
	q.nudged = true;
	q.asked_again = true;
	fixture_begin(f);
	assert_int_equal(question_update(f->store, &q, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(
	    question_by_parcel(f->store, "P1", &back, &f->why), STATUS_OK);
	assert_int_equal(back.question_id, q.question_id);
	assert_int_equal(back.enrolment_id, f->enrolment_id);
	assert_string_equal(back.parcel, "P1");
	assert_int_equal(back.asks, ASKS_PAIN);
	assert_int_equal(back.visit, 2);
	assert_int_equal(back.answer_within_s, 72000);
	assert_int_equal(back.nudge_after_s, 7200);
	assert_int_equal(back.state, QUESTION_ANSWERED);
	assert_int_equal(back.asked_at, NOW + 1);
	assert_int_equal(back.closes_at, NOW + 2);
	assert_int_equal(back.nudge_at, NOW + 3);
	assert_int_equal(back.answered_at, NOW + 4);
	assert_true(back.nudged);
	assert_true(back.asked_again);
	assert_int_equal(
	    question_by_id(f->store, q.question_id, &back, &f->why), STATUS_OK);
	assert_int_equal(
	    question_by_parcel(f->store, "P2", &back, &f->why), STATUS_NONE);
	fixture_begin(f);
	assert_int_equal(
	    question_insert(f->store, &q, &f->why), STATUS_BAD_DATA);
	store_rollback(f->store);
}

static int
due(struct fixture *f, int64_t now, bool nudge)
{
	struct question *list = NULL;
	int len = -1;

	assert_int_equal(
	    nudge ? question_due_nudge(f->store, now, &list, &len, &f->why)
		  : question_due_close(f->store, now, &list, &len, &f->why),
	    STATUS_OK);
	free(list);
	return len;
}

static void
test_due_to_nudge_and_to_close(void **state)
{
	struct fixture *f = *state;

	ask(f, "P1", QUESTION_OPEN, NOW + 10, NOW + 20);
	ask(f, "P2", QUESTION_OPEN, 0, NOW + 20);
	ask(f, "P3", QUESTION_ANSWERED, NOW + 10, NOW + 20);
	assert_int_equal(due(f, NOW + 9, true), 0);
	assert_int_equal(due(f, NOW + 10, true), 1);
	assert_int_equal(due(f, NOW + 19, false), 0);
	assert_int_equal(due(f, NOW + 20, false), 2);
}

static void
test_void_when_nobody_waits_for_the_answer(void **state)
{
	struct fixture *f = *state;
	struct question *list = NULL;
	int len = -1;

	ask(f, "P1", QUESTION_ANSWERED, 0, NOW);
	ask(f, "P2", QUESTION_WAITING, 0, 0);
	ask(f, "P3", QUESTION_OPEN, NOW, NOW);
	fixture_begin(f);
	assert_int_equal(
	    question_void_all(f->store, f->enrolment_id, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(question_of_enrolment(f->store, f->enrolment_id, 9,
			     &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 3);
	assert_string_equal(list[0].parcel, "P3");
	assert_int_equal(list[0].state, QUESTION_VOID);
	assert_int_equal(list[0].nudge_at, 0);
	assert_int_equal(list[1].state, QUESTION_VOID);
	assert_int_equal(list[2].state, QUESTION_ANSWERED);
	free(list);
	assert_int_equal(question_of_enrolment(f->store, f->enrolment_id, 1,
			     &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 1);
	free(list);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_stored_once),
		IN_A_CLINIC(test_read_one_by_one),
		IN_A_CLINIC(test_open_until_a_person_answered),
		IN_A_CLINIC(test_a_reading_comes_back_whole),
		IN_A_CLINIC(test_the_other_half_of_a_reading),
		IN_A_CLINIC(test_an_inbound_is_read_once),
		IN_A_CLINIC(test_advanced_once),
		IN_A_CLINIC(test_newest_first_by_when_it_was_written),
		IN_A_CLINIC(test_verified_after_all),
		IN_A_CLINIC(test_a_question_and_its_life),
		IN_A_CLINIC(test_due_to_nudge_and_to_close),
		IN_A_CLINIC(test_void_when_nobody_waits_for_the_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
