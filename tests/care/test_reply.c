/*
 * How replies are read, with the English words as they ship. A row is what
 * was asked, what was written, and what a person would read in it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "care/lexicon.h"
#include "care/reply.h"
#include "settings/words.h"

#define NO_FLAG FLAG__MAX

static struct lexicon *english;

static const struct {
	const char *text;
	int pain;
} scores[] = {
	{ "7", 7 },
	{ "7/10", 7 },
	{ "seven", 7 },
	{ "about a 6", 6 },
	{ "6 out of 10", 6 },
	{ "3-4", 4 },
	{ "4.5", 5 },
	{ "10/10", 10 },
	{ "7!!", 7 },
	{ "no pain today", 0 },
	{ "8 yesterday, 5 today", 5 },
	{ "was 7 now 4", 4 },
	{ "from 6 down to 4", 4 },
	{ "fell asleep early, 3", 3 },
	{ "5. no chest pain", 5 },
	{ "took 2 paracetamol", PAIN_NONE },
	{ "at 7 tonight", PAIN_NONE },
	{ "walked 3 miles", PAIN_NONE },
	{ "did 10 reps", PAIN_NONE },
	{ "call me on 07700900123", PAIN_NONE },
	{ "15/10", PAIN_NONE },
	{ "11", PAIN_NONE },
};

static void
scores_are_read_and_none_is_invented(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++) {
		struct reading r =
		    reply_read(english, ASKS_PAIN, scores[i].text);
		if (r.pain != scores[i].pain || r.flags_len > 0)
			fail_msg("%s ==> %d, wanted %d", scores[i].text, r.pain,
			    scores[i].pain);
	}
}

static const struct {
	const char *text;
	enum flag_level level;
} flags[] = {
	{ "my bum is numb", FLAG_EMERGENCY },
	{ "numb between my legs", FLAG_EMERGENCY },
	{ "no feeling down below", FLAG_EMERGENCY },
	{ "I can't pee", FLAG_EMERGENCY },
	{ "havent been able to wee since last night", FLAG_EMERGENCY },
	{ "wet myself", FLAG_EMERGENCY },
	{ "lost control of my bladder", FLAG_EMERGENCY },
	{ "both legs are tingling", FLAG_EMERGENCY },
	{ "I can't feel my legs", FLAG_EMERGENCY },
	{ "chest pain", FLAG_EMERGENCY },
	{ "i want to die", FLAG_SELF_HARM },
	{ "cant go on anymore want to end it all", FLAG_SELF_HARM },
	{ "foot drop", FLAG_URGENT },
	{ "my foot keeps dropping when i walk", FLAG_URGENT },
	{ "got a fever and feel awful", FLAG_URGENT },
	{ "no numbness, bladder fine, 4", NO_FLAG },
	{ "no chest pain", NO_FLAG },
	{ "fell asleep early", NO_FLAG },
	{ "the pain won't stop", NO_FLAG },
};

static void
red_flags_are_heard_and_denials_are_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
		struct reading r =
		    reply_read(english, ASKS_PAIN, flags[i].text);
		if (reading_level(&r) != flags[i].level)
			fail_msg("%s ==> level %d, wanted %d", flags[i].text,
			    (int)reading_level(&r), (int)flags[i].level);
	}
}

static void
stop_is_what_says_stop(void **state)
{
	(void)state;
	static const char *const stops[] = { "STOP", "Stop please", "S T O P",
		"cancel", "stop texting me", "take me off this list",
		"dont text me again" };
	static const char *const others[] = { "the pain won't stop",
		"cancel my appointment", "pain stops me sleeping", "START",
		"HELP" };
	for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
		if (!reply_read(english, ASKS_PAIN, stops[i]).stop)
			fail_msg("%s stops", stops[i]);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (reply_read(english, ASKS_PAIN, others[i]).stop)
			fail_msg("%s does not stop", others[i]);
	assert_true(reply_read(english, ASKS_NONE, "START").start);
	assert_true(reply_read(english, ASKS_NONE, "HELP").help);
}

static void
answers_are_read_as_asked(void **state)
{
	(void)state;
	assert_int_equal(
	    reply_read(english, ASKS_DONE, "DONE").done, ANSWER_YES);
	assert_int_equal(
	    reply_read(english, ASKS_DONE, "not today").done, ANSWER_NO);
	assert_int_equal(reply_read(english, ASKS_LEG, "NO").leg, ANSWER_NO);
	assert_int_equal(
	    reply_read(english, ASKS_LEG, "tingling in my left foot").leg,
	    ANSWER_YES);
	assert_int_equal(
	    reply_read(english, ASKS_SETTLED, "SAME").settled, ANSWER_YES);
	assert_int_equal(
	    reply_read(english, ASKS_SETTLED, "worse").settled, ANSWER_NO);
	assert_true(reply_read(english, ASKS_PAIN, "thanks").courtesy);
	assert_true(reply_read(english, ASKS_PAIN, "purple monkey").unclear);
}

static int
load_english(void **state)
{
	struct why why = { "" };
	(void)state;
	return words_load("config/words", "en", &english, &why) == STATUS_OK
		   ? 0
		   : -1;
}

static int
free_english(void **state)
{
	(void)state;
	lexicon_free(english);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scores_are_read_and_none_is_invented),
		cmocka_unit_test(red_flags_are_heard_and_denials_are_none),
		cmocka_unit_test(stop_is_what_says_stop),
		cmocka_unit_test(answers_are_read_as_asked),
	};
	return cmocka_run_group_tests(tests, load_english, free_english);
}
