#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "post/api.h"
#include "post/smsgate.h"
#include "post/wire.h"

#define BODY_MAX 1600
#define ID_MAX 36
#define TTL_LEAST_S 5
#define TTL_MOST_S ((int64_t)7 * 24 * 60 * 60)
#define PAGE_SIZE 100

/* The phone's clock may be off; and states change for up to three days. */
#define MARGIN_S ((int64_t)24 * 60 * 60)
#define RECEIPT_S ((int64_t)4 * 24 * 60 * 60)

static const struct setting_row smsgate_settings[] = {
	{ "base_url", SETTING_TEXT, true, NULL,
	    "the phone, as http://192.168.1.20:8080, or the cloud, as "
	    "https://api.sms-gate.app/3rdparty/v1" },
	{ "user", SETTING_TEXT, false, "sms", "as shown in the app" },
	{ "password", SETTING_SECRET, true, NULL, "as shown in the app" },
	{ "sim", SETTING_NUMBER, false, NULL,
	    "which SIM card sends: 1 or 2; the phone's own choice where not "
	    "given" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

/* The phone speaks no TLS of its own, so http is well inside the clinic. */
static enum status
smsgate_check(const struct gateway *gateway, struct why *why)
{
	const char *url = gateway_setting(gateway, "base_url");
	const char *sim = gateway_setting(gateway, "sim");

	if (!wire_url_ok(url, "https http") || strpbrk(url, "?#") != NULL)
		return why_set(why, STATUS_CONFIG,
		    "base_url is not one as http://192.168.1.20:8080");
	if (sim != NULL && (strlen(sim) != 1 || sim[0] < '1' || sim[0] > '9'))
		return why_set(why, STATUS_CONFIG, "sim is 1 or 2");
	return STATUS_OK;
}

static void
credentials(const struct gateway *gateway, struct post_request *request)
{
	request->user = xstrdup(gateway_setting(gateway, "user"));
	request->password = xstrdup(gateway_setting(gateway, "password"));
}

static enum status
smsgate_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	const char *sim = gateway_setting(gateway, "sim");
	enum status status = api_sms_check(message, BODY_MAX, why);
	int64_t ttl_s = api_validity_s(message, TTL_LEAST_S, TTL_MOST_S);
	json_t *body, *text, *numbers;

	if (status != STATUS_OK)
		return status;
	if (strlen(message->key) > ID_MAX)
		return why_set(why, STATUS_USAGE, "the key is too long");
	request->url = api_url(gateway, "/messages");
	credentials(gateway, request);
	body = json_object();
	json_put_text(body, "id", message->key);
	text = json_object();
	json_put_text(text, "text", message->body);
	json_object_set_new(body, "textMessage", text);
	numbers = json_array();
	json_array_append_new(numbers, json_string(message->to));
	json_object_set_new(body, "phoneNumbers", numbers);
	json_put_bool(body, "withDeliveryReport", true);
	if (sim != NULL)
		json_put_whole(body, "simNumber", sim[0] - '0');
	if (ttl_s > 0)
		json_put_whole(body, "ttl", ttl_s);
	api_post_json(request, body);
	return STATUS_OK;
}

bool
smsgate_message(const json_t *message, struct post_outcome *outcome)
{
	const char *state = json_text(message, "state");

	api_accepted(outcome, json_text(message, "id"));
	if (outcome->class != POST_ACCEPTED || state == NULL)
		return outcome->class == POST_ACCEPTED;
	if (strcmp(state, "Delivered") == 0)
		wire_outcome(outcome, POST_DELIVERED, NULL, "delivered");
	else if (strcmp(state, "Failed") == 0)
		/* Android's word for it would name the number. */
		wire_outcome(outcome, POST_UNDELIVERED, NULL,
		    "the phone could not send it");
	else if (strcmp(state, "Cancelled") == 0)
		wire_outcome(outcome, POST_UNDELIVERED, NULL,
		    "cancelled at the phone");
	else
		wire_outcome(outcome, POST_ACCEPTED, NULL, "%s", state);
	return true;
}

/*
 * 409 is as good as 202: the phone has our id already. 503 comes from the
 * cloud when its queue is full; a repeat would be known by its id anyway.
 */
static void
smsgate_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	static const struct api_row none[] = { { NULL, POST_CONFIG, NULL } };
	json_t *root = NULL;

	(void)gateway;
	if (answer->transport_ok && answer->code == 503) {
		wire_outcome(outcome, POST_THROTTLED, "503",
		    "the phone or its cloud takes no more for now");
		outcome->retry_after_s = answer->retry_after_s;
		return;
	}
	if (!api_answered(answer, &root, outcome))
		return;
	if (answer->code == 409)
		api_accepted(outcome, message->key);
	else if (answer->code >= 300)
		api_refused(answer, NULL, none, outcome);
	else if (!smsgate_message(root, outcome))
		(void)0;
	else if (strcmp(outcome->provider_id, message->key) != 0) {
		*outcome = (struct post_outcome){ 0 };
		wire_outcome(outcome, POST_AMBIGUOUS, NULL,
		    "the answer is about another message");
	}
	json_decref(root);
}

