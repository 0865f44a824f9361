#include "tick/doubt.h"

#include "tick/settle.h"

#define AT_ONCE 64
#define ASK_S 20.0 /* of all; then what is to be sent has its turn */

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

/* Whose turn it is to be asked, and until when. */
struct turn {
	struct ship *ship; /* NULL: those about whom nobody can be asked */
	double until_s;
};

/* A place at that gateway, or until its time is over. */
static enum status
wait_for_place(struct practice *practice, struct flights *flights,
    const struct turn *turn, struct why *why)
{
	enum status status = STATUS_OK;
	while (status == STATUS_OK &&
	       turn->ship->asked >= turn->ship->gateway->in_flight) {
		flights->rest_s = turn->until_s - post_now_s();
		if (flights->rest_s <= 0)
			break;
		flights_gather(flights, true);
		status = flights_land(practice, flights, why);
	}
	flights->rest_s = 0;
	return status;
}

/* Where nobody answers, the rest is asked about by the next tick; but what is
 * worse lost than come twice has waited long enough, asked about or not. */
static enum status
ask(struct practice *practice, struct flights *flights, const struct turn *turn,
    struct message *message, struct why *why)
{
	struct ship *ship = turn->ship;
	if (practice->now < message->claimed_at + ship->gateway->timeout_s)
		return STATUS_OK;
	enum status status = wait_for_place(practice, flights, turn, why);
	if (status != STATUS_OK)
		return status;
	if (ship->asked < ship->gateway->in_flight &&
	    post_now_s() < turn->until_s)
		flights_ask(practice, flights, ship, message);
	else if (settle_doubt_is_over(practice, message))
		status = practice_transact(practice, rule_work, message, why);
	return status;
}

static enum status
settle_one(struct practice *practice, struct flights *flights,
    const struct turn *turn, struct message *message, struct why *why)
{
	struct ship *ship =
	    fleet_named(&flights->fleet, message->channel, message->gateway);
	bool mute = ship != NULL && !driver_can_ask(ship->gateway->driver);
	if (ship != NULL && !mute) {
		ship->doubted = true;
		return ship != turn->ship
			   ? STATUS_OK
			   : ask(practice, flights, turn, message, why);
	}
	if (turn->ship != NULL || (mute && kind_rules[message->kind].repeated &&
				      !settle_doubt_is_over(practice, message)))
		return STATUS_OK;
	return practice_transact(practice, rule_work, message, why);
}

/* Those after *place, so many at most. */
static enum status
settle_some(struct practice *practice, struct flights *flights,
    const struct turn *turn, struct outbox_place *place, int *len,
    struct why *why)
{
	struct message *list = NULL;
	enum status status =
	    outbox_unknown(practice->store, place, AT_ONCE, &list, len, why);
	if (status != STATUS_OK)
		return status;
	for (int i = 0; i < *len && status == STATUS_OK; i++)
		status = settle_one(practice, flights, turn, &list[i], why);
	message_list_free(list, *len);
	return status;
}

static enum status
settle_turn(struct practice *practice, struct flights *flights,
    const struct turn *turn, struct why *why)
{
	struct outbox_place place = { 0 };
	int len = AT_ONCE;
	enum status status = STATUS_OK;
	while (status == STATUS_OK && len == AT_ONCE)
		status =
		    settle_some(practice, flights, turn, &place, &len, why);
	return status;
}

static int
count_doubted(const struct fleet *fleet)
{
	int count = 0;
	for (int channel = 0; channel < CHANNEL__MAX; channel++)
		for (int i = 0; i < fleet->len[channel]; i++)
			count += fleet->ships[channel][i].doubted;
	return count;
}

/* Each gateway has its share of the time: one that does not answer keeps none
 * of the others from being asked. */
static enum status
ask_each(struct practice *practice, struct flights *flights, struct why *why)
{
	double most_s = (double)practice->config->tick_budget_s / 4;
	int count = count_doubted(&flights->fleet);
	double share_s = (most_s < ASK_S ? most_s : ASK_S) / (count + !count);
	enum status status = STATUS_OK;
	for (int channel = 0; channel < CHANNEL__MAX; channel++)
		for (int i = 0; i < flights->fleet.len[channel]; i++) {
			struct ship *ship = &flights->fleet.ships[channel][i];
			struct turn turn = { ship, post_now_s() + share_s };
			if (ship->doubted && status == STATUS_OK)
				status =
				    settle_turn(practice, flights, &turn, why);
		}
	return status;
}

enum status
doubt_settle(
    struct practice *practice, struct flights *flights, struct why *why)
{
	static const struct turn nobody = { 0 };
	int64_t count = 0;
	enum status status =
	    practice_transact(practice, recover_work, &count, why);
	if (status == STATUS_OK)
		status = settle_turn(practice, flights, &nobody, why);
	if (status == STATUS_OK)
		status = ask_each(practice, flights, why);
	if (status == STATUS_OK)
		status = flights_bring_home(practice, flights, why);
	return status;
}
