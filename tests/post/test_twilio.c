/* Twilio: a message to exact bytes, answers to outcomes. */
#include "desk.h"

#include "post/events.h"
#include "post/twilio.h"

#define AC "AC00000000000000000000000000000001"
#define SM(n) "SM0000000000000000000000000000000" #n
#define LIST "https://api.twilio.com/2010-04-01/Accounts/" AC "/Messages.json"
#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */

static const struct post_message question = {
	.key = "K0000000000000A1",
	.to = "+447700900123",
	.body = "Pain? 0-10 & caf\xc3\xa9\nReply STOP to end",
	.at = NOW,
	.expires_at = NOW + 7200,
};

static struct gateway
number(void)
{
	return gateway_with(&driver_twilio, "account_sid", AC, "auth_token",
	    "secret", "from", "+447700900001", NULL);
}

static struct gateway
service(void)
{
	return gateway_with(&driver_twilio, "account_sid", AC, "auth_token",
	    "secret", "messaging_service", "MG00000000000000000000000000000001",
	    NULL);
}

static void
a_message_becomes_a_form(void **state)
{
	struct gateway gateway = number();
	struct post_request request = { 0 };
	struct why why;

	(void)state;
	assert_int_equal(
	    driver_twilio.request(&gateway, &question, &request, &why),
	    STATUS_OK);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.url, LIST);
	assert_int_equal(request.headers_len, 1);
	assert_string_equal(request.headers[0],
	    "Content-Type: application/x-www-form-urlencoded");
	assert_string_equal(request.user, AC);
	assert_string_equal(request.password, "secret");
	assert_string_equal(buffer_text(&request.body),
	    "To=%2B447700900123&From=%2B447700900001&Body=Pain%3F%200-10%20%26"
	    "%20caf%C3%A9%0AReply%20STOP%20to%20end&ValidityPeriod=7200");
	post_request_free(&request);
	gateway_free(&gateway);
}

static void
a_messaging_service_stands_in_for_the_number(void **state)
{
	struct gateway gateway = service();
	struct post_request request = { 0 };
	struct post_message message = question;
	struct why why;

	(void)state;
	message.body = "Hi";
	message.expires_at = NOW + 40000; /* Twilio's default is less */
	assert_int_equal(
	    driver_twilio.request(&gateway, &message, &request, &why),
	    STATUS_OK);
	assert_string_equal(buffer_text(&request.body),
	    "To=%2B447700900123&"
	    "MessagingServiceSid=MG00000000000000000000000000000001&Body=Hi");
	post_request_free(&request);
	gateway_free(&gateway);
}

static void
what_twilio_would_refuse_is_not_sent(void **state)
{
	struct gateway gateway = number();
	struct post_request request = { 0 };
	struct post_message message = question;
	char *body = xcalloc(1, 3203);
	struct why why;
	int i;

	(void)state;
	message.to = "+447700900123&Body=x";
	assert_int_equal(
	    driver_twilio.request(&gateway, &message, &request, &why),
	    STATUS_BAD_DATA);
	message = question;
	message.body = "";
	assert_int_equal(
	    driver_twilio.request(&gateway, &message, &request, &why),
	    STATUS_USAGE);
	for (i = 0; i < 1601; i++)
		memcpy(body + 2 * i, "\xc3\xa9", 2);
	message.body = body;
	assert_int_equal(
	    driver_twilio.request(&gateway, &message, &request, &why),
	    STATUS_USAGE);
	assert_null(request.url);
	body[3200] = '\0'; /* 1600 characters */
	assert_int_equal(
	    driver_twilio.request(&gateway, &message, &request, &why),
	    STATUS_OK);
	post_request_free(&request);
	gateway_free(&gateway);
	free(body);
}

