#include "tick/settle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "care/backoff.h"
#include "care/decide.h"
#include "store/inbox.h"
#include "store/slots.h"
#include "tick/alerting.h"
#include "tick/course.h"
#include "tick/mail.h"
#include "tick/token.h"

/* After so long nobody will learn any more what became of it. */
#define DOUBT_ENDS_S ((int64_t)24 * 60 * 60)

/* What is worse lost than come twice does not wait so long for a provider that
 * is mute: two minutes, four, eight and so on, a dozen times in a day. */
#define DOUBTED_BASE_S ((int64_t)60)

/* What somebody in danger waits for is tried at least so often, whatever the
 * gateway asks for. */
#define URGENT_LONGEST_S ((int64_t)10 * 60)

/* A gateway that does not take a message so many times is no passing thing:
 * the clinic is told. */
#define OFTEN_TRIED 3

/* The question has been asked: it stands open from now, and closes those
 * before it, so that an answer is never taken for an older one's. */
static enum status
open_question(
    struct practice *practice, const struct message *message, struct why *why)
{
	struct question question = { 0 };
	enum status status = question_by_parcel(
	    practice->store, message->parcel, &question, why);
	if (status == STATUS_NONE)
		return STATUS_OK;
	if (status != STATUS_OK || question.state != QUESTION_WAITING)
		return status;

	struct question *list = NULL;
	int len = 0;
	status = question_of_enrolment(
	    practice->store, question.enrolment_id, 8, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].state != QUESTION_OPEN)
			continue;
		list[i].state = QUESTION_UNANSWERED;
		list[i].nudge_at = 0;
		status = question_update(practice->store, &list[i], why);
	}
	free(list);
	if (status != STATUS_OK)
		return status;

	int64_t now = clock_now(practice->clock);
	question.state = QUESTION_OPEN;
	question.asked_at = now;
	question.closes_at = now + question.answer_within_s;
	if (question.nudge_after_s > 0)
		question.nudge_at = now + question.nudge_after_s;
	return question_update(practice->store, &question, why);
}

/* It did not arrive: its question was never asked. */
static enum status
void_question(
    struct practice *practice, const struct message *message, struct why *why)
{
	struct question question = { 0 };
	enum status status = question_by_parcel(
	    practice->store, message->parcel, &question, why);
	if (status == STATUS_NONE)
		return STATUS_OK;
	if (status != STATUS_OK || (question.state != QUESTION_WAITING &&
				       question.state != QUESTION_OPEN))
		return status;
	question.state = QUESTION_VOID;
	question.nudge_at = 0;
	return question_update(practice->store, &question, why);
}

static enum status
alert_about(struct practice *practice, const struct message *message,
    enum alert_kind kind, const char *level, const char *topic,
    const char *because, struct why *why)
{
	struct alerting_topic alert = { .kind = kind,
		.level = level,
		.patient_id = message->patient_id,
		.topic = topic,
		.because = because };
	return alerting_open(practice, &alert, NULL, why);
}

/* What follows when a message has come to nothing, beyond its own row. */
static enum status
mourn(struct practice *practice, const struct message *message,
    const char *because, bool address_is_bad, struct why *why)
{
	enum status status = void_question(practice, message, why);
	if (status == STATUS_OK)
		status =
		    slot_spoil(practice->store, message->parcel, because, why);
	if (status != STATUS_OK)
		return status;
	if (message->kind == KIND_CLINICIAN_ALERT)
		return alerting_not_reached(practice, message, why);
	if (message->kind == KIND_SAFETY_NET)
		status = alerting_not_answered(practice, message, why);
	if (status != STATUS_OK || message->patient_id == 0)
		return status;
	if (!address_is_bad)
		return STATUS_OK;
	char text[BECAUSE_SIZE];
	snprintf(text, sizeof text, "%s to the patient can't be delivered: %s",
	    message->channel == CHANNEL_SMS ? "texts" : "email", because);
	return alert_about(practice, message, ALERT_UNDELIVERABLE, "notice",
	    channel_names[message->channel], text, why);
}

enum status
settle_not_sent(struct practice *practice, const struct message *message,
    enum message_state state, const char *because, struct why *why)
{
	bool moved = false;
	enum status status = outbox_settle(practice->store, message->message_id,
	    state, NULL, NULL, because, practice->now, &moved, why);
	if (status != STATUS_OK || !moved)
		return status;
	if (state == MESSAGE_FAILED)
		practice->count.failed++;
	status = event_add(practice->store, practice->now, message->patient_id,
	    message_state_names[state], message->template, why, "%s", because);
	if (status == STATUS_OK)
		status = mourn(practice, message, because, false, why);
	return status;
}

