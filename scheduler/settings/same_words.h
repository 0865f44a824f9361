/*
 * NAME
 *	same_words - two texts of a plan that say the same
 *
 * A text that was copied to have one more of them is read twice all the same.
 */
#ifndef SETTINGS_SAME_WORDS_H
#define SETTINGS_SAME_WORDS_H

#include "settings/text_check.h"

/* Warn of each text among the reminders' of that plan whose SMS is, word for
 * word, another one's, to a patient with the first value of each fact. */
void same_words_check(const struct text_check *check, const struct plan *plan,
    const char *lang);

#endif
