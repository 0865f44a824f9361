/*
 * What a text offers as answers, read as a reply would be. Run from the top of
 * the source, since the words are those that are shipped.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "care/lexicon.h"
#include "settings/answer_form.h"
#include "settings/words.h"

static const struct {
	const char *lang;
	enum asks asks;
	const char *text;
	const char *problem; /* NULL: none; or how it begins */
} rows[] = {
	{ "en", ASKS_PAIN, "Pain, 0 to 10? Reply with a number.", NULL },
	{ "en", ASKS_PAIN, "Pain, 1 to 10?", "asks for a score and does not" },
	{ "en", ASKS_PAIN, "Pain, 0 to 100?", "asks for a score" },
	{ "en", ASKS_PAIN, "Call 101. Pain?", "asks for a score" },
	{ "en", ASKS_DONE, "Reply DONE or NOT TODAY.", NULL },
	{ "en", ASKS_DONE, "Reply DONE.", "names no words, in capitals" },
	{ "en", ASKS_DONE, "Reply done or not today.", "names no words" },
	{ "en", ASKS_DONE, "Reply DONE or SAME.",
	    "offers SAME, which is no answer to what it asks (done)" },
	{ "en", ASKS_SETTLED, "SAME, BETTER or WORSE?", NULL },
	{ "en", ASKS_SETTLED, "BETTER or SAME?", "names no words" },
	{ "en", ASKS_LEG, "Anything new? Reply NO, or in a few words.", NULL },
	{ "en", ASKS_LEG, "Anything new? Tell us.", "names no word, in" },
	{ "en", ASKS_LEG, "Anything new? YES or NO.",
	    "offers YES, which carriers take" },
	/* what is no answer to anything is no one's business */
	{ "en", ASKS_NONE, "The NHS says: watch TV less. STOP ends it.", NULL },
	{ "en", ASKS_NONE, "HELP for help, START to have them.", NULL },
	{ "en", ASKS_NONE, "Tell us if you are BETTER.", "offers BETTER as" },
	{ "en", ASKS_NONE, "", NULL },
	{ "es", ASKS_DONE, "Responda HECHO u HOY NO.", NULL },
	{ "es", ASKS_DONE, "Responda DONE o HOY NO.", "names no words" },
	{ "es", ASKS_SETTLED, "¿IGUAL, MEJOR o PEOR?", NULL },
	{ "es", ASKS_LEG, "¿Algo nuevo? Responda NO.", NULL },
};

static void
test_forms(void **state)
{
	struct lexicon *en = NULL, *es = NULL;
	struct why why = { "" };

	(void)state;
	if (words_load("config/words", "en", &en, NULL, &why) != STATUS_OK ||
	    words_load("config/words", "es", &es, NULL, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char problem[160] = "";
		bool fits =
		    answer_form_check(strcmp(rows[i].lang, "es") == 0 ? es : en,
			rows[i].asks, rows[i].text, problem, sizeof(problem));
		const char *said = rows[i].problem;

		if (fits != (said == NULL) ||
		    (said != NULL && strncmp(problem, said, strlen(said)) != 0))
			fail_msg("%s: %s", rows[i].text, problem);
	}
	lexicon_free(en);
	lexicon_free(es);
}

/* The line that a verdict is remembered by says all that it hangs on. */
static void
test_offers(void **state)
{
	struct buffer a = { 0 }, b = { 0 };

	(void)state;
	answer_form_offers(ASKS_DONE, "Ann, DONE or NOT TODAY?", &a);
	answer_form_offers(ASKS_DONE, "Bo: is it DONE? NOT TODAY?", &b);
	assert_string_equal(buffer_text(&a), "done 0, DONE, NOT TODAY");
	assert_string_equal(buffer_text(&a), buffer_text(&b));
	buffer_clear(&b);
	answer_form_offers(ASKS_PAIN, "0 to 10, or DONE?", &b);
	assert_string_equal(buffer_text(&b), "pain 1, DONE");
	buffer_free(&a);
	buffer_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_offers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