static enum status
note_arrival(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_outcome *outcome,
    bool *taken, struct why *why)
{
	bool moved = false;
	enum message_state state = outcome->class == POST_DELIVERED
				       ? MESSAGE_DELIVERED
				       : MESSAGE_ACCEPTED;
	enum status status = outbox_settle(practice->store, message->message_id,
	    state, *outcome->provider_id != '\0' ? outcome->provider_id : NULL,
	    *outcome->code != '\0' ? outcome->code : NULL, "",
	    clock_now(practice->clock), &moved, why);
	*taken = status == STATUS_OK;
	if (status != STATUS_OK || !moved || message->accepted_at != 0)
		return status;
	practice->count.sent++;
	status = event_add(practice->store, clock_now(practice->clock),
	    message->patient_id, "sent", message->template, why,
	    "%s sent by %s", kind_rules[message->kind].name, gateway->name);
	if (status == STATUS_OK && message->kind == KIND_QUESTION)
		status = open_question(practice, message, why);
	return status;
}

int64_t
settle_wait_s(const struct message *message, int64_t retry_after_s)
{
	bool urgent = !kind_rules[message->kind].held_by_hours;
	int64_t wait_s = backoff_s(
	    message->attempts + 1, retry_after_s, urgent, message->message_id);
	return urgent && wait_s > URGENT_LONGEST_S ? URGENT_LONGEST_S : wait_s;
}

static enum status
try_later(struct practice *practice, const struct message *message,
    const struct post_outcome *outcome, struct why *why)
{
	return outbox_requeue(practice->store, message->message_id,
	    practice->now + settle_wait_s(message, outcome->retry_after_s),
	    outcome->reason, why);
}

/* Somebody else knows that this address wants nothing: so do we. */
static enum status
mirror_opt_out(struct practice *practice, const struct message *message,
    const char *address, const char *because, struct why *why)
{
	bool was_set = false;
	enum status status =
	    optout_set(practice->store, address, practice->now, &was_set, why);
	struct patient *list = NULL;
	int len = 0;
	if (status == STATUS_OK && message->kind != KIND_CLINICIAN_ALERT)
		status = patient_by_address(
		    practice->store, address, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (list[i].state != PATIENT_STOPPED)
			status = course_stop(practice, &list[i], because, why);
	patient_list_free(list, len);
	return status;
}

/* By its code, is it nobody's fault and may be otherwise next time? That is
 * no reason to call an address undeliverable. */
static bool
passes(const struct post_outcome *outcome)
{
	return outcome->class == POST_UNDELIVERED &&
	       (strncmp(outcome->code, "4.", 2) == 0 ||
		   strcmp(outcome->code, "5.2.2") == 0);
}

/* It has come to nothing, for good. */
static enum status
fail_as(struct practice *practice, const struct message *message,
    enum message_state state, const struct post_outcome *outcome,
    struct why *why)
{
	bool moved = false;
	enum status status = outbox_settle(practice->store, message->message_id,
	    state, *outcome->provider_id != '\0' ? outcome->provider_id : NULL,
	    *outcome->code != '\0' ? outcome->code : NULL, outcome->reason,
	    clock_now(practice->clock), &moved, why);
	if (status != STATUS_OK || !moved)
		return status;
	practice->count.failed++;
	status = event_add(practice->store, practice->now, message->patient_id,
	    "failed", message->template, why, "%s", outcome->reason);
	if (status == STATUS_OK)
		status = mourn(practice, message, outcome->reason,
		    outcome->class != POST_OPTED_OUT && !passes(outcome), why);
	if (status == STATUS_OK && outcome->class == POST_OPTED_OUT &&
	    message->address != NULL)
		status = mirror_opt_out(practice, message, message->address,
		    "the provider has it that the patient opted out", why);
	return status;
}

/* The provider's final no. */
static enum status
fail(struct practice *practice, const struct message *message,
    const struct post_outcome *outcome, struct why *why)
{
	return fail_as(practice, message,
	    outcome->class == POST_UNDELIVERED ? MESSAGE_UNDELIVERED
					       : MESSAGE_FAILED,
	    outcome, why);
}

static enum status
note_failed(struct practice *practice, const char *name, enum channel channel,
    const char *reason, struct why *why)
{
	struct gateway_row row = { 0 };
	char text[BECAUSE_SIZE];
	enum status status = gateway_get(practice->store, name, &row, why);
	if (status == STATUS_OK && row.failing_since_at == 0) {
		row.failing_since_at = practice->now;
		status = gateway_put(practice->store, channel, &row, why);
	}
	free(row.cursor);
	snprintf(text, sizeof text, "%s%s does not work: %s",
	    strcmp(name, MAIL_GATEWAY) == 0 ? "the " : "gateway ", name,
	    reason);
	struct alerting_topic topic = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = name,
		.because = text };
	if (status == STATUS_OK)
		status = alerting_open(practice, &topic, NULL, why);
	return status;
}

