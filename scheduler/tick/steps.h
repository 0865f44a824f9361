/*
 * NAME
 *	steps - the six steps of a tick, a file each
 *
 * Each reads rows and writes rows, and can be killed at any instant without
 * harm: the next tick carries on from what is in the database. TRY_LATER and
 * UNAVAILABLE end the tick; anything wrong with one row is told and the step
 * goes on with the next.
 */
#ifndef TICK_STEPS_H
#define TICK_STEPS_H

#include "post/post.h"
#include "tick/practice.h"

/* Ask the gateways that can be polled for replies and receipts. */
enum status tick_collect(
    struct practice *practice, struct post *post, struct why *why);

/* Read each reply once: whose it is, what it answers, what it says. */
enum status tick_read(struct practice *practice, struct why *why);

/* Act on what was read: stop, answer, alert, move between stages. */
enum status tick_advance(struct practice *practice, struct why *why);

/* Turn slots that are due into messages, and open questions into nudges. */
enum status tick_remind(struct practice *practice, struct why *why);

/* Send the queue, and settle what earlier ticks left in doubt. */
enum status tick_deliver(
    struct practice *practice, struct post *post, struct why *why);

/* Look for those whom nobody has heard from, and tell clinicians. */
enum status tick_watch(struct practice *practice, struct why *why);

#endif
