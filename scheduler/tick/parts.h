/*
 * NAME
 *	parts - a long SMS that came in pieces is one reply
 *
 * Some gateways hand over each piece of a long text as a text of its own, in
 * any order. Pieces are known by their length, which is that of a full one,
 * and by coming from the same sender within a minute.
 */
#ifndef TICK_PARTS_H
#define TICK_PARTS_H

#include "store/inbox.h"
#include "tick/practice.h"

/*
 * Join what belongs together in a list of unread replies, oldest first: the
 * first piece becomes the whole text, in the list and in the store, and the
 * others are marked as parts of it, read_at set to now. Inside a transaction.
 */
enum status parts_join(struct practice *practice, struct inbound *list, int len,
    struct why *why);

/* Is it a piece whose rest may still be on its way? Not for long. */
bool parts_may_follow(
    const struct practice *practice, const struct inbound *inbound);

#endif
