/*
 * The rows of a stretch of time: that all of them are given and no others, and
 * that the engine finds them by an index on the time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/alerts.h"
#include "store/engine.h"
#include "store/week.h"
#include "store_fixture.h"

#define HOUR INT64_C(3600)

/* What each list of everybody must be found by, however long the history. */
static const struct {
	enum statement statement;
	const char *index;
} paths[] = {
	{ SQL_WEEK_QUESTIONS, "question_asked (asked_at>? AND asked_at<?)" },
	{ SQL_WEEK_READINGS, "reading_at (at>? AND at<?)" },
	{ SQL_WEEK_DAYS, "slot_day (local_date>? AND local_date<?)" },
	{ SQL_WEEK_MOVES, "move_at (at>?)" },
	{ SQL_WEEK_ALERTS, "alert_opened (opened_at>? AND opened_at<?)" },
	{ SQL_WEEK_ALERTS, "alert_closed (closed_at>?)" },
	{ SQL_WEEK_WAITING, "inbound_open" },
	{ SQL_WEEK_WAITING, "move_waiting" },
	{ SQL_WEEK_FAILURES, "message_lost (settled_at>? AND settled_at<?)" },
	{ SQL_WEEK_SENT, "message_accepted (accepted_at>? AND accepted_at<?)" },
	{ SQL_WEEK_TICKS, "tick_started (started_at>? AND started_at<?)" },
	{ SQL_WEEK_PATIENTS, "inbound_open" },
	{ SQL_WEEK_PATIENTS, "enrolment_plan (plan_id=? AND state=?)" },
	{ SQL_WEEK_QUESTIONS_OF, "question_enrolment (enrolment_id=?)" },
	{ SQL_WEEK_READINGS_OF,
	    "reading_patient_at (patient_id=? AND at>? AND at<?)" },
	{ SQL_WEEK_MOVES_OF, "move_enrolment (enrolment_id=?)" },
};

/* The steps of the engine's plan, a line each. */
static char *
steps_of(sqlite3 *db, enum statement statement)
{
	char *explain =
	    sqlite3_mprintf("EXPLAIN QUERY PLAN %s", statement_sql(statement));
	char *steps = sqlite3_mprintf("");
	sqlite3_stmt *stmt;

	assert_int_equal(
	    sqlite3_prepare_v2(db, explain, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		steps = sqlite3_mprintf("%z%s\n", steps,
		    (const char *)sqlite3_column_text(stmt, 3));
	sqlite3_finalize(stmt);
	sqlite3_free(explain);
	return steps;
}

static void
rows_are_found_by_their_time(void **state)
{
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, engine_schema, NULL, NULL, NULL), SQLITE_OK);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		char *steps = steps_of(db, paths[i].statement);

		if (strstr(steps, paths[i].index) == NULL)
			fail_msg("not by %s:\n%s", paths[i].index, steps);
		/* Everything that has a patient is the whole history. */
		if (strstr(steps, "(patient_id>?)") != NULL)
			fail_msg("by all patients:\n%s", steps);
		sqlite3_free(steps);
	}
	sqlite3_close(db);
}

static int64_t
add_alert(struct fixture *f, int64_t opened_at, int64_t closed_at)
{
	struct alert alert = { .patient_id = f->patient_id,
		.kind = ALERT_RED_FLAG,
		.level = "urgent",
		.topic = "",
		.because = "a test",
		.opened_at = opened_at };
	bool is_new;

	fixture_begin(f);
	assert_int_equal(
	    alert_insert(f->store, &alert, &is_new, &f->why), STATUS_OK);
	if (closed_at != 0) {
		alert.state = ALERT_CLOSED;
		alert.closed_at = closed_at;
		alert.closed_by = "Ana";
		alert.outcome = "seen";
		assert_int_equal(
		    alert_update(f->store, &alert, &f->why), STATUS_OK);
	}
	fixture_commit(f);
	return alert.alert_id;
}

