/*
 * NAME
 *	receipt - what is learnt of a message after it was sent
 *
 * Receipts come late, more than once, out of order, and for the parts of a
 * long message: a state only goes forward, so none of that does harm.
 */
#ifndef TICK_RECEIPT_H
#define TICK_RECEIPT_H

#include "post/post.h"
#include "tick/practice.h"

/*
 * A receipt for something sent before, by the provider's id, or where no
 * message has that by our key (NULL or "" where the provider does not carry
 * it): so is one settled whose answer was lost. One that is not ours is
 * passed over. A transaction of its own.
 */
enum status receipt_take(struct practice *practice,
    const struct gateway *gateway, const char *key,
    const struct post_outcome *outcome, struct why *why);

/*
 * A report by mail that a mail of ours came back: named holds its id, or the
 * address that has its key. The status is RFC 3463's, or NULL: 5.x.x is about
 * the address, or for 5.7.x about us; 4.x.x says that it was not taken in
 * time. NONE when no message of ours is named. Inside a transaction.
 */
enum status receipt_bounced(struct practice *practice, const char *named,
    const char *status_code, struct why *why);

/* A report by mail that somebody calls a mail of ours unwanted: that is a STOP,
 * for which nobody is thanked. NONE as above. Inside a transaction. */
enum status receipt_complained(
    struct practice *practice, const char *named, struct why *why);

#endif
