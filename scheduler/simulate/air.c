#include "simulate/air.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/driver.h"
#include "simulate/names.h"

#define AIR_TIMEOUT_S 30
#define FOG_TAKES 50 /* of a hundred messages in fog */

struct air_gateway {
	struct gateway gateway; /* first: the driver gets back to the rest */
	struct air *air;
	bool mail;
};

struct receipt {
	char provider_id[PROVIDER_ID_SIZE];
	enum post_class class;
	int64_t at;
};

struct air {
	struct lottery lottery;
	struct air_listener listener;
	struct air_gateway gateways[CHANNEL__MAX];
	enum air_weather weather;
	struct names taken; /* by key: how often */
	struct names dead; /* by address */
	int sends;
	int written;
	struct air_reply *replies; /* in the order of their times */
	int replies_len;
	struct receipt *receipts; /* so too */
	int receipts_len;
};

static void
say(struct post_outcome *outcome, enum post_class class, const char *id,
    const char *reason)
{
	*outcome = (struct post_outcome){ .class = class };
	snprintf(outcome->provider_id, sizeof outcome->provider_id, "%s", id);
	snprintf(outcome->reason, sizeof outcome->reason, "%s", reason);
}

static struct air_gateway *
self(const struct gateway *gateway)
{
	return (struct air_gateway *)gateway;
}

/* What becomes of it will be told in a few minutes. */
static void
add_receipt(struct air *air, const struct post_message *message)
{
	struct receipt receipt = { .class = POST_DELIVERED,
		.at = message->at + 5 +
		      lottery_pick(
			  &air->lottery, LOT_GATEWAY, 1, air->sends, 900) };
	if (names_get(&air->dead, message->to) != NULL)
		receipt.class = POST_UNDELIVERED;
	snprintf(receipt.provider_id, sizeof receipt.provider_id, "air-%s",
	    message->key);

	int at = air->receipts_len++;
	air->receipts = xrealloc(
	    air->receipts, (size_t)air->receipts_len, sizeof *air->receipts);
	while (at > 0 && air->receipts[at - 1].at > receipt.at) {
		air->receipts[at] = air->receipts[at - 1];
		at--;
	}
	air->receipts[at] = receipt;
}

static void
local_send(const struct gateway *gateway, const struct post_message *message,
    struct post_outcome *outcome)
{
	const struct air_gateway *mine = self(gateway);
	struct air *air = mine->air;
	char id[PROVIDER_ID_SIZE];
	bool fog = air->weather == AIR_FOGGY;
	bool taken = air->weather == AIR_CLEAR ||
		     (fog && lottery_wins(&air->lottery, LOT_GATEWAY, 0,
				 air->sends, FOG_TAKES));

	air->sends++;
	snprintf(id, sizeof id, "air-%s", message->key);
	if (taken) {
		++*names_put(&air->taken, message->key);
		add_receipt(air, message);
	}
	if (air->listener.sent != NULL)
		air->listener.sent(air->listener.arg, message,
		    gateway->driver->channel, taken);
	if (fog)
		say(outcome, POST_AMBIGUOUS, "", "the answer was lost");
	else if (taken)
		say(outcome, POST_ACCEPTED, id, "taken");
	else
		say(outcome, POST_NOT_SENT, "", "connection refused");
}

static void
local_ask(const struct gateway *gateway, const struct post_message *message,
    struct post_outcome *outcome)
{
	const struct air *air = self(gateway)->air;
	char id[PROVIDER_ID_SIZE];
	snprintf(id, sizeof id, "air-%s", message->key);
	if (air->weather != AIR_CLEAR)
		say(outcome, POST_AMBIGUOUS, "", "it can't be asked now");
	else if (air_taken(air, message->key) > 0)
		say(outcome, POST_ACCEPTED, id, "taken");
	else
		say(outcome, POST_ABSENT, "", "not in the list");
}

static void
find_receipts(struct air *air, int64_t now, struct post_found *found)
{
	int done = 0;
	while (done < air->receipts_len && air->receipts[done].at <= now) {
		const struct receipt *receipt = &air->receipts[done++];
		struct post_outcome outcome;
		say(&outcome, receipt->class, receipt->provider_id,
		    receipt->class == POST_DELIVERED ? "" : "nobody has it");
		post_found_receipt(found, &outcome, receipt->at);
	}
	if (done == 0)
		return;
	air->receipts_len -= done;
	memmove(air->receipts, air->receipts + done,
	    (size_t)air->receipts_len * sizeof *air->receipts);
}

static bool
is_mail(const struct air_reply *reply)
{
	return strchr(reply->from, '@') != NULL;
}

