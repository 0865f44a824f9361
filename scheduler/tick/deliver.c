/*
 * deliver - send the queue, and settle what earlier ticks left in doubt
 *
 * The promise: a row says 'sending', durably, before a byte leaves. A tick
 * that dies leaves it so; the next makes it 'unknown' and asks the provider,
 * no sooner than the request's own timeout after the claim, and only what the
 * provider surely lacks is sent again.
 *
 * Places on the wire never stand empty while there is something to send: what
 * comes back is recorded, in groups, while the rest is under way, and with it
 * what takes its place is claimed.
 */
#include "tick/doubt.h"
#include "tick/steps.h"

static enum status
expire_work(struct practice *practice, void *arg, struct why *why)
{
	return outbox_expire(practice->store, practice->now, arg, why);
}

static enum status
send_queue(struct practice *practice, struct flights *flights, struct why *why)
{
	enum status status = STATUS_OK;
	struct why unheard = { "" };
	while (status == STATUS_OK && !flights_done(flights)) {
		flights_gather(flights, !flights->more);
		status = flights_turn(practice, flights, why);
	}
	/* The database takes nothing for the moment. What is on the wire comes
	 * to an end all the same, and how it did may be known for good if it is
	 * tried once more; else the next tick asks about it, or can't. */
	if (status != STATUS_OK)
		(void)flights_bring_home(practice, flights, &unheard);
	return status;
}

enum status
tick_deliver(struct practice *practice, struct post *post, struct why *why)
{
	struct flights flights;
	int64_t count = 0;
	enum status status = flights_open(&flights, practice, post, why);
	if (status == STATUS_OK)
		status = doubt_settle(practice, &flights, why);
	if (status == STATUS_OK)
		status = practice_transact(practice, expire_work, &count, why);
	if (status == STATUS_OK)
		status = send_queue(practice, &flights, why);
	flights_free(&flights);
	return status;
}
