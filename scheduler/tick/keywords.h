/*
 * NAME
 *	keywords - STOP, START, HELP, PAUSE 7 and "wrong number"
 *
 * They belong to an address, not to a patient: everyone who has it stops, and
 * goes on, together. Which keyword it is, is found here; what comes of it
 * stands in tick/stop.h and tick/resume.h.
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
