/* MessageBird: exact bytes, answers to outcomes, and its list read for both. */
#include "api_desk.h"

#define LIST "https://rest.messagebird.com/messages?direction="

static struct gateway
number(void)
{
	return gateway_with(&driver_messagebird, "access_key", "live_k", "from",
	    "+447700900001", NULL);
}

#define HEADERS                             \
	"Authorization: AccessKey live_k\n" \
	"Accept: application/json\n"        \
	"Content-Type: application/json\n"

static void
a_message_becomes_json_under_our_reference(void **state)
{
	struct gateway gateway = number();
	struct gateway named =
	    gateway_with(&driver_messagebird, "access_key", "live_k", "from",
		"Riverside", "dlr_url", "https://c.example/h", NULL);
	struct post_message message = question;

	(void)state;
	assert_request(&gateway, &question,
	    "https://rest.messagebird.com/messages", HEADERS,
	    "{\"originator\":\"+447700900001\",\"recipients\":"
	    "[\"+447700900123\"],\"body\":" QUESTION_JSON
	    ",\"datacoding\":\"auto\",\"reference\":\"" KEY
	    "\",\"validity\":7200}");
	message.expires_at = 0;
	assert_request(&named, &message,
	    "https://rest.messagebird.com/messages", HEADERS,
	    "{\"originator\":\"Riverside\",\"recipients\":"
	    "[\"+447700900123\"],\"body\":" QUESTION_JSON
	    ",\"datacoding\":\"auto\",\"reference\":\"" KEY
	    "\",\"reportUrl\":\"https://c.example/h?id=" KEY "\"}");
	assert_sms_is_guarded(&gateway);
	gateway_free(&gateway);
	gateway_free(&named);
}

#define TAKEN(state, code)                                                \
	"{\"id\":\"mb1\",\"recipients\":{\"items\":[{\"recipient\":"      \
	"447700900123,\"status\":\"" state "\",\"statusErrorCode\":" code \
	"}]}}"
#define ERROR(n, p)                                                       \
	"{\"errors\":[{\"code\":" #n ",\"description\":\"447700900123\"," \
	"\"parameter\":\"" p "\"}]}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 201, TAKEN("sent", "null"), POST_ACCEPTED, "", "mb1" },
		{ 201, TAKEN("delivered", "0"), POST_DELIVERED, "", "mb1" },
		{ 201, TAKEN("delivery_failed", "103"), POST_OPTED_OUT, "103",
		    "mb1" },
		{ 201, "{\"id\":\"mb1\"}", POST_ACCEPTED, "", "mb1" },
		{ 201, "{\"id\":\"\"}", POST_AMBIGUOUS, "", "" },
		{ 200, "OK", POST_AMBIGUOUS, "", "" },
		{ 401, ERROR(2, "access_key"), POST_CONFIG, "2", "" },
		{ 422, ERROR(9, "body"), POST_CONFIG, "9", "" },
		{ 422, ERROR(10, "recipients"), POST_BAD_ADDRESS, "recipients",
		    "" },
		{ 422, ERROR(9, "recipient"), POST_BAD_ADDRESS, "recipient",
		    "" },
		{ 422, ERROR(10, "originator"), POST_CONFIG, "originator", "" },
		{ 422, ERROR(10, "body"), POST_REFUSED, "10", "" },
		{ 422, ERROR(25, ""), POST_CONFIG, "25", "" },
		{ 422, ERROR(4711, ""), POST_REFUSED, "4711", "" },
		{ 429, "", POST_THROTTLED, "429", "" },
		{ 500, ERROR(99, ""), POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = number();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &question, cases);
	gateway_free(&gateway);
}

#define ITEM(id, reference, at)                                              \
	"{\"id\":\"" id "\",\"direction\":\"mt\",\"reference\":\"" reference \
	"\",\"createdDatetime\":\"" at "\",\"recipients\":{\"items\":"       \
	"[{\"status\":\"delivered\"}]}}"
#define PAGE(items, offset, count, total)                                     \
	"{\"offset\":" #offset ",\"count\":" #count ",\"totalCount\":" #total \
	",\"items\":[" items "]}"

/* Asked an hour later, so that what is not listed surely is not there. */
static struct post_message
much_later(void)
{
	struct post_message message = question;

	message.at = NOW + 3600;
	return message;
}

