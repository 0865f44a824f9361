/*
 * Slips of the pen: a letter more, less, changed or swapped; two in a long
 * word, only a swap in a short one. Shorter words are too near each other to
 * guess, and a word that is one ("fell", "there") is never taken for another:
 * config/words lists those.
 */
#include <stdlib.h>
#include <string.h>

#include "care/lexicon.h"

#define NEAR_SWAP 4 /* letters from which two may be swapped */
#define NEAR_MIN 5 /* letters from which one slip is forgiven */
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

/* Of a short word only two letters that changed places: "fuor". */
static int
find_swapped(
    const struct lexicon *lexicon, const char *text, int len, int *ids, int max)
{
	char word[NEAR_MIN];
	int found = 0;

	for (int i = 0; i + 1 < len; i++) {
		int id;

		memcpy(word, text, (size_t)len);
		word[i] = text[i + 1];
		word[i + 1] = text[i];
		id = lexicon_find(lexicon, word, len);
		if (id >= 0 && !lexicon->words[id].spelled && found < max)
			ids[found++] = id;
	}
	return found;
}

int
lexicon_near(
    const struct lexicon *lexicon, const char *text, int len, int *ids, int max)
{
	uint32_t letters = lexicon_letters(text, len);
	int most = len >= NEAR_TWO ? 2 : 1, found = 0;

	if (len < NEAR_SWAP || len > NEAR_MAX)
		return 0;
	if (len < NEAR_MIN)
		return find_swapped(lexicon, text, len, ids, max);
	for (int i = 0; i < lexicon->words_len; i++) {
		const struct word *word = &lexicon->words[i];
		int d;

		if (word->spelled || word->stem || word->len < NEAR_MIN ||
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
	}
	return found;
}
