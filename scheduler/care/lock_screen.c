/*
 * lock_screen.c - see lexicon_lock_screen() of lexicon.h
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "care/lexicon.h"
#include "care/reply_text.h"

/* A word of folded text is of letters; what was none is its end. */
static size_t
word_len(const char *p)
{
	size_t len = 0;

	while (isalpha((unsigned char)p[len]) || (unsigned char)p[len] >= 0x80)
		len++;
	return len;
}

static bool
is_listed(char *const *list, int list_len, const char *word, size_t len)
{
	for (int i = 0; i < list_len; i++)
		if (strlen(list[i]) == len && memcmp(list[i], word, len) == 0)
			return true;
	return false;
}

/* Does that word stand in a text, as a whole one? */
static bool
stands_in(const char *folded, const char *word, size_t len)
{
	for (const char *p = folded; *p != '\0';) {
		size_t n = word_len(p);

		if (n == len && memcmp(p, word, len) == 0)
			return true;
		p += n > 0 ? n : 1;
	}
	return false;
}

bool
lexicon_lock_screen(const struct lexicon *lexicon, const char *text,
    const char *allowed, char *out, size_t size)
{
	char *folded = reply_fold(text);
	char *may = reply_fold(allowed != NULL ? allowed : "");
	bool found = false;

	for (const char *p = folded; *p != '\0' && !found;) {
		size_t n = word_len(p);

		found = n > 0 && n < size &&
			is_listed(lexicon->lock_screen,
			    lexicon->lock_screen_len, p, n) &&
			!stands_in(may, p, n);
		if (found) {
			memcpy(out, p, n);
			out[n] = '\0';
		}
		p += n > 0 ? n : 1;
	}
	free(folded);
	free(may);
	return found;
}
