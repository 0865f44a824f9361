#include "base/utf8.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define REPLACEMENT 0xfffd

/*
 * How long the sequence is that a first byte opens, and the least code point
 * that needs such a length: a smaller one is an overlong form, by which
 * filters are fooled.
 */
static size_t
sequence_length(unsigned char first, uint32_t *bits, uint32_t *least)
{
	if (first >= 0xc2 && first <= 0xdf) {
		*bits = first & 0x1f;
		*least = 0x80;
		return 2;
	}
	if (first >= 0xe0 && first <= 0xef) {
		*bits = first & 0x0f;
		*least = 0x800;
		return 3;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		*bits = first & 0x07;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

/* The code point at p and its length in bytes; 0 bytes when it is none. */
static size_t
decode(const char *p, const char *end, uint32_t *code)
{
	unsigned char first = (unsigned char)*p;
	uint32_t bits, least;
	size_t len;

	if (first < 0x80) {
		*code = first;
		return 1;
	}
	len = sequence_length(first, &bits, &least);
	if (len == 0 || (size_t)(end - p) < len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		unsigned char next = (unsigned char)p[i];

		if ((next & 0xc0) != 0x80)
			return 0;
		bits = bits << 6 | (next & 0x3f);
	}
	if (bits < least || bits > 0x10ffff ||
	    (bits >= 0xd800 && bits <= 0xdfff))
		return 0;
	*code = bits;
	return len;
}

uint32_t
utf8_next(const char **p, const char *end)
{
	uint32_t code;
	size_t len = decode(*p, end, &code);

	*p += len == 0 ? 1 : len;
	return len == 0 ? REPLACEMENT : code;
}

size_t
utf8_encode(uint32_t code, char out[4])
{
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = REPLACEMENT;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

bool
utf8_valid(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	uint32_t code;

	while (p < end) {
		size_t step = decode(p, end, &code);

		if (step == 0)
			return false;
		p += step;
	}
	return true;
}

static bool
is_control(uint32_t code)
{
	if (code == '\t' || code == '\n')
		return false;
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

char *
utf8_clean(const char *text, size_t len)
{
	/* A damaged byte becomes the three bytes of U+FFFD: no more growth. */
	char *clean = xcalloc(len + 1, 3);
	const char *p = text, *end = text + len;
	size_t at = 0;

	while (p < end) {
		uint32_t code = utf8_next(&p, end);

		if (!is_control(code))
			at += utf8_encode(code, clean + at);
	}
	return xrealloc(clean, at + 1, 1);
}

enum utf8_kind
utf8_kind(uint32_t code)
{
	if (g_unichar_isalnum(code))
		return UTF8_WORD;
	if (g_unichar_isspace(code))
		return UTF8_SPACE;
	return g_unichar_iszerowidth(code) ? UTF8_UNSEEN : UTF8_OTHER;
}

uint32_t
utf8_lower_code(uint32_t code)
{
	return g_unichar_tolower(code);
}

/*
 * GLib wants valid text and leaves the rest undefined. What it gives can be
 * freed with free(): its allocator has been the system's since 2.46.
 */
static char *
through_glib(const char *text, char *(*change)(const char *))
{
	char *clean, *changed;

	if (utf8_valid(text, strlen(text)))
		return change(text);
	clean = utf8_clean(text, strlen(text));
	changed = change(clean);
	free(clean);
	return changed;
}

static char *
compose(const char *text)
{
	return g_utf8_normalize(text, -1, G_NORMALIZE_ALL_COMPOSE);
}

static char *
lower(const char *text)
{
	return g_utf8_strdown(text, -1);
}

char *
utf8_nfkc(const char *text)
{
	return through_glib(text, compose);
}

char *
utf8_lower(const char *text)
{
	return through_glib(text, lower);
}