static struct post_outcome
outcome_of(long code, const char *text, int64_t retry_after_s)
{
	struct post_answer answer = { .transport_ok = true,
		.body_sent = true,
		.code = code,
		.text = text,
		.len = strlen(text),
		.retry_after_s = retry_after_s };
	struct post_outcome outcome = { 0 };

	driver_twilio.outcome(NULL, &question, &answer, &outcome);
	return outcome;
}

#define ERROR(n) "{\"code\":" #n ",\"message\":\"+447700900123 is wrong\"}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct {
		long status;
		const char *text;
		enum post_class class;
		const char *code;
	} cases[] = {
		{ 201, "{\"sid\":\"" SM(1) "\",\"status\":\"queued\"}",
		    POST_ACCEPTED, "" },
		{ 201, "{\"sid\":\"" SM(1) "\",\"status\":\"accepted\"}",
		    POST_ACCEPTED, "" },
		{ 200, "{\"sid\":\"" SM(1) "\",\"status\":\"delivered\"}",
		    POST_DELIVERED, "" },
		{ 201, "<html>It works!</html>", POST_AMBIGUOUS, "" },
		{ 201, "", POST_AMBIGUOUS, "" },
		{ 201, "{}", POST_AMBIGUOUS, "" },
		{ 201, "[]", POST_AMBIGUOUS, "" },
		{ 201, "{\"sid\":\"../x\",\"status\":\"queued\"}",
		    POST_AMBIGUOUS, "" },
		{ 200, "{\"sid\":7,\"status\":\"queued\"}", POST_AMBIGUOUS,
		    "" },
		{ 302, "", POST_CONFIG, "302" },
		{ 400, ERROR(21211), POST_BAD_ADDRESS, "21211" },
		{ 400, ERROR(21614), POST_BAD_ADDRESS, "21614" },
		{ 400, ERROR(21610), POST_OPTED_OUT, "21610" },
		{ 400, ERROR(21617), POST_REFUSED, "21617" },
		{ 400, ERROR(21606), POST_CONFIG, "21606" },
		{ 400, ERROR(21408), POST_CONFIG, "21408" },
		{ 400, ERROR(21611), POST_THROTTLED, "21611" },
		{ 400, ERROR(29999), POST_REFUSED, "29999" },
		{ 400, "nonsense", POST_REFUSED, "400" },
		{ 401, ERROR(20003), POST_CONFIG, "20003" },
		{ 401, "", POST_CONFIG, "401" },
		{ 403, "", POST_CONFIG, "403" },
		{ 404, ERROR(20404), POST_CONFIG, "20404" },
		{ 408, "", POST_AMBIGUOUS, "408" },
		{ 429, ERROR(20429), POST_THROTTLED, "20429" },
		{ 429, ERROR(21211), POST_THROTTLED, "21211" },
		{ 429, "", POST_THROTTLED, "429" },
		{ 500, ERROR(20500), POST_AMBIGUOUS, "" },
		{ 503, ERROR(20503), POST_AMBIGUOUS, "" },
		{ 504, "", POST_AMBIGUOUS, "" },
	};
	struct post_outcome outcome;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		outcome = outcome_of(cases[i].status, cases[i].text, 0);
		if (outcome.class != cases[i].class)
			fail_msg("%ld %s ==> %s", cases[i].status,
			    cases[i].text, post_class_names[outcome.class]);
		assert_string_equal(outcome.code, cases[i].code);
		assert_string_equal(outcome.provider_id,
		    outcome.class <= POST_DELIVERED ? SM(1) : "");
		/* No address of a patient in what is logged. */
		assert_null(strstr(outcome.reason, "4477"));
	}
}

static void
waiting_is_as_long_as_it_says(void **state)
{
	(void)state;
	assert_int_equal(outcome_of(429, ERROR(20429), 7).retry_after_s, 7);
	assert_int_equal(outcome_of(429, ERROR(20429), 0).retry_after_s, 0);
	/* A daily limit is not over in five minutes. */
	assert_int_equal(
	    outcome_of(400, ERROR(63038), 0).retry_after_s, 12 * 3600);
}

