/*
 * NAME
 *	concerns - the facts a decision rests on, and what a clinician should
 *	hear of from the same facts
 */
#ifndef TICK_CONCERNS_H
#define TICK_CONCERNS_H

#include "care/decide.h"
#include "tick/practice.h"

#define CONCERNS_READINGS 64 /* of one stage: RULE_READINGS_MAX of each kind */

/*
 * Gather what was read in this stage into list (room for CONCERNS_READINGS)
 * and facts, which lends it. *verified is false where an email without its
 * token is among them.
 */
enum status concerns_facts(struct practice *practice,
    const struct patient *patient, struct decide_reading *list,
    struct decide_facts *facts, bool *verified, struct why *why);

/* Open an alert for each concern that holds now. Inside a transaction. */
enum status concerns_tell(
    struct practice *practice, const struct patient *patient, struct why *why);

#endif
