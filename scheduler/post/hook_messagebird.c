#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/sign.h"
#include "post/hook.h"
#include "post/messagebird.h"
#include "post/wire.h"

#define SKEW_S 1

/* A part of a token as JSON, or NULL. */
static json_t *
part(const char *text, size_t len)
{
	struct buffer bytes = { 0 };
	json_t *root = NULL;

	if (sign_base64_decode(text, len, &bytes))
		(void)json_read_mended(bytes.data, bytes.len, &root, NULL);
	buffer_free(&bytes);
	return root;
}

/* Only keyed hashes: a token that names another way is none. */
static enum sign_hash
hash_of(const json_t *head)
{
	const char *alg = json_text(head, "alg");

	if (alg == NULL)
		return SIGN__MAX;
	return strcmp(alg, "HS256") == 0   ? SIGN_SHA256
	       : strcmp(alg, "HS384") == 0 ? SIGN_SHA384
	       : strcmp(alg, "HS512") == 0 ? SIGN_SHA512
					   : SIGN__MAX;
}

static bool
token_ok(const char *token, const char *key, json_t **claims)
{
	const char *dot = strchr(token, '.');
	const char *last = dot == NULL ? NULL : strchr(dot + 1, '.');
	json_t *head = dot == NULL ? NULL : part(token, (size_t)(dot - token));
	enum sign_hash hash = hash_of(head);
	unsigned char sum[SIGN_SIZE];
	struct buffer given = { 0 };
	char *is = NULL, *should = NULL;
	size_t len;
	bool ok = false;

	json_decref(head);
	if (last == NULL || hash == SIGN__MAX)
		return false;
	len = sign_hmac(
	    hash, key, strlen(key), token, (size_t)(last - token), sum);
	if (sign_base64_decode(last + 1, strlen(last + 1), &given) &&
	    given.len == len) {
		is = xcalloc(HASH_SIZE, 1);
		should = xcalloc(HASH_SIZE, 1);
		hash_hex(given.data, given.len, is);
		hash_hex(sum, len, should);
		ok = sign_same(is, should);
	}
	if (ok)
		*claims = part(dot + 1, (size_t)(last - dot - 1));
	free(is);
	free(should);
	buffer_free(&given);
	return ok && *claims != NULL;
}

static bool
messagebird_signed(const struct hook_call *call, const char *key)
{
	const char *token = hook_header(call, "MessageBird-Signature-JWT");
	const char *issuer, *payload;
	char url_hash[HASH_SIZE], body_hash[HASH_SIZE];
	json_t *claims = NULL;
	bool ok;

	if (token == NULL || !token_ok(token, key, &claims))
		return false;
	hash_hex(call->url, strlen(call->url), url_hash);
	hash_hex(call->body == NULL ? "" : call->body, call->len, body_hash);
	issuer = json_text(claims, "iss");
	payload = json_text(claims, "payload_hash");
	ok = issuer != NULL && strcmp(issuer, "MessageBird") == 0 &&
	     json_whole(claims, "nbf", INT64_MAX) <= call->now_at + SKEW_S &&
	     json_whole(claims, "exp", 0) >= call->now_at - SKEW_S &&
	     sign_same(json_text(claims, "url_hash"), url_hash) &&
	     (call->len == 0 ? payload == NULL : sign_same(payload, body_hash));
	json_decref(claims);
	return ok;
}

static int64_t
time_of(const char *text, int64_t otherwise)
{
	int64_t at = otherwise;

	if (text != NULL)
		(void)time_parse(text, &at, NULL);
	return at;
}

/* The query of a report begins with our key as "id", as we wrote it into the
 * URL; the "id" that MessageBird adds is its own. */
static const char *
last_value(const struct hook_form *form, const char *name)
{
	int i = form->len;

	while (i-- > 0)
		if (strcmp(form->field[i].name, name) == 0)
			return form->field[i].value;
	return NULL;
}

static enum status
messagebird_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct hook_form form = { 0 };
	struct post_outcome outcome = { 0 };
	const char *state, *id;
	bool ok;

	hook_all(call, &form);
	state = hook_value(&form, "status");
	id = last_value(&form, "id");
	if (state == NULL)
		ok = hook_add_reply(result, id, hook_value(&form, "originator"),
		    hook_value(&form, "recipient"), hook_value(&form, "body"),
		    time_of(
			hook_value(&form, "createdDatetime"), call->now_at));
	else {
		ok = wire_copy(
		    outcome.provider_id, sizeof(outcome.provider_id), id);
		messagebird_receipt(
		    state, hook_value(&form, "statusErrorCode"), &outcome);
		if (ok)
			hook_add_receipt(
			    result, hook_value(&form, "reference"), &outcome);
	}
	hook_form_free(&form);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it names no message");
}

const struct hook hook_messagebird = {
	.name = "messagebird",
	.signed_by = messagebird_signed,
	.read = messagebird_read,
	.answer_type = "text/plain",
	.answer = "OK",
};
