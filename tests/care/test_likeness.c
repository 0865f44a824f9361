/*
 * What a reply is like. How well that hears is measured on the replies as they
 * ship, each half read by one who has learned from the other alone.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "care/likeness.h"
#include "care/reply_text.h"
#include "settings/examples.h"

static bool
flags(const struct likeness *likeness, const char *text, struct red_flag *flag)
{
	char *folded = reply_fold(text);
	bool so = likeness_flag(likeness, folded, flag);

	free(folded);
	return so;
}

static void
who_knows_nothing_hears_nothing(void **state)
{
	struct red_flag flag;
	struct likeness *empty = likeness_new();

	(void)state;
	likeness_finish(empty);
	assert_false(flags(NULL, "I can't feel my legs", &flag));
	assert_false(flags(empty, "I can't feel my legs", &flag));
	assert_false(flags(empty, "", &flag));
	likeness_free(empty);
	likeness_free(NULL);
}

/* Ten of a kind each, so that a word tells. */
static struct likeness *
taught(void)
{
	static const struct red_flag fever = { "fever", FLAG_URGENT },
				     chest = { "chest", FLAG_EMERGENCY };
	static const char *const names[] = { "ann", "bob", "cat", "dan", "eve",
		"fay", "gus", "hal", "ida", "jon" };
	struct likeness *likeness = likeness_new();
	char text[128];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(text, sizeof(text), "%s is boiling hot and shivers",
		    names[i]);
		likeness_learn(likeness, text, &fever);
		snprintf(text, sizeof(text), "an elephant sits on %s's chest",
		    names[i]);
		likeness_learn(likeness, text, &chest);
		snprintf(
		    text, sizeof(text), "%s did 3 sets and is fine", names[i]);
		likeness_learn(likeness, text, NULL);
		snprintf(text, sizeof(text), "the tea of %s was hot", names[i]);
		likeness_learn(likeness, text, NULL);
	}
	likeness_finish(likeness);
	return likeness;
}

static void
it_hears_what_it_was_taught_in_other_words(void **state)
{
	struct likeness *likeness = taught();
	struct red_flag flag = { "", FLAG__MAX };

	(void)state;
	assert_true(flags(likeness, "Mum? BOILING, and she shivers!", &flag));
	assert_string_equal(flag.name, "fever");
	assert_int_equal(flag.level, FLAG_URGENT);
	assert_true(flags(likeness, "like an elephant on my chest", &flag));
	assert_string_equal(flag.name, "chest");
	assert_int_equal(flag.level, FLAG_EMERGENCY);
	assert_false(flags(likeness, "did 5 sets, fine", &flag));
	assert_false(flags(likeness, "hot tea", &flag));
	assert_false(flags(likeness, "words it never met", &flag));
	likeness_free(likeness);
}

static void
a_word_counts_once_and_digits_alike(void **state)
{
	struct likeness *likeness = taught();
	struct red_flag flag;

	(void)state;
	/* One hot is not enough; ten of them are no more. */
	assert_false(flags(likeness, "hot", &flag));
	assert_false(
	    flags(likeness, "hot hot hot hot hot hot hot hot hot hot", &flag));
	assert_false(flags(likeness, "did 300 sets", &flag));
	likeness_free(likeness);
}

static void
names_beyond_the_last_teach_that_it_alarms(void **state)
{
	struct likeness *likeness = likeness_new();
	struct red_flag flag = { "", FLAG_URGENT };

	(void)state;
	for (int i = 0; i < 40; i++) {
		snprintf(flag.name, sizeof(flag.name), "flag-%d", i);
		likeness_learn(likeness, "the sky falls", &flag);
		likeness_learn(likeness, "all is well", NULL);
	}
	likeness_finish(likeness);
	assert_true(flags(likeness, "sky falls", &flag));
	assert_int_equal(flag.level, FLAG_URGENT);
	likeness_free(likeness);
}

struct measure {
	int alarms, heard;
	int harmless, mistaken;
};

/* Every second line of a table, from the first or the second on, learned or
 * read. */
static void
each_second(const char *path, int from, struct likeness *teach,
    const struct likeness *read, struct measure *m)
{
	FILE *file = fopen(path, "r");
	char line[1024];

	assert_non_null(file);
	for (int at = 0; fgets(line, sizeof(line), file) != NULL; at++) {
		char *text = strchr(line, '\t'), *label;
		struct red_flag flag = { "some", FLAG_URGENT }, got;
		bool alarms;

		if (at % 2 != from || line[0] == '#' || text == NULL)
			continue;
		label = strchr(++text, '\t');
		assert_non_null(label);
		*label++ = '\0';
		alarms = strstr(label, "emergency:") != NULL ||
			 strstr(label, "urgent:") != NULL ||
			 strstr(label, "self-harm:") != NULL;
		if (teach != NULL)
			likeness_learn(teach, text, alarms ? &flag : NULL);
		if (read == NULL)
			continue;
		m->alarms += alarms;
		m->harmless += !alarms;
		if (!flags(read, text, &got))
			continue;
		m->heard += alarms;
		m->mistaken += !alarms;
	}
	fclose(file);
}

static void
measure(const char *lang, int percent, int per_thousand)
{
	struct measure m = { 0 };
	char pattern[64];
	glob_t found;

	snprintf(
	    pattern, sizeof(pattern), "config/words/replies/%s-*.tsv", lang);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (int from = 0; from < 2; from++) {
		struct likeness *likeness = likeness_new();

		for (size_t i = 0; i < found.gl_pathc; i++)
			each_second(
			    found.gl_pathv[i], from, likeness, NULL, &m);
		likeness_finish(likeness);
		for (size_t i = 0; i < found.gl_pathc; i++)
			each_second(
			    found.gl_pathv[i], !from, NULL, likeness, &m);
		likeness_free(likeness);
	}
	globfree(&found);
	print_message("%s: of %d alarms %d heard, of %d harmless %d mistaken\n",
	    lang, m.alarms, m.heard, m.harmless, m.mistaken);
	assert_true(m.alarms > 100 && m.harmless > 100);
	assert_true(m.heard * 100 >= percent * m.alarms);
	assert_true(m.mistaken * 1000 <= per_thousand * m.harmless);
}

static void
most_alarms_are_heard_and_few_others(void **state)
{
	(void)state;
	measure("en", 75, 20);
	measure("es", 74, 25);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_knows_nothing_hears_nothing),
		cmocka_unit_test(it_hears_what_it_was_taught_in_other_words),
		cmocka_unit_test(a_word_counts_once_and_digits_alike),
		cmocka_unit_test(names_beyond_the_last_teach_that_it_alarms),
		cmocka_unit_test(most_alarms_are_heard_and_few_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
