/*
 * NAME
 *	answer_form - can what a text asks for be read as the answer?
 *
 * A text names the words to answer with in capitals: DONE, NOT TODAY. They are
 * put to reply_read(), which is what will read them. A text that asks nothing
 * offers no such words, and no text offers YES, which carriers take as
 * agreeing to messages.
 */
#ifndef SETTINGS_ANSWER_FORM_H
#define SETTINGS_ANSWER_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "care/reading.h"

struct lexicon;

/* All that a verdict hangs on, as one line: the same for many texts. */
void answer_form_offers(enum asks asks, const char *text, struct buffer *out);

/* True when it fits; otherwise what is wrong and what to do, in problem. */
bool answer_form_check(const struct lexicon *lexicon, enum asks asks,
    const char *text, char *problem, size_t size);

#endif
