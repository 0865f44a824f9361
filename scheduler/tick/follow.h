/*
 * NAME
 *	follow - changes that take effect at a tick's boundary
 */
#ifndef TICK_FOLLOW_H
#define TICK_FOLLOW_H

#include "tick/practice.h"

/*
 * Enrolments on an older version of their plan go over to the newest, to the
 * stage that they are in or the one that says that it was that one. What is
 * scheduled is scheduled anew; what is queued of a reminder that is no more,
 * or at another time, is cancelled; and none that has gone today goes again
 * today. In follow_plan.c.
 */
enum status follow_plans(struct practice *practice, struct why *why);

/* Pauses that were to end by today, in the patient's zone, end. */
enum status follow_pauses(struct practice *practice, struct why *why);

#endif
