#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/twilio.h"
#include "post/wire.h"

#define BODY_MAX 1600 /* characters of one message */
#define VALIDITY_MAX_S 36000 /* which is the default as well */
#define SID_MAX 64

static const struct setting_row twilio_settings[] = {
	{ "account_sid", SETTING_TEXT, true, NULL,
	    "the account's SID, which begins with AC" },
	{ "auth_token", SETTING_SECRET, true, NULL, "its auth token" },
	{ "from", SETTING_TEXT, false, NULL,
	    "the clinic's Twilio number, as +447..." },
	{ "messaging_service", SETTING_TEXT, false, NULL,
	    "instead of from: the SID of a messaging service" },
	{ "base_url", SETTING_TEXT, false, "https://api.twilio.com",
	    "where the API is" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

/* Letters and digits after the prefix, so that it can stand in a path. */
static bool
is_sid(const char *text, const char *prefix)
{
	size_t len = text == NULL ? 0 : strlen(text);
	const char *p;

	if (len < 3 || len > SID_MAX || strncmp(text, prefix, 2) != 0)
		return false;
	for (p = text + 2; *p != '\0'; p++)
		if (!((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') ||
			(*p >= 'A' && *p <= 'Z')))
			return false;
	return true;
}

char *
twilio_url(const struct gateway *gateway)
{
	char *base = wire_url_base(gateway_setting(gateway, "base_url"));
	char *url = xasprintf("%s/2010-04-01/Accounts/%s/Messages.json", base,
	    gateway_setting(gateway, "account_sid"));

	free(base);
	return url;
}

void
twilio_credentials(const struct gateway *gateway, struct post_request *request)
{
	request->user = xstrdup(gateway_setting(gateway, "account_sid"));
	request->password = xstrdup(gateway_setting(gateway, "auth_token"));
}

static enum status
twilio_check(const struct gateway *gateway, struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	const char *service = gateway_setting(gateway, "messaging_service");
	const char *url = gateway_setting(gateway, "base_url");

	if (!is_sid(gateway_setting(gateway, "account_sid"), "AC"))
		return why_set(why, STATUS_CONFIG,
		    "account_sid is not one: it begins with AC");
	if ((from == NULL) == (service == NULL))
		return why_set(why, STATUS_CONFIG,
		    "give either from or messaging_service");
	if (from != NULL && !wire_phone_ok(from))
		return why_set(why, STATUS_CONFIG,
		    "from is not a phone number as +447700900123");
	if (service != NULL && !is_sid(service, "MG"))
		return why_set(why, STATUS_CONFIG,
		    "messaging_service is not a SID: it begins with MG");
	if (!wire_url_ok(url, "https http"))
		return why_set(why, STATUS_CONFIG, "base_url is not a URL");
	if (strncmp(url, "https:", 6) != 0 && !wire_url_loopback(url))
		return why_set(why, STATUS_CONFIG,
		    "base_url must be https: the token goes with every call");
	return STATUS_OK;
}

static enum status
twilio_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	int64_t validity_s = message->expires_at - message->at;
	enum status status = api_sms_check(message, BODY_MAX, why);
	char seconds[24];

	if (status != STATUS_OK)
		return status;
	request->method = xstrdup("POST");
	request->url = twilio_url(gateway);
	twilio_credentials(gateway, request);
	post_request_header(
	    request, "Content-Type: application/x-www-form-urlencoded");
	wire_form(&request->body, "To", message->to);
	wire_form(&request->body, "From", gateway_setting(gateway, "from"));
	wire_form(&request->body, "MessagingServiceSid",
	    gateway_setting(gateway, "messaging_service"));
	wire_form(&request->body, "Body", message->body);
	/* So that what waits at Twilio dies when it is no use any more. */
	if (message->expires_at != 0 && validity_s < VALIDITY_MAX_S) {
		snprintf(seconds, sizeof(seconds), "%lld",
		    (long long)(validity_s < 1 ? 1 : validity_s));
		wire_form(&request->body, "ValidityPeriod", seconds);
	}
	return STATUS_OK;
}

bool
twilio_receipt(const json_t *message, struct post_outcome *outcome)
{
	const char *sid = json_text(message, "sid");
	const char *status = json_text(message, "status");
	int64_t code = json_whole(message, "error_code", 0);
	char number[24] = "";

	if ((!is_sid(sid, "SM") && !is_sid(sid, "MM")) || status == NULL)
		return false;
	if (code != 0)
		snprintf(number, sizeof(number), "%lld", (long long)code);
	wire_copy(outcome->provider_id, sizeof(outcome->provider_id), sid);
	if (strcmp(status, "delivered") == 0 || strcmp(status, "read") == 0)
		wire_outcome(outcome, POST_DELIVERED, NULL, "%s", status);
	else if (strcmp(status, "undelivered") == 0 ||
		 strcmp(status, "failed") == 0)
		wire_outcome(outcome, twilio_class_final(code), number,
		    "%s: %s", status,
		    code == 0 ? "no code given" : twilio_code_name(code));
	else if (strcmp(status, "canceled") == 0)
		wire_outcome(outcome, POST_UNDELIVERED, number, "canceled");
	else
		wire_outcome(outcome, POST_ACCEPTED, NULL, "%s", status);
	return true;
}

/* Twilio's no: an answer of 3xx or 4xx, with a code in its JSON as a rule. */
static void
refusal(const struct post_answer *answer, const json_t *root,
    struct post_outcome *outcome)
{
	int64_t code = json_whole(root, "code", 0), retry_after_s = 0;
	enum post_class class = api_class_of_status(answer->code);
	char number[24];

	if (code == 0) {
		snprintf(number, sizeof(number), "%ld", answer->code);
		wire_outcome(outcome, class, number, "HTTP status %s", number);
	} else {
		snprintf(number, sizeof(number), "%lld", (long long)code);
		/* 429 means not processed, whatever else is said. */
		if (answer->code != 429)
			class = twilio_class_sent(code, &retry_after_s);
		wire_outcome(
		    outcome, class, number, "%s", twilio_code_name(code));
	}
	outcome->retry_after_s =
	    answer->retry_after_s > 0 ? answer->retry_after_s : retry_after_s;
}

static void
twilio_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	json_t *root = NULL;

	(void)gateway;
	(void)message;
	if (!answer->transport_ok) {
		wire_outcome_lost(outcome, answer);
		return;
	}
	(void)json_read_mended(answer->text, answer->len, &root, NULL);
	if (answer->code >= 300 && answer->code < 500)
		refusal(answer, root, outcome);
	else if (answer->code >= 500)
		/* Not "try again": it may well have taken the message first. */
		wire_outcome(outcome, POST_AMBIGUOUS, NULL, "HTTP status %ld",
		    answer->code);
	else if (!twilio_receipt(root, outcome))
		wire_outcome(outcome, POST_AMBIGUOUS, NULL,
		    "the answer names no message");
	json_decref(root);
}

const struct driver driver_twilio = {
	.name = "twilio",
	.channel = CHANNEL_SMS,
	.settings = twilio_settings,
	.check = twilio_check,
	.request = twilio_request,
	.outcome = twilio_outcome,
	.ask_request = twilio_ask_request,
	.ask_answer = twilio_ask_answer,
	.poll_request = twilio_poll_request,
	.poll_answer = twilio_poll_answer,
};
