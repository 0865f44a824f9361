/*
 * NAME
 *	flights - messages on the wire, claimed and landed in groups
 *
 * The promise stands here: a row says 'sending', durably, before a byte of it
 * leaves. A commit costs as much as a message, so one transaction records what
 * has come back and claims what takes its place, while the others are under
 * way. There are never more at once than the gateways take, however long the
 * queue is.
 */
#ifndef TICK_FLIGHTS_H
#define TICK_FLIGHTS_H

#include "tick/flight.h"
#include "tick/practice.h"

#define FLIGHTS_GROUP 512 /* rows of one transaction, at most */
#define FLIGHTS_BERTHS 1024

struct flights {
	struct post *post; /* lent */
	struct fleet fleet;
	struct flight *claimed[FLIGHTS_GROUP]; /* not handed over yet */
	int claimed_len;
	/* Claimed or handed over, by their patient; lent. What is only asked
	 * about is not. */
	struct flight *under_way[FLIGHTS_BERTHS];
	struct landed landed[FLIGHTS_GROUP]; /* not recorded yet */
	int landed_len;
	int afloat; /* transfers under way */
	bool more; /* there may be more in the queue that can go now */
	double rest_s; /* what is due waits so long for a gateway; 0: nothing
			  does */
	double until_s; /* monotonic: nothing is claimed after that */
};

enum status flights_open(struct flights *flights, struct practice *practice,
    struct post *post, struct why *why);
void flights_free(struct flights *flights); /* members only */

/*
 * Wait until something has come back, or a gateway has rested, and take what
 * is there. With wait false only the latter.
 */
void flights_gather(struct flights *flights, bool wait);

/*
 * In one transaction record what was gathered and claim from the queue what
 * there is room for; then hand that over. One bad row is told to the clinic
 * and does not hold up the others. more is set anew.
 */
enum status flights_turn(
    struct practice *practice, struct flights *flights, struct why *why);

/* One that has been claimed; and forget those claimed after so many: their
 * transaction came to nothing. */
void flights_add(struct flights *flights, struct flight *flight);
void flights_forget(struct flights *flights, int but);
/* Is a text to the same patient on the wire? The second one waits for it: what
 * was said first is to be read first. */
bool flights_follows(
    const struct flights *flights, const struct message *message);

/* Is there nothing under way, nothing more to claim and nothing to wait for? */
bool flights_done(const struct flights *flights);

/* Record what was gathered, and claim nothing. What could not be recorded is
 * kept, here as above, for another try. */
enum status flights_land(
    struct practice *practice, struct flights *flights, struct why *why);

/* Wait until nothing is on the wire any more, and record it as it comes. */
enum status flights_bring_home(
    struct practice *practice, struct flights *flights, struct why *why);

/* Ask its gateway about a message of unknown fate, which is taken over. */
void flights_ask(struct practice *practice, struct flights *flights,
    struct ship *ship, struct message *message);

#endif