/* The connection failed: did the message go out? */
static void
a_lost_answer_depends_on_what_was_sent(void **state)
{
	struct post_answer answer = { .transport_error = "Timeout" };
	struct post_outcome outcome = { 0 };

	(void)state;
	driver_twilio.outcome(NULL, &question, &answer, &outcome);
	assert_int_equal(outcome.class, POST_NOT_SENT);
	answer.body_sent = true;
	driver_twilio.outcome(NULL, &question, &answer, &outcome);
	assert_int_equal(outcome.class, POST_AMBIGUOUS);
	/* Half an answer of 201 is no acceptance. */
	answer.code = 201;
	driver_twilio.outcome(NULL, &question, &answer, &outcome);
	assert_int_equal(outcome.class, POST_AMBIGUOUS);
	answer = (struct post_answer){ .peer_refused = true,
		.transport_error = "certificate" };
	driver_twilio.outcome(NULL, &question, &answer, &outcome);
	assert_int_equal(outcome.class, POST_CONFIG);
}

static void
each_final_state_has_its_class(void **state)
{
	static const struct {
		const char *status;
		int code;
		enum post_class class;
	} cases[] = {
		{ "accepted", 0, POST_ACCEPTED },
		{ "queued", 0, POST_ACCEPTED },
		{ "sending", 0, POST_ACCEPTED },
		{ "sent", 0, POST_ACCEPTED },
		{ "something-new", 0, POST_ACCEPTED },
		{ "delivered", 0, POST_DELIVERED },
		{ "read", 0, POST_DELIVERED },
		{ "canceled", 0, POST_UNDELIVERED },
		{ "undelivered", 30003, POST_UNDELIVERED },
		{ "undelivered", 30005, POST_BAD_ADDRESS },
		{ "undelivered", 30006, POST_BAD_ADDRESS },
		{ "undelivered", 30007, POST_UNDELIVERED },
		{ "undelivered", 31234, POST_UNDELIVERED },
		{ "failed", 21610, POST_OPTED_OUT },
		{ "failed", 0, POST_UNDELIVERED },
	};
	struct post_outcome outcome;
	json_t *message;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		message = json_object();
		json_put_text(message, "sid", SM(1));
		json_put_text(message, "status", cases[i].status);
		if (cases[i].code != 0)
			json_put_whole(message, "error_code", cases[i].code);
		outcome = (struct post_outcome){ 0 };
		assert_true(twilio_receipt(message, &outcome));
		if (outcome.class != cases[i].class)
			fail_msg("%s %d ==> %s", cases[i].status, cases[i].code,
			    post_class_names[outcome.class]);
		json_decref(message);
	}
	assert_false(twilio_receipt(NULL, &outcome));
}

static struct post_answer
page(const char *text)
{
	return (struct post_answer){ .transport_ok = true,
		.code = 200,
		.text = text,
		.len = strlen(text) };
}

static void
asking_lists_all_to_that_number(void **state)
{
	struct gateway gateway = number();
	struct post_request request = { 0 };
	struct why why;

	(void)state;
	assert_int_equal(
	    driver_twilio.ask_request(&gateway, &question, NOW, &request, &why),
	    STATUS_OK);
	assert_string_equal(request.method, "GET");
	/* No date: what waits in Twilio's queue has none yet. */
	assert_string_equal(
	    request.url, LIST "?To=%2B447700900123&PageSize=50");
	assert_string_equal(request.user, AC);
	post_request_free(&request);
	gateway_free(&gateway);
}

#define OUT(n, body, created)                                             \
	"{\"sid\":\"" SM(n) "\",\"status\":\"sent\",\"direction\":"       \
			    "\"outbound-api\",\"to\":\"+447700900123\","  \
			    "\"from\":\"+447700900001\",\"body\":\"" body \
			    "\",\"date_created\":\"" created              \
			    "\",\"date_sent\":null}"

