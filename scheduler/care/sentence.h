/*
 * NAME
 *	sentence - the reason for a decision, in words
 *
 * Grows in a fixed place of BECAUSE_SIZE bytes. What is too long is cut at
 * the end of a character (titles are UTF-8), and nothing more is added.
 */
#ifndef CARE_SENTENCE_H
#define CARE_SENTENCE_H

#include <stddef.h>

#define BECAUSE_SIZE 256 /* room for a sentence and its NUL */

struct sentence {
	char *text; /* lent: the caller's BECAUSE_SIZE bytes */
	size_t len; /* bytes in use */
};

/* Empties the text. */
struct sentence sentence_start(char text[BECAUSE_SIZE]);

void sentence_say(struct sentence *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* "the last check-in", "the last two check-ins", "the last 12 mornings" */
void sentence_last(struct sentence *s, int n, const char *what);

#endif
