/*
 * Which words of a text have been said before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "text/known.h"

#define NET                                                      \
	"Call 999 straight away if you notice any of these:\n\n" \
	"- numbness or an odd feeling between your legs\n"       \
	"- you can't hold your poo, or can't feel it coming\n\n" \
	"To end these messages, reply STOP."

static const struct {
	const char *text;
	const char *beyond;
} texts[] = {
	{ NET, "" },
	{ "", "" },
	{ "6", "6" },
	/* As mailers change it */
	{ "CALL 999<tel:999> straight away if\nyou notice any of these:\n"
	  "o   numbness or an odd feeling between your legs\n"
	  "o   you can\xe2\x80\x99t hold your poo, or can\xe2\x80\x99t "
	  "feel it\n>> coming\nTo end these messages, *reply STOP*.",
	    "" },
	{ "\xe2\x80\xa2 numbness or an odd feeling between your legs", "" },
	{ "1. numbness or an odd feeling between your legs", "" },
	/* Written above, between, behind and below */
	{ "yes\n" NET "\nplease ring", "yes\nplease ring" },
	{ "- numbness or an odd feeling between your legs\nYES, numb\n"
	  "- you can't hold your poo, or can't feel it coming\n",
	    "YES, numb" },
	{ "- numbness or an odd feeling between your legs YES, since Monday.\n"
	  "- you can't hold your poo, or can't feel it coming no",
	    "YES, since Monday.\nno" },
	/* A few of the same words are the writer's own. */
	{ "numbness between your legs", "numbness between your legs" },
	{ "I can't feel it coming", "I can't feel it coming" },
	/* Two of ours are two texts. */
	{ "feel it coming, call 999", "feel it coming, call 999" },
	{ "\xff\xfe<<>'\n\xc3", "" },
};

static void
tells_what_is_new(void **state)
{
	struct known known = { 0 };

	(void)state;
	known_add(&known, NET);
	known_add(&known, "too short");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char *beyond = known_beyond(&known, texts[i].text);

		assert_string_equal(beyond, texts[i].beyond);
		free(beyond);
	}
	known_free(&known);
}

static void
knows_nothing_at_first(void **state)
{
	struct known known = { 0 };
	char *beyond = known_beyond(&known, " a\n\n b c d e f\n");

	(void)state;
	assert_string_equal(beyond, "a\nb c d e f");
	free(beyond);
	known_free(&known);
}

static void
finds_a_text_within_another(void **state)
{
	(void)state;
	assert_true(known_within("", ""));
	assert_true(known_within("Pain 6", "*pain* [image: x] 6"));
	assert_false(known_within("6 pain", "pain 6"));
	assert_false(known_within("6, numb", "6"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_is_new),
		cmocka_unit_test(knows_nothing_at_first),
		cmocka_unit_test(finds_a_text_within_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
