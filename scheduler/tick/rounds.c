#include "tick/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tick/alerting.h"
#include "tick/batch.h"
#include "tick/queue.h"
#include "tick/trouble.h"

#define TELL_AGAIN_S ((int64_t)24 * 60 * 60) /* ordinary alerts: a day */

/* A red flag, or that nobody can read what may be one. */
static bool
is_grave(const struct alert *alert)
{
	return strcmp(alert->level, "emergency") == 0 ||
	       strcmp(alert->level, "self-harm") == 0;
}

/* When the first round goes: grave ones at once, the rest at opening. */
int64_t
rounds_begin_at(struct practice *practice, const struct alert *alert)
{
	if (is_grave(alert))
		return practice->now;
	return practice_next_open(practice, practice->now);
}

static int64_t
next_round_at(struct practice *practice, const struct alert *alert)
{
	const struct alerting *alerts = &practice->config->alerts;
	if (is_grave(alert) && alert->round < alerts->rounds)
		return practice->now + alerts->repeat_s;

	/* An ordinary one is told so often and no more: it goes on standing in
	 * the list. A red flag, and what may be one, is told at each opening
	 * until somebody has taken it on. */
	if (!alerting_is_red_flag(alert) && !is_grave(alert) &&
	    alert->round >= alerts->rounds)
		return 0;

	/* The opening after this one: a closed minute of tomorrow leads to
	 * the morning, an open one is a day later, which does as well. */
	int64_t next = practice_next_open(practice, practice->now);
	if (next > practice->now)
		return next;
	return practice_next_open(practice, practice->now + TELL_AGAIN_S);
}

/* Of a patient, of a reply that is nobody's, or of the machine. */
static const char *
plain_template(const struct alert *alert)
{
	if (alert->patient_id == 0)
		switch (alert->kind) {
		case ALERT_GATEWAY:
		case ALERT_CONFIGURATION:
		case ALERT_LATE_TICK:
			return "clinic/gateway";
		case ALERT_RED_FLAG:
			break;
		default:
			return "clinic/inbox";
		}
	return alert->round > 0 ? "clinic/alert-again" : "clinic/alert";
}

/* Which of its texts an alert goes out as: where the answer to a red flag has
 * not gone, the one that says to phone. */
static enum status
choose_template(struct practice *practice, const struct alert *alert,
    const char **template, struct why *why)
{
	int64_t waiting = 0;
	enum status status = STATUS_OK;
	if (alerting_is_red_flag(alert) && alert->round > 0)
		status = outbox_safety_nets(
		    practice->store, alert->alert_id, &waiting, why);
	*template = waiting > 0 ? "clinic/alert-phone" : plain_template(alert);
	return status;
}

/* Whom it is about, in a word that tells nobody else. */
static enum status
ref_of(struct practice *practice, const struct alert *alert,
    char ref[REF_SIZE + 16], struct why *why)
{
	struct patient patient = { 0 };
	snprintf(ref, REF_SIZE + 16, "unknown sender");
	if (alert->patient_id == 0)
		return STATUS_OK;
	enum status status =
	    patient_by_id(practice->store, alert->patient_id, &patient, why);
	if (status == STATUS_OK)
		memcpy(ref, patient.ref, sizeof patient.ref);
	patient_free(&patient);
	return status;
}

