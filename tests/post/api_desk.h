/*
 * NAME
 *	api_desk - what the tests of drivers of web APIs share
 *
 * A driver is held to its bytes: a message gives exactly this request, an
 * answer exactly this outcome, a page of a listing exactly these events.
 */
#ifndef TESTS_POST_API_DESK_H
#define TESTS_POST_API_DESK_H

#include "desk.h"

#include "post/events.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */
#define KEY "K0000000000000A1"

/* Ampersand, a letter of two bytes, quote and line break: each escaped. */
__attribute__((unused)) static const struct post_message question = {
	.key = KEY,
	.to = "+447700900123",
	.body = "Pain? \"0-10\" & caf\xc3\xa9\nSTOP to end",
	.at = NOW,
	.expires_at = NOW + 7200,
};
#define QUESTION_FORM \
	"Pain%3F%20%220-10%22%20%26%20caf%C3%A9%0ASTOP%20to%20end"
#define QUESTION_JSON "\"Pain? \\\"0-10\\\" & caf\xc3\xa9\\nSTOP to end\""

__attribute__((unused)) static const struct post_message letter = {
	.key = KEY,
	.to = "jane@patients.example",
	.to_name = "Jane \"J\" Doe",
	.subject = "Your check-in, caf\xc3\xa9 & all",
	.body = "Hello \"Jane\"\nBye\n",
	.html = "<p>Hello &quot;Jane&quot;</p>",
	.reply_to = "replies+k3@clinic.example",
	.unsubscribe = "replies+k3@clinic.example",
	.in_reply_to = "abc@patients.example",
	.at = NOW,
	.expires_at = NOW + 7200,
};

/* headers: all of them, in order, a line each. */
__attribute__((unused)) static void
assert_request(const struct gateway *gateway,
    const struct post_message *message, const char *url, const char *headers,
    const char *body)
{
	struct post_request request = { 0 };
	struct buffer lines = { 0 };
	struct why why = { "" };
	int i;

	if (gateway->driver->request(gateway, message, &request, &why) !=
	    STATUS_OK)
		fail_msg("%s", why.text);
	for (i = 0; i < request.headers_len; i++)
		buffer_printf(&lines, "%s\n", request.headers[i]);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.url, url);
	assert_string_equal(buffer_text(&lines), headers);
	assert_string_equal(buffer_text(&request.body), body);
	buffer_free(&lines);
	post_request_free(&request);
}

__attribute__((unused)) static void
assert_refuses(const struct gateway *gateway,
    const struct post_message *message, enum status status)
{
	struct post_request request = { 0 };
	struct why why = { "" };

	assert_int_equal(
	    gateway->driver->request(gateway, message, &request, &why), status);
	assert_true(why.text[0] != '\0');
	post_request_free(&request);
}

/* What every SMS driver refuses to write. */
__attribute__((unused)) static void
assert_sms_is_guarded(const struct gateway *gateway)
{
	static const char *const numbers[] = { "447700900123", "",
		"+447700900123\r\nX-Evil: 1", "+447700900123&to=1",
		"+447700900123 +447700900124", "+44\"},{", NULL };
	struct post_message message = question;
	int i;

	for (i = 0; numbers[i] != NULL; i++) {
		message.to = numbers[i];
		assert_refuses(gateway, &message, STATUS_BAD_DATA);
	}
	message = question;
	message.body = "";
	assert_refuses(gateway, &message, STATUS_USAGE);
	message.body = "x";
	message.key = "K1\r\nX-Evil: 1";
	assert_refuses(gateway, &message, STATUS_USAGE);
	message.key = "../K1";
	assert_refuses(gateway, &message, STATUS_USAGE);
}

/* What every email driver refuses to write. */
__attribute__((unused)) static void
assert_mail_is_guarded(const struct gateway *gateway)
{
	struct post_message message = letter;

	message.to = "jane@patients.example>\r\nRCPT TO:<x@y.example";
	assert_refuses(gateway, &message, STATUS_BAD_DATA);
	message.to = "jane";
	assert_refuses(gateway, &message, STATUS_BAD_DATA);
	message = letter;
	message.subject = "Hello\r\nBcc: x@y.example";
	assert_refuses(gateway, &message, STATUS_USAGE);
	message = letter;
	message.to_name = "Jane\nBcc: x@y.example";
	assert_refuses(gateway, &message, STATUS_USAGE);
	message = letter;
	message.reply_to = "a@b.example\r\nBcc: x@y.example";
	assert_refuses(gateway, &message, STATUS_USAGE);
	message = letter;
	message.in_reply_to = "a@b>\r\nBcc: x@y.example";
	assert_refuses(gateway, &message, STATUS_USAGE);
	message = letter;
	message.key = "K1\r\n";
	assert_refuses(gateway, &message, STATUS_USAGE);
}

struct answer_case {
	long status;
	const char *text;
	enum post_class class;
	const char *code;
	const char *provider_id;
};

__attribute__((unused)) static struct post_answer
answer_with(long status, const char *text)
{
	return (struct post_answer){ .transport_ok = true,
		.body_sent = true,
		.code = status,
		.text = text,
		.len = strlen(text) };
}

__attribute__((unused)) static struct post_outcome
outcome_with(const struct gateway *gateway, const struct post_message *message,
    long status, const char *text)
{
	struct post_answer answer = answer_with(status, text);
	struct post_outcome outcome = { 0 };

	gateway->driver->outcome(gateway, message, &answer, &outcome);
	return outcome;
}

