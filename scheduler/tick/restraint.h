/*
 * NAME
 *	restraint - how often anyone is answered
 *
 * A carrier's robot, an answering machine or another program at the far end
 * must not make us write for ever, nor we it. So many answers go to one
 * address in an hour and in a day, whatever it writes; after that its words
 * are still kept, read and acted upon, and a clinician is told.
 */
#ifndef TICK_RESTRAINT_H
#define TICK_RESTRAINT_H

#include "care/kinds.h"
#include "tick/practice.h"

/* May one more answer go to that address now? Where not, the clinic is told
 * once; patient_id is whose address it is, or 0. A safety net is held back by
 * other safety nets alone. Inside a transaction. */
enum status restraint_may_answer(struct practice *practice, const char *address,
    enum kind kind, int64_t patient_id, bool *may, struct why *why);

#endif
