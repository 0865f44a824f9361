/*
 * Who needs a person, until one has said what came of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/alerts.h"
#include "store_fixture.h"

static int64_t
open_alert(struct fixture *f, enum alert_kind kind, const char *level,
    char *topic, int64_t patient_id, bool expect_new)
{
	struct alert alert = { .patient_id = patient_id,
		.kind = kind,
		.topic = topic,
		.because = "pain 8 at the last check-in",
		.opened_at = NOW,
		.next_at = NOW };
	bool is_new = !expect_new;

	snprintf(alert.level, sizeof(alert.level), "%s", level);
	fixture_begin(f);
	assert_int_equal(
	    alert_insert(f->store, &alert, &is_new, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(is_new, expect_new);
	return alert.alert_id;
}

static void
close_alert(struct fixture *f, int64_t alert_id)
{
	struct alert alert = { 0 };

	assert_int_equal(
	    alert_by_id(f->store, alert_id, &alert, &f->why), STATUS_OK);
	alert.state = ALERT_CLOSED;
	fixture_begin(f);
	assert_int_equal(alert_update(f->store, &alert, &f->why), STATUS_OK);
	fixture_commit(f);
	alert_free(&alert);
}

static void
test_one_stands_open_for_each_topic(void **state)
{
	struct fixture *f = *state;
	int64_t p = f->patient_id, pain, gateway;

	pain = open_alert(f, ALERT_PAIN, "urgent", NULL, p, true);
	assert_int_equal(
	    open_alert(f, ALERT_PAIN, "urgent", "", p, false), pain);
	open_alert(f, ALERT_WORSENING, "urgent", NULL, p, true);
	gateway = open_alert(f, ALERT_GATEWAY, "notice", "main", 0, true);
	open_alert(f, ALERT_GATEWAY, "notice", "other", 0, true);
	assert_int_equal(
	    open_alert(f, ALERT_GATEWAY, "notice", "main", 0, false), gateway);

	/* A red flag is always new. */
	open_alert(f, ALERT_RED_FLAG, "emergency", NULL, p, true);
	open_alert(f, ALERT_RED_FLAG, "emergency", NULL, p, true);

	/* Closed, it may come again. */
	close_alert(f, pain);
	assert_int_not_equal(
	    open_alert(f, ALERT_PAIN, "urgent", NULL, p, true), pain);
}