static enum status
note_gateway_failed(struct practice *practice, const struct gateway *gateway,
    const char *reason, struct why *why)
{
	return note_failed(practice, gateway->name,
	    driver_channel(gateway->driver), reason, why);
}

enum status
settle_gateway_works(
    struct practice *practice, const struct gateway *gateway, struct why *why)
{
	struct gateway_row row = { 0 };
	enum status status =
	    gateway_get(practice->store, gateway->name, &row, why);
	if (status == STATUS_OK && row.failing_since_at != 0) {
		row.failing_since_at = 0;
		status = gateway_put(practice->store,
		    driver_channel(gateway->driver), &row, why);
	}
	free(row.cursor);
	return status;
}

enum status
settle_sent(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_outcome *outcome,
    bool *down, struct why *why)
{
	bool taken = false;
	enum status status = STATUS_OK;
	switch (outcome->class) {
	case POST_ACCEPTED:
	case POST_DELIVERED:
		status = note_arrival(
		    practice, gateway, message, outcome, &taken, why);
		if (status != STATUS_BAD_DATA)
			return status;
		/* An id that another row has: whose it is can't be told. */
		return outbox_doubt(practice->store, message->message_id,
		    "the provider gave an id that it had given before", why);
	case POST_THROTTLED:
	case POST_NOT_SENT:
	case POST_ABSENT:
		*down = !outcome->this_address;
		status = try_later(practice, message, outcome, why);
		if (status == STATUS_OK && *down &&
		    message->attempts >= OFTEN_TRIED)
			status = note_gateway_failed(
			    practice, gateway, outcome->reason, why);
		return status;
	case POST_AMBIGUOUS:
		practice->count.unknown++;
		return outbox_doubt(
		    practice->store, message->message_id, outcome->reason, why);
	case POST_CONFIG:
		*down = true;
		status = try_later(practice, message, outcome, why);
		if (status == STATUS_OK)
			status = note_gateway_failed(
			    practice, gateway, outcome->reason, why);
		return status;
	case POST_UNDELIVERED:
	case POST_OPTED_OUT:
	case POST_BAD_ADDRESS:
	case POST_REFUSED:
		return fail(practice, message, outcome, why);
	case POST__MAX:
		break;
	}
	panic("a driver gave no outcome");
}

bool
settle_doubt_is_over(
    const struct practice *practice, const struct message *message)
{
	int64_t wait_s = DOUBT_ENDS_S;
	if (kind_rules[message->kind].repeated && message->attempts < 10)
		wait_s = DOUBTED_BASE_S << message->attempts;
	return practice->now - message->claimed_at >= wait_s;
}

enum status
settle_by_rule(
    struct practice *practice, const struct message *message, struct why *why)
{
	bool moved = false;
	if (kind_rules[message->kind].repeated)
		return outbox_requeue(practice->store, message->message_id,
		    practice->now,
		    "not known whether it went: its kind is sent again", why);
	enum status status = outbox_settle(practice->store, message->message_id,
	    MESSAGE_UNKNOWN, NULL, NULL,
	    "not known whether it went: its kind is not sent again",
	    practice->now, &moved, why);
	if (status == STATUS_OK && moved) {
		practice->count.unknown++;
		status = event_add(practice->store, practice->now,
		    message->patient_id, "unknown", message->template, why,
		    "not known whether it went: its kind is not sent again");
	}
	/* It may well have arrived: its answer should find the question. */
	if (status == STATUS_OK && moved && message->kind == KIND_QUESTION)
		status = open_question(practice, message, why);
	return status;
}

enum status
settle_asked(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_event *event,
    struct why *why)
{
	for (int i = 0; i < event->candidates_len; i++) {
		const struct post_outcome *found = &event->candidates[i];
		bool taken = false;
		enum status status = STATUS_OK;
		if (found->class == POST_ACCEPTED ||
		    found->class == POST_DELIVERED)
			status = note_arrival(
			    practice, gateway, message, found, &taken, why);
		else
			status = fail(practice, message, found, why);
		if (status != STATUS_BAD_DATA)
			return status;
	}

