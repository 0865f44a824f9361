/* Postmark: exact bytes, outcomes, lookup by our key, and bounces. */
#include "api_desk.h"

#define API "https://api.postmarkapp.com"

static struct gateway
clinic(void)
{
	return gateway_with(&driver_postmark, "server_token", "tok", "from",
	    "Riverside <care@clinic.example>", NULL);
}

static void
a_mail_becomes_json(void **state)
{
	struct gateway gateway = clinic();

	(void)state;
	assert_request(&gateway, &letter, API "/email",
	    "X-Postmark-Server-Token: tok\nAccept: application/json\n"
	    "Content-Type: application/json\n",
	    "{\"From\":\"Riverside <care@clinic.example>\",\"To\":"
	    "\"\\\"Jane J Doe\\\" <jane@patients.example>\",\"ReplyTo\":"
	    "\"replies+k3@clinic.example\",\"Subject\":"
	    "\"Your check-in, caf\xc3\xa9 & all\",\"TextBody\":"
	    "\"Hello \\\"Jane\\\"\\nBye\\n\",\"HtmlBody\":"
	    "\"<p>Hello &quot;Jane&quot;</p>\",\"Headers\":[{\"Name\":"
	    "\"Message-ID\",\"Value\":\"<" KEY "@clinic.example>\"},"
	    "{\"Name\":\"In-Reply-To\",\"Value\":\"<abc@patients.example>\"},"
	    "{\"Name\":\"References\",\"Value\":\"<abc@patients.example>\"},"
	    "{\"Name\":\"Auto-Submitted\",\"Value\":\"auto-replied\"},"
	    "{\"Name\":\"X-Auto-Response-Suppress\",\"Value\":\"All\"},"
	    "{\"Name\":\"List-Unsubscribe\",\"Value\":"
	    "\"<mailto:replies+k3@clinic.example?subject=unsubscribe>\"},"
	    "{\"Name\":\"X-PM-KeepID\",\"Value\":\"true\"}],\"Metadata\":"
	    "{\"key\":\"" KEY "\"},\"MessageStream\":\"outbound\","
	    "\"TrackOpens\":false,\"TrackLinks\":\"None\"}");
	assert_mail_is_guarded(&gateway);
	gateway_free(&gateway);
}

#define ERROR(n, words) "{\"ErrorCode\":" #n ",\"Message\":\"" words "\"}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 200, "{\"ErrorCode\":0,\"MessageID\":\"b7bc\"}",
		    POST_ACCEPTED, "", "b7bc" },
		{ 200, "{\"MessageID\":\"b7bc\"}", POST_ACCEPTED, "", "b7bc" },
		{ 200, "{\"ErrorCode\":0}", POST_AMBIGUOUS, "", "" },
		{ 200, ERROR(406, "x"), POST_BAD_ADDRESS, "406", "" },
		{ 200, ERROR(9999, "x"), POST_AMBIGUOUS, "9999", "" },
		{ 422, ERROR(406, "jane@x is inactive"), POST_BAD_ADDRESS,
		    "406", "" },
		{ 422, ERROR(300, "Invalid 'To' address: 'jane@x'."),
		    POST_BAD_ADDRESS, "to", "" },
		{ 422, ERROR(300, "Invalid 'Subject'"), POST_REFUSED, "300",
		    "" },
		{ 422, ERROR(400, "x"), POST_CONFIG, "400", "" },
		{ 422, ERROR(401, "x"), POST_CONFIG, "401", "" },
		{ 422, ERROR(405, "x"), POST_CONFIG, "405", "" },
		{ 422, ERROR(412, "x"), POST_CONFIG, "412", "" },
		{ 422, ERROR(9999, "x"), POST_REFUSED, "9999", "" },
		{ 401, ERROR(10, "x"), POST_CONFIG, "10", "" },
		{ 429, "", POST_THROTTLED, "429", "" },
		{ 500, "", POST_AMBIGUOUS, "", "" },
		{ 503, "", POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = clinic();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &letter, cases);
	gateway_free(&gateway);
}

#define LISTED(key)                                                        \
	"{\"TotalCount\":1,\"Messages\":[{\"MessageID\":\"b7bc\","         \
	"\"ReceivedAt\":\"2026-03-02T04:00:01.1234567-05:00\",\"Status\":" \
	"\"Sent\",\"Metadata\":{\"key\":\"" key "\"}}]}"

static void
one_in_doubt_is_known_by_our_key(void **state)
{
	struct gateway gateway = clinic();
	struct post_message message = letter;
	struct post_request request = { 0 };
	struct listing listing;

	(void)state;
	assert_int_equal(
	    driver_postmark.ask_request(&gateway, &letter, NOW, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.url,
	    API "/messages/outbound?count=50&offset=0&messagestream=outbound"
		"&metadata_key=" KEY);
	assert_string_equal(request.headers[0], "X-Postmark-Server-Token: tok");
	post_request_free(&request);

	listing_begin(&listing, &gateway, true);
	message.at = NOW + 600;
	assert_int_equal(ask_page(&listing, &message, 200, LISTED("another")),
	    STATUS_UNAVAILABLE);
	assert_int_equal(
	    ask_page(&listing, &message, 200, "{\"Messages\":[]}"), STATUS_OK);
	assert_int_equal(listing.found.candidates_len, 0);
	assert_int_equal(
	    ask_page(&listing, &message, 200, LISTED(KEY)), STATUS_OK);
	assert_int_equal(listing.found.candidates_len, 1);
	assert_string_equal(listing.found.candidates[0].provider_id, "b7bc");
	assert_int_equal(listing.found.candidates_at[0], NOW + 1);
	message.at = NOW + 60;
	assert_int_equal(ask_page(&listing, &message, 200, "{\"Messages\":[]}"),
	    STATUS_UNAVAILABLE);
	assert_int_equal(
	    ask_page(&listing, &message, 401, "{}"), STATUS_CONFIG);
	listing_end(&listing);
	gateway_free(&gateway);
}

static void
bounces_are_collected(void **state)
{
	struct gateway gateway = clinic();
	struct listing listing;

	(void)state;
	assert_polls(&gateway, 0,
	    API "/bounces?count=100&offset=0&messagestream=outbound&fromdate="
		"2026-03-01");
	assert_polls(&gateway, 1, NULL);
	listing_begin(&listing, &gateway, false);
	assert_int_equal(
	    poll_page(&listing, 200,
		"{\"TotalCount\":5,\"Bounces\":["
		"{\"Type\":\"HardBounce\",\"MessageID\":\"b1\"},"
		"{\"Type\":\"AutoResponder\",\"MessageID\":\"b2\"},"
		"{\"Type\":\"SoftBounce\",\"MessageID\":\"b3\"},"
		"{\"Type\":\"SpamComplaint\",\"MessageID\":\"b4\"},"
		"{\"Type\":\"HardBounce\"}]}"),
	    STATUS_OK);
	assert_next_receipt(&listing, "b1", POST_BAD_ADDRESS);
	assert_next_receipt(&listing, "b3", POST_UNDELIVERED);
	assert_next_receipt(&listing, "b4", POST_OPTED_OUT);
	assert_no_more(&listing);
	assert_null(listing.found.next);
	listing_end(&listing);
	gateway_free(&gateway);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_becomes_json),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(one_in_doubt_is_known_by_our_key),
		cmocka_unit_test(bounces_are_collected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
