/*
 * NAME
 *	gsm7 - how a text goes out as SMS
 *
 * GSM 03.38 default alphabet and its extension table (3GPP TS 23.038). A text
 * that it can hold costs a septet a character, two for the extension; any
 * other text goes as UCS-2, counted in UTF-16 units. One segment holds 160
 * septets or 70 units, each of several 153 or 67; neither an escape pair nor
 * a surrogate pair is split between two.
 */
#ifndef TEXT_GSM7_H
#define TEXT_GSM7_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sms_count {
	bool ucs2;
	int units; /* septets, or UTF-16 code units */
	int segments; /* 1 for an empty text */
};

struct sms_count sms_count(const char *text);

/* Septets of one code point: 1 or 2, or 0 where GSM-7 does not have it. */
int gsm7_septets(uint32_t code);

/*
 * The text with typographic characters made plain (curly quotes, dashes,
 * ellipsis, odd spaces), if that makes all of it GSM-7; otherwise a copy of
 * the text as it was: all or nothing. The caller frees.
 */
char *sms_plain(const char *text);

/* What sms_plain() would have in its place, which may be ""; NULL: nothing that
 * says the same. Of a character that GSM-7 does not have. */
const char *sms_plain_of(uint32_t code);

/* The first code point that forces UCS-2, or 0; *offset is its byte. */
uint32_t sms_first_ucs2(const char *text, size_t *offset);

#endif
