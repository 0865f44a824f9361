/*
 * collect - ask the gateways that can be polled
 *
 * A reply is stored before its source lets go of it: a crash between the two
 * shows it once more, and its id is known by then.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "tick/alerting.h"
#include "tick/batch.h"
#include "tick/mail.h"
#include "tick/receipt.h"
#include "tick/steps.h"
#include "tick/trouble.h"

/* Asked again for so long before the last poll: lists lag, ids tell apart. */
#define POLL_OVERLAP_S ((int64_t)24 * 60 * 60)

#define SAVE_AGAIN_S ((int64_t)60 * 60)

struct found {
	const struct post_event *event;
	enum channel channel;
	struct gateway_row row;
	bool missed; /* something could not be kept: it is asked for again */
};

static enum status
store_inbound(struct practice *practice, void *arg, struct why *why)
{
	const struct found *found = arg;
	const struct post_inbound *in = &found->event->inbound;
	char *body = utf8_clean(in->body, strlen(in->body));
	struct inbound inbound = { .gateway =
				       xstrdup(found->event->gateway->name),
		.provider_id = xstrdup(in->provider_id),
		/* A spool folder may hold replies of both kinds. */
		.channel =
		    strchr(in->from, '@') != NULL ? CHANNEL_EMAIL : CHANNEL_SMS,
		.sender = xstrdup(in->from),
		.recipient = xstrdup(in->to),
		.body = body,
		.came_at = in->at != 0 ? in->at : practice->now,
		.stored_at = practice->now };
	bool is_new = false;
	enum status status =
	    inbound_store(practice->store, &inbound, &is_new, why);
	if (status == STATUS_OK && is_new)
		practice->count.collected++;
	inbound_free(&inbound);
	return status;
}

static enum status
tell_spoilt(
    struct practice *practice, const struct post_event *event, struct why *why)
{
	struct alerting_topic topic = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = event->outcome.reason,
		.because = event->outcome.reason };
	return alerting_open_now(practice, &topic, why);
}

static enum status
save_poll(struct practice *practice, void *arg, struct why *why)
{
	struct found *found = arg;
	return gateway_put(practice->store, found->channel, &found->row, why);
}

/* An idle tick need not flush the disk to say that it asked: the next poll
 * asks for a day more than it must. */
static bool
worth_saving(const struct practice *practice, const struct post_event *event,
    const struct found *found)
{
	const char *cursor = found->row.cursor;
	bool moved = event->cursor == NULL || cursor == NULL
			 ? event->cursor != cursor
			 : strcmp(event->cursor, cursor) != 0;
	return moved || found->row.failing_since_at != 0 ||
	       practice->now < found->row.polled_at ||
	       practice->now >= found->row.polled_at + SAVE_AGAIN_S;
}

/* A poll has ended: remember where, or since when it fails. */
static enum status
end_poll(struct practice *practice, const struct post_event *event,
    struct found *found, struct why *why)
{
	if (event->status == STATUS_OK) {
		if (found->missed || !worth_saving(practice, event, found))
			return STATUS_OK;
		replace_text(&found->row.cursor, event->cursor);
		found->row.polled_at = practice->now;
		found->row.failing_since_at = 0;
		return practice_transact(practice, save_poll, found, why);
	}

	log_error("gateway %s: replies can't be collected: %s",
	    event->gateway->name, event->outcome.reason);
	return trouble_gateway(practice, event->gateway, event->status,
	    event->outcome.reason, why);
}

static enum status
take_event(struct practice *practice, struct post *post,
    const struct post_event *event, struct found *found, struct why *why)
{
	enum status status = STATUS_OK;
	switch (event->kind) {
	case POST_EVENT_INBOUND:
		status = practice_transact(practice, store_inbound, found, why);
		if (status == STATUS_OK)
			post_inbound_stored(
			    post, event->gateway, event->inbound.provider_id);
		return status;
	case POST_EVENT_RECEIPT:
		return receipt_take(
		    practice, event->gateway, NULL, &event->outcome, why);
	case POST_EVENT_SPOILT:
		return tell_spoilt(practice, event, why);
	case POST_EVENT_POLLED:
		return end_poll(practice, event, found, why);
	case POST_EVENT_SENT:
	case POST_EVENT_ASKED:
	case POST_EVENT__MAX:
		break;
	}
	return STATUS_OK;
}

static enum status
poll_gateway(struct practice *practice, struct post *post,
    const struct gateway *gateway, struct why *why)
{
	struct post_event event = { 0 };
	struct found found = { .event = &event,
		.channel = driver_channel(gateway->driver) };
	enum status status =
	    gateway_get(practice->store, gateway->name, &found.row, why);
	if (status != STATUS_OK)
		return status;
	memcpy(found.row.name, gateway->name, sizeof found.row.name);

	/* At the first poll nothing older than a day is asked for: a number
	 * that a clinic had before has a past of its own. */
	int64_t since =
	    found.row.polled_at != 0 ? found.row.polled_at : practice->now;
	post_poll(
	    post, gateway, since - POLL_OVERLAP_S, found.row.cursor, NULL);
	while (status == STATUS_OK && post_wait(post, 120, &event)) {
		status = take_event(practice, post, &event, &found, why);
		found.missed = found.missed || status != STATUS_OK;
		if (batch_go_on(practice, status, "a reply or receipt", why))
			status = STATUS_OK;
	}
	free(found.row.cursor);
	return status;
}

/* One whose secret can't be had is told of before somebody needs it; one that
 * is polled says so itself. */
static enum status
tell_troubles(struct practice *practice, const struct gateway *list, int len,
    struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].trouble == NULL || driver_can_poll(list[i].driver))
			continue;
		log_error("gateway %s: %s", list[i].name, list[i].trouble);
		status = trouble_gateway(
		    practice, &list[i], STATUS_CONFIG, list[i].trouble, why);
	}
	return status;
}

enum status
tick_collect(struct practice *practice, struct post *post, struct why *why)
{
	const struct config *config = practice->config;
	enum status status =
	    tell_troubles(practice, config->sms, config->sms_len, why);
	if (status == STATUS_OK)
		status = tell_troubles(
		    practice, config->email, config->email_len, why);
	for (int i = 0; i < config->sms_len && status == STATUS_OK; i++)
		if (driver_can_poll(config->sms[i].driver))
			status =
			    poll_gateway(practice, post, &config->sms[i], why);
	for (int i = 0; i < config->email_len && status == STATUS_OK; i++)
		if (driver_can_poll(config->email[i].driver))
			status = poll_gateway(
			    practice, post, &config->email[i], why);
	if (status == STATUS_OK && config->mailbox.url != NULL)
		status = mail_collect(practice, why);
	return status;
}
