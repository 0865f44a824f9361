#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"
#include "post/api.h"
#include "post/hook.h"
#include "post/wire.h"

/* The phone tries again for the better part of a day. */
#define TOLERANCE_S ((int64_t)25 * 60 * 60)

static bool
smsgate_signed(const struct hook_call *call, const char *key)
{
	const char *timestamp = hook_header(call, "X-Timestamp");
	struct buffer text = { 0 };
	char *sum;
	bool same;

	if (!hook_is_recent(call, timestamp, TOLERANCE_S))
		return false;
	buffer_add(&text, call->body == NULL ? "" : call->body, call->len);
	buffer_puts(&text, timestamp);
	sum = sign_hmac_hex(SIGN_SHA256, key, text.data, text.len);
	same = sign_same(sum, hook_header(call, "X-Signature"));
	free(sum);
	buffer_free(&text);
	return same;
}

/* The phone spells a reply's id otherwise here than in its inbox: a clinic
 * that polls has no need of this one, and only one of them is to be used. */
static bool
read_reply(const json_t *payload, struct hook_result *result)
{
	const char *id = json_text(payload, "messageId");
	const char *from = json_text(payload, "sender");
	int64_t at = api_time(payload, "receivedAt");
	bool ok;
	char *key;

	if (from == NULL)
		from = json_text(payload, "phoneNumber");
	if (id == NULL || from == NULL)
		return false;
	key = xasprintf("%s %lld %s", id, (long long)at, from);
	ok = hook_add_reply(result, key, from, json_text(payload, "recipient"),
	    json_text(payload, "message"), at);
	free(key);
	return ok;
}

static bool
read_state(const char *event, const json_t *payload, struct hook_result *result)
{
	struct post_outcome outcome = { 0 };

	api_accepted(&outcome, json_text(payload, "messageId"));
	if (outcome.class != POST_ACCEPTED)
		return false;
	if (strcmp(event, "sms:delivered") == 0)
		wire_outcome(&outcome, POST_DELIVERED, NULL, "delivered");
	else if (strcmp(event, "sms:failed") == 0)
		wire_outcome(&outcome, POST_UNDELIVERED, NULL,
		    "the phone could not send it");
	else if (strcmp(event, "sms:cancelled") == 0)
		wire_outcome(
		    &outcome, POST_UNDELIVERED, NULL, "cancelled at the phone");
	hook_add_receipt(result, outcome.provider_id, &outcome);
	return true;
}

static enum status
smsgate_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	const char *event;
	const json_t *payload;
	json_t *root = NULL;
	bool ok;

	if (hook_json(call, &root, why) != STATUS_OK)
		return STATUS_BAD_DATA;
	event = json_text(root, "event");
	payload = json_object_get(root, "payload");
	if (event == NULL)
		ok = false;
	else if (strcmp(event, "sms:received") == 0)
		ok = read_reply(payload, result);
	else if (strncmp(event, "sms:", 4) == 0 &&
		 strcmp(event, "sms:data-received") != 0)
		ok = read_state(event, payload, result);
	else
		ok = true; /* a ping and the like */
	json_decref(root);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it names no message");
}

const struct hook hook_smsgate = {
	.name = "smsgate",
	.signed_by = smsgate_signed,
	.read = smsgate_read,
	.answer_type = "text/plain",
	.answer = "",
};
