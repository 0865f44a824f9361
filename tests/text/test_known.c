/*
 * Which words of a text have been said before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/memory.h"
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
	{ "Call 999 straight away if you notice any of these: 1. numbness or "
	  "an odd feeling between your legs 2) you can\xe2\x80\x98t hold your "
	  "poo, or can`t feel it coming",
	    "" },
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

#define LONG                                                                   \
	"Welcome to your plan. Most flare-ups ease over days and weeks, and "  \
	"moving in the right way helps. We will be beside you while it does, " \
	"up to four times a week. Often we ask one short question, and one "   \
	"word or one number is enough.\n"

/* A reply, and behind it what is quoted. */
static const struct {
	const char *reply;
	const char *quoted;
} mails[] = {
	{ "6\n\n", "Od: Us <a@b.example>\nWys\xc5\x82"
		   "ano: 2 marca 2026 9:05\nTemat: x\n\n" NET },
	{ "6\n\n", "pon., 2 mar 2026 o 16:35 Us <a@b.example> "
		   "napisa\xc5\x82(a):\n\n" NET },
	{ "6\n", LONG NET },
	{ "6\nFYI:\n", LONG },
	/* A patient's own, and what a patient copies to say that it is so */
	{ "6", "" },
	{ "", "" },
	{ "yes:\n- numbness or an odd feeling between your legs\n", "" },
	{ "back: 6\nleg: 2\n\nring me", "" },
	{ "my sister a@b.example asks at 10 on 3 May\n\nwhether I may run",
	    "" },
	{ "a:\na:\na:\n\n\n\n", "" },
	{ "pain: 6\nlegs: yes\nnumbness or an odd feeling between your legs",
	    "" },
	{ "Ann, 12 May 1980, ann@b.example\n\n"
	  "you can't hold your poo, or can't feel it coming",
	    "" },
	{ "I have\nwhat you say: moving in the right way helps. We will be "
	  "beside you while it does, up to four times a week. Often we ask "
	  "one short question, and one word or one number is enough.\n" NET,
	    "" },
};

static void
finds_where_a_mail_is_quoted(void **state)
{
	struct known known = { 0 };

	(void)state;
	known_add(&known, NET);
	known_add(&known, LONG NET);
	known_add(&known, "Four words of ours");
	for (size_t i = 0; i < sizeof mails / sizeof mails[0]; i++) {
		char *text = xasprintf("%s%s", mails[i].reply, mails[i].quoted);

		assert_int_equal(
		    strlen(mails[i].reply), known_quoted_from(&known, text));
		free(text);
	}
	known_free(&known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_is_new),
		cmocka_unit_test(knows_nothing_at_first),
		cmocka_unit_test(finds_a_text_within_another),
		cmocka_unit_test(finds_where_a_mail_is_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
