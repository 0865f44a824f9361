/*
 * A narrow page: words wrap under where they began.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "commands/print.h"

static void
check_hanging(const char *lead, int column, const char *text, const char *page)
{
	char *got = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&got, &len);

	assert_non_null(out);
	print_hanging(out, lead, column, text);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(got, page);
	free(got);
}

#define TEN "123456789 "

static void
words_wrap_and_hang(void **unused)
{
	(void)unused;
	check_hanging("  16:30", 9, "Hello.", "  16:30  Hello.\n");
	check_hanging("", 2, "Hello.", "  Hello.\n");
	/* Seven words of nine fill the line to 71. */
	check_hanging("a", 2, TEN TEN TEN TEN TEN TEN TEN TEN "end",
	    "a " TEN TEN TEN TEN TEN TEN "123456789\n  123456789 end\n");
	/* What was written on lines of its own stays so. */
	check_hanging(">", 2, "one\n\ntwo\n", "> one\n\n  two\n");
	check_hanging("long lead", 4, "text", "long lead text\n");
	/* Letters are counted, not bytes. */
	check_hanging("→", 3, "é", "→  é\n");
	/* Nothing that a terminal obeys gets through. */
	check_hanging("", 0, "a\033[1mb\tc\r\x07", "a[1mb c\n");
	check_hanging("", 1, "", " \n");
}

static void
a_word_longer_than_a_line_stands_alone(void **unused)
{
	char word[101], page[256];

	(void)unused;
	memset(word, 'x', 100);
	word[100] = '\0';
	snprintf(page, sizeof(page), "    %s\n", word);
	check_hanging("", 4, word, page);
}

static void
times_are_local(void **unused)
{
	struct zone *zone = NULL;
	char out[PRINT_WHEN_SIZE];

	(void)unused;
	assert_int_equal(zone_open("Europe/London", &zone, NULL), STATUS_OK);
	/* Half past twelve in Greenwich, and summer in London. */
	assert_string_equal(
	    print_when(zone, 1783427400, out), "Tue 7 Jul 2026 13:30");
	zone_free(zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_wrap_and_hang),
		cmocka_unit_test(a_word_longer_than_a_line_stands_alone),
		cmocka_unit_test(times_are_local),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
