/*
 * NAME
 *	settle - what a provider's word does to a message and to its patient
 *
 * By the table of fates (fate.h). A state only goes forward, so a receipt that
 * is late, repeated or out of order does no harm.
 */
#ifndef TICK_SETTLE_H
#define TICK_SETTLE_H

#include "post/post.h"
#include "store/outbox.h"
#include "tick/practice.h"

/* What a send came to, and what it says of the gateway to the clinic. Inside a
 * transaction, as the next ones. */
enum status settle_sent(struct practice *practice,
    const struct gateway *gateway, const struct message *message,
    const struct post_outcome *outcome, struct why *why);

/* The provider has it. BAD_DATA, changing nothing: its id stands on another
 * row; *taken otherwise. */
enum status settle_taken(struct practice *practice,
    const struct gateway *gateway, const struct message *message,
    const struct post_outcome *outcome, bool *taken, struct why *why);

/* It will never arrive. gateway may be NULL. BAD_DATA as above. */
enum status settle_lost(struct practice *practice,
    const struct gateway *gateway, const struct message *message,
    enum message_state state, const struct post_outcome *outcome,
    struct why *why);

/*
 * What the provider says of one whose fate was not known: the first candidate
 * whose id is on no other row is it; none of them: it never was there. Inside
 * a transaction.
 */
enum status settle_asked(struct practice *practice,
    const struct gateway *gateway, const struct message *message,
    const struct post_event *event, struct why *why);

/* Has a message's fate been unknown for so long that its kind decides? */
bool settle_doubt_is_over(
    const struct practice *practice, const struct message *message);

/* Seconds to wait before what was surely not taken is tried again; what is
 * urgent never waits longer than ten minutes. retry_after_s is what the
 * provider asked for, or 0. */
int64_t settle_wait_s(const struct message *message, int64_t retry_after_s);

/* Nobody can be asked: its kind says whether it goes once more. Inside a
 * transaction. */
enum status settle_by_rule(
    struct practice *practice, const struct message *message, struct why *why);

/* It will not go: cancelled, expired or failed, and why. Inside a
 * transaction. */
enum status settle_not_sent(struct practice *practice,
    const struct message *message, enum message_state state,
    const char *because, struct why *why);

#endif
