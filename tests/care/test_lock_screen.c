/*
 * Words that a locked phone should not show, found as whole words, however
 * they are written.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "care/lexicon.h"

static const struct {
	const char *text;
	const char *allowed;
	const char *found; /* NULL: none */
} rows[] = {
	{ "How is your back?", NULL, "back" },
	{ "HOW IS YOUR BACK", NULL, "back" },
	{ "back", NULL, "back" },
	{ "backpack, paperback", NULL, NULL },
	{ "a back-up", NULL, "back" },
	{ "the knee, then the back", NULL, "knee" },
	{ "the knee, then the back", "knee", "back" },
	{ "the knee, then the back", "Back KNEE", NULL },
	{ "the knee", "kneecap", "knee" },
	{ "s\303\255ntoma nuevo", NULL, "sintoma" },
	{ "Pie\303\271", NULL, NULL },
	{ "", NULL, NULL },
	{ "\xff\xfe back", NULL, "back" },
};

static void
test_words(void **state)
{
	struct lexicon *lexicon = lexicon_new();
	char word[16];

	(void)state;
	lexicon_add_lock_screen(lexicon, "back");
	lexicon_add_lock_screen(lexicon, "knee");
	lexicon_add_lock_screen(lexicon, "s\303\255ntoma");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool found = lexicon_lock_screen(
		    lexicon, rows[i].text, rows[i].allowed, word, sizeof(word));

		if (found != (rows[i].found != NULL))
			fail_msg("%s", rows[i].text);
		if (found)
			assert_string_equal(word, rows[i].found);
	}
	/* A word that has no room is not cut in half. */
	assert_false(lexicon_lock_screen(lexicon, "back", NULL, word, 4));
	lexicon_free(lexicon);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
