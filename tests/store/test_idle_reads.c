/*
 * What a tick asks first is who has something due. It must not read those who
 * have not: with 3,000 enrolled and nothing due, each of these questions is
 * answered in a few steps of the engine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/engine.h"

#define STEPS_MAX 150 /* one more row would cost about ten */

static const enum statement questions[] = {
	SQL_DUE_DECIDE,
	SQL_DUE_WATCH,
	SQL_DUE_RESUME,
	SQL_ON_OLD_PLAN,
	SQL_SCHEDULE_DUE,
	SQL_OUTBOX_DUE,
	SQL_OUTBOX_RECOVER,
	SQL_OUTBOX_UNKNOWN,
	SQL_OUTBOX_EXPIRE,
	SQL_INBOUND_UNREAD,
	SQL_READING_NEW,
	SQL_QUESTION_DUE_NUDGE,
	SQL_QUESTION_DUE_CLOSE,
	SQL_ALERT_DUE,
	SQL_ALERT_STANDING,
};

/* Everybody's next things are far away, and what was is over. */
static const char *const a_clinic =
    "INSERT INTO plan VALUES (1, 'back', 1, 'x', 'Back', 'welcome', 3, 1, 3, 0,"
    " 0, 1);"
    "INSERT INTO plan VALUES (2, 'back', 2, 'y', 'Back', 'welcome', 3, 1, 3, 0,"
    " 0, 1);"
    "CREATE TEMP TABLE n AS WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL"
    " SELECT i + 1 FROM c WHERE i < 3000) SELECT i FROM c;"
    "INSERT INTO patient (patient_id, ref, name, channel, language, timezone,"
    " no_running, enrolled_at) SELECT i, 'P-' || i, 'Pat', 'sms', 'en',"
    " 'Europe/London', 0, 1 FROM n;"
    "INSERT INTO enrolment (enrolment_id, patient_id, plan_id, stage, visit,"
    " stage_since_at, stage_since_on, began_at, began_on, state,"
    " paused_until_on, decide_at, watch_at) SELECT i, i, 2, 'calm', 1, 1,"
    " '2026-03-02', 1, '2026-03-02', 'active', '2030-01-01', 9000, 9000"
    " FROM n;"
    "INSERT INTO schedule SELECT i, 'calm', 'move', '2030-01-01', 600, 9000,"
    " 9000 FROM n;"
    "INSERT INTO message (message_id, key, parcel, patient_id, kind, channel,"
    " template, asks, body, segments, priority, state, queued_at, due_at,"
    " expires_at) SELECT i, 'k' || i, 'k' || i, i, 'reminder', 'sms', 't',"
    " 'none', 'b', 1, 5, 'delivered', 1, 1, 2 FROM n;"
    "INSERT INTO question (enrolment_id, parcel, asks, visit, answer_within_s,"
    " nudge_after_s, state, closes_at, nudge_at) SELECT i, 'k' || i, 'pain',"
    " 1, 1, 1, 'open', 9000, 9000 FROM n;"
    "INSERT INTO inbound (gateway, provider_id, channel, sender, recipient,"
    " body, automatic, came_at, stored_at, read_at) SELECT 'main', i, 'sms',"
    " 's', 'r', '4', 0, 1, 1, 1 FROM n;"
    "INSERT INTO reading (inbound_id, at, asked, stop, start, help,"
    " wrong_number, courtesy, question, automatic, unclear, verified,"
    " advanced_at) SELECT inbound_id, 1, 'pain', 0, 0, 0, 0, 0, 0, 0, 0, 1, 1"
    " FROM inbound;"
    "INSERT INTO alert (patient_id, kind, level, topic, because, state,"
    " opened_at, next_at) SELECT i, 'pain', 'notice', '', 'b', 'open', 1, 9000"
    " FROM n;";

static sqlite3 *db;

static int
open_clinic(void **state)
{
	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, engine_schema, NULL, NULL, NULL), SQLITE_OK);
	if (sqlite3_exec(db, a_clinic, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	return 0;
}

static int
close_clinic(void **state)
{
	(void)state;
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return 0;
}

/* Every time is long before anything is due; kind may be NULL. */
static int
steps_of(const char *sql, const char *kind)
{
	sqlite3_stmt *q = NULL;
	int steps;

	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
		fail_msg("%s, at: %s", sqlite3_errmsg(db), sql);
	for (int i = 1; i <= sqlite3_bind_parameter_count(q); i++)
		sqlite3_bind_int(q, i, 100);
	if (kind != NULL) {
		int i = sqlite3_bind_parameter_index(q, ":kind");

		sqlite3_bind_text(q, i, kind, -1, SQLITE_STATIC);
	}
	while (sqlite3_step(q) == SQLITE_ROW)
		continue;
	steps = sqlite3_stmt_status(q, SQLITE_STMTSTATUS_VM_STEP, 0);
	sqlite3_finalize(q);
	return steps;
}

static void
test_nobody_is_read_who_has_nothing_due(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		const char *sql = statement_sql(questions[i]);
		int steps = steps_of(sql, NULL);

		if (steps > STEPS_MAX)
			fail_msg("%d steps for: %s", steps, sql);
	}
}

/* An alert about one patient is not looked for among everybody's. */
static void
test_a_patients_alerts_are_the_patients(void **state)
{
	(void)state;
	assert_in_range(steps_of(statement_sql(SQL_ALERT_STANDING_OF), "pain"),
	    1, STEPS_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_is_read_who_has_nothing_due),
		cmocka_unit_test(test_a_patients_alerts_are_the_patients),
	};

	return cmocka_run_group_tests(tests, open_clinic, close_clinic);
}
