#include "tick/claim.h"

#include <string.h>

#include "base/memory.h"
#include "tick/batch.h"
#include "tick/settle.h"
#include "tick/trouble.h"
#include "tick/token.h"

/* No channel takes all of a transaction. */
#define CHANNEL_GROUP (FLIGHTS_GROUP / CHANNEL__MAX)

/* A message about which something is decided. */
struct claimant {
	struct flights *flights;
	struct message *message;
	struct ship *ship; /* NULL: no gateway takes it in this tick */
};

/* Why does no gateway take it now? */
static const char *
nobody_takes_it(const struct fleet *fleet, enum channel channel)
{
	for (int i = 0; i < fleet->len[channel]; i++)
		if (!fleet->ships[channel][i].down)
			return "the gateways have sent all they may today";
	return "every gateway for it is down";
}

static enum status
wait_for_gateway(struct practice *practice, const struct flights *flights,
    const struct message *message, struct why *why)
{
	if (flights->fleet.len[message->channel] == 0)
		return settle_not_sent(practice, message, MESSAGE_FAILED,
		    "no gateway is configured for this channel", why);
	return outbox_hold(practice->store, message->message_id,
	    practice->now + settle_wait_s(message, 0),
	    nobody_takes_it(&flights->fleet, message->channel), why);
}

/* What it costs is off what the gateway may send today; that it has come to
 * the end of that is told once, with the message that does it. */
static enum status
pay(struct practice *practice, struct ship *ship, int64_t cost, struct why *why)
{
	enum status status = STATUS_OK;
	if (ship->left > 0 && ship->left <= cost)
		status = trouble_ceiling(practice, ship->gateway, why);
	if (status == STATUS_OK)
		ship->left -= cost;
	return status;
}

/*
 * Intent before act: once this is committed, and not before, flights_turn()
 * lets the bytes leave.
 */
static enum status
claim(struct practice *practice, const struct claimant *claimant,
    const struct may_go_verdict *verdict, struct why *why)
{
	struct flights *flights = claimant->flights;
	struct ship *ship = claimant->ship;
	int64_t now = clock_now(practice->clock);
	bool claimed = false;
	enum status status =
	    outbox_claim(practice->store, claimant->message->message_id,
		ship->gateway->name, verdict->address, now, &claimed, why);
	if (status == STATUS_OK && claimed)
		status =
		    pay(practice, ship, fleet_cost(claimant->message), why);
	if (status != STATUS_OK || !claimed)
		return status;

	struct flight *flight = flight_new(claimant->message, ship);
	flight->message.attempts++;
	replace_text(&flight->message.address, verdict->address);
	flight->message.claimed_at = now;
	memcpy(flight->name, verdict->name, sizeof flight->name);
	if (flight->message.channel == CHANNEL_EMAIL &&
	    practice->config->mailbox.address != NULL)
		token_address(practice->config->mailbox.address,
		    flight->message.key, flight->reply_to);
	flights_add(flights, flight);
	return STATUS_OK;
}

static enum status
put_off(struct practice *practice, const struct message *message,
    const struct may_go_verdict *verdict, struct why *why)
{
	if (verdict->until_at == 0 || verdict->until_at >= message->expires_at)
		return settle_not_sent(
		    practice, message, MESSAGE_EXPIRED, verdict->because, why);
	return outbox_hold(practice->store, message->message_id,
	    verdict->until_at, verdict->because, why);
}

/* Whatever is decided, it is not due any more afterwards. */
static enum status
decide_work(struct practice *practice, void *arg, struct why *why)
{
	struct claimant *claimant = arg;
	struct message *message = claimant->message;
	struct may_go_verdict verdict;
	enum status status = may_go(practice, message, &verdict, why);
	if (status != STATUS_OK)
		return status;

	switch (verdict.may) {
	case MAY_GO_NOW:
		if (claimant->ship == NULL)
			return wait_for_gateway(
			    practice, claimant->flights, message, why);
		return claim(practice, claimant, &verdict, why);
	case MAY_GO_LATER:
		return put_off(practice, message, &verdict, why);
	case MAY_GO_NEVER:
		return settle_not_sent(
		    practice, message, MESSAGE_CANCELLED, verdict.because, why);
	case MAY_GO_NOBODY:
	case MAY_GO__MAX:
		break;
	}
	return settle_not_sent(
	    practice, message, MESSAGE_FAILED, verdict.because, why);
}

/* A message that can't be decided about now. */
struct parked {
	int64_t message_id;
	int64_t until_at;
};

