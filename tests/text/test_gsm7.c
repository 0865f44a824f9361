/*
 * How texts count as SMS. sms_segments.tsv has the boundary cases: a text, its
 * encoding, its units and its segments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "sample.h"
#include "text/gsm7.h"

/* "a*152 + U+007B" written out. */
static char *
spell(char *recipe)
{
	struct buffer out = { 0 };
	char *save, *term, *star, bytes[4];
	size_t len;
	long times;

	for (term = strtok_r(recipe, " ", &save); term != NULL;
	     term = strtok_r(NULL, " ", &save)) {
		if (strcmp(term, "+") == 0 || strcmp(term, "empty") == 0)
			continue;
		star = strchr(term, '*');
		times = star == NULL ? 1 : strtol(star + 1, NULL, 10);
		bytes[0] = term[0];
		len = 1;
		if (strncmp(term, "U+", 2) == 0)
			len = utf8_encode(
			    (uint32_t)strtoul(term + 2, NULL, 16), bytes);
		while (times-- > 0)
			buffer_add(&out, bytes, len);
	}
	return buffer_take(&out);
}

static void
counts_every_vector(void **state)
{
	char *file = sample_read("sms_segments.tsv", NULL), *lines, *line;
	char *fields[4], *text, *row;
	struct sms_count count;
	int seen = 0, i;

	(void)state;
	for (line = strtok_r(file, "\n", &lines); line != NULL;
	     line = strtok_r(NULL, "\n", &lines)) {
		if (line[0] == '#')
			continue;
		for (i = 0, row = line; i < 4; i++) {
			fields[i] = strsep(&row, "\t");
			assert_non_null(fields[i]);
		}
		print_message("%s\n", fields[0]);
		text = spell(fields[0]);
		count = sms_count(text);
		assert_int_equal(count.ucs2, strcmp(fields[1], "UCS2") == 0);
		assert_int_equal(count.units, atoi(fields[2]));
		assert_int_equal(count.segments, atoi(fields[3]));
		free(text);
		seen++;
	}
	assert_int_equal(seen, 29);
	free(file);
}

static void
alphabet_has_its_size(void **state)
{
	int one = 0, two = 0;
	uint32_t code;

	(void)state;
	for (code = 0; code < 0x110000; code++) {
		one += gsm7_septets(code) == 1;
		two += gsm7_septets(code) == 2;
	}
	assert_int_equal(one, 127);
	assert_int_equal(two, 10);
}

static const struct {
	const char *letter;
	int septets;
} letters[] = {
	{ "@", 1 }, { "\n", 1 }, { "\r", 1 }, { "_", 1 }, { "é", 1 },
	{ "ñ", 1 }, { "ß", 1 }, { "Ω", 1 }, { "£", 1 }, { "¿", 1 }, { "Ç", 1 },
	{ "[", 2 }, { "~", 2 }, { "€", 2 }, { "ç", 0 }, { "`", 0 }, { "\t", 0 },
	{ "á", 0 }, { "’", 0 },
	{ "Α", 0 }, /* a Greek capital alpha is not the Latin A */
};

static void
letters_cost_what_they_cost(void **state)
{
	const char *p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof letters / sizeof letters[0]; i++) {
		p = letters[i].letter;
		assert_int_equal(gsm7_septets(utf8_next(&p, p + strlen(p))),
		    letters[i].septets);
	}
}

static const struct {
	const char *text;
	const char *plain;
} plains[] = {
	{ "", "" },
	{ "Leave it be today.", "Leave it be today." },
	{ "It’s “fine” – walk on…", "It's \"fine\" - walk on..." },
	{ "3 × 10, ½ an hour, 30°", "3 x 10, 1/2 an hour, 30 deg" },
	{ "• one\u00a0two\u200b", "* one two" },
	{ "dash\tdash", "dash dash" },
	{ "José’s café", "José's café" },
	/* All or nothing: the i-acute can't be had, so the quotes stay too. */
	{ "It’s García", "It’s García" },
	{ "😀 don’t", "😀 don’t" },
	{ "\xff’", "\xff’" },
	{ "’á", "’á" },
};

static void
plain_is_all_or_nothing(void **state)
{
	char *plain;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof plains / sizeof plains[0]; i++) {
		plain = sms_plain(plains[i].text);
		assert_string_equal(plain, plains[i].plain);
		free(plain);
	}
}

/* Whatever has a replacement has one that GSM-7 can hold, and needed it. */
static void
every_replacement_is_gsm7(void **state)
{
	char text[8], *plain;
	uint32_t code;
	int replaced = 0;

	(void)state;
	for (code = 1; code < 0x110000; code++) {
		if (code >= 0xd800 && code < 0xe000)
			continue;
		text[utf8_encode(code, text)] = '\0';
		plain = sms_plain(text);
		if (strcmp(plain, text) != 0) {
			assert_int_equal(gsm7_septets(code), 0);
			assert_int_equal(sms_first_ucs2(plain, NULL), 0);
			replaced++;
		}
		free(plain);
	}
	assert_int_equal(replaced, 99);
}

static void
first_odd_letter_is_named(void **state)
{
	size_t offset = 99;

	(void)state;
	assert_int_equal(sms_first_ucs2("plain €", &offset), 0);
	assert_int_equal(offset, 99);
	assert_int_equal(sms_first_ucs2("é – 😀", &offset), 0x2013);
	assert_int_equal(offset, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_every_vector),
		cmocka_unit_test(alphabet_has_its_size),
		cmocka_unit_test(letters_cost_what_they_cost),
		cmocka_unit_test(plain_is_all_or_nothing),
		cmocka_unit_test(every_replacement_is_gsm7),
		cmocka_unit_test(first_odd_letter_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
