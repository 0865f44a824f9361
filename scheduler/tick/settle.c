#include "tick/settle.h"

#include <stdlib.h>
#include <string.h>

#include "care/backoff.h"
#include "store/inbox.h"
#include "tick/fate.h"
#include "tick/loss.h"
#include "tick/trouble.h"

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
		status = loss_tell(practice, message, because, why);
	return status;
}

enum status
settle_taken(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_outcome *outcome,
    bool *taken, struct why *why)
{
	bool moved = false;
	enum status status = outbox_settle(practice->store, message->message_id,
	    fate_rules[outcome->class].state,
	    *outcome->provider_id != '\0' ? outcome->provider_id : NULL,
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

/* Another part of a long text than the one of which it was said before. */
static bool
is_of_a_part(const struct message *message, const struct post_outcome *outcome)
{
	return message->segments > 1 && *outcome->provider_id != '\0' &&
	       message->provider_id != NULL &&
	       strcmp(message->provider_id, outcome->provider_id) != 0;
}

/* It was delivered, and then called unwanted, which is a STOP; or a part of it
 * was not. A provider lists that for a day, so that only the first time counts:
 * START may have come since. */
static enum status
settle_afterwards(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_outcome *outcome,
    struct why *why)
{
	bool first = false;
	if (!fate_rules[outcome->class].opted_out &&
	    !is_of_a_part(message, outcome))
		return STATUS_OK;
	enum status status = outbox_complain(
	    practice->store, message->message_id, outcome->reason, &first, why);
	if (status != STATUS_OK || !first)
		return status;
	return loss_refused(practice, gateway, message, outcome, why);
}

enum status
settle_lost(struct practice *practice, const struct gateway *gateway,
    const struct message *message, enum message_state state,
    const struct post_outcome *outcome, struct why *why)
{
	bool moved = false;
	enum status status = outbox_settle(practice->store, message->message_id,
	    state, *outcome->provider_id != '\0' ? outcome->provider_id : NULL,
	    *outcome->code != '\0' ? outcome->code : NULL, outcome->reason,
	    clock_now(practice->clock), &moved, why);
	if (status == STATUS_OK && !moved)
		return settle_afterwards(
		    practice, gateway, message, outcome, why);
	if (status != STATUS_OK)
		return status;
	practice->count.failed++;
	status = event_add(practice->store, practice->now, message->patient_id,
	    "failed", message->template, why, "%s", outcome->reason);
	if (status == STATUS_OK)
		status = loss_refused(practice, gateway, message, outcome, why);
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

static enum status
settle_fate(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_outcome *outcome,
    struct why *why)
{
	const struct fate_rule *rule = &fate_rules[outcome->class];
	bool taken = false;
	enum status status = STATUS_OK;
	switch (rule->fate) {
	case FATE_TAKEN:
		status = settle_taken(
		    practice, gateway, message, outcome, &taken, why);
		if (status != STATUS_BAD_DATA)
			return status;
		/* An id that another row has: whose it is can't be told. */
		return outbox_doubt(practice->store, message->message_id,
		    "the provider gave an id that it had given before", why);
	case FATE_DOUBT:
		practice->count.unknown++;
		return outbox_doubt(
		    practice->store, message->message_id, outcome->reason, why);
	case FATE_AGAIN:
		return try_later(practice, message, outcome, why);
	case FATE_FAILED:
	case FATE__MAX:
		break;
	}
	return settle_lost(
	    practice, gateway, message, rule->state, outcome, why);
}

enum status
settle_sent(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_outcome *outcome,
    struct why *why)
{
	if ((unsigned)outcome->class >= POST__MAX)
		panic("a driver gave no outcome");
	const struct fate_rule *rule = &fate_rules[outcome->class];
	bool passing =
	    rule->gateway == GATEWAY_RESTS || message->attempts < OFTEN_TRIED;
	enum status status =
	    settle_fate(practice, gateway, message, outcome, why);
	if (status == STATUS_OK && (rule->tell_gateway || rule->tell_late))
		status = trouble_note(practice, gateway,
		    rule->tell_gateway ? STATUS_CONFIG : STATUS_UNAVAILABLE,
		    outcome->reason, passing && !rule->tell_gateway, why);
	return status;
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
		const struct fate_rule *rule = &fate_rules[found->class];
		bool taken = false;
		enum status status =
		    rule->fate == FATE_TAKEN
			? settle_taken(
			      practice, gateway, message, found, &taken, why)
			: settle_lost(practice, gateway, message, rule->state,
			      found, why);
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
		status = trouble_note(practice, gateway, STATUS_UNAVAILABLE,
		    "it takes no messages, and does not say why", false, why);
	return status;
}
