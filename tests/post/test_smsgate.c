/* The phone: exact bytes, our id as its id, states, and its inbox. */
#include "api_desk.h"

#define PHONE "http://192.168.1.20:8080"

static struct gateway
phone(void)
{
	return gateway_with(
	    &driver_smsgate, "base_url", PHONE "/", "password", "pw", NULL);
}

static void
a_message_goes_under_our_own_id(void **state)
{
	struct gateway gateway = phone();
	struct gateway second = gateway_with(&driver_smsgate, "base_url", PHONE,
	    "user", "u", "password", "pw", "sim", "2", NULL);
	struct post_request request = { 0 };
	struct post_message message = question;

	(void)state;
	assert_request(&gateway, &question, PHONE "/messages",
	    "Content-Type: application/json\n",
	    "{\"id\":\"" KEY "\",\"textMessage\":{\"text\":" QUESTION_JSON
	    "},\"phoneNumbers\":[\"+447700900123\"],"
	    "\"withDeliveryReport\":true,\"ttl\":7200}");
	message.expires_at = 0;
	assert_request(&second, &message, PHONE "/messages",
	    "Content-Type: application/json\n",
	    "{\"id\":\"" KEY "\",\"textMessage\":{\"text\":" QUESTION_JSON
	    "},\"phoneNumbers\":[\"+447700900123\"],"
	    "\"withDeliveryReport\":true,\"simNumber\":2}");
	assert_int_equal(
	    driver_smsgate.request(&gateway, &question, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.user, "sms");
	assert_string_equal(request.password, "pw");
	post_request_free(&request);
	assert_sms_is_guarded(&gateway);
	message.key = "K0000000000000000000000000000000000A1"; /* 37 */
	assert_refuses(&gateway, &message, STATUS_USAGE);
	gateway_free(&gateway);
	gateway_free(&second);
}

#define STATE(state) "{\"id\":\"" KEY "\",\"state\":\"" state "\"}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 202, STATE("Pending"), POST_ACCEPTED, "", KEY },
		{ 202, STATE("Sent"), POST_ACCEPTED, "", KEY },
		{ 202, STATE("Delivered"), POST_DELIVERED, "", KEY },
		{ 202, STATE("Failed"), POST_UNDELIVERED, "", KEY },
		{ 202, "{\"id\":\"another\",\"state\":\"Pending\"}",
		    POST_AMBIGUOUS, "", "" },
		{ 202, "", POST_AMBIGUOUS, "", "" },
		/* the phone has it already: that is all we wanted */
		{ 409, "{\"message\":\"exists\"}", POST_ACCEPTED, "", KEY },
		{ 400, "{\"message\":\"447700900123\"}", POST_REFUSED, "400",
		    "" },
		{ 401, "", POST_CONFIG, "401", "" },
		{ 404, "", POST_CONFIG, "404", "" },
		{ 429, "", POST_THROTTLED, "429", "" },
		{ 500, "{\"message\":\"x\"}", POST_AMBIGUOUS, "", "" },
		{ 503, "", POST_THROTTLED, "503", "" },
	};
	struct gateway gateway = phone();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &question, cases);
	gateway_free(&gateway);
}

static void
one_in_doubt_is_asked_for_by_its_id(void **state)
{
	static const struct {
		long status;
		const char *text;
		enum status says;
		int found;
	} cases[] = {
		{ 200, STATE("Delivered"), STATUS_OK, 1 },
		{ 200, STATE("Pending"), STATUS_OK, 1 },
		{ 404, "", STATUS_OK, 0 }, /* absent */
		{ 404, "{\"message\":\"not found\"}", STATUS_OK, 0 },
		/* not the phone: somebody's web server */
		{ 404, "<html>Not Found</html>", STATUS_CONFIG, 0 },
		{ 200, "{\"id\":\"another\"}", STATUS_UNAVAILABLE, 0 },
		{ 200, "", STATUS_UNAVAILABLE, 0 },
		{ 401, "", STATUS_CONFIG, 0 },
		{ 500, "", STATUS_UNAVAILABLE, 0 },
	};
	struct gateway gateway = phone();
	struct post_request request = { 0 };
	struct listing listing;
	size_t i;

	(void)state;
	assert_int_equal(driver_smsgate.ask_request(
			     &gateway, &question, NOW, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.url, PHONE "/messages/" KEY);
	assert_string_equal(request.user, "sms");
	post_request_free(&request);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		listing_begin(&listing, &gateway, true);
		assert_int_equal(ask_page(&listing, &question, cases[i].status,
				     cases[i].text),
		    cases[i].says);
		assert_int_equal(listing.found.candidates_len, cases[i].found);
		listing_end(&listing);
	}
	gateway_free(&gateway);
}

