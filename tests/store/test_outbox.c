/*
 * Messages on their way: what may go now, who may take it, what a tick that
 * died leaves behind, and what never goes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/inbox.h"
#include "store/slots.h"
#include "store_fixture.h"

static struct message
get(struct fixture *f, int64_t message_id)
{
	struct message m = { 0 };

	assert_int_equal(
	    outbox_by_id(f->store, message_id, &m, &f->why), STATUS_OK);
	return m;
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
test_queued_and_read(void **state)
{
	struct fixture *f = *state;
	struct message m = { .patient_id = f->patient_id,
		.alert_id = 7,
		.kind = KIND_NUDGE,
		.channel = CHANNEL_EMAIL,
		.recipient = "duty@clinic.example",
		.stage = "calm",
		.template = "nudge",
		.asks = ASKS_SETTLED,
		.subject = "caf\xc3\xa9",
		.body = "body",
		.html = "<p>body</p>",
		.in_reply_to = "<1@x>",
		.segments = 2,
		.state = MESSAGE_FAILED,
		.queued_at = NOW,
		.due_at = NOW + 1,
		.expires_at = NOW + 2,
		.because = "quiet hours" };
	struct message back = { 0 };

	fixture_begin(f);
	assert_int_equal(outbox_queue(f->store, &m, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(strlen(m.key), 16);
	assert_string_equal(m.key, m.parcel);
	assert_int_equal(
	    outbox_by_key(f->store, m.key, &back, &f->why), STATUS_OK);
	assert_int_equal(back.message_id, m.message_id);
	assert_string_equal(back.key, m.key);
	assert_string_equal(back.parcel, m.parcel);
	assert_int_equal(back.patient_id, f->patient_id);
	assert_int_equal(back.alert_id, 7);
	assert_int_equal(back.kind, KIND_NUDGE);
	assert_int_equal(back.channel, CHANNEL_EMAIL);
	same_text(back.recipient, m.recipient);
	same_text(back.stage, m.stage);
	same_text(back.template, m.template);
	assert_int_equal(back.asks, ASKS_SETTLED);
	same_text(back.subject, m.subject);
	same_text(back.body, m.body);
	same_text(back.html, m.html);
	same_text(back.in_reply_to, m.in_reply_to);
	assert_int_equal(back.segments, 2);
	assert_int_equal(back.state, MESSAGE_QUEUED);
	assert_int_equal(back.queued_at, NOW);
	assert_int_equal(back.due_at, NOW + 1);
	assert_int_equal(back.expires_at, NOW + 2);
	assert_int_equal(back.attempts, 0);
	same_text(back.because, "quiet hours");
	message_free(&back);
	assert_int_equal(
	    outbox_by_key(f->store, "NOSUCHKEY", &back, &f->why), STATUS_NONE);
}

static void
test_the_gravest_goes_first(void **state)
{
	struct fixture *f = *state;
	const int64_t order[] = {
		/* in the order of going */
		fixture_queue(f, KIND_SAFETY_NET, "b", NOW).message_id,
		fixture_queue(f, KIND_CLINICIAN_ALERT, "c", NOW - 9).message_id,
		fixture_queue(f, KIND_REMINDER, "a", NOW - 5).message_id,
		fixture_queue(f, KIND_REMINDER, "d", NOW).message_id,
		fixture_queue(f, KIND_REMINDER, "e", NOW).message_id,
	};
	struct message *list = NULL;
	int len = 0;

	fixture_queue(f, KIND_SAFETY_NET, "later", NOW + 1);
	assert_int_equal(
	    outbox_due(f->store, CHANNEL_SMS, NOW, 99, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 5);
	for (int i = 0; i < len; i++)
		assert_int_equal(list[i].message_id, order[i]);
	message_list_free(list, len);
	assert_int_equal(
	    outbox_due(f->store, CHANNEL_SMS, NOW, 2, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 2);
	message_list_free(list, len);
}

static void
test_only_one_claims(void **state)
{
	struct fixture *f = *state;
	struct message m = fixture_queue(f, KIND_REMINDER, "a", NOW);
	struct message *list = NULL;
	bool claimed = true;
	int len = -1;

	fixture_claim(f, m.message_id, NOW + 3);
	fixture_begin(f);
	assert_int_equal(outbox_claim(f->store, m.message_id, "other", "+49",
			     NOW + 4, &claimed, &f->why),
	    STATUS_OK);
	fixture_commit(f);
	assert_false(claimed);
	m = get(f, m.message_id);
	assert_int_equal(m.state, MESSAGE_SENDING);
	assert_int_equal(m.attempts, 1);
	assert_int_equal(m.claimed_at, NOW + 3);
	assert_string_equal(m.gateway, "main");
	assert_string_equal(m.address, "+447700900001");
	message_free(&m);
	assert_int_equal(
	    outbox_due(f->store, CHANNEL_SMS, NOW, 9, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 0);
	message_list_free(list, len);
}

static void
hold(struct fixture *f, int64_t id, int64_t due_at, const char *because)
{
	fixture_begin(f);
	assert_int_equal(
	    outbox_hold(f->store, id, due_at, because, &f->why), STATUS_OK);
	fixture_commit(f);
}

static void
test_held_until_later(void **state)
{
	struct fixture *f = *state;
	struct message m = fixture_queue(f, KIND_REMINDER, "a", NOW);

	hold(f, m.message_id, NOW + 60, "quiet hours");
	m = get(f, m.message_id);
	assert_int_equal(m.due_at, NOW + 60);
	assert_string_equal(m.because, "quiet hours");
	message_free(&m);

	/* Too late: it is on its way, and that is its reason now. */
	fixture_claim(f, 1, NOW);
	hold(f, 1, NOW + 90, "weekly limit");
	m = get(f, 1);
	assert_int_equal(m.due_at, NOW + 60);
	assert_string_equal(m.because, "");
	message_free(&m);
}

static void
test_a_tick_that_died(void **state)
{
	struct fixture *f = *state;
	int64_t later = fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;
	int64_t first = fixture_queue(f, KIND_REMINDER, "b", NOW).message_id;
	int64_t queued = fixture_queue(f, KIND_REMINDER, "c", NOW).message_id;
	struct outbox_place place = { 0 };
	struct message *list = NULL;
	int64_t count = -1;
	int len = -1;

	fixture_claim(f, first, NOW + 1);
	fixture_claim(f, later, NOW + 2);

	/* Killed here: the next one opens the file as it is. */
	store_close(f->store);
	assert_int_equal(store_open(f->path, &f->store, &f->why), STATUS_OK);
	fixture_begin(f);
	assert_int_equal(outbox_recover(f->store, &count, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(count, 2);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(
		    outbox_unknown(f->store, &place, 1, &list, &len, &f->why),
		    STATUS_OK);
		assert_int_equal(len, i < 2);
		if (i < 2)
			assert_int_equal(
			    list[0].message_id, i == 0 ? first : later);
		message_list_free(list, len);
	}
	assert_int_equal(fixture_state(f, queued), MESSAGE_QUEUED);
}

static void
test_surely_not_taken(void **state)
{
	static const struct {
		const char *before;
		enum message_state after;
	} cases[] = {
		{ "state = 'sending'", MESSAGE_QUEUED },
		{ "state = 'unknown'", MESSAGE_QUEUED },
		{ "state = 'unknown', settled_at = 1", MESSAGE_UNKNOWN },
		{ "state = 'accepted'", MESSAGE_ACCEPTED },
		{ "state = 'delivered'", MESSAGE_DELIVERED },
		{ "state = 'failed'", MESSAGE_FAILED },
		{ "state = 'cancelled'", MESSAGE_CANCELLED },
	};
	struct fixture *f = *state;
	int64_t id = fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char sql[160];
		struct message m;

		snprintf(sql, sizeof(sql),
		    "UPDATE message SET due_at = 0, settled_at = NULL, %s",
		    cases[i].before);
		assert_int_equal(fixture_sql(f, sql), 0);
		fixture_begin(f);
		assert_int_equal(outbox_requeue(f->store, id, NOW + 60,
				     "429 from the gateway", &f->why),
		    STATUS_OK);
		fixture_commit(f);
		m = get(f, id);
		assert_int_equal(m.state, cases[i].after);
		assert_int_equal(
		    m.due_at, m.state == MESSAGE_QUEUED ? NOW + 60 : 0);
		message_free(&m);
	}
}

static void
test_a_transfer_that_broke(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_queue(f, KIND_REMINDER, "a", NOW).message_id;

	for (int i = 0; i < 2; i++) {
		fixture_begin(f);
		assert_int_equal(
		    outbox_doubt(f->store, id, "timeout", &f->why), STATUS_OK);
		fixture_commit(f);

		/* Queued, it is in no doubt; sending, it is. */
		assert_int_equal(fixture_state(f, id),
		    i == 0 ? MESSAGE_QUEUED : MESSAGE_UNKNOWN);
		if (i == 0)
			fixture_claim(f, id, NOW);
	}
}

static void
take_slot(struct fixture *f, int day, char *parcel)
{
	struct slot slot = { .enrolment_id = f->enrolment_id,
		.reminder = "calm/move",
		.local_date = { 2026, 3, day },
		.parcel = parcel };
	struct question question = { .enrolment_id = f->enrolment_id,
		.asks = ASKS_PAIN };
	bool taken = false;

	memcpy(question.parcel, parcel, sizeof(question.parcel));
	fixture_begin(f);
	assert_int_equal(
	    slot_take(f->store, &slot, &taken, &f->why), STATUS_OK);
	assert_int_equal(
	    question_insert(f->store, &question, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_true(taken);
}

static int64_t
spoilt(struct fixture *f, const char *parcel)
{
	char sql[256];

	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM slot JOIN question USING (parcel)"
	    " WHERE parcel = '%s' AND slot.because <> ''"
	    " AND question.state = 'void'",
	    parcel);
	return fixture_count(f, sql);
}

static void
test_expired(void **state)
{
	struct fixture *f = *state;
	struct message old = fixture_queue(f, KIND_REMINDER, "a", NOW);
	struct message young = fixture_queue(f, KIND_REMINDER, "b", NOW + 1);
	struct message gone = fixture_queue(f, KIND_REMINDER, "c", NOW);
	int64_t count = -1;

	take_slot(f, 2, old.parcel);
	take_slot(f, 3, young.parcel);
	take_slot(f, 4, gone.parcel);
	fixture_claim(f, gone.message_id, NOW);
	for (int i = 0; i < 2; i++) {
		/* Of use until NOW + 3600, that second included. */
		fixture_begin(f);
		assert_int_equal(
		    outbox_expire(f->store, NOW + 3600 + i, &count, &f->why),
		    STATUS_OK);
		fixture_commit(f);
		assert_int_equal(count, i);
	}
	old = get(f, old.message_id);
	assert_int_equal(old.state, MESSAGE_EXPIRED);
	assert_int_equal(old.settled_at, NOW + 3601);
	assert_int_equal(spoilt(f, old.parcel), 1);
	assert_int_equal(spoilt(f, young.parcel), 0);
	assert_int_equal(spoilt(f, gone.parcel), 0);
	assert_int_equal(fixture_state(f, gone.message_id), MESSAGE_SENDING);
	message_free(&old);
}

static void
test_cancelled_by_the_table_of_kinds(void **state)
{
	struct fixture *f = *state;

	for (int stop = 0; stop < 2; stop++)
		for (int kind = 0; kind < KIND__MAX; kind++) {
			const struct kind_rule *rule = &kind_rules[kind];
			struct message m =
			    fixture_queue(f, (enum kind)kind, "a", NOW);
			bool goes = stop ? rule->blocked_by_stop : rule->paused;
			int64_t count = -1;

			fixture_begin(f);
			assert_int_equal(
			    outbox_cancel(f->store, f->patient_id, stop, NULL,
				"stopped", NOW, &count, &f->why),
			    STATUS_OK);
			fixture_commit(f);
			if (count != goes || (fixture_state(f, m.message_id) ==
						 MESSAGE_CANCELLED) != goes)
				fail_msg("%s, stop %d", rule->name, stop);
			fixture_sql(f, "DELETE FROM message");
		}
}

static void
test_cancelled_with_its_stage(void **state)
{
	struct fixture *f = *state;
	struct message calm = fixture_queue(f, KIND_REMINDER, "a", NOW);
	struct message any = fixture_queue(f, KIND_REMINDER, "b", NOW);
	struct message sent = fixture_queue(f, KIND_REMINDER, "c", NOW);
	int64_t count = -1;

	take_slot(f, 2, calm.parcel);
	fixture_sql(f, "UPDATE message SET stage = 'calm' WHERE template "
		       "IN ('a', 'c')");
	fixture_claim(f, sent.message_id, NOW);
	fixture_begin(f);
	assert_int_equal(outbox_cancel(f->store, f->patient_id, false, "calm",
			     "left Calm", NOW + 5, &count, &f->why),
	    STATUS_OK);
	fixture_commit(f);
	assert_int_equal(count, 1);
	calm = get(f, calm.message_id);
	assert_int_equal(calm.state, MESSAGE_CANCELLED);
	assert_int_equal(calm.settled_at, NOW + 5);
	assert_string_equal(calm.because, "left Calm");
	assert_int_equal(spoilt(f, calm.parcel), 1);
	assert_int_equal(fixture_state(f, any.message_id), MESSAGE_QUEUED);
	assert_int_equal(fixture_state(f, sent.message_id), MESSAGE_SENDING);
	message_free(&calm);
}

static void
test_the_other_channel_keeps_the_slot(void **state)
{
	struct fixture *f = *state;
	struct message sms = fixture_queue(f, KIND_QUESTION, "a", NOW);
	char sql[128];

	/* The email of the same parcel goes; the SMS is too late. */
	take_slot(f, 2, sms.parcel);
	fixture_claim(
	    f, fixture_queue(f, KIND_QUESTION, "a", NOW).message_id, NOW);
	snprintf(sql, sizeof(sql),
	    "UPDATE message SET parcel = '%s' WHERE state = 'sending'",
	    sms.parcel);
	assert_int_equal(fixture_sql(f, sql), 0);
	fixture_begin(f);
	assert_int_equal(
	    outbox_expire(f->store, NOW + 9999, NULL, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(fixture_state(f, sms.message_id), MESSAGE_EXPIRED);
	assert_int_equal(spoilt(f, sms.parcel), 0);
}

/* Rows of a patient's last days, and what of them counts against a limit. */
static void
test_what_counts(void **state)
{
	static const char *const rows[] = {
		/* parcel, kind, state, due, claimed, accepted */
		"'P1', 'reminder', 'accepted', 1, 2, 100",
		"'P1', 'reminder', 'delivered', 1, 2, 101", /* and by email */
		"'P2', 'question', 'delivered', 1, 2, 90",
		"'P3', 'reminder', 'unknown', 1, 80, NULL",
		"'P4', 'reminder', 'sending', 1, 70, NULL",
		"'P5', 'reminder', 'queued', 60, NULL, NULL",
		"'P6', 'welcome', 'undelivered', 1, 2, 50",
		"'P7', 'reminder', 'accepted', 1, 2, 40", /* before */
		"'P8', 'reminder', 'failed', 1, 200, NULL",
		"'P9', 'reminder', 'cancelled', 200, NULL, NULL",
		"'PA', 'reminder', 'expired', 200, NULL, NULL",
		"'PB', 'answer', 'accepted', 1, 2, 200",
		"'PC', 'nudge', 'accepted', 1, 2, 200",
		"'PD', 'clinician-alert', 'accepted', 1, 2, 200",
	};
	static const struct {
		bool queued;
		const char *but;
		int room;
		int found;
		int64_t times[6];
	} cases[] = {
		{ true, NULL, 20, 6, { 100, 90, 80, 70, 60, 50 } },
		{ true, "", 20, 6, { 100, 90, 80, 70, 60, 50 } },
		{ false, NULL, 20, 5, { 100, 90, 80, 70, 50 } },
		{ true, "P2", 20, 5, { 100, 80, 70, 60, 50 } },
		{ false, "P1", 20, 4, { 90, 80, 70, 50 } },
		{ true, NULL, 2, 2, { 100, 90 } },
		{ true, NULL, 0, 0, { 0 } },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char sql[512];

		snprintf(sql, sizeof(sql),
		    "INSERT INTO message (key, patient_id, channel, template,"
		    " asks, body, segments, priority, queued_at, expires_at,"
		    " parcel, kind, state, due_at, claimed_at, accepted_at)"
		    " VALUES ('K%zu', 1, 'sms', 't', 'none', '', 1, 1, 1, 120,"
		    " %s)",
		    i, rows[i]);
		assert_int_equal(fixture_sql(f, sql), 0);
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t times[20];
		int len = cases[i].room;

		assert_int_equal(
		    outbox_counted(f->store, 1, 50, cases[i].queued,
			cases[i].but, times, &len, &f->why),
		    STATUS_OK);
		assert_int_equal(len, cases[i].found);
		for (int j = 0; j < len; j++)
			assert_int_equal(times[j], cases[i].times[j]);
	}
}

static void
test_of_a_patient_and_not_about_him(void **state)
{
	struct fixture *f = *state;
	struct message *list = NULL;
	int64_t id = fixture_queue(f, KIND_ANSWER, "a", NOW + 9).message_id;
	int len = 0;

	fixture_queue(f, KIND_CLINICIAN_ALERT, "alert", NOW);
	fixture_queue(f, KIND_REMINDER, "b", NOW);
	assert_int_equal(
	    outbox_of_patient(f->store, f->patient_id, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 2);
	assert_int_equal(list[0].message_id, id);
	assert_string_equal(list[1].template, "b");
	message_list_free(list, len);
}

static void
test_has_it_gone(void **state)
{
	static const struct {
		const char *row; /* the only message */
		bool has;
	} cases[] = {
		{ "state = 'queued', due_at = 0", true },
		{ "state = 'sending', claimed_at = 100", true },
		{ "state = 'accepted', accepted_at = 100", true },
		{ "state = 'delivered', accepted_at = 99", false },
		{ "state = 'cancelled'", false },
		{ "state = 'expired'", false },
		{ "state = 'failed', claimed_at = 200", false },
		{ "state = 'queued', template = 'other'", false },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char sql[200];
		bool by_patient = !cases[i].has, by_recipient = !cases[i].has;

		fixture_queue(f, KIND_ANSWER, "start", NOW);
		snprintf(sql, sizeof(sql),
		    "UPDATE message SET recipient = '+447700900009', %s",
		    cases[i].row);
		assert_int_equal(fixture_sql(f, sql), 0);
		assert_int_equal(outbox_has(f->store, f->patient_id, NULL,
				     "start", 100, &by_patient, &f->why),
		    STATUS_OK);
		assert_int_equal(outbox_has(f->store, 0, "+447700900009",
				     "start", 100, &by_recipient, &f->why),
		    STATUS_OK);
		if (by_patient != cases[i].has || by_recipient != cases[i].has)
			fail_msg("%s", cases[i].row);
		fixture_sql(f, "DELETE FROM message");
	}
}

/* What a gateway has cost since 100, in segments; an email is one. */
static void
test_what_is_paid_for(void **state)
{
	static const struct {
		const char *row; /* the only message */
		int64_t segments;
	} cases[] = {
		{ "state = 'accepted', accepted_at = 100, segments = 3", 3 },
		{ "state = 'delivered', accepted_at = 100, segments = 0", 1 },
		{ "state = 'undelivered', accepted_at = 100, segments = 2", 2 },
		{ "state = 'accepted', accepted_at = 99, segments = 3", 0 },
		/* It may have been taken. */
		{ "state = 'sending', claimed_at = 100, segments = 2", 2 },
		{ "state = 'unknown', claimed_at = 100, segments = 2", 2 },
		{ "state = 'unknown', claimed_at = 99, segments = 2", 0 },
		/* It surely was not. */
		{ "state = 'queued', claimed_at = 100, segments = 2", 0 },
		{ "state = 'failed', claimed_at = 100, segments = 2", 0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t main = -1, other = -1;
		char sql[200];

		fixture_queue(f, KIND_ANSWER, "start", NOW);
		snprintf(sql, sizeof(sql),
		    "UPDATE message SET gateway = 'main', %s", cases[i].row);
		assert_int_equal(fixture_sql(f, sql), 0);
		assert_int_equal(
		    outbox_spent(f->store, "main", 100, &main, &f->why),
		    STATUS_OK);
		assert_int_equal(
		    outbox_spent(f->store, "other", 100, &other, &f->why),
		    STATUS_OK);
		if (main != cases[i].segments || other != 0)
			fail_msg("%s", cases[i].row);
		fixture_sql(f, "DELETE FROM message");
	}
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_queued_and_read),
		IN_A_CLINIC(test_the_gravest_goes_first),
		IN_A_CLINIC(test_only_one_claims),
		IN_A_CLINIC(test_held_until_later),
		IN_A_CLINIC(test_a_tick_that_died),
		IN_A_CLINIC(test_surely_not_taken),
		IN_A_CLINIC(test_a_transfer_that_broke),
		IN_A_CLINIC(test_expired),
		IN_A_CLINIC(test_cancelled_by_the_table_of_kinds),
		IN_A_CLINIC(test_cancelled_with_its_stage),
		IN_A_CLINIC(test_the_other_channel_keeps_the_slot),
		IN_A_CLINIC(test_what_counts),
		IN_A_CLINIC(test_of_a_patient_and_not_about_him),
		IN_A_CLINIC(test_has_it_gone),
		IN_A_CLINIC(test_what_is_paid_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
