/*
 * NAME
 *	text_rules - what a text must not say, and how it should read
 *
 * Asked of the finished message, as a patient would see it; complained of at
 * the file and line of the template, or the piece, that says it.
 */
#ifndef SETTINGS_TEXT_RULES_H
#define SETTINGS_TEXT_RULES_H

#include "compose/message.h"
#include "settings/text_check.h"

/*
 * Complain of words that a lock screen should not show (in an SMS and in the
 * subject of an email) and of answers that can't be read; warn of a character
 * that doubles an SMS's cost and of a text that is hard to read.
 */
void text_rules_check(const struct text_check *check,
    const struct text_case *what, enum channel channel,
    const struct composed *composed);

#endif
