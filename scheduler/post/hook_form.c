#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "post/hook.h"

#define FIELDS_MAX 1000

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decoded, byte for byte, since a signature covers it; a NUL ends it. */
static char *
decode(const char *text, size_t len)
{
	char *out = xcalloc(len + 1, 1), *end = out;
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] == '+')
			*end++ = ' ';
		else if (text[i] == '%' && i + 2 < len &&
			 hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
			*end++ =
			    (char)(hex(text[i + 1]) << 4 | hex(text[i + 2]));
			i += 2;
		} else
			*end++ = text[i];
	return out;
}

static void
parse(const char *text, size_t len, struct hook_form *form)
{
	const char *end = text + len;

	while (text < end && form->len < FIELDS_MAX) {
		const char *amp = memchr(text, '&', (size_t)(end - text));
		const char *stop = amp == NULL ? end : amp;
		const char *equals = memchr(text, '=', (size_t)(stop - text));
		struct hook_field *field;

		form->field = xrealloc(
		    form->field, (size_t)form->len + 1, sizeof(*form->field));
		field = &form->field[form->len];
		field->name = decode(
		    text, (size_t)((equals == NULL ? stop : equals) - text));
		field->value =
		    equals == NULL
			? xstrdup("")
			: decode(equals + 1, (size_t)(stop - equals - 1));
		form->len += text < stop;
		if (text == stop) {
			free(field->name);
			free(field->value);
		}
		text = stop + 1;
	}
}

void
hook_query(const struct hook_call *call, struct hook_form *form)
{
	const char *query = strchr(call->url, '?');

	if (query != NULL)
		parse(query + 1, strcspn(query + 1, "#"), form);
}

void
hook_body_form(const struct hook_call *call, struct hook_form *form)
{
	const char *type = hook_header(call, "Content-Type");

	if (type != NULL &&
	    strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0)
		parse(call->body == NULL ? "" : call->body, call->len, form);
}

void
hook_all(const struct hook_call *call, struct hook_form *form)
{
	hook_query(call, form);
	hook_body_form(call, form);
}

const char *
hook_value(const struct hook_form *form, const char *name)
{
	int i;

	for (i = 0; i < form->len; i++)
		if (strcmp(form->field[i].name, name) == 0)
			return form->field[i].value;
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	const struct hook_field *one = a, *two = b;
	int order = strcmp(one->name, two->name);

	return order != 0 ? order : strcmp(one->value, two->value);
}

void
hook_form_sort(struct hook_form *form)
{
	if (form->len > 1)
		qsort(form->field, (size_t)form->len, sizeof(*form->field),
		    compare);
}

void
hook_form_free(struct hook_form *form)
{
	int i;

	for (i = 0; i < form->len; i++) {
		free(form->field[i].name);
		free(form->field[i].value);
	}
	free(form->field);
	*form = (struct hook_form){ 0 };
}
