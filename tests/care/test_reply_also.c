/*
 * What must not be missed is read in the other language too. What only looks
 * like it there, a denial above all, is not.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "care/lexicon.h"
#include "care/reply.h"
#include "settings/words.h"

enum found { NOTHING, FLAG, STOP, WRONG };

static const struct {
	const char *lang; /* that the patient reads */
	const char *text;
	int pain;
	enum found found;
} rows[] = {
	{ "en", "me hago pis encima y no siento las nalgas", PAIN_NONE, FLAG },
	{ "en", "4. no siento las nalgas", 4, FLAG },
	{ "en", "estaria mejor muerto", PAIN_NONE, FLAG },
	{ "en", "Dar de baja", PAIN_NONE, STOP },
	{ "en", "ya no quiero mas mensajes", PAIN_NONE, STOP },
	{ "en", "numero equivocado", PAIN_NONE, WRONG },
	{ "es", "I can't feel my saddle area", PAIN_NONE, FLAG },
	{ "es", "thinking about taking all my tablets", PAIN_NONE, FLAG },
	{ "es", "you have the wrong number", PAIN_NONE, WRONG },
	{ "en", "I'm not suicidal", PAIN_NONE, NOTHING },
	{ "en", "haven't wet myself or anything", PAIN_NONE, NOTHING },
	{ "en", "did both legs, 10 reps each", PAIN_NONE, NOTHING },
	{ "en", "it depends", PAIN_NONE, NOTHING },
	{ "es", "no tengo cáncer ni he tenido nunca", PAIN_NONE, NOTHING },
	{ "es", "no me duele el pecho", PAIN_NONE, NOTHING },
	{ "es", "éramos 6 en la clase", PAIN_NONE, NOTHING },
};

static void
test_rows(void **state)
{
	struct lexicon *en = NULL, *es = NULL;

	(void)state;
	assert_int_equal(
	    words_load("config/words", "en", &en, NULL, NULL), STATUS_OK);
	assert_int_equal(
	    words_load("config/words", "es", &es, NULL, NULL), STATUS_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool english = strcmp(rows[i].lang, "en") == 0;
		const struct lexicon *own = english ? en : es;
		const char *text = rows[i].text;
		struct reading reading = reply_read(own, ASKS_PAIN, text);

		int unknown = reply_unknown(own, text);

		if (reply_may_be_other(&reading, unknown))
			reply_read_also(&reading, unknown, english ? es : en,
			    ASKS_PAIN, text);
		bool flagged = reading_level(&reading) != FLAG__MAX;
		if (flagged != (rows[i].found == FLAG) ||
		    reading.stop != (rows[i].found == STOP) ||
		    reading.wrong_number != (rows[i].found == WRONG) ||
		    reading.pain != rows[i].pain ||
		    (rows[i].found != NOTHING && reading.unclear))
			fail_msg("misread: %s", text);
	}
	lexicon_free(en);
	lexicon_free(es);
}

static void
test_others(void **state)
{
	char **langs = NULL;

	(void)state;
	assert_int_equal(words_others("config/words", "es-MX", &langs), 1);
	assert_string_equal(langs[0], "en");
	free(langs[0]);
	free(langs);
	assert_int_equal(words_others("no/such/folder", "en", &langs), 0);
	free(langs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
