/*
 * How replies are read, with the words as they ship. The tables in
 * config/words/replies hold what was asked, what was written, and what a person
 * reads in it, a reply a line, parted by tabs:
 *
 *	pain	was 7 now 4	pain=4
 *
 * What is wanted is a list parted by commas, or - for nothing at all:
 *
 *	pain=4 done=true leg=false settled=none
 *	stop start help wrong courtesy question automatic unclear
 *	emergency:cauda-equina	a red flag, and no graver one beside it
 *
 * Of done, leg and settled the one that was asked must be as the row says;
 * the others only where the row names them. A \n in a text is a new line.
 * LANG-NAME-tune.tsv is what the words were made with: every row must come
 * out. LANG-NAME-check.tsv is to judge them: 97 in a hundred must, and no red
 * flag may be missed and no score made up in any, by one who has learned from
 * the other tables alone. Of LANG-told.tsv only whether there is a red flag
 * and how grave is asked: 90 in a hundred must come out.
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

#include "care/lexicon.h"
#include "care/likeness.h"
#include "care/reply.h"
#include "settings/examples.h"
#include "settings/words.h"

#define TABLES "config/words/replies/"
#define ROWS_LEAST 40 /* a table of fewer is not what it was */
#define CHECK_PERCENT 97
#define TOLD_PERCENT 90

struct row {
	enum asks asked;
	char text[512];
	struct reading want;
	enum flag_level level; /* of the gravest wanted */
	bool said[ASKS__MAX]; /* the row names that answer */
};

static enum answer
answer_parse(const char *value)
{
	if (strcmp(value, "true") == 0)
		return ANSWER_YES;
	if (strcmp(value, "false") == 0)
		return ANSWER_NO;
	assert_string_equal(value, "none");
	return ANSWER_NONE;
}

/* "pain=4": false when it is none of these. */
static bool
want_value(struct row *row, const char *name, const char *value)
{
	struct reading *want = &row->want;

	if (strcmp(name, "pain") == 0)
		want->pain = atoi(value);
	else if (strcmp(name, "done") == 0)
		want->done = answer_parse(value);
	else if (strcmp(name, "leg") == 0)
		want->leg = answer_parse(value);
	else if (strcmp(name, "settled") == 0)
		want->settled = answer_parse(value);
	else
		return false;
	row->said[asks_parse(name)] = true;
	return true;
}

static bool
want_mark(struct reading *want, const char *name)
{
	bool *marks[] = { &want->stop, &want->start, &want->help,
		&want->wrong_number, &want->courtesy, &want->question,
		&want->automatic, &want->unclear };
	static const char *const names[] = { "stop", "start", "help", "wrong",
		"courtesy", "question", "automatic", "unclear" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0)
			return *marks[i] = true;
	}
	return false;
}

static void
want_flag(struct row *row, char *word)
{
	struct red_flag *flag = &row->want.flags[row->want.flags_len++];
	char *name = strchr(word, ':');

	assert_non_null(name);
	*name++ = '\0';
	flag->level = flag_level_parse(word);
	assert_int_not_equal(flag->level, FLAG__MAX);
	snprintf(flag->name, sizeof(flag->name), "%s", name);
	row->level = reading_level(&row->want);
}

/* A line of a table as a row; what is wrong in it fails the test. */
static struct row
row_parse(char *line)
{
	struct row row = { .want = reading_none(), .level = FLAG__MAX };
	char *asked = strsep(&line, "\t"), *text = strsep(&line, "\t"), *word;

	row.asked = asks_parse(asked);
	assert_int_not_equal(row.asked, ASKS__MAX);
	assert_non_null(line);
	for (size_t n = 0; *text != '\0'; text++) {
		assert_true(n + 1 < sizeof(row.text));
		if (text[0] == '\\' && text[1] == 'n') {
			row.text[n++] = '\n';
			text++;
		} else
			row.text[n++] = *text;
	}
	while ((word = strsep(&line, ",")) != NULL) {
		char *value = strchr(word, '=');

		if (value != NULL)
			*value++ = '\0';
		if (strcmp(word, "-") == 0 ||
		    (value != NULL && want_value(&row, word, value)) ||
		    want_mark(&row.want, word))
			continue;
		if (strchr(word, ':') == NULL)
			fail_msg(
			    "%s: \"%s\" is nothing to want", row.text, word);
		want_flag(&row, word);
	}
	return row;
}

