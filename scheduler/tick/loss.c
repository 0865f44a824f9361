#include "tick/loss.h"

#include <stdio.h>
#include <string.h>

#include "care/decide.h"
#include "store/inbox.h"
#include "store/slots.h"
#include "tick/alerting.h"
#include "tick/amiss.h"
#include "tick/course.h"
#include "tick/fate.h"
#include "tick/rounds.h"

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

enum status
loss_tell(struct practice *practice, const struct message *message,
    const char *because, struct why *why)
{
	bool lives = false;
	enum status status =
	    outbox_parcel_lives(practice->store, message->parcel, &lives, why);
	if (status == STATUS_OK && !lives)
		status = void_question(practice, message, why);
	if (status == STATUS_OK && !lives)
		status =
		    slot_spoil(practice->store, message->parcel, because, why);
	if (status != STATUS_OK)
		return status;
	if (message->kind == KIND_CLINICIAN_ALERT)
		return rounds_not_reached(practice, message, why);
	if (message->kind == KIND_SAFETY_NET)
		return rounds_not_answered(practice, message, why);
	return STATUS_OK;
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

static enum status
tell_of_address(struct practice *practice, const struct message *message,
    const char *because, struct why *why)
{
	char text[BECAUSE_SIZE];
	snprintf(text, sizeof text, "%s to the patient can't be delivered: %s",
	    message->channel == CHANNEL_SMS ? "texts" : "email", because);
	struct alerting_topic alert = { .kind = ALERT_UNDELIVERABLE,
		.level = "notice",
		.patient_id = message->patient_id,
		.topic = channel_names[message->channel],
		.because = text };
	return alerting_open(practice, &alert, NULL, why);
}

/* Once for a text, however many patients it was meant for. */
static enum status
tell_of_text(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const char *because, struct why *why)
{
	char text[BECAUSE_SIZE];
	snprintf(text, sizeof text, "%s%s refuses the text %s: %s",
	    gateway == NULL ? "a mail server" : "gateway ",
	    gateway == NULL ? "" : gateway->name, message->template, because);
	struct amiss amiss = { message->template, .because = text };
	return amiss_tell(practice, &amiss, why);
}

enum status
loss_opted_out(struct practice *practice, const struct message *message,
    const char *because, struct why *why)
{
	bool was_set = false;
	enum status status = optout_set(
	    practice->store, message->address, practice->now, &was_set, why);
	struct patient *list = NULL;
	int len = 0;
	if (status == STATUS_OK && message->kind != KIND_CLINICIAN_ALERT)
		status = patient_by_address(
		    practice->store, message->address, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (list[i].state != PATIENT_STOPPED)
			status = course_stop(practice, &list[i], because, why);
	patient_list_free(list, len);
	return status;
}

enum status
loss_refused(struct practice *practice, const struct gateway *gateway,
    const struct message *message, const struct post_outcome *outcome,
    struct why *why)
{
	const struct fate_rule *rule = &fate_rules[outcome->class];
	bool to_patient =
	    message->patient_id != 0 && message->kind != KIND_CLINICIAN_ALERT;
	enum status status = loss_tell(practice, message, outcome->reason, why);
	if (status == STATUS_OK && rule->bad_address && to_patient &&
	    !passes(outcome))
		status =
		    tell_of_address(practice, message, outcome->reason, why);
	/* Its provider's last word on it, and not that it was out of reach. */
	if (status == STATUS_OK && outcome->class == POST_BAD_ADDRESS &&
	    to_patient && message->address != NULL)
		status = deadaddress_set(
		    practice->store, message->address, practice->now, why);
	if (status == STATUS_OK && rule->bad_text)
		status = tell_of_text(
		    practice, gateway, message, outcome->reason, why);
	if (status == STATUS_OK && rule->opted_out && message->address != NULL)
		status = loss_opted_out(practice, message,
		    "the provider has it that the patient opted out", why);
	return status;
}
