/* Vonage: a message to exact bytes, a status for each segment to an outcome. */
#include "api_desk.h"

#include "post/vonage.h"

static struct gateway
account(void)
{
	return gateway_with(&driver_vonage, "api_key", "abcd1234", "api_secret",
	    "s&cret", "from", "+447700900001", NULL);
}

#define BEGIN                                                            \
	"api_key=abcd1234&api_secret=s%26cret&from=447700900001&to=4477" \
	"00900123&text="

static void
a_message_becomes_a_form_without_the_plus(void **state)
{
	struct gateway gateway = account();

	(void)state;
	assert_request(&gateway, &question, "https://rest.nexmo.com/sms/json",
	    "Content-Type: application/x-www-form-urlencoded\n",
	    BEGIN QUESTION_FORM "&type=text&client-ref=" KEY "&ttl=7200000");
	assert_sms_is_guarded(&gateway);
	gateway_free(&gateway);
}

static void
receipts_are_called_for_under_our_key(void **state)
{
	struct gateway gateway = gateway_with(&driver_vonage, "api_key",
	    "abcd1234", "api_secret", "s&cret", "from", "447700900001",
	    "dlr_url", "https://c.example/hook?k=1", NULL);
	struct post_message message = question;

	(void)state;
	message.body = "Q\xe2\x80\x99";
	message.expires_at = 0;
	assert_request(&gateway, &message, "https://rest.nexmo.com/sms/json",
	    "Content-Type: application/x-www-form-urlencoded\n",
	    BEGIN "Q%E2%80%99&type=unicode&client-ref=" KEY
		  "&status-report-req=1&callback=https%3A%2F%2Fc.example%2F"
		  "hook%3Fk%3D1%26id%3D" KEY);
	gateway_free(&gateway);
}

#define OK(id) "{\"status\":\"0\",\"message-id\":\"" id "\"}"
#define NO(n) "{\"status\":\"" #n "\",\"error-text\":\"to 447700900123\"}"
#define SEGMENTS(list) "{\"message-count\":\"1\",\"messages\":[" list "]}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 200, SEGMENTS(OK("0A1")), POST_ACCEPTED, "", "0A1" },
		{ 200, SEGMENTS(OK("0A1") "," OK("0A2")), POST_ACCEPTED, "",
		    "0A1" },
		{ 200, SEGMENTS(OK("0A1") "," NO(1)), POST_AMBIGUOUS, "1", "" },
		{ 200, SEGMENTS(NO(9) "," OK("0A1")), POST_AMBIGUOUS, "9", "" },
		{ 200, SEGMENTS(NO(1)), POST_THROTTLED, "1", "" },
		{ 200, SEGMENTS(NO(2)), POST_CONFIG, "2", "" },
		{ 200, SEGMENTS(NO(4)), POST_CONFIG, "4", "" },
		{ 200, SEGMENTS(NO(5)), POST_AMBIGUOUS, "5", "" },
		{ 200, SEGMENTS(NO(6)), POST_BAD_ADDRESS, "6", "" },
		{ 200, SEGMENTS(NO(7)), POST_BAD_ADDRESS, "7", "" },
		{ 200, SEGMENTS(NO(8)), POST_CONFIG, "8", "" },
		{ 200, SEGMENTS(NO(9)), POST_CONFIG, "9", "" },
		{ 200, SEGMENTS(NO(10)), POST_THROTTLED, "10", "" },
		{ 200, SEGMENTS(NO(12)), POST_REFUSED, "12", "" },
		{ 200, SEGMENTS(NO(15)), POST_CONFIG, "15", "" },
		{ 200, SEGMENTS(NO(29)), POST_CONFIG, "29", "" },
		{ 200, SEGMENTS(NO(33)), POST_BAD_ADDRESS, "33", "" },
		{ 200, SEGMENTS(NO(77)), POST_AMBIGUOUS, "77", "" },
		{ 200, SEGMENTS("{}"), POST_AMBIGUOUS, "", "" },
		{ 200, SEGMENTS("{\"status\":\"0\"}"), POST_AMBIGUOUS, "", "" },
		{ 200, SEGMENTS(""), POST_AMBIGUOUS, "", "" },
		{ 200, "{}", POST_AMBIGUOUS, "", "" },
		{ 200, "<html>", POST_AMBIGUOUS, "", "" },
		{ 302, "", POST_CONFIG, "302", "" },
		{ 401, SEGMENTS(NO(4)), POST_CONFIG, "4", "" },
		{ 401, "", POST_CONFIG, "401", "" },
		{ 429, "", POST_THROTTLED, "429", "" },
		{ 500, SEGMENTS(OK("0A1")), POST_AMBIGUOUS, "", "" },
		{ 503, "", POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = account();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &question, cases);
	gateway_free(&gateway);
}

static void
waiting_is_as_long_as_it_says(void **state)
{
	struct gateway gateway = account();

	(void)state;
	assert_int_equal(
	    outcome_with(&gateway, &question, 200,
		SEGMENTS("{\"status\":\"1\",\"error-text\":\"Throughput Rate "
			 "Exceeded - please wait [ 1500 ] and retry\"}"))
		.retry_after_s,
	    2);
	gateway_free(&gateway);
}

static void
each_receipt_has_its_outcome(void **state)
{
	static const struct {
		const char *state, *code;
		enum post_class class;
	} cases[] = {
		{ "delivered", "0", POST_DELIVERED },
		{ "accepted", "0", POST_ACCEPTED },
		{ "buffered", NULL, POST_ACCEPTED },
		{ "unknown", "1", POST_ACCEPTED },
		{ "failed", "3", POST_BAD_ADDRESS },
		{ "failed", "9", POST_BAD_ADDRESS },
		{ "failed", "6", POST_UNDELIVERED },
		{ "expired", "2", POST_UNDELIVERED },
		{ "rejected", NULL, POST_UNDELIVERED },
		{ "rejected", "1234", POST_UNDELIVERED },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct post_outcome outcome = { 0 };

		vonage_receipt(cases[i].state, cases[i].code, &outcome);
		if (outcome.class != cases[i].class)
			fail_msg("%s ==> %s", cases[i].state,
			    post_class_names[outcome.class]);
	}
}

static void
settings_are_checked(void **state)
{
	(void)state;
	assert_checked(account(), NULL);
	assert_checked(gateway_with(&driver_vonage, "api_key", "k",
			   "api_secret", "s", "from", "Riverside", NULL),
	    NULL);
	assert_checked(gateway_with(&driver_vonage, "api_key", "k",
			   "api_secret", "s", "from", "Riverside Physio", NULL),
	    "from is neither");
	assert_checked(
	    gateway_with(&driver_vonage, "api_key", "k", "api_secret", "s",
		"from", "1", "base_url", "http://rest.example", NULL),
	    "must be https");
	assert_checked(
	    gateway_with(&driver_vonage, "api_key", "k", "from", "1", NULL),
	    "needs the setting api_secret");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_becomes_a_form_without_the_plus),
		cmocka_unit_test(receipts_are_called_for_under_our_key),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(waiting_is_as_long_as_it_says),
		cmocka_unit_test(each_receipt_has_its_outcome),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
