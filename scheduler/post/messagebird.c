#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/messagebird.h"
#include "post/wire.h"

#define BODY_MAX 1377 /* nine segments of 153 */
#define VALIDITY_MOST_S 172800

static const struct setting_row messagebird_settings[] = {
	{ "access_key", SETTING_SECRET, true, NULL, "the live access key" },
	{ "from", SETTING_TEXT, true, NULL,
	    "the number that sends, as +447..., or a name" },
	{ "dlr_url", SETTING_TEXT, false, NULL,
	    "where reports go; our id is added" },
	{ "base_url", SETTING_TEXT, false, "https://rest.messagebird.com",
	    "where the API is" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static const struct api_row sent_rows[] = {
	{ "2", POST_CONFIG, "access_key is wrong, or may not send" },
	{ "9", POST_CONFIG, "a parameter is missing" },
	{ "10", POST_REFUSED, "a parameter is not valid" },
	{ "20", POST_CONFIG, "not found" },
	{ "21", POST_REFUSED, "the request is not valid" },
	{ "25", POST_CONFIG, "no credit left" },
	{ "98", POST_CONFIG, "no such API" },
	{ "99", POST_AMBIGUOUS, "an error inside MessageBird" },
	{ "recipients", POST_BAD_ADDRESS, "not a phone number" },
	{ "recipient", POST_BAD_ADDRESS, "not a phone number" },
	{ "originator", POST_CONFIG, "this sender is not allowed" },
	{ NULL, POST_CONFIG, NULL },
};

static const struct api_row final_rows[] = {
	{ "103", POST_OPTED_OUT, "this number has opted out at MessageBird" },
	{ NULL, POST_UNDELIVERED, NULL },
};

static enum status
messagebird_check(const struct gateway *gateway, struct why *why)
{
	enum status status = api_url_check(gateway, "base_url", why);

	if (status == STATUS_OK)
		status = api_url_check(gateway, "dlr_url", why);
	if (status == STATUS_OK)
		status = api_sender_check(gateway, "from", why);
	return status;
}

static enum status
messagebird_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	enum status status = api_sms_check(message, BODY_MAX, why);
	int64_t validity_s = api_validity_s(message, 1, VALIDITY_MOST_S);
	json_t *body, *recipients;
	char *report;

	if (status != STATUS_OK)
		return status;
	request->url = api_url(gateway, "/messages");
	api_authorize(
	    request, "AccessKey", gateway_setting(gateway, "access_key"));
	body = json_object();
	json_put_text(body, "originator", gateway_setting(gateway, "from"));
	recipients = json_array();
	json_array_append_new(recipients, json_string(message->to));
	json_object_set_new(body, "recipients", recipients);
	json_put_text(body, "body", message->body);
	json_put_text(body, "datacoding", "auto");
	json_put_text(body, "reference", message->key);
	if (validity_s > 0)
		json_put_whole(body, "validity", validity_s);
	report = api_report_url(gateway, message->key);
	if (report != NULL)
		json_put_text(body, "reportUrl", report);
	free(report);
	api_post_json(request, body);
	return STATUS_OK;
}

void
messagebird_receipt(
    const char *state, const char *code, struct post_outcome *outcome)
{
	if (code != NULL && strcmp(code, "0") == 0)
		code = NULL;
	if (strcmp(state, "delivered") == 0)
		wire_outcome(outcome, POST_DELIVERED, NULL, "delivered");
	else if (strcmp(state, "delivery_failed") == 0 ||
		 strcmp(state, "expired") == 0)
		api_undelivered(outcome, state, code, final_rows);
	else
		wire_outcome(outcome, POST_ACCEPTED, NULL, "%s", state);
}

bool
messagebird_message(const json_t *message, struct post_outcome *outcome)
{
	const json_t *recipient =
	    api_first(json_object_get(message, "recipients"), "items");
	const char *state = json_text(recipient, "status");
	char code[24];

	api_accepted(outcome, json_text(message, "id"));
	if (outcome->class != POST_ACCEPTED)
		return false;
	snprintf(code, sizeof(code), "%lld",
	    (long long)json_whole(recipient, "statusErrorCode", 0));
	if (state != NULL)
		messagebird_receipt(state, code, outcome);
	return true;
}

/* Which parameter is wrong says more than that one is. */
static void
refusal(const struct post_answer *answer, const json_t *root,
    struct post_outcome *outcome)
{
	const json_t *error = api_first(root, "errors");
	const char *parameter = json_text(error, "parameter");
	int64_t number = json_whole(error, "code", 0);
	char code[24];

	snprintf(code, sizeof(code), "%lld", (long long)number);
	if ((number == 9 || number == 10) &&
	    api_row_find(sent_rows, parameter) != NULL)
		api_refused(answer, parameter, sent_rows, outcome);
	else
		api_refused(
		    answer, number == 0 ? NULL : code, sent_rows, outcome);
}

static void
messagebird_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	json_t *root;

	(void)gateway;
	(void)message;
	if (!api_answered(answer, &root, outcome))
		return;
	if (answer->code >= 300)
		refusal(answer, root, outcome);
	else
		(void)messagebird_message(root, outcome);
	json_decref(root);
}

const struct driver driver_messagebird = {
	.name = "messagebird",
	.channel = CHANNEL_SMS,
	.settings = messagebird_settings,
	.check = messagebird_check,
	.request = messagebird_request,
	.outcome = messagebird_outcome,
	.ask_request = messagebird_ask_request,
	.ask_answer = messagebird_ask_answer,
	.poll_request = messagebird_poll_request,
	.poll_answer = messagebird_poll_answer,
};
