/*
 * A patient asks to be forgotten. Afterwards no byte of the name, the
 * addresses or any text is in any column of any table; what the review
 * counts still is.
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

#include "base/memory.h"
#include "store/alerts.h"
#include "store/history.h"
#include "store/inbox.h"
#include "store/moves.h"
#include "store/slots.h"
#include "store_fixture.h"

/* Every word of the patient's in this test has this in it. */
#define TRACE "zanzibar"

static void
leave_traces_on_the_patient(struct fixture *f)
{
	struct patient p = { 0 };
	struct patient_fact *fact = xcalloc(1, sizeof(*fact));

	assert_int_equal(
	    patient_by_id(f->store, f->patient_id, &p, &f->why), STATUS_OK);
	fact->key = xstrdup("aggravator");
	fact->value = xstrdup(TRACE);
	p.facts = fact;
	p.facts_len = 1;
	replace_text(&p.name, "Ann " TRACE);
	replace_text(&p.email, TRACE "@example.org");
	replace_text(&p.carer, "Uncle " TRACE);
	replace_text(&p.clinician, "Dr Grey");
	p.state = PATIENT_PAUSED;
	replace_text(&p.paused_by, "clinician");
	p.decide_at = p.watch_at = NOW;
	assert_int_equal(patient_update(f->store, &p, &f->why), STATUS_OK);
	patient_free(&p);
}

static struct message
traced_message(struct fixture *f, enum kind kind)
{
	char to[] = TRACE "@example.org", template[] = "calm/move-1",
	     words[] = "Hello " TRACE, id[] = "<1@" TRACE ">";
	struct message message = { .patient_id = f->patient_id,
		.kind = kind,
		.channel = CHANNEL_EMAIL,
		.recipient = to,
		.template = template,
		.subject = words,
		.body = words,
		.html = words,
		.in_reply_to = id,
		.queued_at = NOW,
		.due_at = NOW,
		.expires_at = NOW + 60 };

	assert_int_equal(outbox_queue(f->store, &message, &f->why), STATUS_OK);
	message.recipient = message.template = message.subject = NULL;
	message.body = message.html = message.in_reply_to = NULL;
	return message;
}

/* One queued, one refused by the provider in its own words, one in doubt. */
static void
leave_traces_in_messages(struct fixture *f)
{
	// NOLINTNEXTLINE(clang-analyzer-deadcode.*): only its row matters
	struct message m = traced_message(f, KIND_ANSWER);
	bool did;

	m = traced_message(f, KIND_REMINDER);
	assert_int_equal(outbox_claim(f->store, m.message_id, "main",
			     TRACE "@example.org", NOW, &did, &f->why),
	    STATUS_OK);
	assert_int_equal(
	    outbox_settle(f->store, m.message_id, MESSAGE_FAILED, "id-1", "550",
		"no such user " TRACE, NOW, &did, &f->why),
	    STATUS_OK);
	m = traced_message(f, KIND_NOTE);
	assert_int_equal(outbox_claim(f->store, m.message_id, "main",
			     TRACE "@example.org", NOW, &did, &f->why),
	    STATUS_OK);
	assert_int_equal(outbox_recover(f->store, NULL, &f->why), STATUS_OK);
}

static void
leave_traces_in_replies(struct fixture *f)
{
	struct inbound in = { .gateway = "main",
		.provider_id = "in-1",
		.channel = CHANNEL_EMAIL,
		.sender = TRACE "@example.org",
		.recipient = "care+" TRACE "@clinic.example",
		.body = "It hurts, " TRACE,
		.came_at = NOW,
		.stored_at = NOW };
	struct reading_row row = { .inbound_id = 1,
		.patient_id = f->patient_id,
		.visit = 1,
		.at = NOW,
		.asked = ASKS_PAIN,
		.reading = reading_none(),
		.verified = true };
	bool is_new;

	row.reading.pain = 4;
	assert_int_equal(
	    inbound_store(f->store, &in, &is_new, &f->why), STATUS_OK);
	assert_int_equal(
	    inbound_mark_read(f->store, 1, f->patient_id, NOW, &f->why),
	    STATUS_OK);
	assert_int_equal(
	    inbound_set_handled(f->store, 1, "open", &f->why), STATUS_OK);
	assert_int_equal(reading_insert(f->store, &row, &f->why), STATUS_OK);
}

static void
leave_traces_elsewhere(struct fixture *f)
{
	struct alert alert = { .patient_id = f->patient_id,
		.kind = ALERT_PAIN,
		.level = "urgent",
		.because = "pain 8 at the last check-in",
		.opened_at = NOW };
	struct move move = { .enrolment_id = f->enrolment_id,
		.from_stage = "calm",
		.to_stage = "adjust",
		.act = "advance",
		.because = "pain 2 and 3",
		.at = NOW };
	struct schedule next = { .enrolment_id = f->enrolment_id,
		.stage = "calm",
		.reminder = "move",
		.local_date = { 2026, 3, 3 },
		.due_at = NOW,
		.wake_at = NOW };
	struct question question = { .enrolment_id = f->enrolment_id,
		.parcel = "PARCEL",
		.asks = ASKS_PAIN,
		.state = QUESTION_OPEN,
		.nudge_at = NOW };
	bool is_new;

	assert_int_equal(
	    alert_insert(f->store, &alert, &is_new, &f->why), STATUS_OK);
	alert.state = ALERT_CLOSED;
	alert.outcome = "talked to " TRACE;
	assert_int_equal(alert_update(f->store, &alert, &f->why), STATUS_OK);
	assert_int_equal(move_insert(f->store, &move, &f->why), STATUS_OK);
	assert_int_equal(schedule_set(f->store, &next, &f->why), STATUS_OK);
	assert_int_equal(
	    question_insert(f->store, &question, &f->why), STATUS_OK);
	assert_int_equal(event_add(f->store, NOW, f->patient_id, "moved",
			     "calm", &f->why, "pain %d", 4),
	    STATUS_OK);
}

