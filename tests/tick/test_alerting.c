/*
 * Which faults are the same, which are told as another one, and when an alert
 * that is taken is told again.
 */
#include "../commands/clinic_fixture.h"

#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "tick/alerting.h"
#include "tick/amiss.h"
#include "tick/settle.h"

struct desk {
	struct clinic_fixture clinic;
	struct config *config;
	struct store *store;
	struct practice practice;
};

/* Monday, 2 March 2026, 10:00 in UTC: the clinic is open. */
static const struct clock clock_of_now = { true, 1772445600 };

static int
open_desk(void **state)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	struct complaints complaints = { 0 };

	log_set_level(LOG_QUIET);
	clinic_open(&desk->clinic);
	assert_int_equal(STATUS_OK,
	    config_load(desk->clinic.config, &desk->config, &complaints, NULL));
	complaints_free(&complaints);
	assert_int_equal(
	    STATUS_OK, store_open(desk->config->database, &desk->store, NULL));
	practice_open(
	    &desk->practice, desk->config, &clock_of_now, desk->store);
	*state = desk;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *desk = *state;

	practice_close(&desk->practice);
	store_close(desk->store);
	config_free(desk->config);
	clinic_close(&desk->clinic);
	free(desk);
	return 0;
}

/* How many alerts of that gateway stand once that is told, too. */
static int
standing_after(
    struct desk *desk, const char *name, const char *fault, bool passing)
{
	struct alerting_topic topic = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = name,
		.fault = fault,
		.because = "it does not work",
		.passing = passing };
	struct why why = { "" };
	struct alert *list = NULL;
	int len = 0;

	if (alerting_open_now(&desk->practice, &topic, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	assert_int_equal(STATUS_OK, alert_standing(desk->store, ALERT_GATEWAY,
					name, 0, &list, &len, NULL));
	alert_list_free(list, len);
	return len;
}

static void
another_fault_is_another_alert(void **state)
{
	static const struct {
		const char *first, *second;
		bool passing[2];
		int alerts;
	} rows[] = {
		{ "HTTP status 401", "HTTP status 401", { false }, 1 },
		{ "HTTP status 401", "HTTP status 403", { false }, 2 },
		/* What was only measured, and whom it met. */
		{ "no answer after 30 ms", "no answer after 7 ms", { false },
		    1 },
		{ "P-4K7QXM is in stage \"x\"", "P-ABCDEF is in stage \"x\"",
		    { false }, 1 },
		{ "P-4K7QXM is in stage \"x\"", "P-ABCDEF is in stage \"y\"",
		    { false }, 2 },
		{ "en.cfg:12: no such key", "en.cfg:13: no such key", { false },
		    2 },
		{ "P- stands alone", "P-12 stands alone", { false }, 2 },
		/* Out of reach, in any words; and beside what is for good. */
		{ "refused", "no answer", { true, true }, 1 },
		{ "refused", "refused", { true, false }, 1 },
		{ "refused", "refused", { false, true }, 1 },
		{ "bad password", "no answer", { false, true }, 2 },
		{ "no answer", "bad password", { true, false }, 2 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char name[16];

		snprintf(name, sizeof name, "gateway %zu", i);
		(void)standing_after(
		    *state, name, rows[i].first, rows[i].passing[0]);
		if (standing_after(*state, name, rows[i].second,
			rows[i].passing[1]) != rows[i].alerts)
			fail_msg(
			    "\"%s\" and \"%s\"", rows[i].first, rows[i].second);
	}
}

/* Something with ever new words floods nobody. */
static void
there_is_an_end_of_them(void **state)
{
	char fault[32];
	int len = 0;

	for (int i = 0; i < 3 * ALERTING_FAULTS_MAX; i++) {
		snprintf(fault, sizeof fault, "reason %c", 'a' + i);
		len = standing_after(*state, "main", fault, false);
	}
	assert_int_equal(ALERTING_FAULTS_MAX, len);
}

struct failing {
	struct post_outcome outcome;
	struct message message;
};

static enum status
fail_work(struct practice *practice, void *arg, struct why *why)
{
	struct failing *failing = arg;

	return settle_sent(practice, &practice->config->sms[0],
	    &failing->message, &failing->outcome, why);
}

/* How many alerts stand once a message that was tried often has failed so. */
static int
standing_after_failure(
    struct desk *desk, enum post_class class, const char *reason)
{
	struct failing failing = { .outcome = { .class = class },
		.message = { .attempts = 9 } };
	struct alert *list = NULL;
	int len = 0;

	snprintf(failing.outcome.reason, sizeof failing.outcome.reason, "%s",
	    reason);
	assert_int_equal(STATUS_OK,
	    practice_transact(&desk->practice, fail_work, &failing, NULL));
	assert_int_equal(
	    STATUS_OK, alert_all(desk->store, false, &list, &len, NULL));
	alert_list_free(list, len);
	return len;
}

/* A gateway that is out of reach is one fault, however often it was tried; that
 * it wants another password is one more. */
static void
an_outage_is_one_fault(void **state)
{
	struct desk *desk = *state;

	assert_int_equal(
	    1, standing_after_failure(desk, POST_NOT_SENT, "refused"));
	assert_int_equal(
	    1, standing_after_failure(desk, POST_NOT_SENT, "no route"));
	assert_int_equal(
	    1, standing_after_failure(desk, POST_AMBIGUOUS, "no answer"));
	assert_int_equal(
	    1, standing_after_failure(desk, POST_THROTTLED, "too many"));
	assert_int_equal(2, standing_after_failure(desk, POST_CONFIG, "401"));
}

/* How many stand of a contact's STOP once what is mended is closed. */
static int
standing_of_contact(struct desk *desk, const char *fault)
{
	struct amiss amiss = { AMISS_CONTACT, "wrote STOP", fault, NULL };
	struct alert *list = NULL;
	int len = 0;

	assert_int_equal(
	    STATUS_OK, amiss_tell_now(&desk->practice, &amiss, NULL));
	assert_int_equal(STATUS_OK, amiss_close_mended(&desk->practice, NULL));
	assert_int_equal(
	    STATUS_OK, alert_all(desk->store, false, &list, &len, NULL));
	alert_list_free(list, len);
	return len;
}

/* An alert that does not say which contact it was is not closed by itself. */
static void
a_contact_unknown_is_not_gone(void **state)
{
	assert_int_equal(0, standing_of_contact(*state, "gone@clinic.example"));
	assert_int_equal(1, standing_of_contact(*state, ""));
}

/* How many stand of a piece of work that failed, so long after it did. */
static int
standing_of_work(struct desk *desk, const char *work, int64_t after_s)
{
	struct amiss amiss = { work, "it can't be done", NULL, NULL };
	struct alert *list = NULL;
	int len = 0;

	assert_int_equal(
	    STATUS_OK, amiss_tell_now(&desk->practice, &amiss, NULL));
	desk->practice.now += after_s;
	assert_int_equal(STATUS_OK, amiss_close_mended(&desk->practice, NULL));
	assert_int_equal(
	    STATUS_OK, alert_all(desk->store, false, &list, &len, NULL));
	alert_list_free(list, len);
	return len;
}

/* What a tick does before it looks is over once it works; that an alert can't
 * be told is seen afterwards, and would be told anew at each tick. */
static void
work_that_goes_on_is_over(void **state)
{
	assert_int_equal(1, standing_of_work(*state, "a reply", 0));
	assert_int_equal(0, standing_of_work(*state, "a reply", 300));
	assert_int_equal(1, standing_of_work(*state, "an alert", 300));
	assert_int_equal(0, standing_of_work(*state, "an alert", 200000));
}

static enum status
acknowledge(struct practice *practice, void *arg, struct why *why)
{
	return alerting_acknowledge(practice, arg, "Sam", why);
}

/* Tell of a reply, and say what became of its one alert. */
static void
tell_of_reply(struct desk *desk, bool again, struct alert *alert)
{
	struct alerting_topic topic = { .kind = ALERT_UNCLEAR,
		.level = "notice",
		.because = "see the inbox",
		.again = again };
	struct alert *list = NULL;
	int len = 0;

	assert_int_equal(
	    STATUS_OK, alerting_open_now(&desk->practice, &topic, NULL));
	assert_int_equal(STATUS_OK, alert_standing(desk->store, ALERT_UNCLEAR,
					"", 0, &list, &len, NULL));
	assert_int_equal(1, len);
	*alert = list[0];
	list[0] = (struct alert){ 0 };
	alert_list_free(list, len);
}

static void
what_must_be_read_is_told_again(void **state)
{
	struct desk *desk = *state;
	struct alert alert = { 0 };

	tell_of_reply(desk, true, &alert);
	assert_int_equal(1, alert.round);
	alert_free(&alert);

	/* Nobody has taken it: it is told by itself. */
	tell_of_reply(desk, true, &alert);
	assert_int_equal(1, alert.round);
	assert_int_equal(STATUS_OK,
	    practice_transact(&desk->practice, acknowledge, &alert, NULL));
	alert_free(&alert);

	/* Somebody has: what is no news leaves it as it is. */
	tell_of_reply(desk, false, &alert);
	assert_int_equal(ALERT_ACKNOWLEDGED, alert.state);
	alert_free(&alert);
	tell_of_reply(desk, true, &alert);
	assert_int_equal(ALERT_OPEN, alert.state);
	assert_null(alert.acknowledged_by);
	assert_int_equal(1, alert.round);
	alert_free(&alert);
}

#define AT_A_DESK(test) \
	cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_DESK(another_fault_is_another_alert),
		AT_A_DESK(there_is_an_end_of_them),
		AT_A_DESK(an_outage_is_one_fault),
		AT_A_DESK(a_contact_unknown_is_not_gone),
		AT_A_DESK(work_that_goes_on_is_over),
		AT_A_DESK(what_must_be_read_is_told_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
