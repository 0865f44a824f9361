/*
 * NAME
 *	fleet - the gateways of this tick, and which of them takes a message
 *
 * Gateways are tried in the order in which they are configured. One that says
 * no for everybody (its account, its login, refused connections) is down for
 * the rest of the tick; one that asks for patience rests, and then gets half
 * as many at once; one that left us in doubt is passed over while there is
 * another, since it may be hanging; one that has sent what it may in a day
 * takes only what is worse lost than paid for.
 */
#ifndef TICK_FLEET_H
#define TICK_FLEET_H

#include "tick/fate.h"
#include "tick/practice.h"

struct ship {
	const struct gateway *gateway; /* lent by the configuration */
	bool down;
	bool shaky;
	bool told; /* of its trouble, in the log */
	bool proven; /* it took something in this tick */
	double rests_until_s; /* monotonic; 0: it does not */
	double rest_s; /* how long the next rest is at least */
	int most; /* under way at once */
	int claimed; /* messages that are not handed to the engine yet */
	int afloat; /* those that are, and have not come back */
	int64_t left; /* segments of today */
	bool doubted; /* what became of something that it got is not known */
	int asked; /* questions about such under way */
};

struct fleet {
	struct ship *ships[CHANNEL__MAX];
	int len[CHANNEL__MAX];
};

/* Reads what each gateway with a daily_most has sent since the clinic's day
 * began. */
enum status fleet_open(
    struct fleet *fleet, struct practice *practice, struct why *why);
void fleet_free(struct fleet *fleet); /* members only; takes {0} */

/* Who takes a message of that kind now. NULL: nobody; *rest_s is how long
 * until somebody does, or 0 where nobody will in this tick. */
struct ship *fleet_for(const struct fleet *fleet, enum channel channel,
    enum kind kind, double *rest_s);

/* By the name that stands in a message's row. NULL: it is not configured any
 * more. */
struct ship *fleet_named(
    const struct fleet *fleet, enum channel channel, const char *name);

/* How many more messages it takes now: by its rate, by its bound of requests
 * under way, and by those claimed for it already. */
int fleet_room(const struct ship *ship, struct post *post);

/* What an outcome says of it. */
void fleet_judge(struct ship *ship, const struct post_outcome *outcome);

/* What a message costs: its segments; an email is one. */
int64_t fleet_cost(const struct message *message);

#endif