static void
only_the_same_words_to_the_same_number_agree(void **state)
{
	static const char text[] =
	    "{\"next_page_uri\":\"/2010-04-01/Accounts/" AC
	    "/Messages.json?To=x&Page=1\",\"messages\":["
	    /* last week's, today's, other words, another number, a reply */
	    OUT(1, "Hi", "Mon, 23 Feb 2026 09:00:01 +0000") "," OUT(
		2, "Hi", "Mon, 02 Mar 2026 09:00:01 +0000") "," OUT(3, "Hi!",
		"Mon, 02 Mar 2026 09:00:01 +0000") ","
						   "{\"sid\":\"" SM(
						       4) "\",\"status\":"
							  "\"sent\","
							  "\"direction\":"
							  "\"outbound-api\","
							  "\"to\":\"+"
							  "447700900124\","
							  "\"body\":\"Hi\"},"
							  "{\"sid\":\"" SM(
							      5) "\","
								 "\"status\":"
								 "\"received\","
								 "\"direction\""
								 ":"
								 "\"inbound\","
								 "\"to\":\"+"
								 "447700900123"
								 "\",\"body\":"
								 "\"Hi\"},"
								 "{\"body\":"
								 "null},7,null]"
								 "}";
	struct gateway gateway = number();
	struct post_message message = question;
	struct post_found found = { .asking = true };
	struct post_answer answer = page(text);
	struct why why;

	(void)state;
	message.body = "Hi";
	assert_int_equal(
	    driver_twilio.ask_answer(&gateway, &message, &answer, &found, &why),
	    STATUS_OK);
	assert_string_equal(found.next, LIST "?To=x&Page=1");
	assert_int_equal(found.candidates_len, 2);
	found_sort(&found, NOW);
	assert_string_equal(found.candidates[0].provider_id, SM(2));
	assert_string_equal(found.candidates[1].provider_id, SM(1));
	found_free(&found);
	gateway_free(&gateway);
}

/* The token goes along with every page, so only to this account's list. */
static void
the_next_page_is_never_elsewhere(void **state)
{
	static const char *const elsewhere[] = {
		"//evil.example/2010-04-01/Accounts/" AC
		"/Messages.json?Page=1",
		"http://api.twilio.com/2010-04-01/Accounts/" AC
		"/Messages.json?Page=1",
		"https://api.twilio.com.evil.example/2010-04-01/Accounts/" AC
		"/Messages.json?Page=1",
		"@evil.example/2010-04-01/Accounts/" AC "/Messages.json?P=1",
		"/2010-04-01/Accounts/" AC "/Messages.json",
		"/2010-04-01/Accounts/ACother/Messages.json?Page=1",
		"/2010-04-01/Accounts/" AC "/Messages.json?a b",
		"Messages.json?Page=1",
		NULL,
	};
	struct gateway gateway = number();
	struct post_found found = { .asking = true };
	struct post_answer answer;
	struct why why;
	char *text;
	int i;

	(void)state;
	for (i = 0; elsewhere[i] != NULL; i++) {
		text = xasprintf(
		    "{\"next_page_uri\":\"%s\",\"messages\":[]}", elsewhere[i]);
		answer = page(text);
		assert_int_equal(driver_twilio.ask_answer(&gateway, &question,
				     &answer, &found, &why),
		    STATUS_UNAVAILABLE);
		assert_null(found.next);
		free(text);
	}
	gateway_free(&gateway);
}

