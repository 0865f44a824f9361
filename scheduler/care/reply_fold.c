/*
 * One form for all the ways to write the same: lower case, no accents, plain
 * quotes and dashes, European digits, nothing invisible. Emoji stand apart
 * between spaces, without their skin tones and variants.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "care/reply_text.h"

/* Single code points that become something plain before NFKC is applied,
 * which would pull some of them apart ("6½" into "61/2"). */
static const struct {
	uint32_t code;
	const char *plain;
} plain_forms[] = {
	{ 0x00a0, " " },
	{ 0x00a1, "" },
	{ 0x00a8, " " },
	{ 0x00aa, "°" },
	{ 0x00ab, "\"" },
	{ 0x00ad, "" },
	{ 0x00b4, "'" },
	{ 0x00ba, "°" },
	{ 0x00bb, "\"" },
	{ 0x00bf, " \xc2\xbf" },
	{ 0x02bc, "'" },
	{ 0x02b9, "'" },
	{ 0x02c8, "'" },
	{ 0x2010, "-" },
	{ 0x2011, "-" },
	{ 0x2012, "-" },
	{ 0x2013, "-" },
	{ 0x2014, "-" },
	{ 0x2015, "-" },
	{ 0x2018, "'" },
	{ 0x2019, "'" },
	{ 0x201a, "'" },
	{ 0x201b, "'" },
	{ 0x201c, "\"" },
	{ 0x201d, "\"" },
	{ 0x201e, "\"" },
	{ 0x2026, "... " },
	{ 0x2028, "\n" },
	{ 0x2029, "\n" },
	{ 0x2032, "'" },
	{ 0x2044, "/" },
	{ 0x2190, " <- " },
	{ 0x2192, " -> " },
	{ 0x21d2, " -> " },
	{ 0x27a1, " -> " },
	{ 0x2212, "-" },
	{ 0x2715, "x" },
	{ 0x00d7, "x" },
	{ 0x2b50, "*" },
	{ 0x1f51f, " 10 " },
	{ 0x1f44c, " \xf0\x9f\x91\x8d " }, /* ok hand as thumb up */
	{ 0xff07, "'" },
	{ '`', "'" },
	{ 0, NULL },
};

/* Where the ten digits of other scripts begin. */
static const uint32_t digit_zeros[] = { 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6,
	0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
	0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80,
	0x1b50, 0x1bb0, 0xa620, 0xa8d0, 0xaa50, 0xabf0, 0 };

/* U+00E0 to U+017F without their accents; '.' stays as it is. */
static const char latin[] = "aaaaaa.ceeeeiiiidnooooo.ouuuuyty"
			    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhh"
			    "iiiiiiiiii..jjkk.llllllllllnnnnnn...oooo"
			    "oo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyy"
			    "yzzzzzzs";

static bool
invisible(uint32_t code)
{
	return code == 0xad || code == 0x34f || code == 0x61c ||
	       code == 0xfeff || code == 0xfffc || code == 0x20e3 ||
	       code == 0xfffd || (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x202a && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) ||
	       (code >= 0xfe00 && code <= 0xfe0f) ||
	       (code >= 0x300 && code <= 0x36f) ||
	       (code >= 0x1f3fb && code <= 0x1f3ff) ||
	       (code >= 0xe0000 && code <= 0xe01ef);
}

static void
add_code(struct buffer *out, uint32_t code)
{
	char bytes[4];

	buffer_add(out, bytes, utf8_encode(code, bytes));
}

/* Halves and quarters: after a digit they are its decimals. */
static bool
add_fraction(struct buffer *out, uint32_t code)
{
	static const char *const decimals[] = { ".2", ".5", ".7" };
	static const char *const plain[] = { " 1/4 ", " 1/2 ", " 3/4 " };
	size_t len = out->len;

	if (code < 0xbc || code > 0xbe)
		return false;
	while (len > 0 && out->data[len - 1] == ' ')
		len--;
	if (len > 0 && out->data[len - 1] >= '0' && out->data[len - 1] <= '9') {
		out->len = len;
		buffer_puts(out, decimals[code - 0xbc]);
	} else {
		buffer_puts(out, plain[code - 0xbc]);
	}
	return true;
}

static void
add_plain(struct buffer *out, uint32_t code)
{
	if (add_fraction(out, code))
		return;
	for (size_t i = 0; plain_forms[i].plain != NULL; i++) {
		if (plain_forms[i].code == code) {
			buffer_puts(out, plain_forms[i].plain);
			return;
		}
	}
	if (!invisible(code))
		add_code(out, code);
}

static uint32_t
fold_code(uint32_t code)
{
	if (code >= 0xe0 && code < 0xe0 + sizeof(latin) - 1 &&
	    latin[code - 0xe0] != '.')
		return (uint32_t)(unsigned char)latin[code - 0xe0];
	for (size_t i = 0; digit_zeros[i] != 0; i++) {
		if (code >= digit_zeros[i] && code < digit_zeros[i] + 10)
			return '0' + (code - digit_zeros[i]);
	}
	return code;
}

/* Arrows, symbols and emoji: things that are words by themselves. */
static bool
symbol(uint32_t code)
{
	return (code >= 0x2190 && code <= 0x2bff) || code >= 0x1f000;
}

static char *
plain_copy(const char *text, size_t len)
{
	struct buffer out = { 0 };
	const char *p = text, *end = text + len;

	while (p < end)
		add_plain(&out, utf8_next(&p, end));
	return buffer_take(&out);
}

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text >= 0x80 || *text == '`')
			return false;
	}
	return true;
}

static char *
fold_ascii(const char *text)
{
	size_t len = strlen(text);
	struct buffer out = { 0 };

	buffer_add(&out, text, len);
	for (size_t i = 0; i < len; i++) {
		if (out.data[i] >= 'A' && out.data[i] <= 'Z')
			out.data[i] = (char)(out.data[i] - 'A' + 'a');
		else if ((unsigned char)out.data[i] < ' ' &&
			 out.data[i] != '\n')
			out.data[i] = ' ';
	}
	buffer_puts(&out, "");
	return buffer_take(&out);
}

char *
reply_fold(const char *text)
{
	struct buffer out = { 0 };
	char *clean, *plain, *normal, *lower;
	const char *p, *end;

	/* Nearly all texts and words are plain already. */
	if (is_ascii(text))
		return fold_ascii(text);
	clean = utf8_clean(text, strlen(text));
	plain = plain_copy(clean, strlen(clean));
	normal = utf8_nfkc(plain);
	lower = utf8_lower(normal);
	end = lower + strlen(lower);
	for (p = lower; p < end;) {
		uint32_t code = fold_code(utf8_next(&p, end));

		if (invisible(code))
			continue;
		if (code == '\r' || code == '\t' || code == 0x3000)
			code = ' ';
		if (symbol(code))
			buffer_putc(&out, ' ');
		add_code(&out, code);
		if (symbol(code))
			buffer_putc(&out, ' ');
	}
	free(clean);
	free(plain);
	free(normal);
	free(lower);
	buffer_puts(&out, "");
	return buffer_take(&out);
}
