#include "tick/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define REST_FIRST_S 1.0
#define REST_LONGEST_S 60.0 /* longer, and it is for the next tick */

static enum status
read_left(struct practice *practice, struct ship *ship, struct why *why)
{
	const struct zone *zone = NULL;
	int64_t spent = 0;
	ship->left = INT64_MAX;
	if (ship->gateway->daily_most <= 0)
		return STATUS_OK;
	enum status status = practice_zone(practice, &zone, why);
	if (status == STATUS_OK)
		status = outbox_spent(practice->store, ship->gateway->name,
		    zone_day_start(zone, zone_local(zone, practice->now).date),
		    &spent, why);
	ship->left = ship->gateway->daily_most - spent;
	return status;
}

static enum status
add_ships(struct fleet *fleet, struct practice *practice, enum channel channel,
    const struct gateway *list, int len, struct why *why)
{
	enum status status = STATUS_OK;
	if (len == 0)
		return STATUS_OK;
	struct ship *ships = xcalloc((size_t)len, sizeof *ships);
	fleet->ships[channel] = ships;
	fleet->len[channel] = len;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		ships[i].gateway = &list[i];
		ships[i].most = list[i].in_flight;
		ships[i].rest_s = REST_FIRST_S;
		status = read_left(practice, &ships[i], why);
	}
	return status;
}

enum status
fleet_open(struct fleet *fleet, struct practice *practice, struct why *why)
{
	const struct config *config = practice->config;
	*fleet = (struct fleet){ 0 };
	enum status status = add_ships(
	    fleet, practice, CHANNEL_SMS, config->sms, config->sms_len, why);
	if (status == STATUS_OK)
		status = add_ships(fleet, practice, CHANNEL_EMAIL,
		    config->email, config->email_len, why);
	return status;
}

void
fleet_free(struct fleet *fleet)
{
	for (int channel = 0; channel < CHANNEL__MAX; channel++)
		free(fleet->ships[channel]);
	*fleet = (struct fleet){ 0 };
}

struct ship *
fleet_for(const struct fleet *fleet, enum channel channel, enum kind kind,
    double *rest_s)
{
	double now_s = post_now_s();
	struct ship *shaky = NULL;
	*rest_s = 0;
	for (int i = 0; i < fleet->len[channel]; i++) {
		struct ship *ship = &fleet->ships[channel][i];
		double left_s = ship->rests_until_s - now_s;
		if (ship->down ||
		    (ship->left <= 0 && !kind_rules[kind].repeated))
			continue;
		if (left_s > 0 && (*rest_s == 0 || left_s < *rest_s))
			*rest_s = left_s;
		if (left_s > 0)
			continue;
		if (!ship->shaky)
			return ship;
		if (shaky == NULL)
			shaky = ship;
	}
	return shaky;
}

struct ship *
fleet_named(const struct fleet *fleet, enum channel channel, const char *name)
{
	for (int i = 0; i < fleet->len[channel]; i++) {
		struct ship *ship = &fleet->ships[channel][i];
		if (name != NULL && strcmp(ship->gateway->name, name) == 0)
			return ship;
	}
	return NULL;
}

int
fleet_room(const struct ship *ship, struct post *post)
{
	int room = post_room(post, ship->gateway) - ship->claimed;
	/* Where it has asked for patience nobody waits for a place. */
	if (ship->rest_s > REST_FIRST_S &&
	    room > ship->most - ship->afloat - ship->claimed)
		room = ship->most - ship->afloat - ship->claimed;
	return room < 0 ? 0 : room;
}

/* It asks for patience. What else was under way says the same, and is not a
 * second reason. */
static void
rest(struct ship *ship, int64_t retry_after_s)
{
	double now_s = post_now_s();
	double rest_s = ship->rest_s;
	if (now_s < ship->rests_until_s)
		return;
	if (rest_s < (double)retry_after_s)
		rest_s = (double)retry_after_s;
	if (rest_s > REST_LONGEST_S) {
		ship->down = true;
		return;
	}
	ship->rests_until_s = now_s + rest_s;
	ship->rest_s *= 2;
	ship->most = ship->most > 1 ? ship->most / 2 : 1;
}

void
fleet_judge(struct ship *ship, const struct post_outcome *outcome)
{
	switch (fate_rules[outcome->class].gateway) {
	case GATEWAY_SHAKY:
		ship->shaky = true;
		break;
	case GATEWAY_RESTS:
		rest(ship, outcome->retry_after_s);
		break;
	case GATEWAY_DOWN:
		ship->down = true;
		break;
	case GATEWAY_FINE:
	case GATEWAY__MAX:
		break;
	}
}

int64_t
fleet_cost(const struct message *message)
{
	return message->segments > 0 ? message->segments : 1;
}
