/*
 * NAME
 *	resume - START, and PAUSE 7: messages begin again, now or in a week
 *
 * Both are for everyone who has the address. Whom a clinician, a red flag or
 * the end of the plan holds neither begins again nor rests by a word: a person
 * reads it. Inside a transaction; patient is who wrote, or NULL: nobody we
 * know, or one of several.
 */
#ifndef TICK_RESUME_H
#define TICK_RESUME_H

#include "store/inbox.h"
#include "tick/practice.h"

enum status resume_start(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound,
    struct why *why);

/* *known: somebody has that address. */
enum status resume_pause(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound, int days,
    bool *known, struct why *why);

#endif
