/*
 * Receipts for a mail that was delivered: late ones, repeated ones, and that
 * somebody called it unwanted.
 */
#include "../commands/clinic_fixture.h"

#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "store/outbox.h"
#include "tick/receipt.h"

struct desk {
	struct clinic_fixture clinic;
	struct config *config;
	struct store *store;
	struct practice practice;
	char ref[16];
	struct message welcome;
};

static const struct clock clock_of_now = { true, 1772445600 };

static int
open_desk(void **state)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	struct complaints complaints = { 0 };
	struct message *list = NULL;
	int len = 0;

	log_set_level(LOG_QUIET);
	clinic_open(&desk->clinic);
	clinic_expect(&desk->clinic, STATUS_OK, "enrol", "--name", "Maya Ortiz",
	    "--plan", "low-back", "--email", "maya@example.com", "--consent",
	    "2026-03-01", "--set", "aggravator=sitting");
	snprintf(desk->ref, sizeof desk->ref, "%.8s", desk->clinic.out.data);
	clinic_expect(&desk->clinic, STATUS_OK, "tick");
	assert_int_equal(STATUS_OK,
	    config_load(desk->clinic.config, &desk->config, &complaints, NULL));
	complaints_free(&complaints);
	assert_int_equal(
	    STATUS_OK, store_open(desk->config->database, &desk->store, NULL));
	practice_open(
	    &desk->practice, desk->config, &clock_of_now, desk->store);
	assert_int_equal(
	    STATUS_OK, outbox_of_patient(desk->store, 1, &list, &len, NULL));
	assert_int_equal(1, len);
	desk->welcome = list[0];
	list[0] = (struct message){ 0 };
	message_list_free(list, len);
	assert_int_equal(MESSAGE_DELIVERED, desk->welcome.state);
	*state = desk;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *desk = *state;

	message_free(&desk->welcome);
	practice_close(&desk->practice);
	store_close(desk->store);
	config_free(desk->config);
	clinic_close(&desk->clinic);
	free(desk);
	return 0;
}

/* The provider says that of the welcome. */
static void
told(struct desk *desk, enum post_class class, const char *reason)
{
	struct post_outcome outcome = { .class = class };
	struct why why = { "" };

	snprintf(outcome.provider_id, sizeof outcome.provider_id, "%s",
	    desk->welcome.provider_id);
	snprintf(outcome.reason, sizeof outcome.reason, "%s", reason);
	if (receipt_take(&desk->practice, &desk->config->email[0], NULL,
		&outcome, &why) != STATUS_OK)
		fail_msg("%s", why.text);
}

/* The patient's state, and that of the welcome. */
static void
is_now(struct desk *desk, const char *patient, const char *welcome)
{
	const json_t *messages;
	json_t *shown;

	clinic_expect(
	    &desk->clinic, STATUS_OK, "patient", "show", desk->ref, "--json");
	shown = clinic_json(&desk->clinic);
	messages = json_object_get(shown, "messages");
	assert_string_equal(patient, json_text(shown, "state"));
	assert_string_equal(
	    welcome, json_text(json_array_get(messages, 0), "state"));
	json_decref(shown);
}

static void
what_is_final_stays(void **state)
{
	struct desk *desk = *state;

	told(desk, POST_ACCEPTED, "");
	told(desk, POST_UNDELIVERED, "no");
	told(desk, POST_REFUSED, "no");
	told(desk, POST_DELIVERED, "");
	is_now(desk, "active", "delivered");
}

/* Who calls our mail unwanted has it, as a rule: it was delivered, and still
 * the wish counts. It is listed again and again, and START may come since. */
static void
a_complaint_stops_once(void **state)
{
	struct desk *desk = *state;

	told(desk, POST_OPTED_OUT, "the patient reported it as spam");
	is_now(desk, "stopped", "delivered");
	clinic_expect(&desk->clinic, STATUS_OK, "receive", "--from",
	    "maya@example.com", "START");
	clinic_expect(&desk->clinic, STATUS_OK, "tick");
	is_now(desk, "active", "delivered");
	told(desk, POST_OPTED_OUT, "the patient unsubscribed");
	told(desk, POST_OPTED_OUT, "the patient reported it as spam");
	is_now(desk, "active", "delivered");
}

/* Some providers tell of each part of a long text: one that did not arrive is
 * told, whatever was said of the others. */
static void
a_part_that_does_not_arrive_is_told(void **state)
{
	struct desk *desk = *state;
	struct post_outcome outcome = { .class = POST_UNDELIVERED,
		.provider_id = "part-2",
		.reason = "failed: unreachable" };
	struct message *list = NULL;
	char ref[16];
	int len = 0;

	clinic_enrol(&desk->clinic, ref, "07700900123", NULL);
	clinic_expect(&desk->clinic, STATUS_OK, "tick");
	assert_int_equal(
	    STATUS_OK, outbox_of_patient(desk->store, 2, &list, &len, NULL));
	assert_int_equal(1, len);
	assert_true(list[0].segments > 1);
	for (int times = 0; times < 2; times++)
		assert_int_equal(STATUS_OK,
		    receipt_take(&desk->practice, &desk->config->sms[0],
			list[0].key, &outcome, NULL));
	message_list_free(list, len);
	clinic_expect(&desk->clinic, STATUS_OK, "alert", "list", "--json");
	json_t *alerts = clinic_json(&desk->clinic);
	assert_int_equal(1, json_array_size(alerts));
	assert_string_equal(
	    "undeliverable", json_text(json_array_get(alerts, 0), "kind"));
	json_decref(alerts);
}

/* An id that is not ours, or whose key went by another gateway. */
static void
what_is_not_ours_is_passed_over(void **state)
{
	struct desk *desk = *state;
	struct post_outcome outcome = { .class = POST_OPTED_OUT,
		.provider_id = "of-somebody-else" };

	assert_int_equal(
	    STATUS_OK, receipt_take(&desk->practice, &desk->config->email[0],
			   NULL, &outcome, NULL));
	assert_int_equal(
	    STATUS_OK, receipt_take(&desk->practice, &desk->config->sms[0],
			   desk->welcome.key, &outcome, NULL));
	is_now(desk, "active", "delivered");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_is_final_stays, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    a_complaint_stops_once, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    a_part_that_does_not_arrive_is_told, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    what_is_not_ours_is_passed_over, open_desk, close_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
