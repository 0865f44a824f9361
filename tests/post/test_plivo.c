/* Plivo: a message to exact bytes, answers and its list to outcomes. */
#include "api_desk.h"

#define BASE "https://api.plivo.com/v1/Account/MA1/Message/"

static struct gateway
number(void)
{
	return gateway_with(&driver_plivo, "auth_id", "MA1", "auth_token", "t",
	    "from", "+447700900001", NULL);
}

static void
a_message_becomes_json_without_the_plus(void **state)
{
	struct gateway gateway = number();
	struct gateway pack =
	    gateway_with(&driver_plivo, "auth_id", "MA1", "auth_token", "t",
		"powerpack", "a-b", "dlr_url", "https://c.example/hook", NULL);
	struct post_request request = { 0 };
	struct post_message message = question;

	(void)state;
	assert_request(&gateway, &question, BASE,
	    "Content-Type: application/json\n",
	    "{\"src\":\"447700900001\",\"dst\":\"447700900123\","
	    "\"text\":" QUESTION_JSON
	    ",\"type\":\"sms\",\"message_expiry\":7200}");
	message.expires_at = 0;
	assert_request(&pack, &message, BASE,
	    "Content-Type: application/json\n",
	    "{\"powerpack_uuid\":\"a-b\",\"dst\":\"447700900123\","
	    "\"text\":" QUESTION_JSON
	    ",\"type\":\"sms\",\"url\":\"https://c.example/hook?"
	    "id=" KEY "\",\"method\":\"POST\"}");
	assert_int_equal(
	    driver_plivo.request(&gateway, &question, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.user, "MA1");
	assert_string_equal(request.password, "t");
	assert_true(request.fresh);
	post_request_free(&request);
	assert_sms_is_guarded(&gateway);
	gateway_free(&gateway);
	gateway_free(&pack);
}

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 202, "{\"message\":\"queued\",\"message_uuid\":[\"u-1\"]}",
		    POST_ACCEPTED, "", "u-1" },
		{ 202, "{\"message_uuid\":[]}", POST_AMBIGUOUS, "", "" },
		{ 202, "{\"message_uuid\":[7]}", POST_AMBIGUOUS, "", "" },
		{ 202, "", POST_AMBIGUOUS, "", "" },
		{ 400, "{\"error\":\"dst 447700900123\"}", POST_REFUSED, "400",
		    "" },
		{ 401, "{\"error\":\"x\"}", POST_CONFIG, "401", "" },
		{ 402, "{\"error\":\"no credit\"}", POST_CONFIG, "402", "" },
		{ 404, "", POST_CONFIG, "404", "" },
		{ 429, "", POST_THROTTLED, "429", "" },
		{ 500, "", POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = number();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &question, cases);
	gateway_free(&gateway);
}

static void
the_list_tells_receipts(void **state)
{
	struct gateway gateway = number();
	struct listing listing;

	(void)state;
	assert_polls(&gateway, 0,
	    BASE "?message_direction=outbound&message_time__gte="
		 "2026-02-26%2000%3A00&limit=20");
	assert_polls(&gateway, 1, NULL);
	listing_begin(&listing, &gateway, false);
	assert_int_equal(
	    poll_page(&listing, 200,
		"{\"meta\":{\"next\":\"/v1/Account/MA1/Message/?offset=20\"},"
		"\"objects\":[{\"message_uuid\":\"u1\",\"message_state\":"
		"\"delivered\",\"error_code\":\"000\"},{\"message_uuid\":"
		"\"u2\",\"message_state\":\"undelivered\",\"error_code\":"
		"\"200\"},{\"message_uuid\":\"u3\",\"message_state\":"
		"\"failed\",\"error_code\":50},{\"message_uuid\":\"u4\","
		"\"message_state\":\"rejected\"},{\"message_uuid\":\"u5\","
		"\"message_state\":\"sent\"},{\"message_state\":\"sent\"}]}"),
	    STATUS_OK);
	assert_next_receipt(&listing, "u1", POST_DELIVERED);
	assert_next_receipt(&listing, "u2", POST_OPTED_OUT);
	assert_next_receipt(&listing, "u3", POST_BAD_ADDRESS);
	assert_next_receipt(&listing, "u4", POST_UNDELIVERED);
	assert_next_receipt(&listing, "u5", POST_ACCEPTED);
	assert_no_more(&listing);
	assert_string_equal(listing.found.next, BASE "?offset=20");
	listing_end(&listing);
	gateway_free(&gateway);
}

/* Our secret goes along with the next page: only to where it belongs. */
static void
a_page_of_someone_else_is_not_followed(void **state)
{
	static const char *const urls[] = { "https://evil.example/v1/",
		"//evil.example/", "/v1/Account/MA2/Message/?offset=20",
		"/v1/Account/MA1/Message/../../x",
		"https://api.plivo.com/v1/Account/MA1/Message/ x", NULL };
	struct gateway gateway = number();
	int i;

	(void)state;
	for (i = 0; urls[i] != NULL; i++) {
		char *page = xasprintf(
		    "{\"meta\":{\"next\":\"%s\"},\"objects\":[]}", urls[i]);
		struct listing listing;

		listing_begin(&listing, &gateway, false);
		assert_int_equal(
		    poll_page(&listing, 200, page), STATUS_UNAVAILABLE);
		assert_null(listing.found.next);
		listing_end(&listing);
		free(page);
	}
	gateway_free(&gateway);
}

static void
settings_are_checked(void **state)
{
	(void)state;
	assert_checked(number(), NULL);
	assert_checked(gateway_with(&driver_plivo, "auth_id", "MA1",
			   "auth_token", "t", NULL),
	    "either from or powerpack");
	assert_checked(gateway_with(&driver_plivo, "auth_id", "MA1/..",
			   "auth_token", "t", "from", "1", NULL),
	    "auth_id is not one");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_becomes_json_without_the_plus),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(the_list_tells_receipts),
		cmocka_unit_test(a_page_of_someone_else_is_not_followed),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
