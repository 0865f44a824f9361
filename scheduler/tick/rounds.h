/*
 * NAME
 *	rounds - who is told of an alert, and when again
 *
 * A red flag of level emergency or self-harm goes to every contact at once,
 * again every alerts.repeat for alerts.rounds, then at each opening; outside
 * the clinic's hours to alerts.night_to alone where that is set. An urgent one
 * goes to every contact at opening. Everything else goes to one contact at
 * opening, and to the next one at the opening after, alerts.rounds times in
 * all while nobody has acknowledged it; that a reply can't be read, which may
 * tell of danger, at once, to one after the other as often as a grave red flag.
 * Texts carry a reference and a level, nothing of the story.
 */
#ifndef TICK_ROUNDS_H
#define TICK_ROUNDS_H

#include "store/alerts.h"
#include "store/outbox.h"
#include "tick/practice.h"

/* When the first round goes: grave ones at once, the rest at opening. */
int64_t rounds_begin_at(struct practice *practice, const struct alert *alert);

/* Queue one round, and set when the next one goes. Inside a transaction. */
enum status rounds_send(
    struct practice *practice, struct alert *alert, struct why *why);

/* Queue the rounds that are due of all open alerts. */
enum status rounds_send_due(struct practice *practice, struct why *why);

/* A clinician's text came to nothing. Of an ordinary alert the next contact
 * hears at once; of a red flag everybody who has not. Inside a transaction. */
enum status rounds_not_reached(
    struct practice *practice, const struct message *message, struct why *why);

/* The answer to a red flag came to nothing: its alert says to phone, and of a
 * grave one everybody hears at once, whoever has taken it. Inside a
 * transaction. */
enum status rounds_not_answered(
    struct practice *practice, const struct message *message, struct why *why);

#endif