static void
replies_are_told_apart_by_more_than_their_hash(void **state)
{
	struct gateway gateway = phone();
	struct listing listing;
	struct post_event event;

	(void)state;
	assert_polls(&gateway, 0,
	    PHONE "/inbox?type=SMS&from=2026-03-01T09%3A00%3A00Z&limit=100"
		  "&offset=0");
	assert_polls(&gateway, 1,
	    PHONE "/messages?from=2026-02-26T09%3A00%3A00Z&limit=100&offset=0");
	assert_polls(&gateway, 2, NULL);
	listing_begin(&listing, &gateway, false);
	assert_int_equal(
	    poll_page(&listing, 200,
		"[{\"id\":\"text:-77\",\"type\":\"SMS\",\"sender\":"
		"\"+447700900123\",\"recipient\":null,\"contentPreview\":"
		"\"4\",\"createdAt\":\"2026-03-02T08:59:00.123+00:00\"},"
		"{\"id\":\"text:-77\",\"sender\":\"+447700900124\","
		"\"contentPreview\":\"5\",\"createdAt\":"
		"\"2026-03-02T08:59:00.123+00:00\"},"
		"{\"sender\":\"+447700900124\",\"contentPreview\":\"5\"}]"),
	    STATUS_OK);
	assert_next_reply(&listing, "text:-77 1772441940 +447700900123",
	    "+447700900123", "4", NOW - 60);
	assert_next_reply(&listing, "text:-77 1772441940 +447700900124",
	    "+447700900124", "5", NOW - 60);
	assert_true(events_take(&listing.events, &event));
	assert_int_equal(event.kind, POST_EVENT_SPOILT);
	assert_int_equal(
	    poll_page(&listing, 200,
		"[" STATE("Delivered") ",{\"id\":\"b\",\"state\":\"Failed\"}]"),
	    STATUS_OK);
	assert_next_receipt(&listing, KEY, POST_DELIVERED);
	assert_next_receipt(&listing, "b", POST_UNDELIVERED);
	assert_no_more(&listing);
	assert_null(listing.found.next);
	assert_int_equal(poll_page(&listing, 200, "{}"), STATUS_UNAVAILABLE);
	listing_end(&listing);
	gateway_free(&gateway);
}

static void
a_full_page_is_followed_by_another(void **state)
{
	struct gateway gateway = phone();
	struct buffer page = { 0 };
	struct listing listing;
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		buffer_printf(&page, "%c{\"id\":\"m%d\",\"state\":\"Sent\"}",
		    i == 0 ? '[' : ',', i);
	buffer_putc(&page, ']');
	listing_begin(&listing, &gateway, false);
	assert_int_equal(
	    poll_page(&listing, 200, buffer_text(&page)), STATUS_OK);
	assert_string_equal(listing.found.next,
	    PHONE "/messages?from=2026-02-26T09%3A00%3A00Z&limit=100"
		  "&offset=100");
	assert_int_equal(
	    poll_page(&listing, 200, buffer_text(&page)), STATUS_OK);
	assert_non_null(strstr(listing.found.next, "offset=200"));
	assert_int_equal(poll_page(&listing, 200, "[]"), STATUS_OK);
	assert_null(post_found_cursor_text(&listing.found));
	listing_end(&listing);
	buffer_free(&page);
	gateway_free(&gateway);
}

static struct gateway
at(const char *url)
{
	return gateway_with(
	    &driver_smsgate, "base_url", url, "password", "pw", NULL);
}

static void
the_password_stays_in_the_clinic(void **state)
{
	(void)state;
	assert_checked(phone(), NULL);
	assert_checked(at("https://api.sms-gate.app/3rdparty/v1"), NULL);
	assert_checked(at("http://10.0.0.7:8080"), NULL);
	assert_checked(at("http://172.20.0.7:8080"), NULL);
	assert_checked(at("http://phone:8080"), NULL);
	assert_checked(at("http://phone.local:8080"), NULL);
	assert_checked(at("http://127.0.0.1:8080"), NULL);
	assert_checked(at("http://8.8.8.8:8080"), "must be https");
	assert_checked(at("http://172.32.0.7:8080"), "must be https");
	assert_checked(at("http://10.0.0.7.evil.example"), "must be https");
	assert_checked(at("http://[2001:db8::1]:8080"), "must be https");
	assert_checked(at("http://phone:8080/?x"), "base_url is not one");
	assert_checked(gateway_with(&driver_smsgate, "base_url", PHONE,
			   "password", "pw", "sim", "0", NULL),
	    "sim is 1 or 2");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_goes_under_our_own_id),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(one_in_doubt_is_asked_for_by_its_id),
		cmocka_unit_test(
		    replies_are_told_apart_by_more_than_their_hash),
		cmocka_unit_test(a_full_page_is_followed_by_another),
		cmocka_unit_test(the_password_stays_in_the_clinic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
