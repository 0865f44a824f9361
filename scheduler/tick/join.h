/*
 * NAME
 *	join - a tip and a question that are due become one message
 */
#ifndef TICK_JOIN_H
#define TICK_JOIN_H

#include "tick/due.h"

/*
 * Compose what goes out of a tip, a question, or both (either may be NULL),
 * take their slots and queue it. The first message of a new stage tells of it
 * in place of the tip; where both don't fit into one SMS, the question goes
 * with its own words. What is left out so is marked as missed. Inside a
 * transaction.
 */
enum status join_and_queue(struct practice *practice, const struct due *due,
    struct candidate *tip, struct candidate *asking, struct why *why);

#endif
