#include "tick/nudge.h"

#include <stdlib.h>

#include "base/memory.h"
#include "store/inbox.h"
#include "tick/batch.h"
#include "tick/queue.h"

#define QUESTIONS_BACK 32

/* Has a nudge since the last answer brought nothing? Then no more of them. */
static enum status
nudged_in_vain(struct practice *practice, const struct question *question,
    bool *vain, struct why *why)
{
	struct question *list = NULL;
	int len = 0;
	enum status status = question_of_enrolment(practice->store,
	    question->enrolment_id, QUESTIONS_BACK, &list, &len, why);
	*vain = false;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].state == QUESTION_ANSWERED)
			break;
		if (list[i].state == QUESTION_UNANSWERED && list[i].nudged)
			*vain = true;
	}
	free(list);
	return status;
}

/* Why not to nudge, or NULL; *later is when to look again instead, or 0. */
static enum status
against(struct practice *practice, const struct question *question,
    const struct patient *patient, const char **because, int64_t *later,
    struct why *why)
{
	bool vain = false;
	const struct zone *zone = NULL;
	*because = NULL;
	*later = 0;
	if (patient->state != PATIENT_ACTIVE) {
		*because = "no nudge: the patient is not active";
		return STATUS_OK;
	}
	enum status status = nudged_in_vain(practice, question, &vain, why);
	if (status == STATUS_OK && vain) {
		*because = "no nudge: the last one brought no answer either";
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		status = practice_zone_named(
		    practice, patient->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;

	const struct quiet *quiet = &practice->config->clinic.quiet;
	if (!quiet_open(quiet, zone, practice->now)) {
		*later = quiet_next_open(quiet, zone, practice->now);
		*because = "no nudge: quiet hours until it closes";
	}
	return STATUS_OK;
}

static enum status
nudge_one(struct practice *practice, void *arg, struct why *why)
{
	struct question question = *(const struct question *)arg;
	struct patient patient = { 0 };
	const char *because = NULL;
	int64_t later = 0;
	enum status status = patient_by_enrolment(
	    practice->store, question.enrolment_id, &patient, why);
	if (status == STATUS_OK)
		status = against(
		    practice, &question, &patient, &because, &later, why);
	if (status != STATUS_OK)
		goto out;

	question.nudge_at = 0;
	if (later != 0 && later < question.closes_at) {
		question.nudge_at = later;
	} else if (because != NULL) {
		status = event_add(practice->store, practice->now,
		    patient.patient_id, "held", "nudge", why, "%s", because);
	} else {
		char *name = xasprintf("nudge/%s", asks_names[question.asks]);
		struct outgoing outgoing = { .kind = KIND_NUDGE,
			.names = { name },
			.asks = question.asks,
			.expires_at = question.closes_at };
		question.nudged = true;
		status = queue_to_patient(
		    practice, &patient, &outgoing, NULL, NULL, why);
		free(name);
	}
	if (status == STATUS_OK)
		status = question_update(practice->store, &question, why);
out:
	patient_free(&patient);
	return status;
}

static enum status
close_one(struct practice *practice, void *arg, struct why *why)
{
	struct question question = *(const struct question *)arg;
	struct patient patient = { 0 };
	question.state = QUESTION_UNANSWERED;
	question.nudge_at = 0;
	enum status status = question_update(practice->store, &question, why);
	if (status == STATUS_OK)
		status = patient_by_enrolment(
		    practice->store, question.enrolment_id, &patient, why);
	if (status == STATUS_OK && patient.state == PATIENT_ACTIVE) {
		patient.watch_at = practice->now;
		status = patient_update_course(practice->store, &patient, why);
	}
	patient_free(&patient);
	return status;
}

static enum status
each(struct practice *practice, struct question *list, int len,
    practice_work *work, struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		status = practice_transact(practice, work, &list[i], why);
		if (batch_go_on(practice, status, "a question", why))
			status = STATUS_OK;
	}
	free(list);
	return status;
}

enum status
nudge_questions(struct practice *practice, struct why *why)
{
	struct question *list = NULL;
	int len = 0;
	enum status status = question_due_close(
	    practice->store, practice->now, &list, &len, why);
	if (status == STATUS_OK)
		status = each(practice, list, len, close_one, why);
	list = NULL;
	if (status == STATUS_OK)
		status = question_due_nudge(
		    practice->store, practice->now, &list, &len, why);
	if (status == STATUS_OK)
		status = each(practice, list, len, nudge_one, why);
	return status;
}
