/*
 * NAME
 *	nudge - a question that got no answer, once more, and then no more
 */
#ifndef TICK_NUDGE_H
#define TICK_NUDGE_H

#include "tick/practice.h"

/*
 * Ask once more what stands open past its nudge time, in the patient's day
 * and before it closes; not where the last nudge brought nothing either. Then
 * close what nobody answered in time.
 */
enum status nudge_questions(struct practice *practice, struct why *why);

#endif
