#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"
#include "post/hook.h"
#include "post/plivo.h"
#include "post/wire.h"

/* Scheme, host and path, without the query. */
static void
put_base(struct buffer *text, const char *url)
{
	buffer_add(text, url, strcspn(url, "?#"));
}

/* One header may hold several signatures, of several tokens. */
static bool
is_among(const char *list, const char *sum)
{
	bool found = false;
	char *all = xstrdup(list == NULL ? "" : list), *rest = all, *one;

	while ((one = strsep(&rest, ", ")) != NULL)
		found = sign_same(one, sum) || found;
	free(all);
	return found;
}

static bool
matches(const struct buffer *text, const char *key, const char *list)
{
	char *sum = sign_hmac_base64(SIGN_SHA256, key, text->data, text->len);
	bool found = is_among(list, sum);

	free(sum);
	return found;
}

/* Version 2: the address and the nonce; the query and the body are not
 * covered. */
static bool
signed_v2(const struct hook_call *call, const char *key)
{
	const char *nonce = hook_header(call, "X-Plivo-Signature-V2-Nonce");
	struct buffer text = { 0 };
	bool ok;

	if (nonce == NULL)
		return false;
	put_base(&text, call->url);
	buffer_puts(&text, nonce);
	ok = matches(&text, key, hook_header(call, "X-Plivo-Signature-V2"));
	buffer_free(&text);
	return ok;
}

/* Version 3: the address, the query in order, the form in order, the nonce. */
static bool
signed_v3(const struct hook_call *call, const char *key)
{
	const char *nonce = hook_header(call, "X-Plivo-Signature-V3-Nonce");
	struct hook_form query = { 0 }, form = { 0 };
	struct buffer text = { 0 };
	bool ok;
	int i;

	if (nonce == NULL)
		return false;
	hook_query(call, &query);
	hook_body_form(call, &form);
	hook_form_sort(&query);
	hook_form_sort(&form);
	put_base(&text, call->url);
	if (query.len > 0 || form.len > 0)
		buffer_putc(&text, '?');
	for (i = 0; i < query.len; i++)
		buffer_printf(&text, "%s%s=%s", i == 0 ? "" : "&",
		    query.field[i].name, query.field[i].value);
	if (query.len > 0 && form.len > 0)
		buffer_putc(&text, '.');
	for (i = 0; i < form.len; i++)
		buffer_printf(
		    &text, "%s%s", form.field[i].name, form.field[i].value);
	buffer_printf(&text, ".%s", nonce);
	ok = matches(&text, key, hook_header(call, "X-Plivo-Signature-V3"));
	buffer_free(&text);
	hook_form_free(&query);
	hook_form_free(&form);
	return ok;
}

static bool
plivo_signed(const struct hook_call *call, const char *key)
{
	return signed_v3(call, key) || signed_v2(call, key);
}

static enum status
plivo_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct hook_form form = { 0 };
	struct post_outcome outcome = { 0 };
	const char *state, *id;
	char key[64];
	bool ok;

	hook_all(call, &form);
	hook_key(call, key);
	state = hook_value(&form, "Status");
	/* Parts of a long message have ids of their own. */
	id = hook_value(&form, "ParentMessageUUID");
	if (id == NULL || id[0] == '\0')
		id = hook_value(&form, "MessageUUID");
	if (state == NULL)
		ok = hook_add_reply(result, id, hook_value(&form, "From"),
		    hook_value(&form, "To"), hook_value(&form, "Text"),
		    call->now_at);
	else {
		ok = wire_copy(
		    outcome.provider_id, sizeof(outcome.provider_id), id);
		plivo_receipt(state, hook_value(&form, "ErrorCode"), &outcome);
		if (ok)
			hook_add_receipt(result, key, &outcome);
	}
	hook_form_free(&form);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA, "it names no message");
}

const struct hook hook_plivo = {
	.name = "plivo",
	.signed_by = plivo_signed,
	.read = plivo_read,
	.answer_type = "text/plain",
	.answer = "",
};
