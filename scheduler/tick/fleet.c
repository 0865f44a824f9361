#include "tick/fleet.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void
add_ships(struct fleet *fleet, enum channel channel, const struct gateway *list,
    int len)
{
	struct ship *ships = NULL;

	if (len > 0)
		ships = xcalloc((size_t)len, sizeof *ships);
	for (int i = 0; i < len; i++)
		ships[i].gateway = &list[i];
	fleet->ships[channel] = ships;
	fleet->len[channel] = len;
}

void
fleet_open(struct fleet *fleet, const struct config *config)
{
	*fleet = (struct fleet){ 0 };
	add_ships(fleet, CHANNEL_SMS, config->sms, config->sms_len);
	add_ships(fleet, CHANNEL_EMAIL, config->email, config->email_len);
}

void
fleet_free(struct fleet *fleet)
{
	for (int channel = 0; channel < CHANNEL__MAX; channel++)
		free(fleet->ships[channel]);
	*fleet = (struct fleet){ 0 };
}

struct ship *
fleet_first(const struct fleet *fleet, enum channel channel)
{
	struct ship *shaky = NULL;

	for (int i = 0; i < fleet->len[channel]; i++) {
		struct ship *ship = &fleet->ships[channel][i];
		if (ship->down)
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

	return room < 0 ? 0 : room;
}
