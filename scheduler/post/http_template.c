#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "post/http_template.h"
#include "post/wire.h"

/* As JSON writes it, less the quotes. */
static void
put_json(struct buffer *out, const char *value)
{
	json_t *list = json_array();
	char *clean = utf8_clean(value, strlen(value)), *line;

	json_array_append_new(list, json_string(clean));
	line = json_line(list);
	buffer_add(out, line + 2, strlen(line) - 4);
	free(line);
	free(clean);
}

/* XML has no way to say a control character: those are dropped. */
static void
put_xml(struct buffer *out, const char *value)
{
	char *clean = utf8_clean(value, strlen(value)), *p;

	for (p = clean; *p != '\0'; p++)
		switch (*p) {
		case '&':
			buffer_puts(out, "&amp;");
			break;
		case '<':
			buffer_puts(out, "&lt;");
			break;
		case '>':
			buffer_puts(out, "&gt;");
			break;
		case '"':
			buffer_puts(out, "&quot;");
			break;
		case '\'':
			buffer_puts(out, "&apos;");
			break;
		case '\n':
			buffer_puts(out, "&#10;");
			break;
		default:
			buffer_putc(out, *p);
		}
	free(clean);
}

static enum status
put(struct buffer *out, const char *value, enum http_escape escape,
    struct why *why)
{
	switch (escape) {
	case HTTP_JSON:
		put_json(out, value);
		return STATUS_OK;
	case HTTP_FORM:
		wire_escape(out, value, strlen(value));
		return STATUS_OK;
	case HTTP_XML:
		put_xml(out, value);
		return STATUS_OK;
	case HTTP_PLAIN:
	case HTTP_ESCAPE__MAX:
		break;
	}
	if (!wire_plain(value))
		return why_set(why, STATUS_USAGE,
		    "a line break or control character in a header");
	buffer_puts(out, value);
	return STATUS_OK;
}

/* The value of the name that ends at end, or NULL. */
static const char *
value_of(const struct http_values *values, const char *name, size_t len)
{
	const struct {
		const char *name, *value;
	} known[] = {
		{ "to", values->to },
		{ "to_no_plus", values->to == NULL || values->to[0] != '+'
				    ? values->to
				    : values->to + 1 },
		{ "from", values->from },
		{ "text", values->text },
		{ "id", values->id },
		{ "secret", values->secret },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i].name) == len &&
		    memcmp(known[i].name, name, len) == 0)
			return known[i].value;
	return NULL;
}

enum status
http_fill(const char *template, const struct http_values *values,
    enum http_escape escape, struct buffer *out, struct why *why)
{
	const char *open, *close, *value;
	enum status status;

	while ((open = strstr(template, "{{")) != NULL) {
		buffer_add(out, template, (size_t)(open - template));
		open += 2;
		close = strstr(open, "}}");
		if (close == NULL)
			return why_set(why, STATUS_CONFIG,
			    "\"{{\" without \"}}\" in a template");
		value = value_of(values, open, (size_t)(close - open));
		if (value == NULL)
			return why_set(why, STATUS_CONFIG,
			    "nothing is known as {{%.*s}}; there are to, "
			    "to_no_plus, from, text, id and secret, where set",
			    (int)(close - open > 40 ? 40 : close - open), open);
		status = put(out, value, escape, why);
		if (status != STATUS_OK)
			return status;
		template = close + 2;
	}
	buffer_puts(out, template);
	return STATUS_OK;
}