/* In how many columns of all tables does the trace stand? */
static int64_t
traces(struct fixture *f)
{
	static const char each_column[] =
	    "SELECT 'SELECT count(*) FROM \"' || t.name || '\" WHERE \"' ||"
	    " c.name || '\" LIKE ''%" TRACE "%'''"
	    " FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
	    " WHERE t.schema = 'main' AND t.type = 'table'"
	    " AND t.name NOT LIKE 'sqlite%'";
	sqlite3_stmt *stmt;
	sqlite3 *db;
	int64_t found = 0;
	int columns = 0;

	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db, each_column, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		found += fixture_count(
		    f, (const char *)sqlite3_column_text(stmt, 0));
		columns++;
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	assert_true(columns > 100);
	return found;
}

static void
live_a_little(struct fixture *f)
{
	fixture_begin(f);
	leave_traces_on_the_patient(f);
	leave_traces_in_messages(f);
	leave_traces_in_replies(f);
	leave_traces_elsewhere(f);
	fixture_commit(f);
}

static void
erase(struct fixture *f)
{
	fixture_begin(f);
	assert_int_equal(
	    patient_erase(f->store, f->patient_id, NOW + 9, &f->why),
	    STATUS_OK);
	fixture_commit(f);
}

static void
test_no_trace_is_left(void **state)
{
	struct fixture *f = *state;

	live_a_little(f);
	assert_int_equal(traces(f), 26);
	erase(f);
	assert_int_equal(traces(f), 0);
	assert_int_equal(
	    fixture_count(f, "SELECT count(*) FROM patient WHERE name = ''"
			     " AND phone IS NULL AND erased_at = 1772442009"
			     " AND clinician = 'Dr Grey'"),
	    1);
}

static void
test_what_is_counted_stays(void **state)
{
	static const char *const stay[] = {
		"SELECT count(*) FROM message WHERE state = 'failed'"
		" AND code = '550' AND template = 'calm/move-1'",
		"SELECT count(*) FROM reading WHERE pain = 4",
		"SELECT count(*) FROM event WHERE because = 'pain 4'",
		"SELECT count(*) FROM inbound WHERE body = ''"
		" AND handled = 'closed'",
		"SELECT count(*) FROM alert"
		" WHERE because = 'pain 8 at the last check-in'",
	};
	struct fixture *f = *state;

	live_a_little(f);
	erase(f);
	for (size_t i = 0; i < sizeof(stay) / sizeof(*stay); i++)
		if (fixture_count(f, stay[i]) != 1)
			fail_msg("%s", stay[i]);
}

static void
test_nothing_more_comes(void **state)
{
	static const char *const gone[] = {
		"SELECT count(*) FROM message WHERE state = 'queued'",
		"SELECT count(*) FROM message WHERE state = 'unknown'"
		" AND settled_at IS NULL",
		"SELECT count(*) FROM schedule",
		"SELECT count(*) FROM question WHERE state <> 'void'",
		"SELECT count(*) FROM move WHERE state = 'waiting'",
		"SELECT count(*) FROM patient_fact",
		"SELECT count(*) FROM enrolment WHERE state <> 'discharged'"
		" OR decide_at IS NOT NULL OR watch_at IS NOT NULL"
		" OR paused_by IS NOT NULL",
	};
	struct fixture *f = *state;
	struct patient *list = NULL;
	int len = -1;

	live_a_little(f);
	erase(f);
	for (size_t i = 0; i < sizeof(gone) / sizeof(*gone); i++)
		if (fixture_count(f, gone[i]) != 0)
			fail_msg("%s", gone[i]);
	assert_int_equal(
	    patient_all(f->store, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	patient_list_free(list, len);
	assert_int_equal(
	    patient_by_address(f->store, "+447700900001", &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 0);
	patient_list_free(list, len);
}

static void
test_others_keep_theirs(void **state)
{
	struct fixture *f = *state;
	struct patient other =
	    fixture_patient(f, "+447700900001", "bob@example.org");
	struct message alert;

	fixture_enrol(f, &other);
	live_a_little(f);

	/* What went to a clinician names a reference, not a patient. */
	fixture_begin(f);
	alert = traced_message(f, KIND_CLINICIAN_ALERT);
	fixture_commit(f);
	erase(f);
	assert_int_equal(fixture_state(f, alert.message_id), MESSAGE_QUEUED);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM patient"
					  " WHERE email = 'bob@example.org'"
					  " AND erased_at IS NULL"),
	    1);
	patient_free(&other);
}

static void
test_a_completed_one_stays_completed(void **state)
{
	struct fixture *f = *state;
	struct patient p = { 0 };

	assert_int_equal(
	    fixture_sql(f, "UPDATE enrolment SET state = 'completed'"),
	    SQLITE_OK);
	erase(f);
	assert_int_equal(
	    patient_by_id(f->store, f->patient_id, &p, &f->why), STATUS_OK);
	assert_int_equal(p.state, PATIENT_COMPLETED);
	assert_int_equal(p.erased_at, NOW + 9);
	patient_free(&p);
	fixture_begin(f);
	assert_int_equal(
	    patient_erase(f->store, 999, NOW, &f->why), STATUS_NONE);
	fixture_commit(f);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_no_trace_is_left),
		IN_A_CLINIC(test_what_is_counted_stays),
		IN_A_CLINIC(test_nothing_more_comes),
		IN_A_CLINIC(test_others_keep_theirs),
		IN_A_CLINIC(test_a_completed_one_stays_completed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
