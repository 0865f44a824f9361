/*
 * reading_age.c - see reading_age.h
 */
#include "settings/reading_age.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

#define WORDS_MIN 20

struct counts {
	int sentences;
	int words;
	int syllables;
};

typedef int syllables_of(const char *word, size_t len);

/* A letter of either language, without its accent; '\0' for what is none.
 * i and u that are stressed (\303\255, \303\272) stay apart, as I and U. */
static char
letter(uint32_t code)
{
	static const struct {
		uint32_t from, to;
		char letter;
	} accents[] = { { 0xe0, 0xe5, 'a' }, { 0xe7, 0xe7, 'c' },
		{ 0xe8, 0xeb, 'e' }, { 0xed, 0xed, 'I' }, { 0xec, 0xef, 'i' },
		{ 0xf1, 0xf1, 'n' }, { 0xf2, 0xf6, 'o' }, { 0xfa, 0xfa, 'U' },
		{ 0xf9, 0xfc, 'u' } };

	if (code < 0x80)
		return isalpha((int)code) ? (char)tolower((int)code) : '\0';
	if (code >= 0xc0 && code <= 0xde)
		code += 0x20;
	for (size_t i = 0; i < sizeof(accents) / sizeof(*accents); i++)
		if (code >= accents[i].from && code <= accents[i].to)
			return accents[i].letter;
	return '\0';
}

static bool
is_one_of(char c, const char *letters)
{
	return c != '\0' && strchr(letters, c) != NULL;
}

static int
groups(const char *word, size_t len, const char *vowels)
{
	int count = 0;

	for (size_t i = 0; i < len; i++)
		if (is_one_of(word[i], vowels) &&
		    (i == 0 || !is_one_of(word[i - 1], vowels)))
			count++;
	return count;
}

/* Groups of vowels, but for an e at the end that is not heard. */
static int
english(const char *word, size_t len)
{
	int count = groups(word, len, "aeiouyIU");
	char last = len > 1 ? word[len - 1] : '\0';
	char before = len > 2 ? word[len - 2] : '\0';

	bool silent =
	    (last == 'e' && !is_one_of(before, "lye")) ||
	    (before == 'e' && len > 3 &&
		((last == 's' && !is_one_of(word[len - 3], "sxzcghei")) ||
		    (last == 'd' && !is_one_of(word[len - 3], "tdei"))));

	count -= silent;
	return count > 0 ? count : 1;
}

/* Two vowels are one syllable if one of them is a weak one, unstressed. */
static int
spanish(const char *word, size_t len)
{
	char before = '\0';
	int count = 0;

	for (size_t i = 0; i < len; i++) {
		char c = is_one_of(word[i], "aeiouIU") ? word[i] : '\0';
		bool joined = before != '\0' && before != 'I' &&
			      before != 'U' && c != 'I' && c != 'U' &&
			      (is_one_of(before, "iu") || is_one_of(c, "iu"));

		if (c != '\0' && !joined)
			count++;
		before = c;
	}
	return count > 0 ? count : 1;
}

/* Is this the end of a sentence, or of a paragraph or an item of a list that
 * is one by itself? A stop within a number or an address is none. */
static bool
ends_sentence(const char *p)
{
	if (*p == '\n')
		return p[1] == '\n' || p[1] == '-';
	return is_one_of(*p, ".!?:;") &&
	       (p[1] == '\0' || isspace((unsigned char)p[1]));
}

/* The next word's letters; its length is 0 at the end. Digits are one word
 * of one syllable, however many. */
static size_t
next_word(const char **p, bool *ended, char *word, size_t size)
{
	const char *end = *p + strlen(*p);
	size_t len = 0;

	while (*p < end) {
		const char *here = *p;
		char c = letter(utf8_next(p, end));

		if (c == '\0' && isdigit((unsigned char)*here))
			c = '9';
		if (c == '\0' && *here == '\'' && len > 0)
			continue;
		if (c == '\0' && len > 0) {
			*p = here;
			return len;
		}
		if (c == '\0')
			*ended = *ended || ends_sentence(here);
		else if (len + 1 < size)
			word[len++] = c;
	}
	return len;
}

static struct counts
count(const char *text, syllables_of *syllables)
{
	struct counts counts = { 0 };
	char word[64];
	size_t len;
	bool ended = true;

	while ((len = next_word(&text, &ended, word, sizeof(word))) > 0) {
		counts.sentences += ended;
		counts.words++;
		counts.syllables += syllables(word, len);
		ended = false;
	}
	return counts;
}

static int
flesch_kincaid(const struct counts *c)
{
	double year = 0.39 * c->words / c->sentences +
		      11.8 * c->syllables / c->words - 15.59;

	return year < 0 ? 5 : (int)floor(year) + 5;
}

static int
fernandez_huerta(const struct counts *c)
{
	static const struct {
		double score;
		int age;
	} bands[] = { { 90, 9 }, { 80, 10 }, { 70, 11 }, { 60, 12 }, { 50, 14 },
		{ 30, 16 } };
	double score = 206.84 - 60.0 * c->syllables / c->words -
		       1.02 * c->words / c->sentences;

	for (size_t i = 0; i < sizeof(bands) / sizeof(*bands); i++)
		if (score >= bands[i].score)
			return bands[i].age;
	return 18;
}

int
reading_age(const char *lang, const char *text)
{
	bool is_spanish = strncmp(lang, "es", 2) == 0;
	struct counts counts = count(text, is_spanish ? spanish : english);

	if (counts.words < WORDS_MIN ||
	    (!is_spanish && strncmp(lang, "en", 2) != 0))
		return -1;
	return is_spanish ? fernandez_huerta(&counts) : flesch_kincaid(&counts);
}
