/*
 * NAME
 *	reply - read what a patient wrote
 *
 * Pure: a lexicon (the words of one language, from config/words), what was
 * asked, and a text in; a reading out. The rules are those of
 * "How a reply is read" in keepmoving-words(5): red flags first and in any
 * context, then stop, start and help, then the score and the other answers.
 * What is left in doubt is unclear, never guessed; a red flag in doubt is one.
 */
#ifndef CARE_REPLY_H
#define CARE_REPLY_H

#include "care/reading.h"

struct lexicon; /* care/lexicon.h */

/* The text may be any bytes. Never fails: the worst reply is unclear. */
struct reading reply_read(const struct lexicon *lexicon, enum asks asked,
    const char *text);

/* How many words of a text does a language not know? */
int reply_unknown(const struct lexicon *lexicon, const char *text);

/* Could it have been written in another language than its own, which does not
 * know so many of its words? */
bool reply_may_be_other(const struct reading *reading, int unknown);

/* Add to a reading what the words of another language find that must not be
 * missed: graver red flags, stop and wrong number. They count where that
 * language knows more of the words than the text's own. */
void reply_read_also(struct reading *reading, int unknown,
    const struct lexicon *other, enum asks asked, const char *text);

#endif
