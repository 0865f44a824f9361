/*
 * NAME
 *	utf8 - text that is text
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode the code point at *p (p < end) and step over it. A byte that is not
 * UTF-8 gives U+FFFD and one step. */
uint32_t utf8_next(const char **p, const char *end);

/* Encode a code point; gives the number of bytes (1 to 4), no NUL. */
size_t utf8_encode(uint32_t code, char out[4]);

bool utf8_valid(const char *text, size_t len);

/* A copy with bytes that are not UTF-8 replaced by U+FFFD, and NULs and
 * control characters other than tab and newline dropped. Caller frees. */
char *utf8_clean(const char *text, size_t len);

enum utf8_kind {
	UTF8_WORD,   /* a letter or a digit */
	UTF8_SPACE,  /* also one that does not break, and the end of a line */
	UTF8_UNSEEN, /* has no width: an accent over another, a joiner */
	UTF8_OTHER
};
enum utf8_kind utf8_kind(uint32_t code);

/* A letter's small one, anything else as it is. */
uint32_t utf8_lower_code(uint32_t code);

/* Unicode NFKC; the caller frees. */
char *utf8_nfkc(const char *text);

/* Lower case, all of Unicode; the caller frees. */
char *utf8_lower(const char *text);

#endif
