#include <stdlib.h>
#include <string.h>

#include "base/sign.h"
#include "post/api.h"
#include "post/hook.h"
#include "post/telnyx.h"

#define TOLERANCE_S 300

/* Ed25519 over the time, a bar and the body, by Telnyx's public key. */
static bool
telnyx_signed(const struct hook_call *call, const char *key)
{
	const char *signature = hook_header(call, "telnyx-signature-ed25519");
	const char *timestamp = hook_header(call, "telnyx-timestamp");
	struct buffer public_key = { 0 }, sig = { 0 }, text = { 0 };
	bool ok;

	if (signature == NULL || !hook_is_recent(call, timestamp, TOLERANCE_S))
		return false;
	buffer_printf(&text, "%s|", timestamp);
	buffer_add(&text, call->body == NULL ? "" : call->body, call->len);
	ok = sign_base64_decode(key, strlen(key), &public_key) &&
	     sign_base64_decode(signature, strlen(signature), &sig) &&
	     sign_ed25519_ok(public_key.data, public_key.len, sig.data, sig.len,
		 text.data, text.len);
	buffer_free(&public_key);
	buffer_free(&sig);
	buffer_free(&text);
	return ok;
}

static enum status
telnyx_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct post_outcome outcome = { 0 };
	const json_t *data, *message;
	const char *type;
	json_t *root = NULL;
	char key[64];
	int64_t at;
	bool ok;

	if (hook_json(call, &root, why) != STATUS_OK)
		return STATUS_BAD_DATA;
	data = json_object_get(root, "data");
	message = json_object_get(data, "payload");
	type = json_text(data, "event_type");
	at = api_time(message, "received_at");
	hook_key(call, key);
	if (type != NULL && strcmp(type, "message.received") == 0) {
		ok = hook_add_reply(result, json_text(message, "id"),
		    json_text(json_object_get(message, "from"), "phone_number"),
		    json_text(api_first(message, "to"), "phone_number"),
		    json_text(message, "text"), at == 0 ? call->now_at : at);
	} else {
		ok = telnyx_message(message, &outcome);
		if (ok)
			hook_add_receipt(result, key, &outcome);
	}
	json_decref(root);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it names no message");
}

const struct hook hook_telnyx = {
	.name = "telnyx",
	.signed_by = telnyx_signed,
	.read = telnyx_read,
	.answer_type = "text/plain",
	.answer = "",
};
