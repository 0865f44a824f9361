#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/http.h"
#include "post/wire.h"

const json_t *
http_pointer(const json_t *root, const char *pointer)
{
	char *name, *out;
	const char *p = pointer;

	while (root != NULL && *p == '/') {
		size_t len = strcspn(++p, "/"), i;

		name = out = xcalloc(len + 1, 1);
		for (i = 0; i < len; i++)
			if (p[i] == '~' && p[i + 1] == '1' && ++i)
				*out++ = '/';
			else if (p[i] == '~' && p[i + 1] == '0' && ++i)
				*out++ = '~';
			else
				*out++ = p[i];
		if (json_is_array(root))
			root = json_array_get(
			    root, len == 0 || strspn(name, "0123456789") != len
				      ? SIZE_MAX
				      : (size_t)strtoull(name, NULL, 10));
		else
			root = json_object_get(root, name);
		free(name);
		p += len;
	}
	return *p == '\0' ? root : NULL;
}

/* A text, number or truth value as text; NULL for what is none. */
static char *
text_at(const json_t *root, const char *pointer)
{
	const json_t *value =
	    pointer == NULL ? NULL : http_pointer(root, pointer);

	if (json_is_string(value))
		return xstrdup(json_string_value(value));
	if (json_is_integer(value))
		return xasprintf("%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return xstrdup(json_is_true(value) ? "true" : "false");
	return NULL;
}

static bool
has_word(const char *list, const char *word)
{
	size_t len = strlen(word);
	const char *p = list;

	while (p != NULL && *(p += strspn(p, " ,")) != '\0') {
		size_t n = strcspn(p, " ,");

		if (n == len && strncmp(p, word, n) == 0)
			return true;
		p += n;
	}
	return false;
}

static bool
is_ok(const struct gateway *gateway, const struct post_answer *answer,
    const json_t *root)
{
	const char *statuses = gateway_setting(gateway, "ok_status");
	const char *text = gateway_setting(gateway, "ok_text");
	const char *pointer = gateway_setting(gateway, "ok_pointer");
	char *value = text_at(root, pointer);
	char number[24];
	bool ok;

	snprintf(number, sizeof(number), "%ld", answer->code);
	ok = has_word(statuses, number) ||
	     (has_word(statuses, "2xx") && answer->code / 100 == 2);
	ok = ok && (text == NULL || strstr(answer->text, text) != NULL);
	ok = ok && (pointer == NULL ||
		       (value != NULL && strcmp(value, gateway_setting(gateway,
							   "ok_value")) == 0));
	free(value);
	return ok;
}

/* What the configuration says of a code, as the rows of other drivers do. */
static enum post_class
class_of(const struct gateway *gateway, const char *code)
{
	static const struct {
		const char *setting;
		enum post_class class;
	} lists[] = {
		{ "throttled", POST_THROTTLED },
		{ "opted_out", POST_OPTED_OUT },
		{ "bad_address", POST_BAD_ADDRESS },
		{ "refused", POST_REFUSED },
		{ "account", POST_CONFIG },
	};
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (has_word(gateway_setting(gateway, lists[i].setting), code))
			return lists[i].class;
	return POST__MAX;
}

/*
 * A code that the configuration knows decides, even in an answer of 5xx. One
 * of 200 that is neither success nor a known error leaves it open.
 */
static void
http_refused(const struct gateway *gateway, const struct post_answer *answer,
    const json_t *root, struct post_outcome *outcome)
{
	static const struct api_row none[] = { { NULL, POST_CONFIG, NULL } };
	char *code = text_at(root, gateway_setting(gateway, "error_pointer"));
	enum post_class class =
	    code == NULL ? POST__MAX : class_of(gateway, code);

	if (class != POST__MAX && answer->code != 429) {
		wire_outcome(outcome, class, wire_plain(code) ? code : NULL,
		    "the provider refuses it, with a code of the settings");
		outcome->retry_after_s = answer->retry_after_s;
	} else if (answer->code >= 300 && answer->code < 500) {
		api_refused(answer, code, none, outcome);
	} else {
		wire_outcome(outcome, POST_AMBIGUOUS, NULL,
		    "HTTP status %ld, and neither success nor an error that "
		    "the settings know",
		    answer->code);
	}
	free(code);
}

void
http_outcome(const struct gateway *gateway, const struct post_message *message,
    const struct post_answer *answer, struct post_outcome *outcome)
{
	const char *pointer = gateway_setting(gateway, "id_pointer");
	json_t *root = NULL;
	char *id;

	if (!answer->transport_ok) {
		wire_outcome_lost(outcome, answer);
		return;
	}
	(void)json_read_mended(answer->text, answer->len, &root, NULL);
	if (is_ok(gateway, answer, root)) {
		id = pointer == NULL ? xstrdup(message->key)
				     : text_at(root, pointer);
		api_accepted(outcome, id);
		free(id);
	} else {
		http_refused(gateway, answer, root, outcome);
	}
	json_decref(root);
}
