#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"
#include "post/hook.h"
#include "post/vonage.h"
#include "post/wire.h"

/* Vonage calls again for a day where it is not answered. */
#define TOLERANCE_S ((int64_t)25 * 60 * 60)

/* A call has its values in the query, a form or a flat JSON object. */
static void
values_of(const struct hook_call *call, struct hook_form *form)
{
	const char *name;
	json_t *root = NULL, *value;

	hook_all(call, form);
	if (call->len == 0 || call->body[0] != '{' ||
	    json_read_mended(call->body, call->len, &root, NULL) != STATUS_OK)
		return;
	json_object_foreach(root, name, value)
	{
		if (!json_is_string(value))
			continue;
		form->field = xrealloc(
		    form->field, (size_t)form->len + 1, sizeof(*form->field));
		form->field[form->len].name = xstrdup(name);
		form->field[form->len++].value =
		    xstrdup(json_string_value(value));
	}
	json_decref(root);
}

/* Which hash it is shows in the signature's length. MD5 is not taken: choose
 * another one in Vonage's settings. */
static enum sign_hash
hash_of_length(size_t digits)
{
	return digits == 40    ? SIGN_SHA1
	       : digits == 64  ? SIGN_SHA256
	       : digits == 128 ? SIGN_SHA512
			       : SIGN__MAX;
}

/* Each name and value, in order, "&" and "=" in a value written as "_". */
static void
put_values(const struct hook_form *form, bool with_id, struct buffer *text)
{
	const char *p;
	int i;

	for (i = 0; i < form->len; i++) {
		const struct hook_field *field = &form->field[i];

		if (strcmp(field->name, "sig") == 0 ||
		    (!with_id && strcmp(field->name, "id") == 0))
			continue;
		buffer_printf(text, "&%s=", field->name);
		for (p = field->value; *p != '\0'; p++)
			buffer_putc(text, *p == '&' || *p == '=' ? '_' : *p);
	}
}

static bool
signed_over(const struct hook_form *form, bool with_id, const char *key)
{
	const char *sig = hook_value(form, "sig");
	char *lower = xstrdup(sig == NULL ? "" : sig), *sum = NULL, *p;
	enum sign_hash hash = hash_of_length(strlen(lower));
	struct buffer text = { 0 };
	bool same;

	for (p = lower; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'F')
			*p = (char)(*p - 'A' + 'a');
	put_values(form, with_id, &text);
	if (hash != SIGN__MAX)
		sum = sign_hmac_hex(hash, key, text.data, text.len);
	same = sign_same(sum, lower);
	free(sum);
	free(lower);
	buffer_free(&text);
	return same;
}

/* Whether the id in the URL that we gave is signed as well is not written
 * anywhere. It is not read, so either will do. */
static bool
vonage_signed(const struct hook_call *call, const char *key)
{
	struct hook_form form = { 0 };
	bool ok;

	values_of(call, &form);
	hook_form_sort(&form);
	ok =
	    hook_is_recent(call, hook_value(&form, "timestamp"), TOLERANCE_S) &&
	    (signed_over(&form, true, key) || signed_over(&form, false, key));
	hook_form_free(&form);
	return ok;
}

static const char *
or_none(const char *text)
{
	return text == NULL ? "?" : text;
}

/*
 * A long reply comes in parts, each a call of its own; whoever stores them
 * joins those of one reference. A part says so in its id.
 */
static bool
read_reply(const struct hook_call *call, const struct hook_form *form,
    struct hook_result *result)
{
	const char *text = hook_value(form, "text");
	const char *concat = hook_value(form, "concat");
	const char *id = hook_value(form, "messageId");
	bool ok;
	char *part;

	if (concat == NULL || strcmp(concat, "true") != 0)
		return hook_add_reply(result, id, hook_value(form, "msisdn"),
		    hook_value(form, "to"), text, call->now_at);
	part = xasprintf("%s part %s of %s, %s", id == NULL ? "" : id,
	    or_none(hook_value(form, "concat-part")),
	    or_none(hook_value(form, "concat-total")),
	    or_none(hook_value(form, "concat-ref")));
	ok = id != NULL &&
	     hook_add_reply(result, part, hook_value(form, "msisdn"),
		 hook_value(form, "to"), text, call->now_at);
	free(part);
	return ok;
}

static enum status
vonage_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct hook_form form = { 0 };
	struct post_outcome outcome = { 0 };
	const char *state;
	bool ok;

	values_of(call, &form);
	state = hook_value(&form, "status");
	if (state == NULL)
		ok = read_reply(call, &form, result);
	else {
		ok = wire_copy(outcome.provider_id, sizeof(outcome.provider_id),
		    hook_value(&form, "messageId"));
		vonage_receipt(state, hook_value(&form, "err-code"), &outcome);
		if (ok)
			hook_add_receipt(
			    result, hook_value(&form, "client-ref"), &outcome);
	}
	hook_form_free(&form);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it names no message");
}

const struct hook hook_vonage = {
	.name = "vonage",
	.signed_by = vonage_signed,
	.read = vonage_read,
	.answer_type = "text/plain",
	.answer = "",
};
