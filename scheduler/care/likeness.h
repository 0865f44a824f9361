/*
 * NAME
 *	likeness - what a reply is like, learned from replies that people read
 *
 * Word lists hear what they name, and people say it in words that nobody
 * listed. This is a second pair of ears: naive Bayes over the words of a reply
 * and the pairs of neighbours among them, learned from the labelled replies in
 * config/words/replies. It only ever adds a red flag to what was read; "in
 * doubt it is one". What a person called harmless there, it takes for harmless.
 */
#ifndef CARE_LIKENESS_H
#define CARE_LIKENESS_H

#include "care/reading.h"

struct likeness;

struct likeness *likeness_new(void);
void likeness_free(struct likeness *likeness); /* takes NULL */

/* A reply, any bytes, and the red flag that a person reads in it; NULL: none
 * that is graver than a notice. Of names beyond 32 the reply teaches nothing
 * but that it is alarming. */
void likeness_learn(struct likeness *likeness, const char *text,
    const struct red_flag *flag);

/* After the last of them, before the first question. */
void likeness_finish(struct likeness *likeness);

/* Does a reply read like those with a red flag? Then *flag is the likeliest.
 * The text has gone through reply_fold(). Takes NULL, which knows nothing. */
bool likeness_flag(const struct likeness *likeness, const char *folded,
    struct red_flag *flag);

#endif
