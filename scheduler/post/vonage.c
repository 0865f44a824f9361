#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/vonage.h"
#include "post/wire.h"
#include "text/gsm7.h"

#define BODY_MAX 3200 /* characters, in the end cut into segments */
#define TTL_LEAST_S 20
#define TTL_MOST_S 604800

static const struct setting_row vonage_settings[] = {
	{ "api_key", SETTING_TEXT, true, NULL, "the account's API key" },
	{ "api_secret", SETTING_SECRET, true, NULL, "its secret" },
	{ "from", SETTING_TEXT, true, NULL,
	    "the number that sends, as +447..., or a name" },
	{ "dlr_url", SETTING_TEXT, false, NULL,
	    "where receipts go; our id is added" },
	{ "base_url", SETTING_TEXT, false, "https://rest.nexmo.com",
	    "where the SMS API is" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

/* The status of each segment, in an answer of HTTP 200 as in any other. */
static const struct api_row sent_rows[] = {
	{ "1", POST_THROTTLED, "throttled" },
	{ "2", POST_CONFIG, "a parameter is missing" },
	{ "3", POST_CONFIG, "a parameter is not valid" },
	{ "4", POST_CONFIG, "api_key or api_secret is wrong" },
	{ "5", POST_AMBIGUOUS, "an error inside Vonage" },
	{ "6", POST_BAD_ADDRESS, "no route to this number" },
	{ "7", POST_BAD_ADDRESS, "this number is barred" },
	{ "8", POST_CONFIG, "the account is barred" },
	{ "9", POST_CONFIG, "no credit left" },
	{ "10", POST_THROTTLED, "too many connections" },
	{ "11", POST_CONFIG, "the account may not use this API" },
	{ "12", POST_REFUSED, "the message is too long" },
	{ "14", POST_CONFIG, "the signature is wrong" },
	{ "15", POST_CONFIG, "this sender is not allowed" },
	{ "22", POST_CONFIG, "the network code is not valid" },
	{ "23", POST_CONFIG, "dlr_url is not valid" },
	{ "29", POST_CONFIG, "a trial account sends to listed numbers only" },
	{ "32", POST_CONFIG, "both a signature and a secret" },
	{ "33", POST_BAD_ADDRESS, "this number is switched off" },
	{ NULL, POST_CONFIG, NULL },
};

/* err-code of a receipt. 9 is a number that is none, or one that has opted
 * out where Vonage keeps that list. */
static const struct api_row final_rows[] = {
	{ "1", POST_UNDELIVERED, "unknown" },
	{ "2", POST_UNDELIVERED, "the phone is off or away" },
	{ "3", POST_BAD_ADDRESS, "the number does not exist any more" },
	{ "4", POST_UNDELIVERED, "barred by the user" },
	{ "5", POST_UNDELIVERED, "a mistake in number portability" },
	{ "6", POST_UNDELIVERED, "taken for spam" },
	{ "7", POST_UNDELIVERED, "the phone was busy" },
	{ "8", POST_UNDELIVERED, "an error of the network" },
	{ "9", POST_BAD_ADDRESS, "no number, or one that opted out" },
	{ "10", POST_UNDELIVERED, "the message was not accepted" },
	{ "11", POST_BAD_ADDRESS, "no route to this number" },
	{ "12", POST_UNDELIVERED, "the number could not be reached" },
	{ "13", POST_UNDELIVERED, "held back for the user's age" },
	{ "14", POST_UNDELIVERED, "held back by the carrier" },
	{ "15", POST_UNDELIVERED, "the user has no credit" },
	{ "16", POST_UNDELIVERED, "over the quota" },
	{ "50", POST_UNDELIVERED, "the sender is not registered" },
	{ "51", POST_UNDELIVERED, "the header is not registered" },
	{ "52", POST_UNDELIVERED, "the content is not registered" },
	{ "53", POST_UNDELIVERED, "no consent is registered" },
	{ "54", POST_UNDELIVERED, "held back by regulation" },
	{ "99", POST_UNDELIVERED, "a general error" },
	{ NULL, POST_UNDELIVERED, NULL },
};

static enum status
vonage_check(const struct gateway *gateway, struct why *why)
{
	enum status status = api_url_check(gateway, "base_url", why);

	if (status == STATUS_OK)
		status = api_url_check(gateway, "dlr_url", why);
	if (status == STATUS_OK)
		status = api_sender_check(gateway, "from", why);
	return status;
}

/* Vonage takes numbers without the plus. */
static const char *
no_plus(const char *number)
{
	return number[0] == '+' ? number + 1 : number;
}

static enum status
vonage_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	struct buffer *form = &request->body;
	enum status status = api_sms_check(message, BODY_MAX, why);
	int64_t ttl_s = api_validity_s(message, TTL_LEAST_S, TTL_MOST_S);
	char ttl_ms[24];
	char *report;

	if (status != STATUS_OK)
		return status;
	request->url = api_url(gateway, "/sms/json");
	request->fresh = true;
	wire_form(form, "api_key", gateway_setting(gateway, "api_key"));
	wire_form(form, "api_secret", gateway_setting(gateway, "api_secret"));
	wire_form(form, "from", no_plus(gateway_setting(gateway, "from")));
	wire_form(form, "to", no_plus(message->to));
	wire_form(form, "text", message->body);
	wire_form(
	    form, "type", sms_count(message->body).ucs2 ? "unicode" : "text");
	wire_form(form, "client-ref", message->key);
	if (ttl_s > 0) {
		snprintf(
		    ttl_ms, sizeof(ttl_ms), "%lld", (long long)ttl_s * 1000);
		wire_form(form, "ttl", ttl_ms);
	}
	report = api_report_url(gateway, message->key);
	wire_form(form, "status-report-req", report == NULL ? NULL : "1");
	wire_form(form, "callback", report);
	free(report);
	api_post_form(request);
	return STATUS_OK;
}

/* "Throughput Rate Exceeded - please wait [ 500 ] and retry": milliseconds,
 * as seconds, rounded up. */
static int64_t
wait_of(const char *words)
{
	const char *open = words == NULL ? NULL : strstr(words, "wait [");
	long long wait_ms = open == NULL ? 0 : strtoll(open + 6, NULL, 10);

	return wait_ms <= 0 || wait_ms > 86400000 ? 0 : (wait_ms + 999) / 1000;
}

/*
 * HTTP 200 says nothing: each segment has a status of its own. Where some
 * were taken and some were not, the message is neither sent nor unsent.
 */
static void
read_segments(const struct post_answer *answer, const json_t *segments,
    struct post_outcome *outcome)
{
	const json_t *segment, *bad = NULL;
	const char *id = NULL, *code;
	size_t i, good = 0;

	json_array_foreach(segments, i, segment)
	{
		code = json_text(segment, "status");
		if (code != NULL && strcmp(code, "0") == 0) {
			good++;
			if (id == NULL)
				id = json_text(segment, "message-id");
		} else if (bad == NULL) {
			bad = segment;
		}
	}
	if (bad == NULL) {
		api_accepted(outcome, id);
		return;
	}
	code = json_text(bad, "status");
	api_refused(answer, code == NULL ? "" : code, sent_rows, outcome);
	if (outcome->class == POST_THROTTLED && outcome->retry_after_s == 0)
		outcome->retry_after_s = wait_of(json_text(bad, "error-text"));
	if (good > 0 || api_row_find(sent_rows, code) == NULL)
		wire_outcome(outcome, POST_AMBIGUOUS, code,
		    good > 0 ? "some parts were taken and some were not"
			     : "a status that is not in our table");
}

static void
vonage_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	const json_t *segments;
	json_t *root;

	(void)gateway;
	(void)message;
	if (!api_answered(answer, &root, outcome))
		return;
	segments = json_object_get(root, "messages");
	if (json_array_size(segments) > 0)
		read_segments(answer, segments, outcome);
	else if (answer->code >= 300)
		api_refused(answer, NULL, sent_rows, outcome);
	else
		api_accepted(outcome, NULL);
	json_decref(root);
}

void
vonage_receipt(
    const char *state, const char *code, struct post_outcome *outcome)
{
	if (strcmp(state, "delivered") == 0)
		wire_outcome(outcome, POST_DELIVERED, NULL, "delivered");
	else if (strcmp(state, "failed") == 0 ||
		 strcmp(state, "rejected") == 0 ||
		 strcmp(state, "expired") == 0 || strcmp(state, "deleted") == 0)
		api_undelivered(outcome, state, code, final_rows);
	else
		wire_outcome(outcome, POST_ACCEPTED, NULL, "%s", state);
}

const struct driver driver_vonage = {
	.name = "vonage",
	.channel = CHANNEL_SMS,
	.settings = vonage_settings,
	.check = vonage_check,
	.request = vonage_request,
	.outcome = vonage_outcome,
};