static void
half_a_list_or_none_is_no_proof(void **state)
{
	static const struct {
		bool ok;
		long code;
		const char *text;
		enum status status;
	} cases[] = {
		{ true, 200, "{\"messages\":[]}", STATUS_OK },
		{ true, 200, "{\"messages\":{}}", STATUS_UNAVAILABLE },
		{ true, 200, "{}", STATUS_UNAVAILABLE },
		{ true, 200, "<html>", STATUS_UNAVAILABLE },
		{ true, 204, "", STATUS_UNAVAILABLE },
		{ true, 429, "", STATUS_UNAVAILABLE },
		{ true, 500, "", STATUS_UNAVAILABLE },
		{ true, 401, "", STATUS_CONFIG },
		{ true, 404, "", STATUS_CONFIG },
		{ false, 200, "{\"messages\":[]}", STATUS_UNAVAILABLE },
	};
	struct gateway gateway = number();
	struct post_found found = { .asking = true };
	struct why why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct post_answer answer = page(cases[i].text);

		answer.code = cases[i].code;
		answer.transport_ok = cases[i].ok;
		assert_int_equal(driver_twilio.ask_answer(&gateway, &question,
				     &answer, &found, &why),
		    cases[i].status);
	}
	gateway_free(&gateway);
}

static void
assert_pass(const struct gateway *gateway, int pass, const char *cursor,
    const char *url)
{
	struct post_request request = { 0 };
	enum status status = driver_twilio.poll_request(
	    gateway, pass, NOW, cursor, &request, NULL);

	assert_int_equal(status, url == NULL ? STATUS_NONE : STATUS_OK);
	if (url != NULL)
		assert_string_equal(request.url, url);
	post_request_free(&request);
}

static void
a_poll_lists_replies_and_then_receipts(void **state)
{
	struct gateway gateway = number();

	(void)state;
	assert_pass(&gateway, 0, NULL,
	    LIST "?To=%2B447700900001&DateSent%3E=2026-03-01&PageSize=50");
	assert_pass(&gateway, 1, NULL,
	    LIST "?From=%2B447700900001&DateSent%3E=2026-03-01&PageSize=50");
	assert_pass(&gateway, 2, NULL, NULL);
	/* Receipts from the oldest on that is still on its way... */
	assert_pass(&gateway, 0, "2026-02-27",
	    LIST "?To=%2B447700900001&DateSent%3E=2026-03-01&PageSize=50");
	assert_pass(&gateway, 1, "2026-02-27",
	    LIST "?From=%2B447700900001&DateSent%3E=2026-02-27&PageSize=50");
	/* ...but no further back than carriers report. */
	assert_pass(&gateway, 1, "2025-12-31",
	    LIST "?From=%2B447700900001&DateSent%3E=2026-02-26&PageSize=50");
	assert_pass(&gateway, 1, "2026-03-02",
	    LIST "?From=%2B447700900001&DateSent%3E=2026-03-01&PageSize=50");
	gateway_free(&gateway);
	gateway = service();
	assert_pass(
	    &gateway, 0, NULL, LIST "?DateSent%3E=2026-03-01&PageSize=50");
	assert_pass(&gateway, 1, NULL, NULL);
	gateway_free(&gateway);
}

#define IN(n, to, more)                                                  \
	"{\"sid\":\"" SM(n) "\",\"status\":\"received\",\"direction\":"  \
			    "\"inbound\",\"from\":\"+447700900123\","    \
			    "\"to\":\"" to "\",\"body\":\"4 \xc3\xa9\""  \
			    ",\"date_sent\":\"Mon, 02 Mar 2026 08:59:30" \
			    " +0000\"" more "}"

/* What a poll's page holds, as lines. */
static char *
told_of(const struct gateway *gateway, const char *text, char *cursor)
{
	struct events events = { 0 };
	struct post_found found = { .events = &events, .gateway = gateway };
	struct post_answer answer = page(text);
	struct buffer told = { 0 };
	struct post_event event;
	char time[TIME_SIZE];

	assert_int_equal(
	    driver_twilio.poll_answer(gateway, &answer, &found, NULL),
	    STATUS_OK);
	while (events_take(&events, &event)) {
		if (event.kind == POST_EVENT_INBOUND)
			buffer_printf(&told, "%s > %s: %s at %s\n",
			    event.inbound.from, event.inbound.to,
			    event.inbound.body,
			    time_format(event.inbound.at, time));
		else if (event.kind == POST_EVENT_RECEIPT)
			buffer_printf(&told, "%c %s\n",
			    event.outcome.provider_id[33],
			    post_class_names[event.outcome.class]);
		else
			buffer_puts(&told, "spoilt\n");
	}
	strcpy(cursor, found.cursor);
	events_free(&events);
	found_free(&found);
	return buffer_take(&told);
}

