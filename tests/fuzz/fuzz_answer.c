/*
 * What a provider answers: the outcome of a send, and its listings. The first
 * bytes choose the driver, what was asked of it, how the answer came and its
 * status; the rest is the answer.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/events.h"

static const struct driver *const drivers[] = { &driver_twilio, &driver_vonage,
	&driver_telnyx, &driver_plivo, &driver_messagebird, &driver_smsgate,
	&driver_kannel, &driver_http, &driver_smtp, &driver_sendgrid,
	&driver_mailgun, &driver_postmark, &driver_ses };
#define DRIVERS ((unsigned)(sizeof drivers / sizeof drivers[0]))

static const long codes[] = { 200, 201, 202, 204, 250, 301, 400, 401, 402, 403,
	404, 406, 413, 422, 429, 450, 500, 503, 550, 552, 554, 0 };
#define CODES ((unsigned)(sizeof codes / sizeof codes[0]))

static const char *
value_of(const struct driver *driver, const char *name)
{
	if (strstr(name, "url") != NULL)
		return "https://api.example";
	if (strcmp(name, "from") == 0)
		return driver->channel == CHANNEL_EMAIL ? "care@clinic.example"
							: "+441632960003";
	if (strcmp(name, "id_pointer") == 0)
		return "/messages/0/id";
	if (strcmp(name, "error_pointer") == 0)
		return "/errors/0/code";
	if (strstr(name, "ok_") == name)
		return strcmp(name, "ok_pointer") == 0 ? "/ok" : "yes";
	return "x1";
}

/* Every setting has a value, so that every path that reads one is open. */
static const struct gateway *
gateway_of(unsigned index)
{
	static struct gateway gateways[DRIVERS];
	struct gateway *gateway = &gateways[index];
	const struct driver *driver = drivers[index];
	size_t rows = 0;

	if (gateway->driver != NULL)
		return gateway;
	memcpy(gateway->name, "main", 5);
	gateway->driver = driver;
	gateway->in_flight = 1;
	gateway->timeout_s = 5;
	while (driver->settings[rows].name != NULL)
		rows++;
	gateway->settings = xcalloc(rows + 1, sizeof *gateway->settings);
	for (size_t i = 0; i < rows; i++)
		if (driver->settings[i].otherwise == NULL)
			gateway->settings[i] =
			    xstrdup(value_of(driver, driver->settings[i].name));
	return gateway;
}

static void
expect_outcome(const struct post_outcome *outcome, const char *text)
{
	fuzz_expect(outcome->class < POST__MAX, "a class", text);
	fuzz_expect(fuzz_is_clean(outcome->provider_id), "an id", text);
	fuzz_expect(fuzz_is_clean(outcome->code), "a code", text);
	fuzz_expect(fuzz_is_clean(outcome->reason), "a reason", text);
	fuzz_expect(outcome->retry_after_s >= 0, "a wait", text);
}

static void
read_listing(const struct gateway *gateway, const struct post_message *message,
    const struct post_answer *answer, bool asking)
{
	struct events events = { 0 };
	struct sources sources = { 0 };
	struct post_found found = { .events = &events,
		.sources = &sources,
		.gateway = gateway,
		.asking = asking,
		.since_at = message->at };
	struct post_event event;
	struct why why = { "" };

	if (asking && gateway->driver->ask_answer != NULL)
		gateway->driver->ask_answer(
		    gateway, message, answer, &found, &why);
	if (!asking && gateway->driver->poll_answer != NULL)
		gateway->driver->poll_answer(gateway, answer, &found, &why);
	for (int i = 0; i < found.candidates_len; i++)
		expect_outcome(&found.candidates[i], answer->text);
	while (events_take(&events, &event)) {
		if (event.kind == POST_EVENT_INBOUND)
			fuzz_expect(event.inbound.provider_id[0] != '\0' &&
					event.inbound.body != NULL,
			    "a reply without an id", answer->text);
		if (event.kind == POST_EVENT_RECEIPT)
			expect_outcome(&event.outcome, answer->text);
	}
	found_free(&found);
	sources_free(&sources);
	events_free(&events);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const steps[] = { "MAIL", "RCPT", "DATA", "" };
	const struct gateway *gateway =
	    gateway_of(fuzz_choice(&bytes, &len, DRIVERS));
	unsigned what = fuzz_choice(&bytes, &len, 3);
	unsigned how = fuzz_choice(&bytes, &len, 16);
	unsigned code = fuzz_choice(&bytes, &len, CODES);
	char *text = fuzz_text(bytes, len);
	struct post_message message = { .key = "K0000000000000A1",
		.to = gateway->driver->channel == CHANNEL_EMAIL
			  ? "jane@patients.example"
			  : "+447700900123",
		.body = "Worst pain today?",
		.at = 1772442000,
		.expires_at = 1772449200 };
	/* Most answers come whole. */
	struct post_answer answer = { .transport_ok = how != 0,
		.body_sent = how % 2 == 0,
		.code = codes[code],
		.text = text,
		.len = strlen(text),
		.step = steps[how / 4],
		.retry_after_s = how,
		.message_id = how == 3 ? text : NULL,
		.error_type = how == 5 ? text : NULL,
		.transport_error = how == 0 ? "broken" : NULL };
	struct post_outcome outcome = { 0 };

	if (what == 0) {
		outcome.class = POST__MAX;
		gateway->driver->outcome(gateway, &message, &answer, &outcome);
		expect_outcome(&outcome, text);
	} else {
		read_listing(gateway, &message, &answer, what == 1);
	}
	free(text);
	return 0;
}