static void
test_its_life(void **state)
{
	struct fixture *f = *state;
	struct alert a = { 0 };
	int64_t id = open_alert(
	    f, ALERT_UNDELIVERABLE, "notice", "sms", f->patient_id, true);

	assert_int_equal(alert_by_id(f->store, id, &a, &f->why), STATUS_OK);
	assert_int_equal(a.patient_id, f->patient_id);
	assert_int_equal(a.kind, ALERT_UNDELIVERABLE);
	assert_string_equal(a.level, "notice");
	assert_string_equal(a.topic, "sms");
	assert_string_equal(a.because, "pain 8 at the last check-in");
	assert_int_equal(a.state, ALERT_OPEN);
	assert_int_equal(a.opened_at, NOW);
	assert_int_equal(a.next_at, NOW);
	assert_null(a.acknowledged_by);
	alert_free(&a);

	a = (struct alert){ .alert_id = id,
		.kind = ALERT_UNDELIVERABLE,
		.level = "urgent",
		.because = "b",
		.state = ALERT_CLOSED,
		.round = 3,
		.next_at = NOW + 9,
		.acknowledged_at = NOW + 1,
		.acknowledged_by = "Dr Grey",
		.closed_at = NOW + 2,
		.closed_by = "Dr Brown",
		.outcome = "phoned" };
	fixture_begin(f);
	assert_int_equal(alert_update(f->store, &a, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(alert_by_id(f->store, id, &a, &f->why), STATUS_OK);
	assert_string_equal(a.level, "urgent");
	assert_int_equal(a.state, ALERT_CLOSED);
	assert_int_equal(a.round, 3);
	assert_int_equal(a.acknowledged_at, NOW + 1);
	assert_string_equal(a.acknowledged_by, "Dr Grey");
	assert_int_equal(a.closed_at, NOW + 2);
	assert_string_equal(a.closed_by, "Dr Brown");
	assert_string_equal(a.outcome, "phoned");

	/* Whatever the record says, a closed one is not sent out again. */
	assert_int_equal(a.next_at, 0);
	alert_free(&a);
	assert_int_equal(alert_by_id(f->store, 99, &a, &f->why), STATUS_NONE);
}

static void
test_the_gravest_first(void **state)
{
	static const char *const levels[] = { "notice", "urgent", "emergency",
		"self-harm", "emergency" };
	static const int order[] = { 3, 5, 4, 2, 1 };
	struct fixture *f = *state;
	struct alert *list = NULL;
	int len = 0;

	for (size_t i = 0; i < 5; i++)
		open_alert(
		    f, ALERT_RED_FLAG, levels[i], NULL, f->patient_id, true);
	assert_int_equal(
	    alert_all(f->store, false, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 5);
	for (int i = 0; i < len; i++)
		assert_int_equal(list[i].alert_id, order[i]);
	alert_list_free(list, len);
	close_alert(f, 3);
	assert_int_equal(
	    alert_all(f->store, false, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 4);
	alert_list_free(list, len);
	assert_int_equal(
	    alert_all(f->store, true, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 5);
	assert_int_equal(list[0].alert_id, 1);
	alert_list_free(list, len);
}

static void
test_due_and_of_a_patient(void **state)
{
	struct fixture *f = *state;
	struct alert *list = NULL;
	int len = -1;

	open_alert(f, ALERT_PAIN, "urgent", NULL, f->patient_id, true);
	open_alert(f, ALERT_LATE_TICK, "notice", NULL, 0, true);
	assert_int_equal(
	    alert_due(f->store, NOW - 1, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 0);
	alert_list_free(list, len);
	assert_int_equal(
	    alert_due(f->store, NOW, &list, &len, &f->why), STATUS_OK);
	assert_int_equal(len, 2);
	alert_list_free(list, len);
	assert_int_equal(
	    alert_of_patient(f->store, f->patient_id, &list, &len, &f->why),
	    STATUS_OK);
	assert_int_equal(len, 1);
	alert_list_free(list, len);
}

static void
test_those_that_stand(void **state)
{
	struct fixture *f = *state;
	const struct {
		enum alert_kind kind;
		const char *topic;
		int64_t patient_id;
		int len;
	} cases[] = {
		{ ALERT_RED_FLAG, NULL, f->patient_id, 1 },
		{ ALERT_RED_FLAG, "", f->patient_id, 1 },
		{ ALERT_RED_FLAG, "x", f->patient_id, 0 },
		{ ALERT_RED_FLAG, NULL, 0, 0 },
		{ ALERT_PAIN, NULL, f->patient_id, 0 },
		{ ALERT_GATEWAY, "main", 0, 1 },
		{ ALERT_GATEWAY, NULL, 0, 2 },
		{ ALERT_GATEWAY, "third", 0, 0 },
	};

	open_alert(f, ALERT_RED_FLAG, "urgent", NULL, f->patient_id, true);
	open_alert(f, ALERT_GATEWAY, "notice", "main", 0, true);
	open_alert(f, ALERT_GATEWAY, "notice", "other", 0, true);
	close_alert(
	    f, open_alert(f, ALERT_PAIN, "urgent", "", f->patient_id, true));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct alert *list = NULL;
		int len = -1;

		assert_int_equal(
		    alert_standing(f->store, cases[i].kind, cases[i].topic,
			cases[i].patient_id, &list, &len, &f->why),
		    STATUS_OK);
		if (len != cases[i].len)
			fail_msg("case %zu", i);
		alert_list_free(list, len);
	}
}

/* Another fault of the same topic is another alert, the same one is not. */
static void
test_one_stands_open_for_each_fault(void **state)
{
	struct fixture *f = *state;
	struct alert alert = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = "main",
		.because = "gateway main does not work",
		.opened_at = NOW,
		.seen_at = NOW };
	char *faults[] = { "", "HTTP 401", "no credit", "HTTP 401", "" };
	int64_t ids[5] = { 0 };

	for (int i = 0; i < 5; i++) {
		bool is_new = false;

		alert.fault = faults[i];
		fixture_begin(f);
		assert_int_equal(
		    alert_insert(f->store, &alert, &is_new, &f->why),
		    STATUS_OK);
		fixture_commit(f);
		assert_int_equal(is_new, i < 3);
		ids[i] = alert.alert_id;
	}
	assert_int_equal(ids[3], ids[1]);
	assert_int_equal(ids[4], ids[0]);
	assert_int_equal(
	    alert_by_id(f->store, ids[2], &alert, &f->why), STATUS_OK);
	assert_string_equal(alert.fault, "no credit");
	assert_int_equal(alert.seen_at, NOW);
	alert_free(&alert);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_one_stands_open_for_each_topic),
		IN_A_CLINIC(test_its_life),
		IN_A_CLINIC(test_the_gravest_first),
		IN_A_CLINIC(test_due_and_of_a_patient),
		IN_A_CLINIC(test_those_that_stand),
		IN_A_CLINIC(test_one_stands_open_for_each_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
