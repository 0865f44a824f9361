/*
 * Events are for ever, and the program remembers how it fares itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/history.h"
#include "store/room.h"
#include "store_fixture.h"

static void
add(struct fixture *f, int64_t at, int64_t patient_id, const char *subject)
{
	fixture_begin(f);
	assert_int_equal(
	    event_add(f->store, at, patient_id, "held", subject, &f->why,
		"%s, until %02d:%02d", "quiet hours", 8, 0),
	    STATUS_OK);
	fixture_commit(f);
}

static void
test_of_a_patient_in_a_span(void **state)
{
	struct fixture *f = *state;
	struct event *list = NULL;
	int len = 0;

	add(f, NOW - 1, f->patient_id, "before");
	add(f, NOW, f->patient_id, "calm/move-1");
	add(f, NOW + 9, f->patient_id, NULL);
	add(f, NOW + 10, f->patient_id, "after");
	add(f, NOW + 5, 0, "of nobody");
	assert_int_equal(event_of_patient(f->store, f->patient_id, NOW,
			     NOW + 10, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 2);
	assert_int_equal(list[0].at, NOW);
	assert_int_equal(list[0].patient_id, f->patient_id);
	assert_string_equal(list[0].kind, "held");
	assert_string_equal(list[0].subject, "calm/move-1");
	assert_string_equal(list[0].because, "quiet hours, until 08:00");
	assert_string_equal(list[1].subject, "");
	event_list_free(list, len);
}

static void
test_since_another(void **state)
{
	struct fixture *f = *state;
	struct event *list = NULL;
	int64_t newest = 0;
	int len = 0;

	add(f, NOW, f->patient_id, "calm/move-1");
	assert_int_equal(event_newest(f->store, &newest, &f->why), STATUS_OK);
	add(f, NOW, 0, "of nobody");
	assert_int_equal(
	    event_after(f->store, newest, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 1);
	assert_string_equal(list[0].subject, "of nobody");
	event_list_free(list, len);
	list = NULL;
	assert_int_equal(
	    event_after(f->store, newest + 1, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	event_list_free(list, len);
}

static void
test_an_event_is_never_changed(void **state)
{
	static const char *const attempts[] = {
		"UPDATE event SET because = 'it never was'",
		"UPDATE event SET at = 0 WHERE event_id = 1",
		"DELETE FROM event",
		"DELETE FROM event WHERE event_id = 1",
		"REPLACE INTO event (event_id, at, kind, subject, because)"
		" VALUES (1, 0, '', '', '')",
		"INSERT INTO event (event_id, at, kind, subject, because)"
		" VALUES (1, 0, '', '', '') ON CONFLICT (event_id)"
		" DO UPDATE SET at = 0",
	};
	struct fixture *f = *state;

	add(f, NOW, f->patient_id, "calm/move-1");
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		fixture_begin(f);
		if (db_script(f->store->db, attempts[i], &f->why) !=
		    STATUS_BAD_DATA)
			fail_msg("%s", attempts[i]);
		fixture_commit(f);
		assert_non_null(strstr(f->why.text, "an event is never"));
		assert_int_equal(
		    fixture_count(f, "SELECT sum(at) FROM event"), NOW);
	}
}

static void
test_where_polling_goes_on(void **state)
{
	struct fixture *f = *state;
	struct gateway_row row = { 0 };

	assert_int_equal(
	    gateway_get(f->store, "main", &row, &f->why), STATUS_OK);
	assert_string_equal(row.name, "main");
	assert_null(row.cursor);
	assert_int_equal(row.polled_at, 0);
	assert_int_equal(row.failing_since_at, 0);
	for (int i = 1; i < 3; i++) {
		row.cursor = i == 1 ? NULL : "page-2";
		row.polled_at = NOW * (i - 1);
		row.failing_since_at = NOW + i;
		fixture_begin(f);
		assert_int_equal(
		    gateway_put(f->store, CHANNEL_SMS, &row, &f->why),
		    STATUS_OK);
		fixture_commit(f);
	}
	assert_int_equal(
	    gateway_get(f->store, "main", &row, &f->why), STATUS_OK);
	assert_string_equal(row.cursor, "page-2");
	assert_int_equal(row.polled_at, NOW);
	assert_int_equal(row.failing_since_at, NOW + 2);
	free(row.cursor);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM gateway"), 1);
}

static void
test_ticks(void **state)
{
	struct fixture *f = *state;
	struct tick_row row = { .ended_at = NOW + 1,
		.collected = 1,
		.read = 2,
		.moved = 3,
		.queued = 4,
		.sent = 5,
		.failed = 6,
		.unknown = 7,
		.alerts = 8 };
	struct tick_row last = { 0 };
	int64_t died = 0;

	assert_int_equal(tick_last(f->store, 0, &last, &f->why), STATUS_NONE);
	fixture_begin(f);
	assert_int_equal(
	    tick_begin(f->store, NOW, &row.tick_id, &f->why), STATUS_OK);
	assert_int_equal(tick_end(f->store, &row, &f->why), STATUS_OK);
	assert_int_equal(
	    tick_begin(f->store, NOW + 60, &died, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_true(died > row.tick_id);

	/* The newest that ended; and none ended before it. */
	assert_int_equal(tick_last(f->store, 0, &last, &f->why), STATUS_OK);
	assert_int_equal(last.tick_id, row.tick_id);
	assert_int_equal(last.started_at, NOW);
	assert_int_equal(last.ended_at, NOW + 1);
	assert_int_equal(last.collected, 1);
	assert_int_equal(last.read, 2);
	assert_int_equal(last.moved, 3);
	assert_int_equal(last.queued, 4);
	assert_int_equal(last.sent, 5);
	assert_int_equal(last.failed, 6);
	assert_int_equal(last.unknown, 7);
	assert_int_equal(last.alerts, 8);
	assert_int_equal(tick_last(f->store, died, &last, &f->why), STATUS_OK);
	assert_int_equal(
	    tick_last(f->store, row.tick_id, &last, &f->why), STATUS_NONE);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_of_a_patient_in_a_span),
		IN_A_CLINIC(test_since_another),
		IN_A_CLINIC(test_an_event_is_never_changed),
		IN_A_CLINIC(test_where_polling_goes_on),
		IN_A_CLINIC(test_ticks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
