/*
 * watch - look for those whom nobody has heard from, and tell clinicians
 */
#include <stdio.h>
#include <stdlib.h>

#include "store/inbox.h"
#include "tick/alerting.h"
#include "tick/batch.h"
#include "tick/concerns.h"
#include "tick/steps.h"

#define LOOK_AGAIN_S ((int64_t)7 * 24 * 60 * 60)

/* How many of the newest questions in a row nobody answered. */
static enum status
unanswered_run(struct practice *practice, const struct patient *patient,
    int limit, int *run, struct why *why)
{
	struct question *list = NULL;
	int len = 0;
	enum status status = question_of_enrolment(practice->store,
	    patient->enrolment_id, limit * 4 + 4, &list, &len, why);
	*run = 0;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].state == QUESTION_UNANSWERED)
			(*run)++;
		else if (list[i].state == QUESTION_ANSWERED)
			break;
	}
	free(list);
	return status;
}

static enum status
watch_silence(struct practice *practice, const struct patient *patient,
    const struct plan *plan, struct why *why)
{
	int run = 0;
	if (plan->silent_after <= 0)
		return STATUS_OK;
	enum status status =
	    unanswered_run(practice, patient, plan->silent_after, &run, why);
	/* Told once in so many, not at every question after. */
	if (status != STATUS_OK || run == 0 || run % plan->silent_after != 0)
		return status;

	char text[BECAUSE_SIZE];
	snprintf(
	    text, sizeof text, "%d questions in a row without an answer", run);
	struct alerting_topic topic = { .kind = ALERT_SILENT,
		.level = "notice",
		.patient_id = patient->patient_id,
		.because = text };
	return alerting_open(practice, &topic, NULL, why);
}

static enum status
watch_one(struct practice *practice, void *arg, struct why *why)
{
	const struct batch_item *item = arg;
	struct patient patient = { 0 };
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	enum status status =
	    patient_by_enrolment(practice->store, item->id, &patient, why);
	if (status != STATUS_OK)
		return status;

	patient.watch_at = 0;
	if (patient.state == PATIENT_ACTIVE) {
		status = practice_stage(practice, &patient, &plan, &stage, why);
		if (status == STATUS_OK)
			status = concerns_tell(practice, &patient, why);
		if (status == STATUS_OK)
			status = watch_silence(practice, &patient, plan, why);

		/* When the stage will have lasted too long; after that, once
		 * a week. */
		if (status == STATUS_OK && stage->stalled_after > 0) {
			int64_t at =
			    patient.stage_since_at +
			    ((int64_t)stage->stalled_after + 1) * 24 * 60 * 60;
			patient.watch_at = at > practice->now
					       ? at
					       : practice->now + LOOK_AGAIN_S;
		}
	}
	if (status == STATUS_OK)
		status = patient_update(practice->store, &patient, why);
	patient_free(&patient);
	return status;
}

static enum status
watch_due(struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_due_watch(practice->store, practice->now, ids, len, why);
}

enum status
tick_watch(struct practice *practice, struct why *why)
{
	enum status status =
	    batch_each(practice, watch_due, watch_one, "a patient", why);
	if (status == STATUS_OK)
		status = alerting_rounds(practice, why);
	return status;
}
