/*
 * What asks for a rest, and for how many days; 0 is none.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "care/lexicon.h"
#include "care/reply.h"
#include "settings/words.h"

static const struct {
	const char *lang;
	const char *text;
	int days;
} rows[] = {
	{ "en", "PAUSE 7", 7 },
	{ "en", "pause", 7 },
	{ "en", "Pause 1", 1 },
	{ "en", "pause 10 days please", 10 },
	{ "en", "Pause for 2 weeks", 14 },
	{ "en", "pause for a week, thanks", 7 },
	{ "en", "please pause my messages for three days", 3 },
	{ "en", "PAUSE 365", 60 },
	{ "en", "pause 0", 0 },
	{ "en", "I had to pause the exercises, it hurts", 0 },
	{ "en", "pause the exercises?", 0 },
	{ "en", "pause 7 then 8", 0 },
	{ "en", "STOP", 0 },
	{ "en", "7", 0 },
	{ "es", "PAUSA 7", 7 },
	{ "es", "pausa de 10 dias por favor", 10 },
	{ "es", "pausa una semana", 7 },
};

static void
test_pause(void **state)
{
	struct lexicon *lexicons[2] = { NULL, NULL };
	(void)state;
	assert_int_equal(
	    words_load("config/words", "en", &lexicons[0], NULL, NULL),
	    STATUS_OK);
	assert_int_equal(
	    words_load("config/words", "es", &lexicons[1], NULL, NULL),
	    STATUS_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct reading reading = reply_read(
		    lexicons[rows[i].lang[1] == 's'], ASKS_PAIN, rows[i].text);
		if (reading.pause_days != rows[i].days)
			fail_msg("%s  ==> %d, not %d", rows[i].text,
			    reading.pause_days, rows[i].days);
		/* It is no score beside. */
		if (rows[i].days > 0)
			assert_int_equal(reading.pain, PAIN_NONE);
	}
	lexicon_free(lexicons[0]);
	lexicon_free(lexicons[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_pause) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
