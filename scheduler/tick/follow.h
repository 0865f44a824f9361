/*
 * NAME
 *	follow - changes that take effect at a tick's boundary
 */
#ifndef TICK_FOLLOW_H
#define TICK_FOLLOW_H

#include "tick/practice.h"

/* Enrolments on an older version of their plan go over to the newest, as long
 * as it still has the stage that they are in. */
enum status follow_plans(struct practice *practice, struct why *why);

/* Pauses that were to end by today, in the patient's zone, end. */
enum status follow_pauses(struct practice *practice, struct why *why);

#endif
