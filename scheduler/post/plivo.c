#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/memory.h"
#include "post/api.h"
#include "post/plivo.h"
#include "post/wire.h"

#define BODY_MAX 1600
#define EXPIRY_LEAST_S 5
#define EXPIRY_MOST_S 10800 /* which is Plivo's own default */
#define PAGE_SIZE "20" /* its most */

/* Carriers report for up to three days. */
#define RECEIPT_S ((int64_t)4 * 24 * 60 * 60)

static const struct setting_row plivo_settings[] = {
	{ "auth_id", SETTING_TEXT, true, NULL, "the account's Auth ID" },
	{ "auth_token", SETTING_SECRET, true, NULL, "its auth token" },
	{ "from", SETTING_TEXT, false, NULL,
	    "the number that sends, as +447..., or a name" },
	{ "powerpack", SETTING_TEXT, false, NULL,
	    "instead of from: the id of a Powerpack" },
	{ "dlr_url", SETTING_TEXT, false, NULL,
	    "where reports go; our id is added" },
	{ "base_url", SETTING_TEXT, false, "https://api.plivo.com",
	    "where the API is" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

/* ErrorCode of a report; a refusal at once has words alone. */
static const struct api_row final_rows[] = {
	{ "10", POST_UNDELIVERED, "the message is not valid" },
	{ "20", POST_UNDELIVERED, "an error of the network" },
	{ "30", POST_UNDELIVERED, "taken for spam" },
	{ "40", POST_UNDELIVERED, "the sender is not valid" },
	{ "50", POST_BAD_ADDRESS, "the number is not valid" },
	{ "60", POST_UNDELIVERED, "a loop" },
	{ "70", POST_BAD_ADDRESS, "the number is gone for good" },
	{ "80", POST_UNDELIVERED, "the phone can't be reached for now" },
	{ "90", POST_UNDELIVERED, "no route to this number" },
	{ "100", POST_UNDELIVERED, "prohibited by the carrier" },
	{ "110", POST_UNDELIVERED, "the message is too long" },
	{ "200", POST_OPTED_OUT, "this number has opted out at Plivo" },
	{ "300", POST_UNDELIVERED, "it could not be handed on" },
	{ "420", POST_UNDELIVERED, "it expired on its way" },
	{ "900", POST_UNDELIVERED, "no credit left" },
	{ "1000", POST_UNDELIVERED, "unknown" },
	{ NULL, POST_UNDELIVERED, NULL },
};

static const struct api_row sent_rows[] = {
	{ NULL, POST_CONFIG, NULL },
};

static enum status
plivo_check(const struct gateway *gateway, struct why *why)
{
	const char *powerpack = gateway_setting(gateway, "powerpack");
	enum status status = api_url_check(gateway, "base_url", why);

	if (status == STATUS_OK)
		status = api_url_check(gateway, "dlr_url", why);
	if (status == STATUS_OK)
		status = api_sender_check(gateway, "from", why);
	if (status != STATUS_OK)
		return status;
	if (!api_word_ok(gateway_setting(gateway, "auth_id")))
		return why_set(why, STATUS_CONFIG, "auth_id is not one");
	if ((gateway_setting(gateway, "from") == NULL) == (powerpack == NULL))
		return why_set(
		    why, STATUS_CONFIG, "give either from or powerpack");
	if (powerpack != NULL && !api_word_ok(powerpack))
		return why_set(why, STATUS_CONFIG, "powerpack is not an id");
	return STATUS_OK;
}

static void
begin(const struct gateway *gateway, const char *query,
    struct post_request *request)
{
	request->url = api_url(gateway, "/v1/Account/%s/Message/%s",
	    gateway_setting(gateway, "auth_id"), query);
	request->user = xstrdup(gateway_setting(gateway, "auth_id"));
	request->password = xstrdup(gateway_setting(gateway, "auth_token"));
}

static const char *
no_plus(const char *number)
{
	return number[0] == '+' ? number + 1 : number;
}

static enum status
plivo_request(const struct gateway *gateway, const struct post_message *message,
    struct post_request *request, struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	enum status status = api_sms_check(message, BODY_MAX, why);
	int64_t expiry_s =
	    api_validity_s(message, EXPIRY_LEAST_S, EXPIRY_MOST_S);
	json_t *body;
	char *report;

	if (status != STATUS_OK)
		return status;
	begin(gateway, "", request);
	request->fresh = true;
	body = json_object();
	if (from != NULL)
		json_put_text(body, "src", no_plus(from));
	else
		json_put_text(body, "powerpack_uuid",
		    gateway_setting(gateway, "powerpack"));
	json_put_text(body, "dst", no_plus(message->to));
	json_put_text(body, "text", message->body);
	json_put_text(body, "type", "sms");
	if (expiry_s > 0)
		json_put_whole(body, "message_expiry", expiry_s);
	report = api_report_url(gateway, message->key);
	if (report != NULL) {
		json_put_text(body, "url", report);
		json_put_text(body, "method", "POST");
	}
	free(report);
	api_post_json(request, body);
	return STATUS_OK;
}

static void
plivo_outcome(const struct gateway *gateway, const struct post_message *message,
    const struct post_answer *answer, struct post_outcome *outcome)
{
	json_t *root;

	(void)gateway;
	(void)message;
	if (!api_answered(answer, &root, outcome))
		return;
	if (answer->code >= 300)
		api_refused(answer, NULL, sent_rows, outcome);
	else
		api_accepted(outcome,
		    json_string_value(api_first(root, "message_uuid")));
	json_decref(root);
}

void
plivo_receipt(const char *state, const char *code, struct post_outcome *outcome)
{
	if (strcmp(state, "delivered") == 0)
		wire_outcome(outcome, POST_DELIVERED, NULL, "delivered");
	else if (strcmp(state, "undelivered") == 0 ||
		 strcmp(state, "failed") == 0 || strcmp(state, "rejected") == 0)
		api_undelivered(outcome, state, code, final_rows);
	else
		wire_outcome(outcome, POST_ACCEPTED, NULL, "%s", state);
}

/*
 * The list of messages tells receipts, but has no texts: replies come by
 * webhook alone, and one of unknown fate can't be known among others.
 */
static enum status
plivo_poll_request(const struct gateway *gateway, int pass, int64_t since_at,
    const char *cursor, struct post_request *request, struct why *why)
{
	int64_t from_at = since_at - RECEIPT_S;
	struct buffer query = { 0 };
	char day[DATE_SIZE];
	char *since;

	(void)cursor;
	(void)why;
	if (pass > 0)
		return STATUS_NONE;
	since = xasprintf("%s 00:00",
	    date_format(
		date_from_days((from_at < 0 ? 0 : from_at) / 86400), day));
	buffer_putc(&query, '?');
	wire_form(&query, "message_direction", "outbound");
	wire_form(&query, "message_time__gte", since);
	wire_form(&query, "limit", PAGE_SIZE);
	request->method = xstrdup("GET");
	begin(gateway, buffer_text(&query), request);
	buffer_free(&query);
	free(since);
	return STATUS_OK;
}

static void
take_receipt(const json_t *listed, struct post_found *found)
{
	const char *state = json_text(listed, "message_state");
	int64_t number = json_whole(listed, "error_code", 0);
	struct post_outcome outcome = { 0 };
	char code[24] = "";

	if (state == NULL ||
	    !wire_copy(outcome.provider_id, sizeof(outcome.provider_id),
		json_text(listed, "message_uuid")))
		return;
	if (number != 0)
		snprintf(code, sizeof(code), "%lld", (long long)number);
	plivo_receipt(state, code, &outcome);
	post_found_receipt(found, &outcome, api_time(listed, "message_time"));
}

static enum status
plivo_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	const json_t *objects, *listed;
	struct post_request request = { 0 };
	json_t *root = NULL;
	enum status status;
	size_t i;

	status = api_listed(answer, "objects", &root, &objects, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(objects, i, listed)
	{
		take_receipt(listed, found);
	}
	begin(gateway, "", &request);
	status = api_follow(found, request.url,
	    json_text(json_object_get(root, "meta"), "next"), why);
	post_request_free(&request);
	json_decref(root);
	return status;
}

const struct driver driver_plivo = {
	.name = "plivo",
	.channel = CHANNEL_SMS,
	.settings = plivo_settings,
	.check = plivo_check,
	.request = plivo_request,
	.outcome = plivo_outcome,
	.poll_request = plivo_poll_request,
	.poll_answer = plivo_poll_answer,
};
