/*
 * NAME
 *	trouble - a gateway does not work, and the clinic hears of it
 */
#ifndef TICK_TROUBLE_H
#define TICK_TROUBLE_H

#include "post/post.h"
#include "store/alerts.h"
#include "tick/practice.h"

/* Replies can't be collected from the mailbox, or from a gateway: remember
 * since when, and tell the clinic. world is why: CONFIG is a fault of its own,
 * anything else that it is out of reach, which is one fault whatever the
 * reasons say. A transaction of its own, as the next one. */
enum status trouble_source(struct practice *practice, enum status world,
    const char *reason, struct why *why);
enum status trouble_gateway(struct practice *practice,
    const struct gateway *gateway, enum status world, const char *reason,
    struct why *why);

/* The same of sending, inside a transaction. Where it may be a moment's (late
 * true) the clinic hears of it once it has lasted as long as a gap between
 * ticks may (alerts.late). */
enum status trouble_note(struct practice *practice,
    const struct gateway *gateway, enum status world, const char *reason,
    bool late, struct why *why);

/* It works again. Inside a transaction. */
enum status trouble_over(struct practice *practice,
    const struct gateway *gateway, struct why *why);

/* Close the alerts of gateways that have all their settings again, have worked
 * for a day and a half without that fault, or are not used any more. */
enum status trouble_close_over(struct practice *practice, struct why *why);

/* The name of the gateway that such an alert is about. */
const char *trouble_whose(const struct alert *alert);

/* It has sent what it may in a day. Inside a transaction. */
enum status trouble_ceiling(struct practice *practice,
    const struct gateway *gateway, struct why *why);

#endif
