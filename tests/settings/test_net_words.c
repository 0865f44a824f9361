/*
 * Whoever answers with the very words of a safety net means them: each is
 * read as a red flag, in the words that are shipped. Run from the top of the
 * source.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "care/lexicon.h"
#include "care/reply.h"
#include "settings/words.h"

static const struct {
	const char *lang;
	const char *text;
} rows[] = {
	/* low back */
	{ "en", "numb where I sit" },
	{ "en", "weak on both sides" },
	{ "en", "trouble using the toilet" },
	{ "es", "se me duerme la zona donde me siento" },
	{ "es", "pierdo fuerza a ambos lados" },
	{ "es", "me cuesta ir al ba\303\261o" },
	/* neck */
	{ "en", "newly weak" },
	{ "en", "newly clumsy" },
	{ "en", "I am clumsy" },
	{ "en", "a sudden worst headache" },
	{ "en", "trouble speaking" },
	{ "en", "trouble seeing" },
	/* knee */
	{ "en", "hot and swollen" },
	{ "en", "hot and swollen with a fever" },
	{ "en", "a newly swollen calf" },
	{ "en", "short of breath" },
	/* achilles */
	{ "en", "a snap" },
	{ "en", "yes, a snap" },
	{ "en", "can't push off" },
	{ "en", "a snap and no push-off" },
};

/* ... and denied they are none. */
static const struct {
	const char *lang;
	const char *text;
} denials[] = {
	{ "en", "no snap" },
	{ "en", "no numbness where I sit, no trouble using the toilet" },
	{ "en", "not clumsy" },
	{ "en", "no swollen calf" },
	{ "en", "clumsy me, I forgot to answer. 3" },
	{ "es", "no me cuesta ir al ba\303\261o" },
};

static struct lexicon *en, *es;

static int
set_up(void **state)
{
	(void)state;
	return words_load("config/words", "en", &en, NULL, NULL) != STATUS_OK ||
	       words_load("config/words", "es", &es, NULL, NULL) != STATUS_OK;
}

static int
tear_down(void **state)
{
	(void)state;
	lexicon_free(en);
	lexicon_free(es);
	return 0;
}

static enum flag_level
level_of(const char *lang, const char *text)
{
	struct reading reading =
	    reply_read(strcmp(lang, "es") == 0 ? es : en, ASKS_LEG, text);

	return reading_level(&reading);
}

static void
test_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		enum flag_level level = level_of(rows[i].lang, rows[i].text);

		if (level == FLAG__MAX || level == FLAG_NOTICE)
			fail_msg("no red flag: %s", rows[i].text);
	}
}

static void
test_denied(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(denials) / sizeof(*denials); i++) {
		enum flag_level level =
		    level_of(denials[i].lang, denials[i].text);

		if (level != FLAG__MAX && level != FLAG_NOTICE)
			fail_msg("a red flag: %s", denials[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_said),
		cmocka_unit_test(test_denied),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
