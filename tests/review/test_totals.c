/*
 * A week of a small clinic, added up: stages, rates, the cohort, what was sent
 * and what it cost.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../store/store_fixture.h"
#include "base/memory.h"
#include "review/review.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)

static void
sql(struct fixture *f, const char *format, long long a, long long b)
{
	char *text = xasprintf(format, a, b);

	assert_int_equal(fixture_sql(f, text), 0);
	free(text);
}

/* A question that went out, and its answer where there is one. */
static void
ask_and_answer(struct fixture *f, int n, int64_t at, int pain)
{
	int64_t closes_at = at + 20 * HOUR, answered_at = at + HOUR;
	char *text = xasprintf(
	    "INSERT INTO question (question_id, enrolment_id, parcel, asks,"
	    " visit, answer_within_s, nudge_after_s, state, asked_at,"
	    " closes_at, answered_at) VALUES (%d, %lld, 'q%d', 'pain', 1,"
	    " 72000, 0, '%s', %lld, %lld, %s)",
	    n, (long long)f->enrolment_id, n,
	    pain >= 0 ? "answered" : "unanswered", (long long)at,
	    (long long)closes_at, pain >= 0 ? "1" : "NULL");

	assert_int_equal(fixture_sql(f, text), 0);
	free(text);
	text = xasprintf(
	    "INSERT INTO message (key, parcel, patient_id, kind, channel,"
	    " template, asks, body, segments, priority, state, queued_at,"
	    " due_at, expires_at, gateway, accepted_at) VALUES ('k%d', 'q%d',"
	    " %lld, 'question', 'sms', 'calm/move-1', 'pain', 'x', 2, 1,"
	    " 'delivered', 1, 1, 1, 'main', %lld)",
	    n, n, (long long)f->patient_id, (long long)at);
	assert_int_equal(fixture_sql(f, text), 0);
	free(text);
	if (pain < 0)
		return;
	text = xasprintf(
	    "INSERT INTO inbound (inbound_id, gateway, provider_id, channel,"
	    " sender, recipient, body, automatic, came_at, stored_at)"
	    " VALUES (%d, 'main', 'r%d', 'sms', 's', 'r', '%d', 0, 1, 1)",
	    n, n, pain);
	assert_int_equal(fixture_sql(f, text), 0);
	free(text);
	text = xasprintf(
	    "INSERT INTO reading (inbound_id, patient_id, at, asked,"
	    " question_id, pain, stop, start, help, wrong_number, courtesy,"
	    " question, automatic, unclear, verified) VALUES (%d, %lld, %lld,"
	    " 'pain', %d, %d, 0, 0, 0, 0, 0, 0, 0, 0, 1)",
	    n, (long long)f->patient_id, (long long)answered_at, n, pain);
	assert_int_equal(fixture_sql(f, text), 0);
	free(text);
}

static void
a_week_is_added_up(void **state)
{
	static const struct review_price prices[] = { { "mail", 0.01 },
		{ "main", 0.04 } };
	struct fixture *f = *state;
	struct date monday = { 2026, 3, 9 }, sunday = { 2026, 3, 15 };
	struct review_ask ask = { .now = NOW + 15 * DAY,
		.clinic = "Riverside",
		.prices = prices,
		.prices_len = 2 };
	struct review review = { 0 };
	const struct review_totals *t = &review.totals;
	struct zone *zone = NULL;

	assert_int_equal(zone_open("Europe/London", &zone, NULL), STATUS_OK);
	ask.zone = zone;
	ask.stretch = stretch_make(zone, monday, sunday);
	sql(f,
	    "UPDATE enrolment SET began_at = %lld, began_on = '2026-03-02',"
	    " stage_since_at = %lld, stage_since_on = '2026-03-02'",
	    NOW, NOW);
	ask_and_answer(f, 1, NOW + 2 * DAY, 7);
	ask_and_answer(f, 2, NOW + 8 * DAY, 6);
	ask_and_answer(f, 3, NOW + 10 * DAY, 3);
	ask_and_answer(f, 4, NOW + 12 * DAY, -1);
	sql(f, "INSERT INTO tick (started_at, ended_at) VALUES (%lld, %lld)",
	    NOW + 8 * DAY, NOW + 8 * DAY);

	assert_int_equal(
	    review_make(f->store, &ask, &review, &f->why), STATUS_OK);
	assert_int_equal(t->patients, 1);
	assert_int_equal(t->sum.asked, 3);
	assert_int_equal(t->sum.answered, 2);
	assert_int_equal(t->sum.scores, 2);
	assert_int_equal(t->sum.pain_median, 9); /* halves */
	assert_int_equal(t->median[1], 9);
	assert_int_equal(t->scores[1], 2);
	assert_int_equal(t->scores[0], 0);
	assert_int_equal(t->stages_len, 1);
	assert_int_equal(t->stages[0].patients, 1);
	assert_int_equal(t->weeks_len, ROWS_WEEKS);
	assert_int_equal(t->weeks[ROWS_WEEKS - 1].sum.asked, 3);
	assert_int_equal(t->weeks[ROWS_WEEKS - 2].sum.asked, 1);
	assert_int_equal(t->weeks[ROWS_WEEKS - 2].sum.pain_median, 14);
	assert_int_equal(t->weeks[0].sum.asked, 0);
	assert_int_equal(t->gateways_len, 1);
	assert_string_equal(t->gateways[0].name, "main");
	assert_int_equal(t->gateways[0].messages, 3);
	assert_int_equal(t->gateways[0].segments, 6);
	assert_true(t->cost > 0.2399 && t->cost < 0.2401);
	assert_int_equal(t->ticks.ticks, 1);
	review_free(&review);
	zone_free(zone);
}

/* Of a clinician without patients there is nothing to tell. */
static void
nobody_is_nothing(void **state)
{
	struct fixture *f = *state;
	struct date monday = { 2026, 3, 9 }, sunday = { 2026, 3, 15 };
	struct review_ask ask = { .now = NOW, .clinician = "Nobody" };
	struct review review = { 0 };
	struct zone *zone = NULL;

	assert_int_equal(zone_open("Europe/London", &zone, NULL), STATUS_OK);
	ask.zone = zone;
	ask.stretch = stretch_make(zone, monday, sunday);
	assert_int_equal(
	    review_make(f->store, &ask, &review, &f->why), STATUS_OK);
	assert_int_equal(review.len, 0);
	assert_int_equal(review.totals.sum.pain_median, PAIN_NONE);
	assert_int_equal(review.totals.gateways_len, 0);
	assert_int_equal(totals_per_cent(review.totals.sum.answered,
			     review.totals.sum.delivered),
	    -1);
	review_free(&review);
	zone_free(zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_week_is_added_up, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
		    nobody_is_nothing, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
