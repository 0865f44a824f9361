/*
 * Answers, lookups and receipts come in any order and more than once: from
 * each state to each other, what moves and what does not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store_fixture.h"

/*
 * A row for each state that a message can be in, a column for each that it
 * may be settled as, in the order of targets[] below; x where it moves.
 */
static const struct {
	const char *from;
	const char *moves; /* a sign and a space for each target */
} table[] = {
	/*                                 u a d u f c e */
	{ "state = 'queued'", /*        */ "- x x x x x x" },
	{ "state = 'sending'", /*       */ "x x x x x - -" },
	{ "state = 'unknown'", /*       */ "x x x x x - -" },
	{ "state = 'unknown', settled_at = 1", "- x x x x - -" },
	{ "state = 'accepted'", /*      */ "- - x x x - -" },
	{ "state = 'delivered'", /*     */ "- - - - - - -" },
	{ "state = 'undelivered'", /*   */ "- - - - - - -" },
	{ "state = 'failed'", /*        */ "- - - - - - -" },
	{ "state = 'cancelled'", /*     */ "- - - - - - -" },
	{ "state = 'expired'", /*       */ "- - - - - - -" },
};

static const enum message_state targets[] = { MESSAGE_UNKNOWN, MESSAGE_ACCEPTED,
	MESSAGE_DELIVERED, MESSAGE_UNDELIVERED, MESSAGE_FAILED,
	MESSAGE_CANCELLED, MESSAGE_EXPIRED };

static enum status
settle(struct fixture *f, int64_t id, enum message_state to,
    const char *provider_id, int64_t now, bool *moved)
{
	enum status status;

	fixture_begin(f);
	status = outbox_settle(
	    f->store, id, to, provider_id, NULL, NULL, now, moved, &f->why);
	fixture_commit(f);
	return status;
}

static void
put(struct fixture *f, const char *from)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "UPDATE message SET settled_at = NULL, accepted_at = NULL, %s",
	    from);
	assert_int_equal(fixture_sql(f, sql), 0);
}

static void
test_only_forward(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		for (size_t j = 0; j < sizeof(targets) / sizeof(*targets);
		     j++) {
			bool expected = table[i].moves[2 * j] == 'x';
			enum message_state before, after;
			bool moved = !expected;

			put(f, table[i].from);
			before = fixture_state(f, id);
			assert_int_equal(
			    settle(f, id, targets[j], NULL, NOW, &moved),
			    STATUS_OK);
			after = fixture_state(f, id);
			if (moved != expected ||
			    after != (expected ? targets[j] : before))
				fail_msg("from %s to %s", table[i].from,
				    message_state_names[targets[j]]);
		}
}

/* When it counts as accepted, and since when it is settled; 0 for never. */
static void
test_times(void **state)
{
	static const struct {
		const char *from;
		enum message_state to;
		int64_t accepted_at;
		int64_t settled_at;
	} cases[] = {
		{ "state = 'sending', claimed_at = 50", MESSAGE_ACCEPTED, 90,
		    0 },
		/* Found out later: taken about when it was sent. */
		{ "state = 'unknown', claimed_at = 50", MESSAGE_ACCEPTED, 50,
		    0 },
		{ "state = 'unknown', settled_at = 60, claimed_at = 50",
		    MESSAGE_ACCEPTED, 50, 0 },
		{ "state = 'unknown', claimed_at = 50", MESSAGE_DELIVERED, 50,
		    90 },
		{ "state = 'accepted', accepted_at = 55, claimed_at = 50",
		    MESSAGE_DELIVERED, 55, 90 },
		{ "state = 'accepted', accepted_at = 55, claimed_at = 50",
		    MESSAGE_UNDELIVERED, 55, 90 },
		{ "state = 'sending', claimed_at = 50", MESSAGE_FAILED, 0, 90 },
		{ "state = 'sending', claimed_at = 50", MESSAGE_UNKNOWN, 0,
		    90 },
		{ "state = 'queued', claimed_at = NULL", MESSAGE_CANCELLED, 0,
		    90 },
	};
	struct fixture *f = *state;
	int64_t id = fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct message m = { 0 };
		bool moved = false;

		put(f, cases[i].from);
		assert_int_equal(
		    settle(f, id, cases[i].to, NULL, 90, &moved), STATUS_OK);
		assert_true(moved);
		assert_int_equal(
		    outbox_by_id(f->store, id, &m, &f->why), STATUS_OK);
		if (m.accepted_at != cases[i].accepted_at ||
		    m.settled_at != cases[i].settled_at)
			fail_msg("%s: %d, %d", cases[i].from,
			    (int)m.accepted_at, (int)m.settled_at);
		message_free(&m);
	}
}