	if (event->outcome.class == POST_AMBIGUOUS ||
	    event->outcome.class == POST_CONFIG) {
		if (!settle_doubt_is_over(practice, message))
			return STATUS_OK; /* asked again at the next tick */
		return settle_by_rule(practice, message, why);
	}
	enum status status =
	    outbox_requeue(practice->store, message->message_id, practice->now,
		"the provider surely does not have it", why);
	if (status == STATUS_OK && message->attempts >= OFTEN_TRIED)
		status = note_gateway_failed(practice, gateway,
		    "it takes no messages, and does not say why", why);
	return status;
}

/* What a report's status comes to. A dead address is one; a full box or a
 * server that did not take it in time is not the address's fault. */
static enum post_class
class_of_bounce(const char *code, const char **says)
{
	static const struct {
		const char *begins;
		enum post_class class;
		const char *says;
	} rows[] = {
		{ "4.", POST_UNDELIVERED, "it was not taken in time" },
		{ "5.2.2", POST_UNDELIVERED, "the mailbox is full" },
		{ "5.7.", POST_REFUSED, "the server there refuses our mail" },
		{ "5.3.4", POST_REFUSED,
		    "it is too long for the server there" },
		{ "5.", POST_BAD_ADDRESS, "the address takes no mail" },
	};
	for (size_t i = 0; code != NULL && i < sizeof rows / sizeof *rows; i++)
		if (strncmp(code, rows[i].begins, strlen(rows[i].begins)) ==
		    0) {
			*says = rows[i].says;
			return rows[i].class;
		}
	*says = "the mail server gives no reason";
	return POST_BAD_ADDRESS;
}

enum status
settle_bounced(struct practice *practice, const char *named,
    const char *status_code, struct why *why)
{
	struct message message = { 0 };
	struct post_outcome outcome = { 0 };
	const char *says = NULL;
	enum status status = token_find(practice->store, named, &message, why);
	if (status != STATUS_OK)
		return status;
	outcome.class = class_of_bounce(status_code, &says);
	snprintf(outcome.code, sizeof outcome.code, "%s",
	    status_code != NULL ? status_code : "");
	snprintf(outcome.reason, sizeof outcome.reason,
	    "it came back by mail: %s", says);
	status =
	    fail_as(practice, &message, MESSAGE_UNDELIVERED, &outcome, why);
	message_free(&message);
	return status;
}

enum status
settle_complained(struct practice *practice, const char *named, struct why *why)
{
	struct message message = { 0 };
	enum status status = token_find(practice->store, named, &message, why);
	if (status != STATUS_OK)
		return status;
	if (message.alert_id == 0 && message.address != NULL)
		status = mirror_opt_out(practice, &message, message.address,
		    "the patient called our mail unwanted, says the mail "
		    "provider",
		    why);
	message_free(&message);
	return status;
}

struct receipt {
	const struct gateway *gateway;
	const struct post_outcome *outcome;
};

static enum status
receipt_work(struct practice *practice, void *arg, struct why *why)
{
	const struct receipt *receipt = arg;
	const struct post_outcome *outcome = receipt->outcome;
	struct message message = { 0 };
	bool taken = false;
	enum status status = outbox_by_provider_id(practice->store,
	    receipt->gateway->name, outcome->provider_id, &message, why);
	if (status == STATUS_NONE)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;

	switch (outcome->class) {
	case POST_ACCEPTED:
	case POST_DELIVERED:
		status = note_arrival(
		    practice, receipt->gateway, &message, outcome, &taken, why);
		break;
	case POST_UNDELIVERED:
	case POST_OPTED_OUT:
	case POST_BAD_ADDRESS:
	case POST_REFUSED:
		status = fail(practice, &message, outcome, why);
		break;
	default:
		break;
	}
	message_free(&message);
	return status;
}

enum status
settle_receipt(struct practice *practice, const struct gateway *gateway,
    const struct post_outcome *outcome, struct why *why)
{
	struct receipt receipt = { gateway, outcome };
	return practice_transact(practice, receipt_work, &receipt, why);
}

/* Who is mute, and why. */
struct failed {
	const char *name;
	enum channel channel;
	const char *reason;
};

static enum status
failed_work(struct practice *practice, void *arg, struct why *why)
{
	const struct failed *failed = arg;
	return note_failed(
	    practice, failed->name, failed->channel, failed->reason, why);
}

enum status
settle_source_failed(struct practice *practice, const char *name,
    enum channel channel, const char *reason, struct why *why)
{
	struct failed failed = { name, channel, reason };
	return practice_transact(practice, failed_work, &failed, why);
}

enum status
settle_gateway_failed(struct practice *practice, const struct gateway *gateway,
    const char *reason, struct why *why)
{
	return settle_source_failed(practice, gateway->name,
	    driver_channel(gateway->driver), reason, why);
}