static enum status
smsgate_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why)
{
	(void)claimed_at;
	if (!wire_key_ok(message->key))
		return why_set(why, STATUS_BAD_DATA, "not a message key");
	request->method = xstrdup("GET");
	request->url = api_url(gateway, "/messages/%s", message->key);
	credentials(gateway, request);
	return STATUS_OK;
}

static enum status
smsgate_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why)
{
	struct post_outcome outcome = { 0 };
	json_t *root = NULL;
	enum status status;
	bool ours;

	(void)gateway;
	if (answer->transport_ok && answer->code == 404)
		return STATUS_OK; /* nothing found: it surely is not there */
	status = wire_listing_status(answer, why);
	if (status != STATUS_OK)
		return status;
	(void)json_read(answer->text, answer->len, &root, NULL);
	ours = smsgate_message(root, &outcome) &&
	       strcmp(outcome.provider_id, message->key) == 0;
	if (ours)
		post_found_receipt(found, &outcome, post_found_since(found));
	json_decref(root);
	return ours ? STATUS_OK
		    : why_set(why, STATUS_UNAVAILABLE,
			  "the answer is not about this message");
}

static void
begin_list(const struct gateway *gateway, int pass, int64_t since_at,
    int64_t offset, struct post_request *request)
{
	struct buffer query = { 0 };
	char from[TIME_SIZE];
	char *number = xasprintf("%lld", (long long)offset);

	time_format(since_at - (pass == 0 ? MARGIN_S : RECEIPT_S), from);
	if (pass == 0)
		wire_form(&query, "type", "SMS");
	wire_form(&query, "from", from);
	wire_form(&query, "limit", "100");
	wire_form(&query, "offset", number);
	free(number);
	request->method = xstrdup("GET");
	request->url = api_url(gateway, "%s?%s",
	    pass == 0 ? "/inbox" : "/messages", buffer_text(&query));
	buffer_free(&query);
	credentials(gateway, request);
}

static enum status
smsgate_poll_request(const struct gateway *gateway, int pass, int64_t since_at,
    const char *cursor, struct post_request *request, struct why *why)
{
	(void)cursor;
	(void)why;
	if (pass > 1)
		return STATUS_NONE;
	begin_list(gateway, pass, since_at, 0, request);
	return STATUS_OK;
}

/* The phone's own id is a 32-bit hash: what came when, and from whom, makes
 * it one of a kind. */
static void
take_reply(const json_t *item, struct post_found *found)
{
	const char *body = json_text(item, "contentPreview");
	const char *id = json_text(item, "id");
	const char *sender = json_text(item, "sender");
	const char *created = json_text(item, "createdAt");
	struct post_inbound inbound = { 0 };
	char *key;

	if (id == NULL || created == NULL) {
		post_found_spoilt(
		    found, "the phone lists a reply without an id or time");
		return;
	}
	inbound.body = body == NULL ? "" : body;
	inbound.at = api_time(item, "createdAt");
	wire_copy(inbound.from, sizeof(inbound.from), sender);
	wire_copy(
	    inbound.to, sizeof(inbound.to), json_text(item, "recipient"));
	key = xasprintf("%s %lld %s", id, (long long)inbound.at, inbound.from);
	if (wire_copy(inbound.provider_id, sizeof(inbound.provider_id), key))
		post_found_inbound(found, &inbound, NULL);
	else
		post_found_spoilt(found, "the phone lists a reply whose id "
					 "can't be kept");
	free(key);
}

/* A full page is followed by another; which list it is shows in its items. */
static enum status
smsgate_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	const json_t *items, *item;
	struct post_request next = { 0 };
	json_t *root = NULL;
	enum status status;
	bool inbox = false;
	size_t i;

	status = api_listed(answer, NULL, &root, &items, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(items, i, item)
	{
		struct post_outcome outcome = { 0 };

		inbox = json_object_get(item, "contentPreview") != NULL;
		if (inbox)
			take_reply(item, found);
		else if (smsgate_message(item, &outcome))
			post_found_receipt(found, &outcome, 0);
	}
	if (i == PAGE_SIZE) {
		begin_list(gateway, inbox ? 0 : 1, post_found_since(found),
		    post_found_listed(found), &next);
		post_found_next(found, next.url);
		post_request_free(&next);
	}
	json_decref(root);
	return STATUS_OK;
}

const struct driver driver_smsgate = {
	.name = "smsgate",
	.channel = CHANNEL_SMS,
	.settings = smsgate_settings,
	.check = smsgate_check,
	.request = smsgate_request,
	.outcome = smsgate_outcome,
	.ask_request = smsgate_ask_request,
	.ask_answer = smsgate_ask_answer,
	.poll_request = smsgate_poll_request,
	.poll_answer = smsgate_poll_answer,
};
