/* Telnyx: a message to exact bytes, answers and records to outcomes. */
#include "api_desk.h"

static struct gateway
number(void)
{
	return gateway_with(
	    &driver_telnyx, "api_key", "KEY-1", "from", "+447700900001", NULL);
}

#define HEADERS                         \
	"Authorization: Bearer KEY-1\n" \
	"Accept: application/json\n"    \
	"Content-Type: application/json\n"

static void
a_message_becomes_json(void **state)
{
	struct gateway gateway = number();
	struct gateway profile = gateway_with(&driver_telnyx, "api_key",
	    "KEY-1", "from", "Riverside", "messaging_profile", "4001-ab",
	    "dlr_url", "https://c.example/hook", NULL);

	(void)state;
	assert_request(&gateway, &question,
	    "https://api.telnyx.com/v2/messages", HEADERS,
	    "{\"to\":\"+447700900123\",\"from\":\"+447700900001\","
	    "\"text\":" QUESTION_JSON ",\"type\":\"SMS\"}");
	assert_request(&profile, &question,
	    "https://api.telnyx.com/v2/messages", HEADERS,
	    "{\"to\":\"+447700900123\",\"from\":\"Riverside\","
	    "\"messaging_profile_id\":\"4001-ab\",\"text\":" QUESTION_JSON
	    ",\"type\":\"SMS\",\"webhook_url\":\"https://c.example/hook?id=" KEY
	    "\"}");
	assert_sms_is_guarded(&gateway);
	gateway_free(&gateway);
	gateway_free(&profile);
}

#define DATA(state)                                                        \
	"{\"data\":{\"id\":\"4031-x\",\"to\":[{\"phone_number\":\"+447\"," \
	"\"status\":\"" state "\"}],\"errors\":[]}}"
#define ERROR(n) \
	"{\"errors\":[{\"code\":\"" #n "\",\"title\":\"+447700900123\"}]}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 200, DATA("queued"), POST_ACCEPTED, "", "4031-x" },
		{ 200, DATA("sending"), POST_ACCEPTED, "", "4031-x" },
		{ 200, DATA("delivery_unconfirmed"), POST_ACCEPTED, "",
		    "4031-x" },
		{ 200, DATA("delivered"), POST_DELIVERED, "", "4031-x" },
		{ 200, DATA("sending_failed"), POST_UNDELIVERED, "", "4031-x" },
		{ 200, "{\"data\":{}}", POST_AMBIGUOUS, "", "" },
		{ 200, "{\"data\":{\"id\":\"a\\nb\"}}", POST_AMBIGUOUS, "",
		    "" },
		{ 200, "It works!", POST_AMBIGUOUS, "", "" },
		{ 301, "", POST_CONFIG, "301", "" },
		{ 400, ERROR(40300), POST_OPTED_OUT, "40300", "" },
		{ 400, ERROR(40001), POST_BAD_ADDRESS, "40001", "" },
		{ 400, ERROR(10002), POST_BAD_ADDRESS, "10002", "" },
		{ 422, ERROR(10016), POST_BAD_ADDRESS, "10016", "" },
		{ 422, ERROR(10015), POST_REFUSED, "10015", "" },
		{ 400, ERROR(40003), POST_REFUSED, "40003", "" },
		{ 400, ERROR(40011), POST_THROTTLED, "40011", "" },
		{ 401, ERROR(10009), POST_CONFIG, "10009", "" },
		{ 403, ERROR(99999), POST_CONFIG, "99999", "" },
		{ 429, ERROR(10011), POST_THROTTLED, "10011", "" },
		{ 429, ERROR(40300), POST_THROTTLED, "40300", "" },
		{ 400, "", POST_REFUSED, "400", "" },
		{ 408, "", POST_AMBIGUOUS, "408", "" },
		{ 500, ERROR(10007), POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = number();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &question, cases);
	gateway_free(&gateway);
}

#define RECORDS                                                              \
	"https://api.telnyx.com/v2/detail_records?filter%5Brecord_type%5D="  \
	"messaging&filter%5Bdate_range%5D=last_7_days&filter%5Bdirection%5D" \
	"=outbound&page%5Bsize%5D=50&sort=-created_at"

static void
records_are_receipts(void **state)
{
	struct gateway gateway = number();
	struct listing listing;

	(void)state;
	assert_polls(&gateway, 0, RECORDS);
	assert_polls(&gateway, 1, NULL);
	listing_begin(&listing, &gateway, false);
	assert_int_equal(
	    poll_page(&listing, 200,
		"{\"data\":[{\"uuid\":\"a1\",\"status\":\"delivered\","
		"\"created_at\":\"2026-03-02T08:00:00Z\"},"
		"{\"uuid\":\"a2\",\"status\":\"gw_reject\",\"errors\":["
		"{\"code\":\"40300\"}]},{\"status\":\"delivered\"},"
		"{\"uuid\":\"a3\",\"status\":\"failed\",\"errors\":[]},"
		"{\"uuid\":\"a4\",\"status\":\"dlr_unconfirmed\","
		"\"created_at\":\"2026-03-02T07:00:00Z\"}],"
		"\"meta\":{\"page_number\":1,\"total_pages\":2}}"),
	    STATUS_OK);
	assert_next_receipt(&listing, "a1", POST_DELIVERED);
	assert_next_receipt(&listing, "a2", POST_OPTED_OUT);
	assert_next_receipt(&listing, "a3", POST_UNDELIVERED);
	assert_next_receipt(&listing, "a4", POST_ACCEPTED);
	assert_no_more(&listing);
	assert_string_equal(listing.found.next, RECORDS "&page%5Bnumber%5D=2");
	listing_end(&listing);
	gateway_free(&gateway);
}

static void
old_records_end_a_poll(void **state)
{
	struct gateway gateway = number();
	struct listing listing;

	(void)state;
	listing_begin(&listing, &gateway, false);
	assert_int_equal(
	    poll_page(&listing, 200,
		"{\"data\":[{\"uuid\":\"a1\",\"status\":\"delivered\","
		"\"created_at\":\"2026-02-20T08:00:00Z\"}],"
		"\"meta\":{\"page_number\":1,\"total_pages\":2}}"),
	    STATUS_OK);
	assert_null(listing.found.next);
	assert_int_equal(poll_page(&listing, 401, "{}"), STATUS_CONFIG);
	assert_int_equal(poll_page(&listing, 500, "{}"), STATUS_UNAVAILABLE);
	assert_int_equal(poll_page(&listing, 200, "{}"), STATUS_UNAVAILABLE);
	assert_int_equal(poll_page(&listing, 200, "<"), STATUS_UNAVAILABLE);
	listing_end(&listing);
	gateway_free(&gateway);
}

static void
settings_are_checked(void **state)
{
	(void)state;
	assert_checked(number(), NULL);
	assert_checked(gateway_with(&driver_telnyx, "api_key", "K", NULL),
	    "give from or messaging_profile");
	assert_checked(gateway_with(&driver_telnyx, "api_key", "K",
			   "messaging_profile", "a/b", NULL),
	    "not an id");
	assert_checked(gateway_with(&driver_telnyx, "api_key", "K\r\nX: y",
			   "from", "1", NULL),
	    "line break");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_becomes_json),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(records_are_receipts),
		cmocka_unit_test(old_records_end_a_poll),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
