/*
 * deliver - send the queue, and settle what earlier ticks left in doubt
 *
 * The promise: a row says 'sending', durably, before a byte leaves. A tick
 * that dies leaves it so; the next makes it 'unknown' and asks the provider,
 * no sooner than the request's own timeout after the claim, and only what the
 * provider surely lacks is sent again. Claims and outcomes are committed in
 * groups: a commit costs as much as a message.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "store/outbox.h"
#include "tick/alerting.h"
#include "tick/may_go.h"
#include "tick/settle.h"
#include "tick/steps.h"

#define DELIVER_BATCH 64
#define WAIT_S 600.0 /* the engine's own timeouts come first */

/* A message on the wire: tag of its transfer. */
struct flight {
	struct message message; /* owned */
	const struct gateway *gateway;
	char name[128]; /* of the addressee, in email */
	bool asked; /* a question about it, not the message */
};

/* A group of outcomes, to be committed together. */
struct landed {
	struct flight *flight;
	struct post_outcome outcome;
	struct post_event event; /* of an ask */
	struct post_outcome *candidates; /* owned */
};

/* Some of those that are configured. */
struct gateways {
	const struct gateway **list;
	int len;
};

struct delivery {
	struct post *post;
	struct gateways down; /* nothing more in this tick */
	struct gateways shaky; /* nothing more while another one works */
	struct message *due; /* the batch at hand; those in flight are taken
				out */
	int due_len;
	struct flight *flights[DELIVER_BATCH];
	int flights_len; /* claimed in the present transaction */
	struct landed landed[DELIVER_BATCH];
	int landed_len;
	int afloat; /* transfers under way */
};

static void
flight_free(struct flight *flight)
{
	if (flight != NULL)
		message_free(&flight->message);
	free(flight);
}

static bool
is_among(const struct gateways *some, const struct gateway *gateway)
{
	for (int i = 0; i < some->len; i++)
		if (some->list[i] == gateway)
			return true;
	return false;
}

static void
put_among(struct gateways *some, const struct gateway *gateway)
{
	if (is_among(some, gateway))
		return;
	some->list =
	    xrealloc(some->list, (size_t)some->len + 1, sizeof *some->list);
	some->list[some->len++] = gateway;
}

static const struct gateway *
gateways_of(const struct practice *practice, enum channel channel, int *len)
{
	const struct config *config = practice->config;
	*len = channel == CHANNEL_SMS ? config->sms_len : config->email_len;
	return channel == CHANNEL_SMS ? config->sms : config->email;
}

/* The first gateway in order that works. One that has just left us in doubt is
 * passed over while there is another: it may be hanging. NULL: none. */
static const struct gateway *
first_working(const struct practice *practice, const struct delivery *delivery,
    enum channel channel)
{
	int len = 0;
	const struct gateway *list = gateways_of(practice, channel, &len);
	const struct gateway *shaky = NULL;
	for (int i = 0; i < len; i++) {
		if (is_among(&delivery->down, &list[i]))
			continue;
		if (!is_among(&delivery->shaky, &list[i]))
			return &list[i];
		if (shaky == NULL)
			shaky = &list[i];
	}
	return shaky;
}

/* The same, if it has room. NULL: none; *busy: it has, later in this tick. */
static const struct gateway *
choose_gateway(const struct practice *practice, const struct delivery *delivery,
    enum channel channel, bool *busy)
{
	const struct gateway *gateway =
	    first_working(practice, delivery, channel);
	int claimed = 0;
	*busy = false;
	if (gateway == NULL)
		return NULL;
	for (int f = 0; f < delivery->flights_len; f++)
		if (delivery->flights[f]->gateway == gateway)
			claimed++;
	if (post_room(delivery->post, gateway) > claimed)
		return gateway;
	*busy = true;
	return NULL;
}

