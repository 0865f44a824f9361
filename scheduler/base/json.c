#include "base/json.h"

#include <math.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"

const char *
json_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int64_t
whole_of_text(const char *text, int64_t otherwise)
{
	const char *digits = *text == '-' ? text + 1 : text;
	long long value;

	if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0')
		return otherwise;
	errno = 0;
	value = strtoll(text, NULL, 10);
	return errno != 0 ? otherwise : (int64_t)value;
}

int64_t
json_whole(const json_t *object, const char *key, int64_t otherwise)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_integer(value))
		return (int64_t)json_integer_value(value);
	if (json_is_string(value))
		return whole_of_text(json_string_value(value), otherwise);
	return otherwise;
}

static void *
memory(size_t size)
{
	void *p = malloc(size > 0 ? size : 1);

	if (p == NULL)
		panic("out of memory for JSON (%zu bytes)", size);
	return p;
}

void
json_begin(void)
{
	json_set_alloc_funcs(memory, free);
}

/* Takes the value over, as jansson's _new calls do. */
static void
put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		panic("JSON: can't set %s", key);
}

void
json_put_text(json_t *object, const char *key, const char *text)
{
	char *clean;

	if (text == NULL) {
		put(object, key, json_null());
		return;
	}
	if (utf8_valid(text, strlen(text))) {
		put(object, key, json_string(text));
		return;
	}
	clean = utf8_clean(text, strlen(text));
	put(object, key, json_string(clean));
	free(clean);
}

void
json_put_whole(json_t *object, const char *key, int64_t value)
{
	put(object, key, json_integer((json_int_t)value));
}

void
json_put_bool(json_t *object, const char *key, bool value)
{
	put(object, key, json_boolean(value));
}

void
json_put_time(json_t *object, const char *key, int64_t at)
{
	char text[TIME_SIZE];

	if (at == 0)
		put(object, key, json_null());
	else
		put(object, key, json_string(time_format(at, text)));
}

void
json_put_cost(json_t *object, const char *key, double cost)
{
	put(object, key,
	    cost > 0 ? json_real(round(cost * 10000) / 10000) : json_null());
}

/* Fifteen digits are what a number surely has: 24.92 is not 24.919999... */
static char *
dump(json_t *root, size_t flags)
{
	char *text =
	    json_dumps(root, flags | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	if (text == NULL)
		panic("JSON: a document that can't be written");
	json_decref(root);
	return text;
}

void
json_print(FILE *out, json_t *root)
{
	char *text = dump(root, JSON_INDENT(2));

	fputs(text, out);
	fputc('\n', out);
	free(text);
}

char *
json_line(json_t *root)
{
	return dump(root, JSON_COMPACT);
}

enum status
json_read(const char *bytes, size_t len, json_t **root, struct why *why)
{
	json_error_t error;
	char *near;

	*root = json_loadb(bytes == NULL ? "" : bytes, len, 0, &error);
	if (*root != NULL)
		return STATUS_OK;
	/* The parser cites what it met, and that may be a patient's words. */
	near = strstr(error.text, " near '");
	if (near != NULL)
		*near = '\0';
	return why_set(why, STATUS_BAD_DATA, "not JSON: %s (line %d)",
	    error.text, error.line);
}

/* The code of "\uD83D" and its like, or -1. */
static long
code_of(const char *text)
{
	char digits[5] = "";

	if (text[0] != '\\' || text[1] != 'u' ||
	    strspn(text + 2, "0123456789abcdefABCDEF") < 4)
		return -1;
	memcpy(digits, text + 2, 4);
	return strtol(digits, NULL, 16);
}

/* How long an escape is that stands for a character; 0 where it is none. */
static size_t
escape_len(const char *text)
{
	long code = code_of(text), next;

	if (code < 0)
		return text[1] == '\0' ? 1 : 2;
	if (code == 0 || (code >= 0xdc00 && code <= 0xdfff))
		return 0;
	if (code < 0xd800 || code > 0xdbff)
		return 6;
	next = code_of(text + 6);
	return next >= 0xdc00 && next <= 0xdfff ? 12 : 0;
}

enum status
json_read_mended(const char *bytes, size_t len, json_t **root, struct why *why)
{
	enum status status = json_read(bytes, len, root, why);
	struct buffer mended = { 0 };
	char *clean;

	if (status == STATUS_OK || len == 0)
		return status;
	clean = utf8_clean(bytes, len);
	for (const char *p = clean; *p != '\0';) {
		size_t n = *p == '\\' ? escape_len(p) : strcspn(p, "\\");

		if (n > 0)
			buffer_add(&mended, p, n);
		else
			buffer_puts(&mended, "\\ufffd");
		p += n > 0 ? n : 6;
	}
	status = json_read(buffer_text(&mended), mended.len, root, why);
	buffer_free(&mended);
	free(clean);
	return status;
}