static enum status
local_poll(const struct gateway *gateway, int64_t now_at,
    struct post_found *found, struct why *why)
{
	struct air *air = self(gateway)->air;
	if (air->weather == AIR_DOWN)
		return why_set(why, STATUS_UNAVAILABLE, "connection refused");
	if (self(gateway)->mail)
		return STATUS_OK;

	find_receipts(air, now_at, found);
	for (int i = 0; i < air->replies_len && air->replies[i].at <= now_at;
	     i++) {
		const struct air_reply *reply = &air->replies[i];
		struct post_inbound inbound = { .body = reply->body,
			.at = reply->at };
		if (is_mail(reply))
			continue;
		snprintf(inbound.provider_id, sizeof inbound.provider_id, "%s",
		    reply->id);
		snprintf(inbound.from, sizeof inbound.from, "%s", reply->from);
		post_found_inbound(found, &inbound, reply->id);
	}
	return STATUS_OK;
}

static void
drop_reply(struct air *air, int at)
{
	if (air->listener.stored != NULL)
		air->listener.stored(air->listener.arg, &air->replies[at]);
	free(air->replies[at].body);
	air->replies_len--;
	memmove(air->replies + at, air->replies + at + 1,
	    (size_t)(air->replies_len - at) * sizeof *air->replies);
}

/* Only now is it gone: what is not stored is offered again. */
static void
local_stored(const struct gateway *gateway, const char *source)
{
	struct air *air = self(gateway)->air;
	for (int i = 0; i < air->replies_len; i++) {
		if (strcmp(air->replies[i].id, source) == 0) {
			drop_reply(air, i);
			return;
		}
	}
}

static const struct setting_row no_settings[] = {
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

#define AIR_DRIVER(of_channel)                                     \
	{                                                          \
		.name = "air", .channel = (of_channel),            \
		.settings = no_settings, .local_send = local_send, \
		.local_ask = local_ask, .local_poll = local_poll,  \
		.local_stored = local_stored,                      \
	}

static const struct driver drivers[CHANNEL__MAX] = {
	[CHANNEL_SMS] = AIR_DRIVER(CHANNEL_SMS),
	[CHANNEL_EMAIL] = AIR_DRIVER(CHANNEL_EMAIL),
};

struct air *
air_new(const struct lottery *lottery, const struct air_listener *listener)
{
	struct air *air = xcalloc(1, sizeof *air);
	air->lottery = *lottery;
	air->listener = *listener;
	for (int channel = 0; channel < CHANNEL__MAX; channel++) {
		struct air_gateway *mine = &air->gateways[channel];
		mine->air = air;
		mine->mail = channel == CHANNEL_EMAIL;
		mine->gateway = (struct gateway){ .driver = &drivers[channel],
			.in_flight = 1000,
			.timeout_s = AIR_TIMEOUT_S };
		snprintf(mine->gateway.name, sizeof mine->gateway.name,
		    "air-%s", channel_names[channel]);
	}
	return air;
}

void
air_free(struct air *air)
{
	if (air == NULL)
		return;
	for (int i = 0; i < air->replies_len; i++)
		free(air->replies[i].body);
	free(air->replies);
	free(air->receipts);
	names_free(&air->taken);
	names_free(&air->dead);
	free(air);
}

struct gateway *
air_gateway(struct air *air, enum channel channel)
{
	return &air->gateways[channel].gateway;
}

void
air_set_weather(struct air *air, enum air_weather weather)
{
	air->weather = weather;
}

void
air_set_dead(struct air *air, const char *address)
{
	*names_put(&air->dead, address) = 1;
}

const char *
air_write(struct air *air, const char *from, const char *body,
    const char *answers, int64_t at)
{
	struct air_reply reply = { .at = at, .body = xstrdup(body) };
	snprintf(reply.id, sizeof reply.id, "reply-%d", ++air->written);
	snprintf(reply.from, sizeof reply.from, "%s", from);
	snprintf(reply.answers, sizeof reply.answers, "%s",
	    answers != NULL ? answers : "");

	int place = air->replies_len++;
	air->replies = xrealloc(
	    air->replies, (size_t)air->replies_len, sizeof *air->replies);
	while (place > 0 && air->replies[place - 1].at > at) {
		air->replies[place] = air->replies[place - 1];
		place--;
	}
	air->replies[place] = reply;
	return air->replies[place].id;
}

const struct air_reply *
air_mail(struct air *air, int64_t now)
{
	for (int i = 0; i < air->replies_len && air->replies[i].at <= now; i++)
		if (is_mail(&air->replies[i]))
			return &air->replies[i];
	return NULL;
}

void
air_mail_stored(struct air *air, const struct air_reply *mail)
{
	drop_reply(air, (int)(mail - air->replies));
}

int
air_taken(const struct air *air, const char *key)
{
	const int *times = names_get(&air->taken, key);
	return times != NULL ? *times : 0;
}
