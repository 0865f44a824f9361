/* Text that is text, and what becomes of bytes that are none. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define BAD "\xef\xbf\xbd" /* U+FFFD, what stands for a damaged byte */

static const struct {
	const char *damaged;
	const char *clean;
} damages[] = {
	{ "plain", "plain" },
	{ "", "" },
	{ "na\xc3\xafve \xe2\x82\xac \xf0\x9f\x91\x8d",
	    "na\xc3\xafve \xe2\x82\xac \xf0\x9f\x91\x8d" },
	{ "caf\xe9", "caf" BAD }, /* Latin-1 */
	{ "\xe9t\xe9", BAD "t" BAD },
	{ "a\x80z", "a" BAD "z" }, /* goes on from nothing */
	{ "a\xe2\x82", "a" BAD BAD }, /* cut off */
	{ "a\xe2\x82z", "a" BAD BAD "z" },
	{ "a\xf0\x9f\x91", "a" BAD BAD BAD },
	{ "\xc0\xaf", BAD BAD }, /* an overlong slash */
	{ "\xe0\x80\xaf", BAD BAD BAD },
	{ "\xf0\x80\x80\xaf", BAD BAD BAD BAD },
	{ "\xc1\xbf", BAD BAD },
	{ "\xed\xa0\x80", BAD BAD BAD }, /* half a surrogate pair */
	{ "\xed\x9f\xbf", "\xed\x9f\xbf" }, /* the last before them */
	{ "\xee\x80\x80", "\xee\x80\x80" }, /* the first after them */
	{ "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf" }, /* U+10FFFF */
	{ "\xf4\x90\x80\x80", BAD BAD BAD BAD }, /* past it */
	{ "\xf5\x80\x80\x80", BAD BAD BAD BAD },
	{ "\xff\xfe", BAD BAD },
};

static void
damaged_bytes_are_replaced_one_by_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(damages); i++) {
		const char *damaged = damages[i].damaged;
		size_t len = strlen(damaged);
		/* A copy of just this size lets a sanitizer see overreads. */
		char *exact = xcalloc(len, 1);
		char *clean;

		memcpy(exact, damaged, len);
		clean = utf8_clean(exact, len);
		if (strcmp(clean, damages[i].clean) != 0)
			fail_msg("row %zu: '%s'", i, clean);
		assert_int_equal(utf8_valid(exact, len),
		    strcmp(damaged, damages[i].clean) == 0);
		assert_true(utf8_valid(clean, strlen(clean)));
		free(clean);
		free(exact);
	}
}

static void
controls_go_and_lines_stay(void **state)
{
	char *clean = utf8_clean("a\0b\x01\x1b[31m\tc\r\nd\x7f\xc2\x85"
				 "e\xc2\xa0",
	    21);

	(void)state;
	assert_string_equal(clean, "ab[31m\tc\nde\xc2\xa0");
	free(clean);
}

static void
each_code_point_comes_back(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		char bytes[4];
		size_t len = utf8_encode(code, bytes);
		const char *p = bytes;
		uint32_t back = utf8_next(&p, bytes + len);
		bool surrogate = code >= 0xd800 && code <= 0xdfff;

		if (back != (surrogate ? 0xfffd : code) || p != bytes + len)
			fail_msg("U+%04X", (unsigned)code);
	}
	assert_int_equal(utf8_encode(0x110000, (char[4]){ 0 }), 3);
}

static void
every_reading_moves_on(void **state)
{
	const char *text = "\xe2\x82x", *p = text;

	(void)state;
	assert_int_equal(utf8_next(&p, text + 3), 0xfffd);
	assert_ptr_equal(p, text + 1);
	assert_int_equal(utf8_next(&p, text + 3), 0xfffd);
	assert_int_equal(utf8_next(&p, text + 3), 'x');
	assert_ptr_equal(p, text + 3);
}

static const struct {
	const char *text, *nfkc;
} compositions[] = {
	{ "e\u0301", "\u00e9" },
	{ "\uff14\uff0f\uff11\uff10", "4/10" }, /* full width */
	{ "4\ufe0f\u20e3", "4\ufe0f\u20e3" }, /* a keycap stays one */
	{ "\u2463", "4" }, /* in a circle */
	{ "\u00bd", "1\u20442" },
	{ "\ufb01ne", "fine" },
	{ "bad \xff", "bad " BAD },
};

static void
text_is_composed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(compositions); i++) {
		char *nfkc = utf8_nfkc(compositions[i].text);

		assert_string_equal(nfkc, compositions[i].nfkc);
		free(nfkc);
	}
}

static const struct {
	const char *text, *lower;
} cases[] = {
	{ "STOP", "stop" },
	{ "\u00c9T\u00c9", "\u00e9t\u00e9" },
	{ "\u00d1ANDÚ", "\u00f1andú" },
	{ "\u0416", "\u0436" },
	{ "4 VON 10", "4 von 10" },
	{ "", "" },
	{ "NO\xff", "no" BAD },
};

static void
text_is_lowered(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *lower = utf8_lower(cases[i].text);

		assert_string_equal(lower, cases[i].lower);
		free(lower);
	}
}

static const struct {
	uint32_t code;
	enum utf8_kind kind;
} kinds[] = {
	{ 'a', UTF8_WORD },
	{ '7', UTF8_WORD },
	{ 0xf1, UTF8_WORD },
	{ ' ', UTF8_SPACE },
	{ '\n', UTF8_SPACE },
	{ 0xa0, UTF8_SPACE },
	{ 0x200b, UTF8_UNSEEN },
	{ 0xfeff, UTF8_UNSEEN },
	{ 0x301, UTF8_UNSEEN },
	{ '-', UTF8_OTHER },
	{ 0x2019, UTF8_OTHER },
	{ 0xfffd, UTF8_OTHER },
};

static void
code_points_have_a_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++)
		assert_int_equal(kinds[i].kind, utf8_kind(kinds[i].code));
	assert_int_equal(0xf1, utf8_lower_code(0xd1));
	assert_int_equal('7', utf8_lower_code('7'));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_bytes_are_replaced_one_by_one),
		cmocka_unit_test(controls_go_and_lines_stay),
		cmocka_unit_test(each_code_point_comes_back),
		cmocka_unit_test(every_reading_moves_on),
		cmocka_unit_test(text_is_composed),
		cmocka_unit_test(text_is_lowered),
		cmocka_unit_test(code_points_have_a_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
