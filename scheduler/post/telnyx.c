#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/telnyx.h"
#include "post/wire.h"

#define BODY_MAX 1600 /* characters: ten segments of GSM-7 and a bit */

/* Carriers report for up to three days. */
#define RECEIPT_S ((int64_t)4 * 24 * 60 * 60)

static const struct setting_row telnyx_settings[] = {
	{ "api_key", SETTING_SECRET, true, NULL, "the key of API version 2" },
	{ "from", SETTING_TEXT, false, NULL,
	    "the number that sends, as +447..., or a name" },
	{ "messaging_profile", SETTING_TEXT, false, NULL,
	    "the id of a messaging profile, instead of from or beside a name" },
	{ "dlr_url", SETTING_TEXT, false, NULL,
	    "where reports go; our id is added" },
	{ "base_url", SETTING_TEXT, false, "https://api.telnyx.com",
	    "where the API is" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static const struct api_row rows[] = {
	{ "10002", POST_BAD_ADDRESS, "not a phone number" },
	{ "10016", POST_BAD_ADDRESS, "not a number in international form" },
	{ "10007", POST_AMBIGUOUS, "an unexpected error at Telnyx" },
	{ "10009", POST_CONFIG, "api_key is wrong" },
	{ "10010", POST_CONFIG, "this key may not send" },
	{ "10011", POST_THROTTLED, "too many requests" },
	{ "10015", POST_REFUSED, "the request is not valid" },
	{ "40001", POST_BAD_ADDRESS, "a landline, or no route to it" },
	{ "40002", POST_REFUSED, "taken for spam for now" },
	{ "40003", POST_REFUSED, "taken for spam" },
	{ "40004", POST_REFUSED, "refused by the network" },
	{ "40005", POST_UNDELIVERED, "it expired on its way" },
	{ "40006", POST_UNDELIVERED, "the network is down" },
	{ "40008", POST_UNDELIVERED, "it could not be delivered" },
	{ "40009", POST_REFUSED, "the text is not valid" },
	{ "40011", POST_THROTTLED, "over the rate of this number" },
	{ "40300", POST_OPTED_OUT, "this number has opted out at Telnyx" },
	{ NULL, POST_CONFIG, NULL },
};

static enum status
telnyx_check(const struct gateway *gateway, struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	const char *profile = gateway_setting(gateway, "messaging_profile");
	enum status status = api_url_check(gateway, "base_url", why);

	if (status == STATUS_OK)
		status = api_url_check(gateway, "dlr_url", why);
	if (status == STATUS_OK)
		status = api_sender_check(gateway, "from", why);
	if (status != STATUS_OK)
		return status;
	if (from == NULL && profile == NULL)
		return why_set(why, STATUS_CONFIG,
		    "give from or messaging_profile, or both");
	if (profile != NULL && !api_word_ok(profile))
		return why_set(
		    why, STATUS_CONFIG, "messaging_profile is not an id");
	return STATUS_OK;
}

static enum status
telnyx_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	const char *profile = gateway_setting(gateway, "messaging_profile");
	enum status status = api_sms_check(message, BODY_MAX, why);
	json_t *body;
	char *report;

	if (status != STATUS_OK)
		return status;
	request->url = api_url(gateway, "/v2/messages");
	request->fresh = true;
	api_authorize(request, "Bearer", gateway_setting(gateway, "api_key"));
	body = json_object();
	json_put_text(body, "to", message->to);
	if (from != NULL)
		json_put_text(body, "from", from);
	if (profile != NULL)
		json_put_text(body, "messaging_profile_id", profile);
	json_put_text(body, "text", message->body);
	json_put_text(body, "type", "SMS");
	report = api_report_url(gateway, message->key);
	if (report != NULL)
		json_put_text(body, "webhook_url", report);
	free(report);
	api_post_json(request, body);
	return STATUS_OK;
}

void
telnyx_receipt(
    const char *state, const char *code, struct post_outcome *outcome)
{
	static const char *const lost[] = { "expired", "sending_failed",
		"delivery_failed", "gw_timeout", "gw_reject", "failed" };
	size_t i;

	if (strcmp(state, "delivered") == 0) {
		wire_outcome(outcome, POST_DELIVERED, NULL, "delivered");
		return;
	}
	for (i = 0; i < sizeof(lost) / sizeof(lost[0]); i++)
		if (strcmp(state, lost[i]) == 0) {
			api_undelivered(outcome, state, code, rows);
			return;
		}
	wire_outcome(outcome, POST_ACCEPTED, NULL, "%s", state);
}

static const char *
first_code(const json_t *object)
{
	return json_text(api_first(object, "errors"), "code");
}

bool
telnyx_message(const json_t *data, struct post_outcome *outcome)
{
	const char *state = json_text(api_first(data, "to"), "status");

	api_accepted(outcome, json_text(data, "id"));
	if (outcome->class != POST_ACCEPTED)
		return false;
	if (state != NULL)
		telnyx_receipt(state, first_code(data), outcome);
	return true;
}

static void
telnyx_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	json_t *root;

	(void)gateway;
	(void)message;
	if (!api_answered(answer, &root, outcome))
		return;
	if (answer->code >= 300)
		api_refused(answer, first_code(root), rows, outcome);
	else
		(void)telnyx_message(json_object_get(root, "data"), outcome);
	json_decref(root);
}

