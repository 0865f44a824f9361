/*
 * NAME
 *	plan_outcome - the figures of a simulation, for people and programs
 */
#ifndef COMMANDS_PLAN_OUTCOME_H
#define COMMANDS_PLAN_OUTCOME_H

#include "simulate/tally.h"

/* against: another version on the same patients, side by side; or NULL. Both
 * sort what they look at. */
void plan_outcome_print(struct tally *tally, struct tally *against);
void plan_outcome_json(struct tally *tally, struct tally *against);

#endif
