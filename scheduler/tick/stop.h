/*
 * NAME
 *	stop - STOP, "wrong number" and "who is this": an address falls silent
 *
 * Everyone who has the address stops, wherever they are in their plans. What is
 * said to be the wrong number gets nothing more, not even a word of who we are.
 * All run inside a transaction; patient is who wrote, or NULL: nobody we know,
 * or one of several.
 */
#ifndef TICK_STOP_H
#define TICK_STOP_H

#include "store/inbox.h"
#include "tick/practice.h"

/* STOP: its one confirmation is all that still goes there, unless a provider
 * has confirmed it already. */
enum status stop_take(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why);

/* "Wrong number": the clinic is asked to find the right one. */
enum status stop_wrong_number(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound,
    struct why *why);

/* "Who is this": a wrong number, where no answer ever came from there;
 * otherwise who we are, and the clinic looks whether it is still theirs. */
enum status stop_who(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why);

#endif
