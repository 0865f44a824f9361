/*
 * What an SMS loses nothing by: curly quotes, dashes, odd spaces, bullets and
 * the like, each with what a plain keyboard would have. Letters are not here:
 * taking an accent away changes how a name is spelt.
 */
#include "text/gsm7.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

static const struct plain {
	uint32_t code;
	const char *text;
} plain[] = {
	{ 0x0009, " " }, /* control */
	{ 0x000b, "\n" }, /* control */
	{ 0x0060, "'" }, /* grave accent */
	{ 0x0085, "\n" }, /* control */
	{ 0x00a0, " " }, /* no-break space */
	{ 0x00a6, "|" }, /* broken bar */
	{ 0x00a9, "(C)" }, /* copyright sign */
	{ 0x00ab, "\"" }, /* left-pointing double angle quotation mark */
	{ 0x00ad, "" }, /* soft hyphen */
	{ 0x00ae, "(R)" }, /* registered sign */
	{ 0x00b0, " deg" }, /* degree sign */
	{ 0x00b1, "+/-" }, /* plus-minus sign */
	{ 0x00b2, "2" }, /* superscript two */
	{ 0x00b3, "3" }, /* superscript three */
	{ 0x00b4, "'" }, /* acute accent */
	{ 0x00b7, "*" }, /* middle dot */
	{ 0x00b9, "1" }, /* superscript one */
	{ 0x00bb, "\"" }, /* right-pointing double angle quotation mark */
	{ 0x00bc, "1/4" }, /* vulgar fraction one quarter */
	{ 0x00bd, "1/2" }, /* vulgar fraction one half */
	{ 0x00be, "3/4" }, /* vulgar fraction three quarters */
	{ 0x00d7, "x" }, /* multiplication sign */
	{ 0x00f7, "/" }, /* division sign */
	{ 0x02b9, "'" }, /* modifier letter prime */
	{ 0x02bb, "'" }, /* modifier letter turned comma */
	{ 0x02bc, "'" }, /* modifier letter apostrophe */
	{ 0x2000, " " }, /* en quad */
	{ 0x2001, " " }, /* em quad */
	{ 0x2002, " " }, /* en space */
	{ 0x2003, " " }, /* em space */
	{ 0x2004, " " }, /* three-per-em space */
	{ 0x2005, " " }, /* four-per-em space */
	{ 0x2006, " " }, /* six-per-em space */
	{ 0x2007, " " }, /* figure space */
	{ 0x2008, " " }, /* punctuation space */
	{ 0x2009, " " }, /* thin space */
	{ 0x200a, " " }, /* hair space */
	{ 0x200b, "" }, /* zero width space */
	{ 0x200c, "" }, /* zero width non-joiner */
	{ 0x200d, "" }, /* zero width joiner */
	{ 0x200e, "" }, /* left-to-right mark */
	{ 0x200f, "" }, /* right-to-left mark */
	{ 0x2010, "-" }, /* hyphen */
	{ 0x2011, "-" }, /* non-breaking hyphen */
	{ 0x2012, "-" }, /* figure dash */
	{ 0x2013, "-" }, /* en dash */
	{ 0x2014, "-" }, /* em dash */
	{ 0x2015, "-" }, /* horizontal bar */
	{ 0x2018, "'" }, /* left single quotation mark */
	{ 0x2019, "'" }, /* right single quotation mark */
	{ 0x201a, "'" }, /* single low-9 quotation mark */
	{ 0x201b, "'" }, /* single high-reversed-9 quotation mark */
	{ 0x201c, "\"" }, /* left double quotation mark */
	{ 0x201d, "\"" }, /* right double quotation mark */
	{ 0x201e, "\"" }, /* double low-9 quotation mark */
	{ 0x201f, "\"" }, /* double high-reversed-9 quotation mark */
	{ 0x2022, "*" }, /* bullet */
	{ 0x2023, "*" }, /* triangular bullet */
	{ 0x2026, "..." }, /* horizontal ellipsis */
	{ 0x2028, "\n" }, /* line separator */
	{ 0x2029, "\n" }, /* paragraph separator */
	{ 0x202f, " " }, /* narrow no-break space */
	{ 0x2032, "'" }, /* prime */
	{ 0x2033, "\"" }, /* double prime */
	{ 0x2035, "'" }, /* reversed prime */
	{ 0x2036, "\"" }, /* reversed double prime */
	{ 0x2039, "<" }, /* single left-pointing angle quotation mark */
	{ 0x203a, ">" }, /* single right-pointing angle quotation mark */
	{ 0x2043, "-" }, /* hyphen bullet */
	{ 0x2044, "/" }, /* fraction slash */
	{ 0x205f, " " }, /* medium mathematical space */
	{ 0x2060, "" }, /* word joiner */
	{ 0x2122, "(TM)" }, /* trade mark sign */
	{ 0x2190, "<-" }, /* leftwards arrow */
	{ 0x2192, "->" }, /* rightwards arrow */
	{ 0x21d2, "->" }, /* rightwards double arrow */
	{ 0x2212, "-" }, /* minus sign */
	{ 0x2219, "*" }, /* bullet operator */
	{ 0x2248, "~" }, /* almost equal to */
	{ 0x2264, "<=" }, /* less-than or equal to */
	{ 0x2265, ">=" }, /* greater-than or equal to */
	{ 0x25aa, "*" }, /* black small square */
	{ 0x25cf, "*" }, /* black circle */
	{ 0x2713, "OK" }, /* check mark */
	{ 0x2714, "OK" }, /* heavy check mark */
	{ 0x2715, "x" }, /* multiplication x */
	{ 0x3000, " " }, /* ideographic space */
	{ 0xfe0e, "" }, /* variation selector-15 */
	{ 0xfe0f, "" }, /* variation selector-16 */
	{ 0xfe58, "-" }, /* small em dash */
	{ 0xfe63, "-" }, /* small hyphen-minus */
	{ 0xfeff, "" }, /* zero width no-break space */
	{ 0xff01, "!" }, /* fullwidth exclamation mark */
	{ 0xff02, "\"" }, /* fullwidth quotation mark */
	{ 0xff07, "'" }, /* fullwidth apostrophe */
	{ 0xff0c, "," }, /* fullwidth comma */
	{ 0xff0d, "-" }, /* fullwidth hyphen-minus */
	{ 0xff1a, ":" }, /* fullwidth colon */
	{ 0xff1f, "?" }, /* fullwidth question mark */
};

static int
compare(const void *key, const void *element)
{
	uint32_t code = *(const uint32_t *)key;
	const struct plain *row = element;

	return code < row->code ? -1 : code > row->code;
}

const char *
sms_plain_of(uint32_t code)
{
	const struct plain *row = bsearch(&code, plain,
	    sizeof plain / sizeof plain[0], sizeof plain[0], compare);

	return row == NULL ? NULL : row->text;
}

char *
sms_plain(const char *text)
{
	const char *p = text, *end = text + strlen(text), *start, *instead;
	struct buffer out = { 0 };
	bool all = true;
	uint32_t code;

	while (all && p < end) {
		start = p;
		code = utf8_next(&p, end);
		if (gsm7_septets(code) != 0) {
			buffer_add(&out, start, (size_t)(p - start));
			continue;
		}
		instead = sms_plain_of(code);
		all = instead != NULL;
		if (all)
			buffer_puts(&out, instead);
	}

	/* One character that stays makes the whole text UCS-2 anyway, and then
	 * the finer marks cost nothing. */
	if (!all || out.over) {
		buffer_free(&out);
		return xstrdup(text);
	}
	return buffer_take(&out);
}
