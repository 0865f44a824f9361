#include "tick/may_go.h"

#include <string.h>

#include "care/limits.h"
#include "care/quiet.h"
#include "tick/shared.h"

#define COUNTED_BACK 64

/* The patient's address for that channel as it is now: a number changed since
 * the message was queued is minded. */
static bool
find_address(const struct message *message, const struct addressee *to,
    char out[EMAIL_SIZE])
{
	const char *address = message->recipient;
	if (address == NULL)
		address =
		    message->channel == CHANNEL_SMS ? to->phone : to->email;
	if (address == NULL || *address == '\0' ||
	    strlen(address) >= EMAIL_SIZE)
		return false;
	memcpy(out, address, strlen(address) + 1);
	return true;
}

static void
refuse(struct may_go_verdict *verdict, enum may_go may, const char *because)
{
	verdict->may = may;
	verdict->because = because;
}

/* What the patient's own state forbids this kind. */
static void
check_state(const struct kind_rule *rule, const struct addressee *to,
    struct may_go_verdict *verdict)
{
	if (!to->consented && rule->consent)
		refuse(verdict, MAY_GO_NEVER,
		    "no consent to messages is on record");
	else if (to->state == PATIENT_STOPPED && rule->blocked_by_stop)
		refuse(verdict, MAY_GO_NEVER,
		    "stopped: the patient asked for no more");
	else if (to->state == PATIENT_PAUSED && rule->paused)
		refuse(verdict, MAY_GO_NEVER, "paused");
	else if ((to->state == PATIENT_COMPLETED ||
		     to->state == PATIENT_DISCHARGED) &&
		 rule->paused)
		refuse(verdict, MAY_GO_NEVER, "the plan has ended");
}

static enum status
check_limits(struct practice *practice, const struct message *message,
    const struct addressee *to, const struct zone *zone,
    struct may_go_verdict *verdict, struct why *why)
{
	const struct plans_row *row = NULL;
	enum status status = practice_plan(practice, to->plan_id, &row, why);
	int64_t times[COUNTED_BACK];
	int len = COUNTED_BACK;
	if (status == STATUS_OK)
		status = outbox_counted(practice->store, to->patient_id,
		    practice->now - LIMITS_BACK_S, false, message->parcel,
		    times, &len, why);
	if (status != STATUS_OK)
		return status;

	struct date sent[COUNTED_BACK];
	for (int i = 0; i < len; i++)
		sent[i] = zone_local(zone, times[i]).date;
	const struct clinic *clinic = &practice->config->clinic;
	struct limits limits = { .daily = clinic->daily_limit,
		.weekly = plan_weekly_limit(
		    row->plan, clinic->weekly_limit, to->silent) };
	switch (limits_check(&limits, sent, len,
	    zone_local(zone, clock_now(practice->clock)).date, NULL, 0)) {
	case LIMITS_DAY:
		refuse(verdict, MAY_GO_NEVER,
		    "the day's limit: one had gone today");
		break;
	case LIMITS_WEEK:
		refuse(verdict, MAY_GO_NEVER,
		    "the limit of seven days was reached");
		break;
	default:
		break;
	}
	return STATUS_OK;
}

/* Hours and limits, in the patient's own zone. */
static enum status
check_day(struct practice *practice, const struct message *message,
    const struct addressee *to, struct may_go_verdict *verdict, struct why *why)
{
	const struct kind_rule *rule = &kind_rules[message->kind];
	const struct quiet *quiet = &practice->config->clinic.quiet;
	/* A tick may last for minutes: this moment counts. */
	int64_t now = clock_now(practice->clock);
	const struct zone *zone = NULL;
	enum status status =
	    practice_zone_named(practice, to->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;

	if (rule->held_by_hours && !quiet_open(quiet, zone, now)) {
		refuse(verdict, MAY_GO_LATER, "quiet hours or a closed day");
		verdict->until_at = quiet_next_open(quiet, zone, now);
	}
	/* The welcome is the one that waits for another day: it says who we
	 * are and how to stop. */
	if (verdict->may == MAY_GO_NOW && rule->limited &&
	    message->kind != KIND_WELCOME)
		status =
		    check_limits(practice, message, to, zone, verdict, why);
	return status;
}

/* One of those who share an address is asked at a time. Where the day ends
 * over that, it was that and not the night that held it. */
static enum status
check_turn(struct practice *practice, const struct message *message,
    const struct addressee *to, struct may_go_verdict *verdict, struct why *why)
{
	static const char because[] =
	    "another who shares the address is asked first";
	if (verdict->may == MAY_GO_LATER && message->because != NULL &&
	    strcmp(message->because, because) == 0)
		verdict->because = because;
	if (verdict->may != MAY_GO_NOW)
		return STATUS_OK;
	enum status status = shared_question(
	    practice, to, verdict->address, &verdict->until_at, why);
	if (status == STATUS_OK && verdict->until_at != 0)
		refuse(verdict, MAY_GO_LATER, because);
	return status;
}

enum status
may_go(struct practice *practice, const struct message *message,
    struct may_go_verdict *verdict, struct why *why)
{
	const struct kind_rule *rule = &kind_rules[message->kind];
	struct addressee to = { 0 };
	enum status status = STATUS_OK;
	*verdict = (struct may_go_verdict){ .may = MAY_GO_NOW, .because = "" };

	bool about =
	    message->patient_id != 0 && message->kind != KIND_CLINICIAN_ALERT;
	if (about)
		status = addressee_of(
		    practice->store, message->patient_id, &to, why);
	if (status != STATUS_OK)
		return status;

	if (!find_address(message, &to, verdict->address))
		refuse(verdict, MAY_GO_NOBODY, "no address to send it to");
	else if (about)
		check_state(rule, &to, verdict);
	if (to.name != NULL)
		strncpy(verdict->name, to.name, sizeof verdict->name - 1);

	if (verdict->may == MAY_GO_NOW && rule->blocked_by_stop) {
		bool out = false;
		status =
		    optout_is(practice->store, verdict->address, &out, why);
		if (status == STATUS_OK && out)
			refuse(verdict, MAY_GO_NEVER,
			    "stopped: this address wants no more");
	}
	if (status == STATUS_OK && verdict->may == MAY_GO_NOW && about &&
	    rule->held_by_hours) {
		bool dead = false;
		status = deadaddress_is(
		    practice->store, verdict->address, &dead, why);
		if (status == STATUS_OK && dead)
			refuse(verdict, MAY_GO_NOBODY,
			    "the address takes nothing, the provider says");
	}
	if (status == STATUS_OK && verdict->may == MAY_GO_NOW && about)
		status = check_day(practice, message, &to, verdict, why);
	if (status == STATUS_OK && about && message->kind == KIND_QUESTION)
		status = check_turn(practice, message, &to, verdict, why);
	addressee_free(&to);
	return status;
}