static bool
heard(const struct reading *got, const struct red_flag *flag)
{
	for (int i = 0; i < got->flags_len; i++) {
		if (strcmp(got->flags[i].name, flag->name) == 0)
			return true;
	}
	return false;
}

/* The flag that the row wants, its name and no other level. */
static bool
flags_right(const struct row *row, const struct reading *got)
{
	for (int i = 0; i < row->want.flags_len; i++) {
		if (!heard(got, &row->want.flags[i]))
			return false;
	}
	return reading_level(got) == row->level;
}

/* What may not be wrong in any row: less alarm than wanted, a false score. */
static bool
harmful(const struct row *row, const struct reading *got)
{
	bool missed = row->level != FLAG__MAX &&
		      (got->flags_len == 0 || reading_level(got) < row->level);

	return missed ||
	       (got->pain != PAIN_NONE && got->pain != row->want.pain);
}

static bool
right(const struct row *row, const struct reading *got)
{
	const struct reading *want = &row->want;
	const struct {
		enum asks asks;
		enum answer want, got;
	} answers[] = { { ASKS_DONE, want->done, got->done },
		{ ASKS_LEG, want->leg, got->leg },
		{ ASKS_SETTLED, want->settled, got->settled } };

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		enum asks asks = answers[i].asks;

		if ((asks == row->asked || row->said[asks]) &&
		    answers[i].want != answers[i].got)
			return false;
	}
	return flags_right(row, got) && want->pain == got->pain &&
	       want->stop == got->stop && want->start == got->start &&
	       want->help == got->help &&
	       want->wrong_number == got->wrong_number &&
	       want->courtesy == got->courtesy &&
	       want->question == got->question &&
	       want->automatic == got->automatic &&
	       want->unclear == got->unclear;
}

/* What was read, said as a table says it. */
static void
print_got(const struct reading *got)
{
	static const char *const said[] = { "none", "false", "true" };
	const struct {
		bool on;
		const char *name;
	} marks[] = { { got->stop, "stop" }, { got->start, "start" },
		{ got->help, "help" }, { got->wrong_number, "wrong" },
		{ got->courtesy, "courtesy" }, { got->question, "question" },
		{ got->automatic, "automatic" }, { got->unclear, "unclear" } };

	if (got->pain != PAIN_NONE)
		print_message(" pain=%d", got->pain);
	if (got->done != ANSWER_NONE)
		print_message(" done=%s", said[got->done]);
	if (got->leg != ANSWER_NONE)
		print_message(" leg=%s", said[got->leg]);
	if (got->settled != ANSWER_NONE)
		print_message(" settled=%s", said[got->settled]);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].on)
			print_message(" %s", marks[i].name);
	for (int i = 0; i < got->flags_len; i++)
		print_message(" %s:%s", flag_level_names[got->flags[i].level],
		    got->flags[i].name);
	print_message("\n");
}

struct tally {
	int rows;
	int wrong;
	int harmful;
	int undressed; /* read otherwise in capitals and signed */
};

static bool
same(struct reading a, struct reading b, const char *text)
{
	bool same = a.pain == b.pain && a.done == b.done && a.leg == b.leg &&
		    a.settled == b.settled && a.stop == b.stop &&
		    a.start == b.start && a.help == b.help &&
		    reading_level(&a) == reading_level(&b);

	if (!same) {
		print_message("\"%s\" reads otherwise:", text);
		print_got(&b);
	}
	return same;
}

/*
 * The same reply as another phone sends it: in capitals, with curly quotes,
 * with room around it and its maker's line below.
 */
static void
dress(const char *text, const char *lang, char *out, size_t size)
{
	size_t n = (size_t)snprintf(out, size, " \n ");

	for (; *text != '\0' && n + 4 < size; text++) {
		if (*text == '\'') {
			memcpy(out + n, "\xe2\x80\x99", 3);
			n += 3;
		} else if (*text >= 'a' && *text <= 'z') {
			out[n++] = (char)(*text - 'a' + 'A');
		} else {
			out[n++] = *text;
		}
	}
	snprintf(out + n, size - n, "\xe2\x80\x8b\n\n%s",
	    strcmp(lang, "es") == 0 ? "Enviado desde mi iPhone"
				    : "Sent from my iPhone");
}