static enum status
send_to(struct practice *practice, const struct alert *alert,
    const struct address *to, int len, struct why *why)
{
	const char *template = NULL;
	char ref[REF_SIZE + 16];
	enum status status = ref_of(practice, alert, ref, why);
	if (status == STATUS_OK)
		status = choose_template(practice, alert, &template, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = queue_to_clinician(practice, &to[i],
		    KIND_CLINICIAN_ALERT, alert, ref, template, why);
	return status;
}

static bool
is_named(const struct gateway *list, int len, const char *name)
{
	for (int i = 0; i < len; i++)
		if (strcmp(list[i].name, name) == 0)
			return true;
	return false;
}

/* Whose turn is the first round: that a gateway does not work is better not
 * told by that one. */
static int
begin_with(const struct practice *practice, const struct alert *alert,
    const struct address *to, int len)
{
	const struct config *config = practice->config;
	const char *name = trouble_whose(alert);
	enum channel channel = CHANNEL__MAX;
	if (alert->kind == ALERT_GATEWAY &&
	    is_named(config->sms, config->sms_len, name))
		channel = CHANNEL_SMS;
	else if (alert->kind == ALERT_GATEWAY &&
		 is_named(config->email, config->email_len, name))
		channel = CHANNEL_EMAIL;
	for (int i = 0; i < len && channel != CHANNEL__MAX; i++)
		if (to[i].channel != channel)
			return i;
	return 0;
}

enum status
rounds_send(struct practice *practice, struct alert *alert, struct why *why)
{
	const struct alerting *alerts = &practice->config->alerts;
	bool open = practice_is_open(practice, practice->now);
	bool night = !open && alerts->night_to_len > 0;
	const struct address *to = night ? alerts->night_to : alerts->to;
	int len = night ? alerts->night_to_len : alerts->to_len;

	/* One contact hears of an ordinary alert, the next one if the first
	 * lets it lie; a red flag reaches all. */
	if (!alerting_is_red_flag(alert) && len > 0) {
		int first = begin_with(practice, alert, to, len);
		to = &to[(first + alert->round) % len];
		len = 1;
	}
	enum status status = send_to(practice, alert, to, len, why);
	if (status != STATUS_OK)
		return status;
	alert->round++;
	alert->next_at =
	    alert->state == ALERT_OPEN ? next_round_at(practice, alert) : 0;
	return alert_update(practice->store, alert, why);
}

/* Everybody on the list who was not written to in this round is told now; whom
 * that does not reach either is not written to again before the next. */
static enum status
tell_the_rest(
    struct practice *practice, const struct alert *alert, struct why *why)
{
	const struct alerting *alerts = &practice->config->alerts;
	enum status status = STATUS_OK;
	for (int i = 0; i < alerts->to_len && status == STATUS_OK; i++) {
		bool told = false;
		status = outbox_told(practice->store, alert->alert_id,
		    alerts->to[i].text, practice->now - alerts->repeat_s + 1,
		    &told, why);
		if (status == STATUS_OK && !told)
			status =
			    send_to(practice, alert, &alerts->to[i], 1, why);
	}
	return status;
}

enum status
rounds_not_reached(
    struct practice *practice, const struct message *message, struct why *why)
{
	struct alert alert = { 0 };
	enum status status =
	    alert_by_id(practice->store, message->alert_id, &alert, why);
	if (status == STATUS_OK && alert.state == ALERT_OPEN) {
		if (is_grave(&alert)) {
			status = tell_the_rest(practice, &alert, why);
		} else if (!alerting_is_red_flag(&alert) &&
			   alert.round < practice->config->alerts.to_len) {
			alert.next_at = practice->now;
			status = alert_update(practice->store, &alert, why);
		}
	}
	alert_free(&alert);
	return status == STATUS_NONE ? STATUS_OK : status;
}

enum status
rounds_not_answered(
    struct practice *practice, const struct message *message, struct why *why)
{
	static const char phone[] =
	    "; its answer could not be delivered: phone the patient";
	struct alert alert = { 0 };
	enum status status =
	    alert_by_id(practice->store, message->alert_id, &alert, why);
	if (status == STATUS_OK && alert.state != ALERT_CLOSED &&
	    strstr(alert.because, phone) == NULL) {
		char *because = xasprintf("%s%s", alert.because, phone);
		replace_text(&alert.because, because);
		free(because);
		if (is_grave(&alert))
			alert.next_at = practice->now;
		status = alert_update(practice->store, &alert, why);
	}
	alert_free(&alert);
	return status == STATUS_NONE ? STATUS_OK : status;
}

static enum status
round_work(struct practice *practice, void *arg, struct why *why)
{
	return rounds_send(practice, arg, why);
}

enum status
rounds_send_due(struct practice *practice, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status =
	    alert_due(practice->store, practice->now, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		status = practice_transact(practice, round_work, &list[i], why);
		if (batch_go_on(practice, status, "an alert", why))
			status = STATUS_OK;
	}
	alert_list_free(list, len);
	return status;
}
