#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/sign.h"
#include "post/hook.h"
#include "post/twilio.h"
#include "post/wire.h"

/* The URL and, of a form, each name with each of its distinct values, sorted
 * by bytes, all run together. */
static bool
signed_at(const struct hook_call *call, const char *url, const char *key)
{
	struct hook_form form = { 0 };
	struct buffer text = { 0 };
	char *sum;
	bool same;
	int i;

	buffer_puts(&text, url);
	hook_body_form(call, &form);
	hook_form_sort(&form);
	for (i = 0; i < form.len; i++) {
		const struct hook_field *field = &form.field[i];

		if (i > 0 && strcmp(field->name, field[-1].name) == 0 &&
		    strcmp(field->value, field[-1].value) == 0)
			continue;
		buffer_puts(&text, field->name);
		buffer_puts(&text, field->value);
	}
	sum = sign_hmac_base64(SIGN_SHA1, key, text.data, text.len);
	same = sign_same(sum, hook_header(call, "X-Twilio-Signature"));
	free(sum);
	buffer_free(&text);
	hook_form_free(&form);
	return same;
}

/* The same URL without its port, or with the usual one: Twilio signs either. */
static char *
other_port(const char *url)
{
	const char *host = strstr(url, "://"), *path, *port;
	bool tls = strncmp(url, "https:", 6) == 0;

	if (host == NULL)
		return xstrdup(url);
	host += 3;
	path = host + strcspn(host, "/?#");
	port = memchr(host, ':', (size_t)(path - host));
	if (port != NULL)
		return xasprintf("%.*s%s", (int)(port - url), url, path);
	return xasprintf(
	    "%.*s%s%s", (int)(path - url), url, tls ? ":443" : ":80", path);
}

/* A body that is no form is covered by its hash in the query. */
static bool
body_is_covered(const struct hook_call *call)
{
	struct hook_form form = { 0 }, query = { 0 };
	char hash[HASH_SIZE];
	bool covered;

	hook_body_form(call, &form);
	hook_query(call, &query);
	hash_hex(call->body == NULL ? "" : call->body, call->len, hash);
	covered = call->len == 0 || form.len > 0 ||
		  sign_same(hook_value(&query, "bodySHA256"), hash);
	hook_form_free(&form);
	hook_form_free(&query);
	return covered;
}

static bool
twilio_signed(const struct hook_call *call, const char *key)
{
	char *url = other_port(call->url);
	bool ok = body_is_covered(call) && (signed_at(call, call->url, key) ||
					       signed_at(call, url, key));

	free(url);
	return ok;
}

static enum status
twilio_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct hook_form form = { 0 };
	struct post_outcome outcome = { 0 };
	const char *state, *sid;
	char key[64];
	json_t *message;
	bool ok;

	hook_all(call, &form);
	hook_key(call, key);
	sid = hook_value(&form, "MessageSid");
	state = hook_value(&form, "MessageStatus");
	if (state == NULL)
		ok = hook_add_reply(result, sid, hook_value(&form, "From"),
		    hook_value(&form, "To"), hook_value(&form, "Body"),
		    call->now_at);
	else {
		message = json_object();
		json_put_text(message, "sid", sid);
		json_put_text(message, "status", state);
		json_put_text(
		    message, "error_code", hook_value(&form, "ErrorCode"));
		ok = twilio_receipt(message, &outcome);
		if (ok)
			hook_add_receipt(result, key, &outcome);
		json_decref(message);
	}
	hook_form_free(&form);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it names no message");
}

const struct hook hook_twilio = {
	.name = "twilio",
	.signed_by = twilio_signed,
	.read = twilio_read,
	.answer_type = "text/xml",
	.answer = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>",
};