/* Is there a red flag for more than the clinic, and how grave? */
static bool
as_told(const struct row *row, const struct reading *got)
{
	enum flag_level level = reading_level(got), want = row->level;

	return (level == FLAG__MAX ? FLAG_NOTICE : level) ==
	       (want == FLAG__MAX ? FLAG_NOTICE : want);
}

static struct tally
read_table(const char *path, const char *lang, const struct lexicon *lexicon)
{
	bool told = strstr(path, "-told.tsv") != NULL;
	struct tally tally = { 0 };
	FILE *file = fopen(path, "r");
	char *line = NULL, dressed[1024];
	size_t size = 0;

	assert_non_null(file);
	for (int at = 1; getline(&line, &size, file) > 0; at++) {
		struct row row;
		struct reading got;

		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		row = row_parse(line);
		dress(row.text, lang, dressed, sizeof(dressed));
		got = reply_read(lexicon, row.asked, row.text);
		tally.rows++;
		tally.undressed += !same(
		    got, reply_read(lexicon, row.asked, dressed), dressed);
		if (told ? as_told(&row, &got)
			 : right(&row, &got) && !harmful(&row, &got))
			continue;
		tally.wrong++;
		tally.harmful += harmful(&row, &got);
		print_message("%s:%d:%s asked %s, \"%s\" reads", path, at,
		    harmful(&row, &got) ? " HARM:" : "", asks_names[row.asked],
		    row.text);
		print_got(&got);
	}
	free(line);
	fclose(file);
	return tally;
}

/* Forget what was learned from the tables that are to judge. */
static void
unlearn_checks(struct lexicon *lexicon, const char *lang)
{
	struct likeness *learned = likeness_new();
	char pattern[64];
	glob_t found;

	snprintf(pattern, sizeof(pattern), TABLES "%s-*.tsv", lang);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		if (strstr(found.gl_pathv[i], "-check.tsv") == NULL)
			examples_learn(
			    learned, lexicon, found.gl_pathv[i], NULL);
	globfree(&found);
	likeness_finish(learned);
	likeness_free(lexicon->likeness);
	lexicon->likeness = learned;
}

/* A table by the words of the language that its name begins with. */
static struct tally
read_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	struct lexicon *lexicon = NULL;
	struct why why = { "" };
	char lang[8] = "";
	struct tally tally;

	memcpy(lang, name, strcspn(name, "-") & 7);
	if (words_load("config/words", lang, &lexicon, NULL, &why))
		fail_msg("%s: %s", lang, why.text);
	if (strstr(path, "-check.tsv") != NULL)
		unlearn_checks(lexicon, lang);
	tally = read_table(path, lang, lexicon);
	print_message("%s: %d of %d, %d harmful\n", path,
	    tally.rows - tally.wrong, tally.rows, tally.harmful);
	lexicon_free(lexicon);
	return tally;
}

/* All tables of one kind. */
static void
read_tables(const char *kind, int percent, bool harmless)
{
	char pattern[64];
	glob_t found;

	snprintf(pattern, sizeof(pattern), TABLES "*-%s.tsv", kind);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct tally tally = read_path(found.gl_pathv[i]);

		assert_true(tally.rows >= ROWS_LEAST);
		assert_true(!harmless || tally.harmful == 0);
		assert_int_equal(tally.undressed, 0);
		assert_true(tally.wrong * 100 <= (100 - percent) * tally.rows);
	}
	globfree(&found);
}

static void
what_the_words_were_made_with_is_read(void **state)
{
	(void)state;
	read_tables("tune", 100, true);
}

static void
what_they_have_not_seen_is_read(void **state)
{
	(void)state;
	read_tables("check", CHECK_PERCENT, true);
}

static void
most_of_what_was_told_is_heard(void **state)
{
	(void)state;
	read_tables("told", TOLD_PERCENT, false);
}

/* With names of tables it reads those, to try a table or a change of words. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_words_were_made_with_is_read),
		cmocka_unit_test(what_they_have_not_seen_is_read),
		cmocka_unit_test(most_of_what_was_told_is_heard),
	};
	for (int i = 1; i < argc; i++)
		read_path(argv[i]);
	if (argc > 1)
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