static void
one_in_doubt_is_known_by_its_reference(void **state)
{
	struct gateway gateway = number();
	struct post_message message = much_later();
	struct post_request request = { 0 };
	struct listing listing;

	(void)state;
	assert_int_equal(driver_messagebird.ask_request(
			     &gateway, &message, NOW, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.url, LIST "mt&limit=100&offset=0");
	post_request_free(&request);
	listing_begin(&listing, &gateway, true);
	assert_int_equal(
	    ask_page(&listing, &message, 200,
		PAGE(ITEM("mb9", "other", "2026-03-02T09:10:00+00:00") "," ITEM(
			 "mb8", KEY, "2026-03-02T09:00:01+00:00"),
		    0, 2, 300)),
	    STATUS_OK);
	assert_int_equal(listing.found.candidates_len, 1);
	assert_string_equal(listing.found.candidates[0].provider_id, "mb8");
	assert_int_equal(listing.found.candidates[0].class, POST_DELIVERED);
	assert_null(listing.found.next);
	listing_end(&listing);
	gateway_free(&gateway);
}

static void
pages_are_read_until_they_are_older(void **state)
{
	static const struct {
		const char *page, *next;
	} cases[] = {
		/* newest first, all since: on to the next page */
		{ PAGE(ITEM("a", "x", "2026-03-02T09:10:00+00:00") "," ITEM(
			   "b", "y", "2026-03-02T09:05:00+00:00"),
		      0, 100, 300),
		    LIST "mt&limit=100&offset=100" },
		/* the last is of the day before: the end */
		{ PAGE(ITEM("a", "x", "2026-03-02T09:10:00+00:00") "," ITEM(
			   "b", "y", "2026-03-01T09:05:00+00:00"),
		      0, 100, 300),
		    NULL },
		/* out of order, so it proves nothing */
		{ PAGE(ITEM("a", "x", "2026-03-01T09:10:00+00:00") "," ITEM(
			   "b", "y", "2026-03-01T09:15:00+00:00"),
		      100, 100, 300),
		    LIST "mt&limit=100&offset=200" },
		{ PAGE("", 300, 0, 300), NULL },
	};
	struct gateway gateway = number();
	struct post_message message = much_later();
	struct listing listing;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		listing_begin(&listing, &gateway, true);
		assert_int_equal(
		    ask_page(&listing, &message, 200, cases[i].page),
		    STATUS_OK);
		assert_int_equal(listing.found.candidates_len, 0);
		if (cases[i].next == NULL)
			assert_null(listing.found.next);
		else
			assert_string_equal(listing.found.next, cases[i].next);
		listing_end(&listing);
	}
	gateway_free(&gateway);
}

/* A message thought absent too soon would be sent twice. */
static void
absence_is_not_believed_at_once(void **state)
{
	struct gateway gateway = number();
	struct post_message message = question;
	struct listing listing;

	(void)state;
	listing_begin(&listing, &gateway, true);
	message.at = NOW + 119;
	assert_int_equal(ask_page(&listing, &message, 200, PAGE("", 0, 0, 0)),
	    STATUS_UNAVAILABLE);
	message.at = NOW + 120;
	assert_int_equal(
	    ask_page(&listing, &message, 200, PAGE("", 0, 0, 0)), STATUS_OK);
	assert_int_equal(
	    ask_page(&listing, &message, 500, ""), STATUS_UNAVAILABLE);
	assert_int_equal(
	    ask_page(&listing, &message, 200, "{}"), STATUS_UNAVAILABLE);
	listing_end(&listing);
	gateway_free(&gateway);
}

static void
replies_and_receipts_are_collected(void **state)
{
	struct gateway gateway = number();
	struct listing listing;
	struct post_event event;

	(void)state;
	assert_polls(&gateway, 0, LIST "mo&limit=100&offset=0");
	assert_polls(&gateway, 1, LIST "mt&limit=100&offset=0");
	assert_polls(&gateway, 2, NULL);
	listing_begin(&listing, &gateway, false);
	assert_int_equal(
	    poll_page(&listing, 200,
		PAGE("{\"id\":\"r1\",\"direction\":\"mo\",\"originator\":"
		     "447700900123,\"body\":\"4\",\"createdDatetime\":"
		     "\"2026-03-02T08:59:00+00:00\",\"recipients\":{\"items\":"
		     "[{\"recipient\":447700900001}]}},{\"id\":\"r2\","
		     "\"direction\":\"mo\",\"originator\":\"447700900124\"},"
		     "{\"direction\":\"mo\",\"body\":\"lost\"}," ITEM(
			 "m1", KEY, "2026-03-02T08:00:00+00:00"),
		    0, 4, 4)),
	    STATUS_OK);
	assert_next_reply(&listing, "r1", "+447700900123", "4", NOW - 60);
	assert_next_reply(&listing, "r2", "+447700900124", "", 0);
	assert_true(events_take(&listing.events, &event));
	assert_int_equal(event.kind, POST_EVENT_SPOILT);
	assert_next_receipt(&listing, "m1", POST_DELIVERED);
	assert_no_more(&listing);
	assert_null(listing.found.next);
	listing_end(&listing);
	gateway_free(&gateway);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_becomes_json_under_our_reference),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(one_in_doubt_is_known_by_its_reference),
		cmocka_unit_test(pages_are_read_until_they_are_older),
		cmocka_unit_test(absence_is_not_believed_at_once),
		cmocka_unit_test(replies_and_receipts_are_collected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
