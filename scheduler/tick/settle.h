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

/* What a send, or a question about one, came to. again is set when it should
 * be tried once more in this tick with the next gateway. */
enum status settle_outcome(struct practice *practice,
    const struct gateway *gateway, const struct message *message,
    const struct post_outcome *outcome, bool *gateway_down, struct why *why);

/* A receipt for something sent before; one that is not ours is passed over. */
enum status settle_receipt(struct practice *practice,
    const struct gateway *gateway, const struct post_outcome *outcome,
    struct why *why);

/* A gateway does not work: remember since when, and tell the clinic (each in
 * a transaction of its own). And it works again. */
enum status settle_gateway_failed(struct practice *practice,
    const struct gateway *gateway, const char *reason, struct why *why);
enum status settle_gateway_works(struct practice *practice,
    const struct gateway *gateway, struct why *why);

#endif
