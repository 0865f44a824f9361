/*
 * NAME
 *	settle - what a provider's word does to a message and to its patient
 *
 * The one place that knows what each class of outcome leads to. A state only
 * goes forward, so a receipt that is late, repeated or out of order does no
 * harm.
 */
#ifndef TICK_SETTLE_H
#define TICK_SETTLE_H

#include "post/post.h"
#include "store/outbox.h"
#include "tick/practice.h"

/*
 * What a send came to. Inside a transaction. *down is set when that gateway
 * should get nothing more in this tick.
 */
enum status settle_sent(struct practice *practice,
    const struct gateway *gateway, const struct message *message,
    const struct post_outcome *outcome, bool *down, struct why *why);

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

/* A receipt for something sent before; one that is not ours is passed over.
 * A transaction of its own, as those below. */
enum status settle_receipt(struct practice *practice,
    const struct gateway *gateway, const struct post_outcome *outcome,
    struct why *why);

/*
 * A report by mail that a mail of ours came back: named holds its id, or the
 * address that has its key. The status is RFC 3463's, or NULL: 5.x.x is about
 * the address, or for 5.7.x about us; 4.x.x says that it was not taken in
 * time. NONE when no message of ours is named. Inside a transaction.
 */
enum status settle_bounced(struct practice *practice, const char *named,
    const char *status_code, struct why *why);

/* A report by mail that somebody calls a mail of ours unwanted: that is a STOP,
 * for which nobody is thanked. NONE as above. Inside a transaction. */
enum status settle_complained(
    struct practice *practice, const char *named, struct why *why);

/* A gateway took a message: since when it did not work is forgotten. Inside a
 * transaction. */
enum status settle_gateway_works(struct practice *practice,
    const struct gateway *gateway, struct why *why);

/* A gateway, or another source of replies, does not work: remember since when,
 * and tell the clinic. */
enum status settle_source_failed(struct practice *practice, const char *name,
    enum channel channel, const char *reason, struct why *why);
enum status settle_gateway_failed(struct practice *practice,
    const struct gateway *gateway, const char *reason, struct why *why);

#endif
