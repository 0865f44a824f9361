/*
 * NAME
 *	claim - decide about what is due, and claim what goes
 */
#ifndef TICK_CLAIM_H
#define TICK_CLAIM_H

#include "tick/flights.h"

/*
 * Each message that is due and for which there is room is claimed, put off or
 * settled, the most pressing first, of each channel in its turn; those claimed
 * are added to flights. Inside a transaction.
 */
enum status claim_group(
    struct practice *practice, struct flights *flights, struct why *why);

/*
 * The same, each message in a transaction of its own: one that can't be
 * decided about is put off, and the clinic is told.
 */
enum status claim_singly(
    struct practice *practice, struct flights *flights, struct why *why);

#endif
