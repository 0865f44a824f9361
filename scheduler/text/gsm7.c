#include "text/gsm7.h"

#include <string.h>

#include "base/utf8.h"

#define SEPTETS_ALONE 160
#define SEPTETS_PART 153 /* seven go to the header that joins the parts */
#define UNITS_ALONE 70
#define UNITS_PART 67

struct range {
	uint32_t first, last;
};

/* The default alphabet, one septet each, 0x09 being the capital C-cedilla of
 * 3GPP TS 23.038 (Unicode's table has the small one; no phone does). */
static const struct range basic[] = { { 0x000a, 0x000a }, { 0x000d, 0x000d },
	{ 0x0020, 0x005a }, { 0x005f, 0x005f }, { 0x0061, 0x007a },
	{ 0x00a1, 0x00a1 }, { 0x00a3, 0x00a5 }, { 0x00a7, 0x00a7 },
	{ 0x00bf, 0x00bf }, { 0x00c4, 0x00c7 }, { 0x00c9, 0x00c9 },
	{ 0x00d1, 0x00d1 }, { 0x00d6, 0x00d6 }, { 0x00d8, 0x00d8 },
	{ 0x00dc, 0x00dc }, { 0x00df, 0x00e0 }, { 0x00e4, 0x00e6 },
	{ 0x00e8, 0x00e9 }, { 0x00ec, 0x00ec }, { 0x00f1, 0x00f2 },
	{ 0x00f6, 0x00f6 }, { 0x00f8, 0x00f9 }, { 0x00fc, 0x00fc },
	{ 0x0393, 0x0394 }, { 0x0398, 0x0398 }, { 0x039b, 0x039b },
	{ 0x039e, 0x039e }, { 0x03a0, 0x03a0 }, { 0x03a3, 0x03a3 },
	{ 0x03a6, 0x03a6 }, { 0x03a8, 0x03a9 } };

/* The extension, an escape and a septet each: form feed, brackets, backslash,
 * circumflex, braces, bar, tilde, euro. */
static const struct range extension[] = { { 0x000c, 0x000c },
	{ 0x005b, 0x005e }, { 0x007b, 0x007e }, { 0x20ac, 0x20ac } };

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool
in_ranges(const struct range *ranges, size_t count, uint32_t code)
{
	size_t low = 0, high = count, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (code > ranges[middle].last)
			low = middle + 1;
		else if (code < ranges[middle].first)
			high = middle;
		else
			return true;
	}
	return false;
}

int
gsm7_septets(uint32_t code)
{
	if (in_ranges(basic, LENGTH(basic), code))
		return 1;
	return in_ranges(extension, LENGTH(extension), code) ? 2 : 0;
}

uint32_t
sms_first_ucs2(const char *text, size_t *offset)
{
	const char *p = text, *end = text + strlen(text), *start;
	uint32_t code;

	while (p < end) {
		start = p;
		code = utf8_next(&p, end);
		if (gsm7_septets(code) != 0)
			continue;
		if (offset != NULL)
			*offset = (size_t)(start - text);
		return code;
	}
	return 0;
}

/* A surrogate pair beyond the first plane. */
static int
utf16_units(uint32_t code)
{
	return code > 0xffff ? 2 : 1;
}

struct sms_count
sms_count(const char *text)
{
	const char *p = text, *end = text + strlen(text);
	struct sms_count count = { .segments = 1 };
	int alone, part, cost, parts = 1, used = 0;
	uint32_t code;

	count.ucs2 = sms_first_ucs2(text, NULL) != 0;
	alone = count.ucs2 ? UNITS_ALONE : SEPTETS_ALONE;
	part = count.ucs2 ? UNITS_PART : SEPTETS_PART;

	/* A pair that does not fit moves whole to the next part, so that the
	 * quotient of units and size may be one short. */
	while (p < end) {
		code = utf8_next(&p, end);
		cost = count.ucs2 ? utf16_units(code) : gsm7_septets(code);
		count.units += cost;
		if (used + cost > part) {
			parts++;
			used = 0;
		}
		used += cost;
	}
	if (count.units > alone)
		count.segments = parts;
	return count;
}
