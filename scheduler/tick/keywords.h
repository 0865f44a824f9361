/*
 * NAME
 *	keywords - STOP, START, HELP, PAUSE 7 and "wrong number"
 *
 * They belong to an address, not to a patient: everyone who has it stops, and
 * goes on, together. A stop is made before anything is answered, and its one
 * confirmation is all that still goes there.
 */
#ifndef TICK_KEYWORDS_H
#define TICK_KEYWORDS_H

#include "store/inbox.h"
#include "tick/practice.h"

/*
 * Do what the keyword says, if there is one, and answer it. patient is who
 * wrote, read anew afterwards, or NULL: nobody we know, or one of several.
 * told is set when there was one. Inside a transaction.
 */
enum status keywords_take(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why);

#endif