static void
replies_to_us_and_receipts_are_told_apart(void **state)
{
	static const char text[] = "{\"messages\":[" IN(
	    1, "+447700900001", "") "," IN(2, "+447700900777",
	    "") ","
		"{\"sid\":\"" SM(3) "\",\"direction\":\"inbound\","
				    "\"to\":"
				    "\"+447700900001\",\"from\":null,"
				    "\"body\":\"x\"}," OUT(4, "Hi",
					"Sat, 28 Feb 2026 23:59:59 "
					"+0000") "," OUT(5, "Hi",
					"Mon, 02 Mar 2026 09:00:01 "
					"+0000") ","
						 "{\"sid\":\"" SM(
						     6) "\",\"status\":"
							"\"delivered\","
							"\"direction\":"
							"\"outbound-"
							"api\",\"date_"
							"created\":"
							"\"Fri, 27 Feb "
							"2026 09:00:00 "
							"+0000\"}]}";
	struct gateway gateway = number();
	char cursor[POST_CURSOR_SIZE];
	char *told = told_of(&gateway, text, cursor);

	(void)state;
	assert_string_equal(told,
	    "+447700900123 > +447700900001: 4 \xc3\xa9 at "
	    "2026-03-02T08:59:30Z\n"
	    " > +447700900001: x at 1970-01-01T00:00:00Z\n"
	    "4 accepted\n"
	    "5 accepted\n"
	    "6 delivered\n");
	/* The oldest that is not settled yet. */
	assert_string_equal(cursor, "2026-02-28");
	free(told);
	gateway_free(&gateway);
}

static void
a_services_replies_come_to_any_of_its_numbers(void **state)
{
	static const char text[] = "{\"messages\":[" IN(
	    1, "+447700900001", "") "," IN(2, "+447700900777",
	    ",\"messaging_service_sid\":"
	    "\"MG00000000000000000000000000000001\"") "," IN(3, "+447700900778",
	    ",\"messaging_service_sid\":"
	    "\"MG00000000000000000000000000000002\"") "]}";
	struct gateway gateway = service();
	char cursor[POST_CURSOR_SIZE];
	char *told = told_of(&gateway, text, cursor);

	(void)state;
	assert_non_null(strstr(told, "> +447700900001"));
	assert_non_null(strstr(told, "> +447700900777"));
	assert_null(strstr(told, "> +447700900778"));
	free(told);
	gateway_free(&gateway);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_becomes_a_form),
		cmocka_unit_test(a_messaging_service_stands_in_for_the_number),
		cmocka_unit_test(what_twilio_would_refuse_is_not_sent),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(waiting_is_as_long_as_it_says),
		cmocka_unit_test(a_lost_answer_depends_on_what_was_sent),
		cmocka_unit_test(each_final_state_has_its_class),
		cmocka_unit_test(asking_lists_all_to_that_number),
		cmocka_unit_test(only_the_same_words_to_the_same_number_agree),
		cmocka_unit_test(the_next_page_is_never_elsewhere),
		cmocka_unit_test(half_a_list_or_none_is_no_proof),
		cmocka_unit_test(a_poll_lists_replies_and_then_receipts),
		cmocka_unit_test(replies_to_us_and_receipts_are_told_apart),
		cmocka_unit_test(a_services_replies_come_to_any_of_its_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
