#include "tick/doubt.h"

#include "tick/settle.h"

#define AT_ONCE 64
#define ASK_S 20.0 /* then what is to be sent has its turn */

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

/* No more at once than its gateway takes, so that the time is looked at before
 * each: where nobody answers, the rest is asked about by the next tick. */
static enum status
ask(struct practice *practice, struct flights *flights, struct ship *ship,
    struct message *message, double until_s, struct why *why)
{
	enum status status =
	    bring_home(practice, flights, ship->gateway->in_flight - 1, why);
	if (status == STATUS_OK && post_now_s() < until_s)
		flights_ask(practice, flights, ship, message);
	return status;
}

static enum status
settle_one(struct practice *practice, struct flights *flights,
    struct message *message, double until_s, struct why *why)
{
	struct ship *ship =
	    fleet_named(&flights->fleet, message->channel, message->gateway);
	bool mute = ship != NULL && !driver_can_ask(ship->gateway->driver);
	if (mute && kind_rules[message->kind].repeated &&
	    !settle_doubt_is_over(practice, message))
		return STATUS_OK;
	if (ship == NULL || mute)
		return practice_transact(practice, rule_work, message, why);
	if (practice->now < message->claimed_at + ship->gateway->timeout_s)
		return STATUS_OK;
	return ask(practice, flights, ship, message, until_s, why);
}

/* Those after *place, so many at most. */
static enum status
settle_some(struct practice *practice, struct flights *flights,
    struct outbox_place *place, int *len, double until_s, struct why *why)
{
	struct message *list = NULL;
	enum status status =
	    outbox_unknown(practice->store, place, AT_ONCE, &list, len, why);
	if (status != STATUS_OK)
		return status;
	for (int i = 0; i < *len && status == STATUS_OK; i++)
		status = settle_one(practice, flights, &list[i], until_s, why);
	message_list_free(list, *len);
	return status;
}

enum status
doubt_settle(
    struct practice *practice, struct flights *flights, struct why *why)
{
	struct outbox_place place = { 0 };
	int64_t count = 0;
	int len = AT_ONCE;
	double most_s = (double)practice->config->tick_budget_s / 4;
	double until_s = post_now_s() + (most_s < ASK_S ? most_s : ASK_S);
	enum status status =
	    practice_transact(practice, recover_work, &count, why);
	while (status == STATUS_OK && len == AT_ONCE)
		status =
		    settle_some(practice, flights, &place, &len, until_s, why);
	if (status == STATUS_OK)
		status = bring_home(practice, flights, 0, why);
	return status;
}
