/*
 * A day of a clinic, with the disk failing at its first statement, then at its
 * second, and so on: each time the whole comes back with TRY_LATER, leaves the
 * database as it was, frees what it took, and works when it is run again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/alerts.h"
#include "store/history.h"
#include "store/inbox.h"
#include "store/moves.h"
#include "store/room.h"
#include "store/slots.h"
#include "store_fixture.h"

#define TRY(call)                                \
	do {                                     \
		enum status try_status = (call); \
		if (try_status != STATUS_OK)     \
			return try_status;       \
	} while (0)

static enum status
enrol(struct fixture *f)
{
	struct patient_fact fact = { "aggravator", "sitting" };
	struct patient p = fixture_patient(f, "+447700900002", NULL),
		       back = { 0 };
	struct plans_row row = { 0 };
	enum status status;

	p.facts = &fact;
	p.facts_len = 1;
	status = patient_insert(f->store, &p, &f->why);
	if (status == STATUS_OK)
		status = patient_update(f->store, &p, &f->why);
	p.facts = NULL;
	p.facts_len = 0;
	if (status == STATUS_OK)
		status = patient_by_id(f->store, p.patient_id, &back, &f->why);
	if (status == STATUS_OK)
		status = plans_newest(f->store, "plan", &row, &f->why);
	patient_free(&p);
	patient_free(&back);
	plans_row_free(&row);
	return status;
}

static enum status
remind(struct fixture *f, struct message *m)
{
	struct slot slot = { .enrolment_id = f->enrolment_id,
		.reminder = "calm/move",
		.local_date = { 2026, 3, 2 } };
	struct schedule next = { .enrolment_id = f->enrolment_id,
		.reminder = "move",
		.local_date = { 2026, 3, 3 } };
	struct question question = { .enrolment_id = f->enrolment_id };
	int64_t ids[4];
	bool taken;
	int len = 4;

	*m = (struct message){ .patient_id = f->patient_id,
		.kind = KIND_QUESTION,
		.template = "calm/move-1",
		.body = "How is it going?",
		.expires_at = NOW };
	TRY(schedule_due(f->store, NOW, ids, &len, &f->why));
	TRY(outbox_queue(f->store, m, &f->why));
	slot.parcel = m->parcel;
	TRY(slot_take(f->store, &slot, &taken, &f->why));
	TRY(schedule_set(f->store, &next, &f->why));
	memcpy(question.parcel, m->parcel, sizeof(question.parcel));
	return question_insert(f->store, &question, &f->why);
}

static enum status
deliver(struct fixture *f, int64_t id)
{
	struct message *list = NULL;
	int64_t times[4];
	int len = 0, counted = 4;
	bool did;

	TRY(outbox_due(f->store, CHANNEL_SMS, NOW, 9, &list, &len, &f->why));
	message_list_free(list, len);
	TRY(outbox_counted(
	    f->store, f->patient_id, 0, true, NULL, times, &counted, &f->why));
	TRY(outbox_claim(f->store, id, "main", "+44", NOW, &did, &f->why));
	TRY(outbox_settle(f->store, id, MESSAGE_ACCEPTED, "SM1", NULL, NULL,
	    NOW, &did, &f->why));
	return outbox_settle(f->store, id, MESSAGE_DELIVERED, NULL, NULL, NULL,
	    NOW, &did, &f->why);
}

static enum status
hear(struct fixture *f)
{
	struct inbound in = { .gateway = "main", .provider_id = "IN1" };
	struct inbound *unread = NULL;
	struct reading_row row = { .inbound_id = 1,
		.patient_id = f->patient_id,
		.reading = { .flags_len = 1,
		    .flags = { { "saddle", FLAG_EMERGENCY } } } };
	struct reading_row *list = NULL;
	bool is_new;
	int len = 0;

	TRY(inbound_store(f->store, &in, &is_new, &f->why));
	TRY(inbound_unread(f->store, 9, &unread, &len, &f->why));
	inbound_list_free(unread, len);
	TRY(inbound_mark_read(f->store, 1, f->patient_id, NOW, &f->why));
	TRY(reading_insert(f->store, &row, &f->why));
	TRY(reading_new(f->store, 9, &list, &len, &f->why));
	free(list);
	return reading_mark_advanced(f->store, 1, NOW, &f->why);
}

static enum status
end_it(struct fixture *f)
{
	struct alert alert = { .patient_id = f->patient_id };
	struct move move = { .enrolment_id = f->enrolment_id,
		.from_stage = "calm",
		.to_stage = "adjust",
		.act = "advance" };
	struct patient *list = NULL;
	struct message m;
	int64_t count;
	int len = 0;
	bool is_new;

	TRY(alert_insert(f->store, &alert, &is_new, &f->why));
	TRY(move_insert(f->store, &move, &f->why));
	TRY(event_add(f->store, NOW, 1, "moved", "calm", &f->why, "x"));
	TRY(remind(f, &m));
	TRY(outbox_cancel(f->store, f->patient_id, true, NULL, "stopped", NOW,
	    &count, &f->why));
	TRY(outbox_expire(f->store, NOW + 1, &count, &f->why));
	TRY(patient_all(f->store, &list, &len, &f->why));
	patient_list_free(list, len);
	return patient_erase(f->store, f->patient_id, NOW, &f->why);
}

static enum status
a_day(struct fixture *f)
{
	struct message m;

	TRY(enrol(f));
	TRY(remind(f, &m));
	TRY(deliver(f, m.message_id));
	TRY(hear(f));
	return end_it(f);
}

/* The whole day in one transaction, which is undone unless all went well. */
static enum status
try_a_day(struct fixture *f)
{
	enum status status = store_begin(f->store, &f->why);

	if (status != STATUS_OK)
		return status;
	status = a_day(f);
	if (status == STATUS_OK)
		return store_commit(f->store, &f->why);
	store_rollback(f->store);
	return status;
}

/* How many rows there are in all, and a sum over what changes in them. */
static int64_t
fingerprint(struct fixture *f)
{
	return fixture_count(f,
	    "SELECT (SELECT count(*) FROM patient) * 1000003"
	    " + (SELECT count(*) FROM patient_fact) * 500009"
	    " + (SELECT total(erased_at) FROM patient)"
	    " + (SELECT count(*) FROM message) * 10007"
	    " + (SELECT count(*) FROM slot) * 1009"
	    " + (SELECT count(*) FROM schedule) * 2003"
	    " + (SELECT count(*) FROM question) * 3001"
	    " + (SELECT count(*) FROM inbound) * 4001"
	    " + (SELECT count(*) FROM reading) * 5003"
	    " + (SELECT count(*) FROM red_flag) * 6007"
	    " + (SELECT count(*) FROM alert) * 7001"
	    " + (SELECT count(*) FROM move) * 8009"
	    " + (SELECT count(*) FROM event) * 9001");
}

static void
test_each_statement_may_fail(void **state)
{
	struct fixture *f = *state;
	int64_t before = fingerprint(f);
	int steps = 0;
	enum status status;

	do {
		db_fail_after(f->store->db, ++steps);
		status = try_a_day(f);
		if (status != STATUS_OK && fingerprint(f) != before)
			fail_msg(
			    "a failure at statement %d left something", steps);
	} while (status == STATUS_TRY_LATER);
	assert_int_equal(status, STATUS_OK);
	assert_true(fingerprint(f) != before);

	/* So many statements did fail, each in its turn. */
	assert_true(steps > 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_each_statement_may_fail,
		    fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
