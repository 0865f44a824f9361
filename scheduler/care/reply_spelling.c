/*
 * Slips of the pen: a letter more, less, changed or swapped; two in a long
 * word. A short word is forgiven a swap or a letter left out. Shorter ones are
 * too near each other to guess, and a word that is one ("fell", "there") is
 * never taken for another: config/words lists those. First the words that
 * phrases name are tried, then those that only spell them ("weeing"), then
 * the beginnings of words ("tingl*").
 */
#include <stdlib.h>
#include <string.h>

#include "care/lexicon.h"

#define NEAR_SHORT 4 /* letters from which a swap or a gap is forgiven */
#define NEAR_MIN 5 /* letters from which one slip is forgiven */
#define NEAR_STEM 6 /* letters of a beginning from which one is */
#define NEAR_TWO 9 /* letters from which two are */
#define NEAR_MAX 24 /* letters at most */

/*
 * Damerau's distance with neighbours swapped, or most + 1 when it is more.
 */
static int
distance(const char *a, int a_len, const char *b, int b_len, int most)
{
	int rows[3][NEAR_MAX + 2];
	int *two = rows[0], *one = rows[1], *row = rows[2], *spare;

	for (int j = 0; j <= b_len; j++)
		one[j] = j;
	for (int i = 1; i <= a_len; i++) {
		int best = row[0] = i;

		for (int j = 1; j <= b_len; j++) {
			int d = one[j - 1] + (a[i - 1] != b[j - 1]);

			if (one[j] + 1 < d)
				d = one[j] + 1;
			if (row[j - 1] + 1 < d)
				d = row[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && two[j - 2] + 1 < d)
				d = two[j - 2] + 1;
			row[j] = d;
			if (d < best)
				best = d;
		}
		if (best > most)
			return most + 1;
		spare = two;
		two = one;
		one = row;
		row = spare;
	}
	return one[b_len];
}

static int
bits(uint32_t word)
{
	return __builtin_popcount(word);
}

/* The first letter is seldom wrong, save swapped with the second. */
static bool
begins_alike(const char *a, const char *b)
{
	return a[0] == b[0] || (a[0] == b[1] && a[1] == b[0]);
}

/* Words with two letters of a short one swapped, or one letter more. */
static int
near_short(
    const struct lexicon *lexicon, const char *text, int len, int *ids, int max)
{
	uint32_t letters = lexicon_letters(text, len);
	int found = 0;

	for (int i = 0; i < lexicon->words_len && found < max; i++) {
		const struct word *word = &lexicon->words[i];
		bool swapped = word->len == len && word->letters == letters;
		bool longer =
		    word->len == len + 1 && bits(word->letters ^ letters) <= 1;

		if (word->spelled || word->stem || !(swapped || longer) ||
		    !begins_alike(word->text, text) ||
		    distance(text, len, word->text, word->len, 1) > 1)
			continue;
		ids[found++] = i;
	}
	return found;
}

/* Words of the vocabulary, as near as any; or else the first spelling of one
 * that is a slip away, a short one with the same letters. */
static int
near_long(const struct lexicon *lexicon, const char *text, int len,
    bool spellings, int *ids, int max)
{
	uint32_t letters = lexicon_letters(text, len);
	int most = len >= NEAR_TWO && !spellings ? 2 : 1, found = 0;

	for (int i = 0; i < lexicon->words_len; i++) {
		const struct word *word = &lexicon->words[i];
		int d;

		if (word->stem || word->len < NEAR_MIN ||
		    word->spelled != spellings ||
		    (spellings &&
			(word->means_len == 0 ||
			    (len < NEAR_STEM && word->letters != letters))) ||
		    word->len > NEAR_MAX || abs(word->len - len) > most ||
		    bits(word->letters ^ letters) > 2 * most ||
		    !begins_alike(word->text, text))
			continue;
		d = distance(text, len, word->text, word->len, most);
		if (d < most) {
			most = d;
			found = 0;
		}
		if (d <= most && found < max)
			ids[found++] = i;
		if (spellings && found > 0)
			break;
	}
	return found;
}

/* "drbibles" begins nearly as "dribbl*" does; "tricky" not as "trickl*". */
static bool
begins_nearly(const char *text, int len, const struct word *stem)
{
	for (int cut = stem->len - 1; cut <= stem->len + 1 && cut <= len;
	     cut++) {
		if (text[cut - 1] == stem->text[stem->len - 1] &&
		    distance(text, cut, stem->text, stem->len, 1) <= 1)
			return true;
	}
	return false;
}

static int
near_stems(
    const struct lexicon *lexicon, const char *text, int len, int *ids, int max)
{
	int found = 0;

	for (int i = 0; i < lexicon->stems_len && found < max; i++) {
		const struct word *stem = &lexicon->words[lexicon->stems[i]];

		if (stem->len >= NEAR_STEM && stem->text[0] == text[0] &&
		    begins_nearly(text, len, stem))
			ids[found++] = lexicon->stems[i];
	}
	return found;
}

int
lexicon_near(
    const struct lexicon *lexicon, const char *text, int len, int *ids, int max)
{
	int found;

	if (len < NEAR_SHORT || len > NEAR_MAX)
		return 0;
	if (len < NEAR_MIN)
		return near_short(lexicon, text, len, ids, max);
	found = near_long(lexicon, text, len, false, ids, max);
	if (found == 0)
		found = near_long(lexicon, text, len, true, ids, max);
	if (found == 0)
		found = near_stems(lexicon, text, len, ids, max);
	return found;
}
