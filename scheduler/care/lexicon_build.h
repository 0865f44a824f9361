/*
 * NAME
 *	lexicon_build - what the files that fill a lexicon share
 *
 * For lexicon.c and lexicon_phrase.c alone.
 */
#ifndef CARE_LEXICON_BUILD_H
#define CARE_LEXICON_BUILD_H

#include "care/lexicon.h"

/* The number of a word, added if it is new; a stem is kept apart. */
int lexicon_add_word(
    struct lexicon *lexicon, const char *text, int len, bool stem);

/* A line "a b : c d", folded: its left side, which the caller frees, and where
 * its right side begins; NULL when it has but one. */
char *lexicon_split(const char *line, char **right, struct why *why);

/* Note how each word sounds. */
void lexicon_index_sounds(struct lexicon *lexicon);

/* Skip spaces and give the length of the piece up to the next, 0 at the end. */
int lexicon_piece(const char **text);

void phrase_clear(struct phrase *phrase);

/* Note with which words the phrases of each group may begin. */
void lexicon_index(struct lexicon *lexicon);

#endif