/*
 * Records of what was sent tell receipts, without texts: replies come by
 * webhook alone, and a message of unknown fate can't be known among them.
 */
static enum status
telnyx_poll_request(const struct gateway *gateway, int pass, int64_t since_at,
    const char *cursor, struct post_request *request, struct why *why)
{
	struct buffer query = { 0 };

	(void)since_at;
	(void)cursor;
	(void)why;
	if (pass > 0)
		return STATUS_NONE;
	wire_form(&query, "filter[record_type]", "messaging");
	wire_form(&query, "filter[date_range]", "last_7_days");
	wire_form(&query, "filter[direction]", "outbound");
	wire_form(&query, "page[size]", "50");
	wire_form(&query, "sort", "-created_at");
	request->method = xstrdup("GET");
	request->url =
	    api_url(gateway, "/v2/detail_records?%s", buffer_text(&query));
	buffer_free(&query);
	api_authorize(request, "Bearer", gateway_setting(gateway, "api_key"));
	return STATUS_OK;
}

/* The same question for the page after this one, if there is one. */
static void
next_page(
    const struct gateway *gateway, const json_t *root, struct post_found *found)
{
	const json_t *meta = json_object_get(root, "meta");
	int64_t page = json_whole(meta, "page_number", 0);
	struct post_request request = { 0 };
	char *url;

	if (page <= 0 || page >= json_whole(meta, "total_pages", 0))
		return;
	(void)telnyx_poll_request(gateway, 0, 0, NULL, &request, NULL);
	url = xasprintf(
	    "%s&page%%5Bnumber%%5D=%lld", request.url, (long long)page + 1);
	post_found_next(found, url);
	free(url);
	post_request_free(&request);
}

static enum status
telnyx_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	const json_t *records, *record;
	json_t *root = NULL;
	bool older = false;
	enum status status;
	size_t i;

	status = api_listed(answer, "data", &root, &records, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(records, i, record)
	{
		const char *state = json_text(record, "status");
		struct post_outcome outcome = { 0 };
		int64_t at = api_time(record, "created_at");

		older = at != 0 && at < post_found_since(found) - RECEIPT_S;
		if (state == NULL ||
		    !wire_copy(outcome.provider_id, sizeof(outcome.provider_id),
			json_text(record, "uuid")))
			continue;
		telnyx_receipt(state, first_code(record), &outcome);
		post_found_receipt(found, &outcome, at);
	}
	if (!older)
		next_page(gateway, root, found);
	json_decref(root);
	return STATUS_OK;
}

const struct driver driver_telnyx = {
	.name = "telnyx",
	.channel = CHANNEL_SMS,
	.settings = telnyx_settings,
	.check = telnyx_check,
	.request = telnyx_request,
	.outcome = telnyx_outcome,
	.poll_request = telnyx_poll_request,
	.poll_answer = telnyx_poll_answer,
};
