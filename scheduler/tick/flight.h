/*
 * NAME
 *	flight - one message on the wire, and what came back of it
 */
#ifndef TICK_FLIGHT_H
#define TICK_FLIGHT_H

#include "store/outbox.h"
#include "tick/fleet.h"
#include "tick/may_go.h"

/* The tag of its transfer. */
struct flight {
	struct message message; /* owned */
	struct ship *ship;
	char name[128]; /* of the addressee, in email */
	char reply_to[EMAIL_SIZE]; /* of an email; "" for its sender */
	bool asked; /* a question about it, not the message */
	struct flight *next; /* of those under way */
};

/* Takes the message over and leaves it empty. */
struct flight *flight_new(struct message *message, struct ship *ship);
void flight_free(struct flight *flight); /* takes NULL */

/* Hand it to the engine: the row that says so is durable. */
void flight_send(
    struct flight *flight, struct post *post, const struct clock *clock);
void flight_ask(
    struct flight *flight, struct post *post, const struct clock *clock);

struct landed {
	struct flight *flight; /* owned */
	struct post_event event;
	struct post_outcome *candidates; /* owned; of an ask */
};

/* Keep what the event lends. */
void landed_keep(struct landed *landed, const struct post_event *event);
void landed_free(struct landed *landed); /* members only */

#endif
