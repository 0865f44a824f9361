/*
 * NAME
 *	safety - what follows when somebody writes of something grave
 *
 * A red flag is answered at once, by the text of its level, wherever the
 * writer is in a plan, stopped, finished or unknown; its alert is opened
 * before that, so that a person hears of it whatever becomes of the answer;
 * exercise messages wait until a clinician has spoken with the patient. All
 * run inside a transaction.
 */
#ifndef TICK_SAFETY_H
#define TICK_SAFETY_H

#include "store/inbox.h"
#include "tick/practice.h"

/* A patient's red flags, if any. told is set when they were answered. */
enum status safety_patient(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why);

/* Those of somebody who is no patient, or one of several: each of these is
 * paused. list is everyone who has that address, perhaps none. */
enum status safety_stranger(struct practice *practice,
    const struct inbound *inbound, const struct reading_row *row,
    struct patient *list, int len, struct why *why);

#endif
