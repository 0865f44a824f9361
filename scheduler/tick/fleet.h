/*
 * NAME
 *	fleet - the gateways of this tick, and which of them still works
 *
 * Gateways are tried in the order in which they are configured. One that says
 * no for everybody (its account, its login, refused connections) is down for
 * the rest of the tick; one that left us in doubt is passed over while there
 * is another, since it may be hanging.
 */
#ifndef TICK_FLEET_H
#define TICK_FLEET_H

#include "post/post.h"
#include "settings/config.h"

struct ship {
	const struct gateway *gateway; /* lent by the configuration */
	bool down;
	bool shaky;
	bool proved; /* it took a message in this tick */
	int claimed; /* messages that are not handed to the engine yet */
};

struct fleet {
	struct ship *ships[CHANNEL__MAX];
	int len[CHANNEL__MAX];
};

void fleet_open(struct fleet *fleet, const struct config *config);
void fleet_free(struct fleet *fleet); /* members only */

/* The first in order that works. NULL: none does. */
struct ship *fleet_first(const struct fleet *fleet, enum channel channel);

/* By the name that stands in a message's row. NULL: it is not configured any
 * more. */
struct ship *fleet_named(
    const struct fleet *fleet, enum channel channel, const char *name);

/* How many more messages it takes now: by its rate, by its bound of requests
 * under way, and by those claimed for it already. */
int fleet_room(const struct ship *ship, struct post *post);

#endif