static const struct gateway *
gateway_named(
    const struct practice *practice, enum channel channel, const char *name)
{
	int len = 0;
	const struct gateway *list = gateways_of(practice, channel, &len);
	for (int i = 0; i < len; i++)
		if (name != NULL && strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

/* No gateway takes it now. */
static enum status
wait_for_gateway(
    struct practice *practice, struct message *message, struct why *why)
{
	int len = 0;
	gateways_of(practice, message->channel, &len);
	if (len == 0)
		return settle_not_sent(practice, message, MESSAGE_FAILED,
		    "no gateway is configured for this channel", why);
	return outbox_hold(practice->store, message->message_id,
	    practice->now + settle_wait_s(message, 0),
	    "every gateway for it is down", why);
}

static enum status
claim(struct practice *practice, struct delivery *delivery,
    struct message *message, const struct gateway *gateway,
    const struct may_go_verdict *verdict, struct why *why)
{
	bool claimed = false;
	int64_t now = clock_now(practice->clock);
	enum status status = outbox_claim(practice->store, message->message_id,
	    gateway->name, verdict->address, now, &claimed, why);
	if (status != STATUS_OK || !claimed)
		return status;

	struct flight *flight = xcalloc(1, sizeof *flight);
	flight->message = *message;
	flight->message.attempts++;
	replace_text(&flight->message.address, verdict->address);
	flight->message.claimed_at = now;
	flight->gateway = gateway;
	memcpy(flight->name, verdict->name, sizeof flight->name);
	*message = (struct message){ 0 };
	delivery->flights[delivery->flights_len++] = flight;
	return STATUS_OK;
}

/* Decide about each message of the batch; claim those that go. */
static enum status
claim_work(struct practice *practice, void *arg, struct why *why)
{
	struct delivery *delivery = arg;
	for (int i = 0; i < delivery->due_len; i++) {
		struct message *message = &delivery->due[i];
		struct may_go_verdict verdict;
		enum status status = may_go(practice, message, &verdict, why);
		if (status != STATUS_OK)
			return status;

		bool busy = false;
		const struct gateway *gateway = NULL;
		switch (verdict.may) {
		case MAY_GO_NOW:
			gateway = choose_gateway(
			    practice, delivery, message->channel, &busy);
			if (gateway != NULL)
				status = claim(practice, delivery, message,
				    gateway, &verdict, why);
			else if (!busy)
				status =
				    wait_for_gateway(practice, message, why);
			break;
		case MAY_GO_LATER:
			if (verdict.until_at == 0 ||
			    verdict.until_at >= message->expires_at)
				status = settle_not_sent(practice, message,
				    MESSAGE_EXPIRED, verdict.because, why);
			else
				status = outbox_hold(practice->store,
				    message->message_id, verdict.until_at,
				    verdict.because, why);
			break;
		case MAY_GO_NEVER:
			status = settle_not_sent(practice, message,
			    MESSAGE_CANCELLED, verdict.because, why);
			break;
		case MAY_GO_NOBODY:
		case MAY_GO__MAX:
			status = settle_not_sent(practice, message,
			    MESSAGE_FAILED, verdict.because, why);
			break;
		}
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static struct post_message
wire_message(const struct practice *practice, const struct flight *flight)
{
	const struct message *message = &flight->message;
	return (struct post_message){ .key = message->key,
		.to = message->address,
		.body = message->body,
		.subject = message->subject,
		.html = message->html,
		.to_name = *flight->name != '\0' ? flight->name : NULL,
		.in_reply_to = message->in_reply_to,
		.at = clock_now(practice->clock),
		.expires_at = message->expires_at };
}

/* The rows say so, durably: now the bytes may leave. */
static void
launch(struct practice *practice, struct delivery *delivery)
{
	for (int i = 0; i < delivery->flights_len; i++) {
		struct flight *flight = delivery->flights[i];
		struct post_message wire = wire_message(practice, flight);
		post_send(delivery->post, flight->gateway, &wire, flight);
		delivery->afloat++;
	}
	delivery->flights_len = 0;
}

/* What came of it says of its gateway, too. A message that this one surely
 * did not take goes by the next one, now. */
static enum status
judge_gateway(struct practice *practice, struct delivery *delivery,
    const struct landed *landed, bool down, struct why *why)
{
	const struct flight *flight = landed->flight;
	const struct post_outcome *outcome =
	    flight->asked ? &landed->event.outcome : &landed->outcome;
	if (outcome->class == POST_AMBIGUOUS)
		put_among(&delivery->shaky, flight->gateway);
	if (!down)
		return STATUS_OK;
	put_among(&delivery->down, flight->gateway);
	if (first_working(practice, delivery, flight->message.channel) == NULL)
		return STATUS_OK;
	return outbox_hold(practice->store, flight->message.message_id,
	    practice->now, outcome->reason, why);
}

static enum status
land_work(struct practice *practice, void *arg, struct why *why)
{
	struct delivery *delivery = arg;
	for (int i = 0; i < delivery->landed_len; i++) {
		struct landed *landed = &delivery->landed[i];
		struct flight *flight = landed->flight;
		bool down = false;
		enum status status =
		    flight->asked
			? settle_asked(practice, flight->gateway,
			      &flight->message, &landed->event, why)
			: settle_sent(practice, flight->gateway,
			      &flight->message, &landed->outcome, &down, why);
		if (status == STATUS_OK)
			status = judge_gateway(
			    practice, delivery, landed, down, why);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static void
keep_event(struct delivery *delivery, const struct post_event *event)
{
	struct landed *landed = &delivery->landed[delivery->landed_len++];
	*landed = (struct landed){
		.flight = event->tag, .outcome = event->outcome, .event = *event
	};
	size_t len = (size_t)event->candidates_len;
	if (len > 0) {
		landed->candidates = xcalloc(len, sizeof *landed->candidates);
		memcpy(landed->candidates, event->candidates,
		    len * sizeof *landed->candidates);
		landed->event.candidates = landed->candidates;
	}
	delivery->afloat--;
}

/* Wait for what is under way, and commit what has come back in groups. */
static enum status
land(struct practice *practice, struct delivery *delivery, struct why *why)
{
	struct post_event event;
	double wait_s = WAIT_S;
	while (delivery->afloat > 0 && delivery->landed_len < DELIVER_BATCH &&
	       post_wait(delivery->post, wait_s, &event)) {
		if (event.kind != POST_EVENT_SENT &&
		    event.kind != POST_EVENT_ASKED)
			continue;
		keep_event(delivery, &event);
		wait_s = 0;
	}
	if (delivery->landed_len == 0) {
		delivery->afloat = 0;
		return STATUS_OK;
	}

	enum status status =
	    practice_transact(practice, land_work, delivery, why);
	for (int i = 0; i < delivery->landed_len; i++) {
		flight_free(delivery->landed[i].flight);
		free(delivery->landed[i].candidates);
	}
	delivery->landed_len = 0;
	return status;
}

static enum status
send_batch(struct practice *practice, struct delivery *delivery, bool *more,
    struct why *why)
{
	enum status status = outbox_due(practice->store, practice->now,
	    DELIVER_BATCH, &delivery->due, &delivery->due_len, why);
	*more = delivery->due_len > 0;
	if (status == STATUS_OK && *more)
		status = practice_transact(practice, claim_work, delivery, why);
	message_list_free(delivery->due, delivery->due_len);
	delivery->due = NULL;
	delivery->due_len = 0;
	if (status == STATUS_OK)
		launch(practice, delivery);
	while (status == STATUS_OK && delivery->afloat > 0)
		status = land(practice, delivery, why);
	return status;
}

/* Ask about one of unknown fate, or settle it by its kind's rule. */
static enum status
rule_work(struct practice *practice, void *arg, struct why *why)
{
	return settle_by_rule(practice, arg, why);
}

static enum status
ask_one(struct practice *practice, struct delivery *delivery,
    struct message *message, struct why *why)
{
	const struct gateway *gateway =
	    gateway_named(practice, message->channel, message->gateway);
	bool mute = gateway != NULL && !driver_can_ask(gateway->driver);
	if (mute && kind_rules[message->kind].repeated &&
	    !settle_doubt_is_over(practice, message))
		return STATUS_OK;
	if (gateway == NULL || mute)
		return practice_transact(practice, rule_work, message, why);
	if (practice->now < message->claimed_at + gateway->timeout_s)
		return STATUS_OK;

	struct flight *flight = xcalloc(1, sizeof *flight);
	flight->message = *message;
	flight->gateway = gateway;
	flight->asked = true;
	*message = (struct message){ 0 };
	struct post_message wire = wire_message(practice, flight);
	post_ask(
	    delivery->post, gateway, &wire, flight->message.claimed_at, flight);
	delivery->afloat++;
	while (delivery->afloat >= DELIVER_BATCH) {
		enum status status = land(practice, delivery, why);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum status
recover_work(struct practice *practice, void *arg, struct why *why)
{
	int64_t *count = arg;
	enum status status = outbox_recover(practice->store, count, why);
	if (status == STATUS_OK)
		status =
		    outbox_expire(practice->store, practice->now, count, why);
	return status;
}

/* What a tick that died left behind, and what broke off on the wire. */
static enum status
settle_doubts(
    struct practice *practice, struct delivery *delivery, struct why *why)
{
	struct message *list = NULL;
	int len = 0;
	int64_t count = 0;
	enum status status =
	    practice_transact(practice, recover_work, &count, why);
	if (status == STATUS_OK)
		status = outbox_unknown(practice->store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = ask_one(practice, delivery, &list[i], why);
	while (status == STATUS_OK && delivery->afloat > 0)
		status = land(practice, delivery, why);
	message_list_free(list, len);
	return status;
}

enum status
tick_deliver(struct practice *practice, struct post *post, struct why *why)
{
	struct delivery delivery = { .post = post };
	bool more = true;
	enum status status = settle_doubts(practice, &delivery, why);
	while (status == STATUS_OK && more)
		status = send_batch(practice, &delivery, &more, why);
	for (int i = 0; i < delivery.flights_len; i++)
		flight_free(delivery.flights[i]);
	free(delivery.down.list);
	free(delivery.shaky.list);
	return status;
}