static enum status
park_work(struct practice *practice, void *arg, struct why *why)
{
	const struct parked *parked = arg;
	struct why unheard = { "" };
	enum status status = outbox_hold(practice->store, parked->message_id,
	    parked->until_at, why->text, &unheard);
	if (status != STATUS_OK)
		*why = unheard;
	return status;
}

/* Alone, so that what is wrong with it is only its own. */
static enum status
decide_alone(
    struct practice *practice, struct claimant *claimant, struct why *why)
{
	struct parked parked = { claimant->message->message_id,
		practice->now + settle_wait_s(claimant->message, 0) };
	int before = claimant->flights->claimed_len;
	enum status status =
	    practice_transact(practice, decide_work, claimant, why);
	if (status == STATUS_OK)
		return status;

	/* Its row does not say that it is being sent. */
	flights_forget(claimant->flights, before);
	why_prefix(why, status, "message %lld", (long long)parked.message_id);
	if (!batch_go_on(practice, status, "deliver", why))
		return status;
	return practice_transact(practice, park_work, &parked, why);
}

typedef enum status decide_fn(
    struct practice *practice, struct claimant *claimant, struct why *why);

static enum status
decide_in_group(
    struct practice *practice, struct claimant *claimant, struct why *why)
{
	return decide_work(practice, claimant, why);
}

/* Is there a gateway for it that has room? *full: there will be, later in this
 * tick, and those after it wait as well. */
static void
choose(struct claimant *claimant, bool *full)
{
	struct flights *flights = claimant->flights;
	double rest_s = 0;
	claimant->ship = fleet_for(&flights->fleet, claimant->message->channel,
	    claimant->message->kind, &rest_s);
	*full = claimant->ship == NULL
		    ? rest_s > 0
		    : fleet_room(claimant->ship, flights->post) == 0;
	if (rest_s > 0 && *full &&
	    (flights->rest_s <= 0 || rest_s < flights->rest_s))
		flights->rest_s = rest_s;
}

/* *len: how many were due, of limit; *full as above, also where one has to wait
 * for another to come back. */
static enum status
decide_some(struct practice *practice, struct flights *flights,
    enum channel channel, decide_fn *decide, int limit, int *len, bool *full,
    struct why *why)
{
	struct claimant claimant = { .flights = flights };
	struct message *due = NULL;
	bool follows = false;
	enum status status = outbox_due(
	    practice->store, channel, practice->now, limit, &due, len, why);
	if (status != STATUS_OK)
		return status;

	for (int i = 0; i < *len && status == STATUS_OK && !*full; i++) {
		claimant.message = &due[i];
		if (flights_follows(flights, &due[i])) {
			follows = true;
			continue;
		}
		choose(&claimant, full);
		if (!*full)
			status = decide(practice, &claimant, why);
	}
	message_list_free(due, *len);
	*full = *full || follows;
	return status;
}

/* The most that any of them takes: so many rows are worth reading. */
static int
room_of_all(const struct flights *flights, enum channel channel)
{
	const struct fleet *fleet = &flights->fleet;
	int most = 0;
	bool any = false;
	for (int i = 0; i < fleet->len[channel]; i++) {
		const struct ship *ship = &fleet->ships[channel][i];
		if (ship->down)
			continue;
		int room = fleet_room(ship, flights->post);
		most = room > most ? room : most;
		any = true;
	}
	return any ? most : CHANNEL_GROUP;
}

/* Those that do not go leave room for the next ones. */
static enum status
decide_channel(struct practice *practice, struct flights *flights,
    enum channel channel, decide_fn *decide, struct why *why)
{
	int left = CHANNEL_GROUP;
	bool full = false;
	while (!full) {
		int room = room_of_all(flights, channel);
		int limit = room < left ? room : left;
		int len = 0;
		if (limit == 0) {
			flights->more = flights->more || room > 0;
			return STATUS_OK;
		}
		enum status status = decide_some(practice, flights, channel,
		    decide, limit, &len, &full, why);
		if (status != STATUS_OK || len < limit)
			return status;
		left -= len;
	}
	return STATUS_OK;
}

static enum status
decide_all(struct practice *practice, struct flights *flights,
    decide_fn *decide, struct why *why)
{
	flights->more = false;
	flights->rest_s = 0;
	if (post_now_s() >= flights->until_s)
		return STATUS_OK; /* the rest is the next tick's */
	for (int channel = 0; channel < CHANNEL__MAX; channel++) {
		enum status status = decide_channel(
		    practice, flights, (enum channel)channel, decide, why);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

enum status
claim_group(struct practice *practice, struct flights *flights, struct why *why)
{
	return decide_all(practice, flights, decide_in_group, why);
}

enum status
claim_singly(
    struct practice *practice, struct flights *flights, struct why *why)
{
	return decide_all(practice, flights, decide_alone, why);
}
