/*
 * A provider's call: its form or JSON, in the query and the body, read whether
 * or not it is signed. The first bytes choose the provider and the type; the
 * first line is the query, the rest the body.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/hook.h"

static const struct hook *const hooks[] = { &hook_twilio, &hook_vonage,
	&hook_telnyx, &hook_plivo, &hook_messagebird, &hook_smsgate,
	&hook_sendgrid, &hook_mailgun, &hook_postmark, &hook_ses, &hook_http };
#define HOOKS ((unsigned)(sizeof hooks / sizeof hooks[0]))

static const char *const types[] = { "application/x-www-form-urlencoded",
	"application/json", "multipart/form-data; boundary=x", "text/plain" };

static void
expect_events(const struct hook_result *result, const char *body)
{
	for (int i = 0; i < result->len; i++) {
		const struct hook_event *event = &result->event[i];

		if (event->inbound)
			fuzz_expect(event->reply.provider_id[0] != '\0' &&
					event->reply.body != NULL,
			    "a reply without an id", body);
		else
			fuzz_expect(
			    event->outcome.class < POST__MAX, "a class", body);
	}
}

/* What a signature's header may hold: the same bytes once more. */
static void
check_signature(const struct hook *hook, struct hook_call *call)
{
	static const char *const names[] = { "X-Twilio-Signature",
		"Authorization", "telnyx-signature-ed25519", "telnyx-timestamp",
		"X-Plivo-Signature-V3", "X-Plivo-Signature-V3-Nonce",
		"MessageBird-Signature-JWT", "X-Signature", "X-Timestamp",
		"X-Twilio-Email-Event-Webhook-Signature",
		"X-Twilio-Email-Event-Webhook-Timestamp" };
	struct hook_header headers[sizeof names / sizeof names[0] + 1];
	size_t count = sizeof names / sizeof names[0];

	headers[0] = call->headers[0];
	for (size_t i = 0; i < count; i++)
		headers[i + 1] = (struct hook_header){ names[i], call->body };
	call->headers = headers;
	call->headers_len = (int)count + 1;
	(void)hook->signed_by(call, "secret\nand a certificate");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct hook *hook = hooks[fuzz_choice(&bytes, &len, HOOKS)];
	unsigned type = fuzz_choice(&bytes, &len, 8);
	struct hook_header header = { "Content-Type", types[type % 4] };
	char *text = fuzz_text(bytes, len);
	char *newline = strchr(text, '\n');
	struct hook_result result = { 0 };
	struct why why = { "" };
	char *url;

	if (newline != NULL)
		*newline = '\0';
	url = xasprintf("https://clinic.example/hook/x?%s", text);
	struct hook_call call = { .method = type < 4 ? "POST" : "GET",
		.url = url,
		.headers = &header,
		.headers_len = 1,
		.body = newline != NULL ? newline + 1 : "",
		.now_at = 1772442000 };
	call.len = strlen(call.body);
	if (hook->read(&call, &result, &why) == STATUS_OK)
		expect_events(&result, call.body);
	hook_result_free(&result);
	check_signature(hook, &call);
	free(url);
	free(text);
	return 0;
}
