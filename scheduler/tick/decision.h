/*
 * NAME
 *	decision - where a patient goes next, made or proposed
 *
 * decide() says it (care/decide.h); here its facts are gathered, and the move
 * is made, or waits for a clinician's yes.
 */
#ifndef TICK_DECISION_H
#define TICK_DECISION_H

#include "store/inbox.h"
#include "tick/practice.h"

/* in_reply is what was just written, or NULL when only a day has passed.
 * *moved: the patient has been told. Inside a transaction. */
enum status decision_make(struct practice *practice, struct patient *patient,
    const struct inbound *in_reply, bool *moved, struct why *why);

/* The moves that min_days held back, on their day. */
enum status decision_make_held_back(struct practice *practice, struct why *why);

#endif
