/*
 * NAME
 *	loss - what follows when a message has come to nothing
 */
#ifndef TICK_LOSS_H
#define TICK_LOSS_H

#include "post/post.h"
#include "store/outbox.h"
#include "tick/practice.h"

/*
 * Its row is settled already. Unless another channel carries the same, its
 * slot is spoilt and its question was never asked. Whoever must hear that it
 * did not arrive does. Inside a transaction, as the next one.
 */
enum status loss_tell(struct practice *practice, const struct message *message,
    const char *because, struct why *why);

/* The same after a provider's no: what that says of the address, the text and
 * the patient's own wish, by its rule. */
enum status loss_refused(struct practice *practice,
    const struct gateway *gateway, const struct message *message,
    const struct post_outcome *outcome, struct why *why);

/* Somebody else knows that this message's address wants nothing: so do we, and
 * its patients are stopped. */
enum status loss_opted_out(struct practice *practice,
    const struct message *message, const char *because, struct why *why);

#endif
