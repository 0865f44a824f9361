#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/sign.h"
#include "post/hook.h"
#include "post/wire.h"

#define EVENTS_MAX 10000

static const struct hook *const hooks[] = { &hook_twilio, &hook_vonage,
	&hook_telnyx, &hook_plivo, &hook_messagebird, &hook_smsgate,
	&hook_kannel, &hook_sendgrid, &hook_mailgun, &hook_postmark, &hook_ses,
	&hook_http };

const struct hook *
hook_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(hooks) / sizeof(hooks[0]); i++)
		if (strcmp(hooks[i]->name, name) == 0)
			return hooks[i];
	return NULL;
}

enum status
hook_take(const struct hook *hook, const struct hook_call *call,
    const char *key, struct hook_result *result, struct why *why)
{
	if (key == NULL || key[0] == '\0' || !hook->signed_by(call, key))
		return why_set(why, STATUS_DENIED,
		    "%s: the call is not signed with our key", hook->name);
	if (hook->read(call, result, why) != STATUS_OK)
		return why_prefix(why, STATUS_BAD_DATA, "%s", hook->name);
	return STATUS_OK;
}

void
hook_result_free(struct hook_result *result)
{
	int i;

	for (i = 0; i < result->len; i++)
		free(result->event[i].body);
	free(result->event);
	free(result->visit);
	*result = (struct hook_result){ 0 };
}

const char *
hook_header(const struct hook_call *call, const char *name)
{
	int i;

	for (i = 0; i < call->headers_len; i++)
		if (strcasecmp(call->headers[i].name, name) == 0)
			return call->headers[i].value;
	return NULL;
}

enum status
hook_json(const struct hook_call *call, json_t **root, struct why *why)
{
	if (json_read_mended(call->body, call->len, root, why) != STATUS_OK)
		return why_prefix(why, STATUS_BAD_DATA, "the body");
	return STATUS_OK;
}

void
hook_key(const struct hook_call *call, char key[64])
{
	struct hook_form query = { 0 };
	const char *id;

	hook_query(call, &query);
	id = hook_value(&query, "id");
	key[0] = '\0';
	if (wire_key_ok(id))
		(void)wire_copy(key, 64, id);
	hook_form_free(&query);
}

static struct hook_event *
add(struct hook_result *result)
{
	struct hook_event *event;

	result->event = xrealloc(
	    result->event, (size_t)result->len + 1, sizeof(*result->event));
	event = &result->event[result->len++];
	*event = (struct hook_event){ 0 };
	return event;
}

void
hook_add_receipt(struct hook_result *result, const char *key,
    const struct post_outcome *outcome)
{
	struct hook_event *event;

	if (result->len >= EVENTS_MAX)
		return;
	event = add(result);
	event->outcome = *outcome;
	if (wire_key_ok(key))
		(void)wire_copy(event->key, sizeof(event->key), key);
}

/* As E.164 where it is one but for the plus; as it came where not. */
static void
copy_number(char *out, size_t size, const char *number)
{
	char *plus = number == NULL ? NULL : xasprintf("+%s", number);

	wire_copy(
	    out, size, plus != NULL && wire_phone_ok(plus) ? plus : number);
	free(plus);
}

bool
hook_add_reply(struct hook_result *result, const char *id, const char *from,
    const char *to, const char *body, int64_t at)
{
	struct post_inbound reply = { .at = at };
	struct hook_event *event;

	if (id == NULL || id[0] == '\0' || result->len >= EVENTS_MAX ||
	    !wire_copy(reply.provider_id, sizeof(reply.provider_id), id))
		return false;
	copy_number(reply.from, sizeof(reply.from), from);
	copy_number(reply.to, sizeof(reply.to), to);
	event = add(result);
	event->inbound = true;
	event->body = xstrdup(body == NULL ? "" : body);
	event->reply = reply;
	event->reply.body = event->body;
	return true;
}

bool
hook_has_secret(const struct hook_call *call, const char *secret)
{
	struct hook_form query = { 0 };
	bool same;

	hook_query(call, &query);
	same = sign_same(hook_value(&query, "secret"), secret);
	hook_form_free(&query);
	return same;
}

bool
hook_is_recent(
    const struct hook_call *call, const char *seconds, int64_t tolerance_s)
{
	long long at;

	if (seconds == NULL || seconds[0] == '\0' || strlen(seconds) > 12 ||
	    strspn(seconds, "0123456789") != strlen(seconds))
		return false;
	at = strtoll(seconds, NULL, 10);
	return at >= call->now_at - tolerance_s &&
	       at <= call->now_at + tolerance_s;
}