/* Those that were open in it, whenever they were opened and closed. */
static void
alerts_are_those_that_stood_open(void **state)
{
	struct fixture *f = *state;
	struct alert *list = NULL;
	int64_t wanted[4];
	int len = 0;

	add_alert(f, NOW - 10 * HOUR, NOW - 9 * HOUR);
	wanted[0] = add_alert(f, NOW - 8 * HOUR, NOW + 9 * HOUR);
	wanted[1] = add_alert(f, NOW - 7 * HOUR, 0);
	wanted[2] = add_alert(f, NOW + HOUR, NOW + 2 * HOUR);
	add_alert(f, NOW + 5 * HOUR, NOW + 6 * HOUR);
	wanted[3] = add_alert(f, NOW + 5 * HOUR, 0);
	for (int of = 0; of < 2; of++) {
		assert_int_equal(
		    alert_between(f->store, NOW, NOW + 4 * HOUR,
			of ? f->patient_id : 0, &list, &len, &f->why),
		    STATUS_OK);
		assert_int_equal(len, 4);
		for (int i = 0; i < len; i++)
			assert_int_equal(list[i].alert_id, wanted[i]);
		alert_list_free(list, len);
	}
}

static void
add_tick(struct fixture *f, int64_t at, bool ended)
{
	char sql[120];

	sqlite3_snprintf(sizeof(sql), sql,
	    "INSERT INTO tick (started_at, ended_at) VALUES (%lld, %s)",
	    (long long)at, ended ? "1" : "NULL");
	assert_int_equal(fixture_sql(f, sql), SQLITE_OK);
}

/* A gap reaches over both ends of the stretch. */
static void
the_longest_gap_is_found(void **state)
{
	struct fixture *f = *state;
	struct week_span span = { NOW, NOW + 10 * HOUR, 0 };
	struct week_ticks ticks = { 0 };

	assert_int_equal(
	    week_ticks(f->store, &span, &ticks, &f->why), STATUS_OK);
	assert_int_equal(ticks.ticks, 0);
	assert_int_equal(ticks.longest_gap_s, 0);

	add_tick(f, NOW - 6 * HOUR, true);
	add_tick(f, NOW + HOUR, true);
	add_tick(f, NOW + 4 * HOUR, false);
	add_tick(f, NOW + 14 * HOUR, true);
	assert_int_equal(
	    week_ticks(f->store, &span, &ticks, &f->why), STATUS_OK);
	assert_int_equal(ticks.ticks, 2);
	assert_int_equal(ticks.died, 1);
	assert_int_equal(ticks.longest_gap_s, 10 * HOUR);
	assert_int_equal(ticks.gap_at, NOW + 4 * HOUR);
}

static void
a_failed_message_is_counted_at_its_gateway(void **state)
{
	struct fixture *f = *state;
	struct week_span span = { NOW, NOW + 10 * HOUR, 0 };
	struct week_failure *list = NULL;
	struct message m = fixture_queue(f, KIND_REMINDER, "calm/move-1", NOW);
	int len = 0;

	fixture_claim(f, m.message_id, NOW);
	assert_int_equal(
	    fixture_sql(f,
		"UPDATE message SET state = 'failed', gateway = 'main',"
		" settled_at = 1772442001"),
	    SQLITE_OK);
	assert_int_equal(
	    week_failures(f->store, &span, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 1);
	assert_int_equal(list[0].patient_id, f->patient_id);
	assert_string_equal(list[0].gateway, "main");
	assert_int_equal(list[0].count, 1);
	free(list);
	span.from_at += 2;
	assert_int_equal(
	    week_failures(f->store, &span, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	free(list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_found_by_their_time),
		cmocka_unit_test_setup_teardown(
		    alerts_are_those_that_stood_open, fixture_setup,
		    fixture_teardown),
		cmocka_unit_test_setup_teardown(
		    the_longest_gap_is_found, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
		    a_failed_message_is_counted_at_its_gateway, fixture_setup,
		    fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