__attribute__((unused)) static void
assert_outcomes(const struct gateway *gateway,
    const struct post_message *message, const struct answer_case *cases,
    size_t len)
{
	struct post_answer lost = { .text = "",
		.body_sent = true,
		.transport_error = "timed out" };
	struct post_outcome outcome = { 0 };
	size_t i;

	for (i = 0; i < len; i++) {
		outcome = outcome_with(
		    gateway, message, cases[i].status, cases[i].text);
		if (outcome.class != cases[i].class)
			fail_msg("%ld %s ==> %s, %s", cases[i].status,
			    cases[i].text, post_class_names[outcome.class],
			    outcome.reason);
		if (strcmp(outcome.code, cases[i].code) != 0)
			fail_msg("%ld %s ==> code %s", cases[i].status,
			    cases[i].text, outcome.code);
		assert_string_equal(outcome.provider_id, cases[i].provider_id);
		assert_true(outcome.reason[0] != '\0');
		/* No address of a patient in what is logged. */
		assert_null(strstr(outcome.reason, "4477"));
		assert_null(strstr(outcome.reason, "jane"));
	}
	/* What every driver makes of silence. */
	outcome = (struct post_outcome){ 0 };
	gateway->driver->outcome(gateway, message, &lost, &outcome);
	assert_int_equal(outcome.class, POST_AMBIGUOUS);
	lost.body_sent = false;
	gateway->driver->outcome(gateway, message, &lost, &outcome);
	assert_int_equal(outcome.class, POST_NOT_SENT);
	lost.peer_refused = true;
	gateway->driver->outcome(gateway, message, &lost, &outcome);
	assert_int_equal(outcome.class, POST_CONFIG);
}
#define ASSERT_OUTCOMES(gateway, message, cases)  \
	assert_outcomes(gateway, message, cases, \
	    sizeof(cases) / sizeof((cases)[0]))

/* The check of the settings: says is NULL where all is well. */
__attribute__((unused)) static void
assert_checked(struct gateway gateway, const char *says)
{
	struct why why = { "" };
	enum status status = gateway_check(&gateway, &why);

	if (says == NULL && status != STATUS_OK)
		fail_msg("%s", why.text);
	if (says != NULL) {
		assert_int_equal(status, STATUS_CONFIG);
		if (strstr(why.text, says) == NULL)
			fail_msg("%s", why.text);
	}
	gateway_free(&gateway);
}

/* A listing under way, and what it has found so far. */
struct listing {
	struct events events;
	struct sources sources;
	struct post_found found;
};

__attribute__((unused)) static void
listing_begin(
    struct listing *listing, const struct gateway *gateway, bool asking)
{
	*listing = (struct listing){ 0 };
	listing->found = (struct post_found){ .events = &listing->events,
		.sources = &listing->sources,
		.gateway = gateway,
		.asking = asking,
		.since_at = NOW };
}

__attribute__((unused)) static void
listing_end(struct listing *listing)
{
	found_free(&listing->found);
	events_free(&listing->events);
	sources_free(&listing->sources);
}

/* The URL of that pass of a poll, which the caller frees; NULL at the end. */
__attribute__((unused)) static char *
poll_url(const struct gateway *gateway, int pass)
{
	struct post_request request = { 0 };
	char *url;

	if (gateway->driver->poll_request(
		gateway, pass, NOW, NULL, &request, NULL) != STATUS_OK)
		return NULL;
	assert_string_equal(request.method, "GET");
	url = xstrdup(request.url);
	post_request_free(&request);
	return url;
}

__attribute__((unused)) static void
assert_polls(const struct gateway *gateway, int pass, const char *expected)
{
	char *url = poll_url(gateway, pass);

	if (expected == NULL)
		assert_null(url);
	else
		assert_string_equal(url, expected);
	free(url);
}

__attribute__((unused)) static enum status
poll_page(struct listing *listing, long status, const char *text)
{
	struct post_answer answer = answer_with(status, text);
	const struct gateway *gateway = listing->found.gateway;

	return gateway->driver->poll_answer(
	    gateway, &answer, &listing->found, NULL);
}

__attribute__((unused)) static enum status
ask_page(struct listing *listing, const struct post_message *message,
    long status, const char *text)
{
	struct post_answer answer = answer_with(status, text);
	const struct gateway *gateway = listing->found.gateway;

	return gateway->driver->ask_answer(
	    gateway, message, &answer, &listing->found, NULL);
}

__attribute__((unused)) static void
assert_next_receipt(
    struct listing *listing, const char *id, enum post_class class)
{
	struct post_event event;

	assert_true(events_take(&listing->events, &event));
	assert_int_equal(event.kind, POST_EVENT_RECEIPT);
	assert_string_equal(event.outcome.provider_id, id);
	if (event.outcome.class != class)
		fail_msg("%s ==> %s", id,
		    post_class_names[event.outcome.class]);
}

__attribute__((unused)) static void
assert_next_reply(struct listing *listing, const char *id, const char *from,
    const char *body, int64_t at)
{
	struct post_event event;

	assert_true(events_take(&listing->events, &event));
	assert_int_equal(event.kind, POST_EVENT_INBOUND);
	assert_string_equal(event.inbound.provider_id, id);
	assert_string_equal(event.inbound.from, from);
	assert_string_equal(event.inbound.body, body);
	assert_int_equal(event.inbound.at, at);
}

__attribute__((unused)) static void
assert_no_more(struct listing *listing)
{
	struct post_event event;

	assert_false(events_take(&listing->events, &event));
}

#endif
