/*
 * NAME
 *	trouble - a gateway does not work, and the clinic hears of it
 */
#ifndef TICK_TROUBLE_H
#define TICK_TROUBLE_H

#include "post/post.h"
#include "tick/practice.h"

/* A source of replies, or a gateway, does not work: remember since when, and
 * tell the clinic. A transaction of its own, as the next one. */
enum status trouble_source(struct practice *practice, const char *name,
    enum channel channel, const char *reason, struct why *why);
enum status trouble_gateway(struct practice *practice,
    const struct gateway *gateway, const char *reason, struct why *why);

/*
 * The same inside a transaction. Where it may be a moment's (late true) the
 * clinic hears of it once it has lasted as long as a gap between ticks may
 * (alerts.late).
 */
enum status trouble_note(struct practice *practice,
    const struct gateway *gateway, const char *reason, bool late,
    struct why *why);

/* It works again. Inside a transaction. */
enum status trouble_over(struct practice *practice,
    const struct gateway *gateway, struct why *why);

/* It has sent what it may in a day. Inside a transaction. */
enum status trouble_ceiling(struct practice *practice,
    const struct gateway *gateway, struct why *why);

#endif