static void
test_what_is_not_said_stays(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;
	struct message m = { 0 };
	bool moved = false;

	fixture_claim(f, id, NOW);
	fixture_begin(f);
	assert_int_equal(
	    outbox_settle(f->store, id, MESSAGE_ACCEPTED, "SM1", "202",
		"queued at the provider", NOW, &moved, &f->why),
	    STATUS_OK);
	assert_true(moved);
	assert_int_equal(outbox_settle(f->store, id, MESSAGE_DELIVERED, NULL,
			     NULL, NULL, NOW, &moved, &f->why),
	    STATUS_OK);
	fixture_commit(f);
	assert_true(moved);
	assert_int_equal(
	    outbox_by_provider_id(f->store, "main", "SM1", &m, &f->why),
	    STATUS_OK);
	assert_int_equal(m.message_id, id);
	assert_int_equal(m.state, MESSAGE_DELIVERED);
	assert_string_equal(m.code, "202");
	assert_string_equal(m.because, "queued at the provider");
	message_free(&m);
	assert_int_equal(
	    outbox_by_provider_id(f->store, "other", "SM1", &m, &f->why),
	    STATUS_NONE);
}

static void
test_an_id_stands_on_one_row(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;
	int64_t second = fixture_queue(f, KIND_REMINDER, "b", NOW).message_id;
	bool moved = false;

	fixture_claim(f, first, NOW);
	fixture_claim(f, second, NOW);
	assert_int_equal(
	    settle(f, first, MESSAGE_ACCEPTED, "SM1", NOW, &moved), STATUS_OK);
	moved = false;
	assert_int_equal(
	    settle(f, second, MESSAGE_ACCEPTED, "SM1", NOW, &moved),
	    STATUS_BAD_DATA);
	assert_false(moved);
	assert_int_equal(fixture_state(f, second), MESSAGE_SENDING);

	/* The same said again of the first is no clash, and no move. */
	assert_int_equal(
	    settle(f, first, MESSAGE_ACCEPTED, "SM1", NOW, &moved), STATUS_OK);
	assert_false(moved);
	assert_int_equal(
	    settle(f, second, MESSAGE_ACCEPTED, "SM2", NOW, &moved), STATUS_OK);
	assert_true(moved);
}

static void
test_the_oldest_that_waits_for_a_receipt(void **state)
{
	struct fixture *f = *state;
	int64_t accepted_at = -1;
	bool moved;

	for (int i = 0; i < 4; i++) {
		int64_t id =
		    fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;

		fixture_claim(f, id, NOW);
		settle(f, id, MESSAGE_ACCEPTED, NULL, 400 - 100 * i, &moved);
		if (i == 3)
			settle(f, id, MESSAGE_DELIVERED, NULL, 500, &moved);
	}
	assert_int_equal(
	    outbox_oldest_unsettled(f->store, "main", 0, &accepted_at, &f->why),
	    STATUS_OK);
	assert_int_equal(accepted_at, 200);
	assert_int_equal(outbox_oldest_unsettled(
			     f->store, "main", 201, &accepted_at, &f->why),
	    STATUS_OK);
	assert_int_equal(accepted_at, 300);
	assert_int_equal(outbox_oldest_unsettled(
			     f->store, "other", 0, &accepted_at, &f->why),
	    STATUS_OK);
	assert_int_equal(accepted_at, 0);
}

static void
settle_what_is_not_there(struct fixture *f)
{
	bool moved;

	settle(f, 999, MESSAGE_FAILED, NULL, NOW, &moved);
}

static void
settle_as_sending(struct fixture *f)
{
	bool moved;

	settle(f, 1, MESSAGE_SENDING, NULL, NOW, &moved);
}

static void
test_bugs_stop_the_program(void **state)
{
	fixture_queue(*state, KIND_REMINDER, "a", NOW);
	assert_true(fixture_panics(settle_what_is_not_there, *state));
	assert_true(fixture_panics(settle_as_sending, *state));
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_only_forward),
		IN_A_CLINIC(test_times),
		IN_A_CLINIC(test_what_is_not_said_stays),
		IN_A_CLINIC(test_an_id_stands_on_one_row),
		IN_A_CLINIC(test_the_oldest_that_waits_for_a_receipt),
		IN_A_CLINIC(test_bugs_stop_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
