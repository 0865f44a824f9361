#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/memory.h"
#include "base/sign.h"
#include "post/api.h"
#include "post/hook.h"
#include "post/mailgun.h"
#include "post/postmark.h"
#include "post/wire.h"

/* Providers of mail try again for hours; ids make a second call harmless. */
#define TOLERANCE_S ((int64_t)25 * 60 * 60)

/* SendGrid: ECDSA over the time and the body, by its public key. */
static bool
sendgrid_signed(const struct hook_call *call, const char *key)
{
	const char *signature =
	    hook_header(call, "X-Twilio-Email-Event-Webhook-Signature");
	const char *timestamp =
	    hook_header(call, "X-Twilio-Email-Event-Webhook-Timestamp");
	struct buffer sig = { 0 }, text = { 0 };
	bool ok;

	if (signature == NULL || !hook_is_recent(call, timestamp, TOLERANCE_S))
		return false;
	buffer_puts(&text, timestamp);
	buffer_add(&text, call->body == NULL ? "" : call->body, call->len);
	ok = sign_base64_decode(signature, strlen(signature), &sig) &&
	     sign_ecdsa_ok(key, sig.data, sig.len, text.data, text.len);
	buffer_free(&sig);
	buffer_free(&text);
	return ok;
}

static const struct {
	const char *event;
	enum post_class class;
	const char *says;
} sendgrid_events[] = {
	{ "delivered", POST_DELIVERED, "delivered" },
	{ "bounce", POST_BAD_ADDRESS, "it bounced" },
	{ "dropped", POST_UNDELIVERED, "SendGrid did not send it" },
	{ "spamreport", POST_OPTED_OUT, "the patient reported it as spam" },
	{ "unsubscribe", POST_OPTED_OUT, "the patient unsubscribed" },
	{ "group_unsubscribe", POST_OPTED_OUT, "the patient unsubscribed" },
	{ "processed", POST_ACCEPTED, "processed" },
	{ "deferred", POST_ACCEPTED, "deferred" },
};

/* The X-Message-Id of the send: what follows it is about servers. */
static char *
sendgrid_id(const char *id)
{
	const char *end = strstr(id, ".filter");

	if (end == NULL)
		end = strstr(id, ".recvd");
	return end == NULL ? xstrdup(id) : xstrndup(id, (size_t)(end - id));
}

/* A bounce of the type "blocked" is not the address's fault. */
static void
sendgrid_event(const json_t *event, struct hook_result *result)
{
	const char *name = json_text(event, "event");
	const char *type = json_text(event, "type");
	const char *id = json_text(event, "sg_message_id");
	struct post_outcome outcome = { 0 };
	enum post_class class;
	size_t i;
	char *own;

	for (i = 0; name != NULL &&
		    i < sizeof(sendgrid_events) / sizeof(sendgrid_events[0]);
	     i++) {
		if (strcmp(name, sendgrid_events[i].event) != 0)
			continue;
		class = sendgrid_events[i].class;
		if (class == POST_BAD_ADDRESS && type != NULL &&
		    strcmp(type, "blocked") == 0)
			class = POST_UNDELIVERED;
		own = id == NULL ? xstrdup(json_text(event, "key"))
				 : sendgrid_id(id);
		wire_outcome(
		    &outcome, class, NULL, "%s", sendgrid_events[i].says);
		if (wire_copy(
			outcome.provider_id, sizeof(outcome.provider_id), own))
			hook_add_receipt(
			    result, json_text(event, "key"), &outcome);
		free(own);
	}
}

static enum status
sendgrid_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	const json_t *event;
	json_t *root = NULL;
	bool ok;
	size_t i;

	if (hook_json(call, &root, why) != STATUS_OK)
		return STATUS_BAD_DATA;
	ok = json_is_array(root);
	json_array_foreach(root, i, event)
	{
		sendgrid_event(event, result);
	}
	json_decref(root);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it is no list of events");
}

const struct hook hook_sendgrid = {
	.name = "sendgrid",
	.signed_by = sendgrid_signed,
	.read = sendgrid_read,
	.answer_type = "text/plain",
	.answer = "",
};

/* Mailgun: the time and a token, in the body. The token of a call that was
 * seen before is for whoever records calls to refuse. */
static bool
mailgun_signed(const struct hook_call *call, const char *key)
{
	const char *timestamp, *token;
	const json_t *signature;
	json_t *root = NULL;
	char *text, *sum;
	bool same = false;

	if (json_read_mended(call->body, call->len, &root, NULL) != STATUS_OK)
		return false;
	signature = json_object_get(root, "signature");
	timestamp = json_text(signature, "timestamp");
	token = json_text(signature, "token");
	if (token != NULL && hook_is_recent(call, timestamp, TOLERANCE_S)) {
		text = xasprintf("%s%s", timestamp, token);
		sum = sign_hmac_hex(SIGN_SHA256, key, text, strlen(text));
		same = sign_same(sum, json_text(signature, "signature"));
		free(sum);
		free(text);
	}
	json_decref(root);
	return same;
}

static enum status
mailgun_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct post_outcome outcome = { 0 };
	const json_t *event;
	json_t *root = NULL;
	bool ok;

	if (hook_json(call, &root, why) != STATUS_OK)
		return STATUS_BAD_DATA;
	event = json_object_get(root, "event-data");
	ok = event != NULL;
	if (mailgun_event(event, &outcome))
		hook_add_receipt(result,
		    json_text(json_object_get(event, "user-variables"), "key"),
		    &outcome);
	json_decref(root);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it has no event");
}

const struct hook hook_mailgun = {
	.name = "mailgun",
	.signed_by = mailgun_signed,
	.read = mailgun_read,
	.answer_type = "text/plain",
	.answer = "",
};

/* Postmark signs nothing: the key is the "user:password" of its URL. */
static bool
postmark_signed(const struct hook_call *call, const char *key)
{
	char *letters = base64_encode(key, strlen(key));
	char *should = xasprintf("Basic %s", letters);
	bool same = sign_same(should, hook_header(call, "Authorization"));

	free(should);
	free(letters);
	return same;
}

static enum status
postmark_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct post_outcome outcome = { 0 };
	const char *record, *type;
	json_t *root = NULL;
	bool told = true, ok;

	if (hook_json(call, &root, why) != STATUS_OK)
		return STATUS_BAD_DATA;
	record = json_text(root, "RecordType");
	type = json_text(root, "Type");
	ok = record != NULL;
	if (ok && strcmp(record, "Delivery") == 0)
		wire_outcome(&outcome, POST_DELIVERED, NULL, "delivered");
	else if (ok && strcmp(record, "Bounce") == 0)
		told = type != NULL && postmark_bounce(type, &outcome);
	else
		told = ok && strcmp(record, "SpamComplaint") == 0 &&
		       postmark_bounce(record, &outcome);
	if (told && wire_copy(outcome.provider_id, sizeof(outcome.provider_id),
			json_text(root, "MessageID")))
		hook_add_receipt(result,
		    json_text(json_object_get(root, "Metadata"), "key"),
		    &outcome);
	json_decref(root);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it has no RecordType");
}

const struct hook hook_postmark = {
	.name = "postmark",
	.signed_by = postmark_signed,
	.read = postmark_read,
	.answer_type = "text/plain",
	.answer = "",
};
