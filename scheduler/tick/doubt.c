#include "tick/doubt.h"

#include "tick/settle.h"

#define AT_ONCE 64

static enum status
recover_work(struct practice *practice, void *arg, struct why *why)
{
	return outbox_recover(practice->store, arg, why);
}

static enum status
rule_work(struct practice *practice, void *arg, struct why *why)
{
	return settle_by_rule(practice, arg, why);
}

static enum status
settle_one(struct practice *practice, struct flights *flights,
    struct message *message, struct why *why)
{
	struct ship *ship =
	    fleet_named(&flights->fleet, message->channel, message->gateway);
	bool mute = ship != NULL && !driver_can_ask(ship->gateway->driver);
	if (mute && kind_rules[message->kind].repeated &&
	    !settle_doubt_is_over(practice, message))
		return STATUS_OK;
	if (ship == NULL || mute)
		return practice_transact(practice, rule_work, message, why);
	if (practice->now >= message->claimed_at + ship->gateway->timeout_s)
		flights_ask(practice, flights, ship, message);
	return STATUS_OK;
}

static enum status
bring_home(struct practice *practice, struct flights *flights, int but,
    struct why *why)
{
	enum status status = STATUS_OK;
	while (status == STATUS_OK && flights->afloat > but) {
		flights_gather(flights, true);
		status = flights_land(practice, flights, why);
	}
	return status;
}

/* Those after *place, so many at most. */
static enum status
settle_some(struct practice *practice, struct flights *flights,
    struct outbox_place *place, int *len, struct why *why)
{
	struct message *list = NULL;
	enum status status =
	    outbox_unknown(practice->store, place, AT_ONCE, &list, len, why);
	if (status != STATUS_OK)
		return status;
	for (int i = 0; i < *len && status == STATUS_OK; i++)
		status = settle_one(practice, flights, &list[i], why);
	message_list_free(list, *len);
	if (status == STATUS_OK)
		status = bring_home(practice, flights, AT_ONCE, why);
	return status;
}

enum status
doubt_settle(
    struct practice *practice, struct flights *flights, struct why *why)
{
	struct outbox_place place = { 0 };
	int64_t count = 0;
	int len = AT_ONCE;
	enum status status =
	    practice_transact(practice, recover_work, &count, why);
	while (status == STATUS_OK && len == AT_ONCE)
		status = settle_some(practice, flights, &place, &len, why);
	if (status == STATUS_OK)
		status = bring_home(practice, flights, 0, why);
	return status;
}
