#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "post/api.h"
#include "post/hook.h"

/*
 * An API of which nothing is known but its configuration calls with a form,
 * in the query or the body, or with JSON of one level; by the names that most
 * of them use. It signs nothing: a secret stands in the URL that it is told.
 */
static const char *const from_names[] = { "from", "sender", NULL };
static const char *const at_names[] = { "date", "time", NULL };

static const char *
value_of(const struct hook_form *form, const json_t *root, const char *name)
{
	const char *value = json_text(root, name);

	return value == NULL ? hook_value(form, name) : value;
}

static const char *
first_of(
    const struct hook_form *form, const json_t *root, const char *const *names)
{
	const char *value = NULL;

	for (; *names != NULL && value == NULL; names++)
		value = value_of(form, root, *names);
	return value;
}

/* One that comes without an id is known by what it says and when; where it does
 * not say, by when it came. */
static char *
own_id(const char *from, const char *text, const char *at, int64_t now_at)
{
	char *all = at != NULL ? xasprintf("%s\n%s\n%s", from, text, at)
			       : xasprintf("%s\n%s\n%lld", from, text,
				     (long long)now_at);
	char *id = xcalloc(1, HASH_SIZE);

	hash_hex(all, strlen(all), id);
	free(all);
	return id;
}

static enum status
http_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct hook_form form = { 0 };
	json_t *root = NULL;
	const char *from, *text, *at;
	int64_t came_at = 0;
	char *id = NULL;
	bool ok;

	(void)json_read_mended(call->body, call->len, &root, NULL);
	hook_all(call, &form);
	from = first_of(&form, root, from_names);
	text = value_of(&form, root, "text");
	at = first_of(&form, root, at_names);
	ok = from != NULL && text != NULL;
	if (ok) {
		id = xstrdup(value_of(&form, root, "id"));
		if (id == NULL || *id == '\0') {
			free(id);
			id = own_id(from, text, at, call->now_at);
		}
		if (at == NULL || time_parse(at, &came_at, NULL) != STATUS_OK)
			came_at = call->now_at;
		ok = hook_add_reply(result, id, from,
		    value_of(&form, root, "to"), text, came_at);
	}
	free(id);
	hook_form_free(&form);
	json_decref(root);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA,
			"it has no from (or sender) and text");
}

const struct hook hook_http = {
	.name = "http",
	.signed_by = hook_has_secret,
	.read = http_read,
	.answer_type = "text/plain",
	.answer = "",
};
