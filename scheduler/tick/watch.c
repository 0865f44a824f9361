/*
 * watch - look for those whom nobody has heard from, and tell clinicians
 */
#include <stdio.h>
#include <stdlib.h>

#include "store/inbox.h"
#include "store/outbox.h"
#include "tick/alerting.h"
#include "tick/amiss.h"
#include "tick/batch.h"
#include "tick/concerns.h"
#include "tick/rounds.h"
#include "tick/steps.h"
#include "tick/trouble.h"

#define READINGS_BACK 8
#define LOOK_AGAIN_S ((int64_t)7 * 24 * 60 * 60)

/* The newest questions in a row that nobody answered, and how many of them
 * surely arrived: silence is one thing, a dead number another. */
struct silence {
	int run;
	int arrived;
};

/* When the patient last wrote anything at all; 0: never. */
static enum status
last_heard(struct practice *practice, const struct patient *patient,
    int64_t *at, struct why *why)
{
	struct reading_row *list = NULL;
	int len = 0;
	enum status status = reading_of_patient(practice->store,
	    patient->patient_id, 0, READINGS_BACK, &list, &len, why);
	*at = 0;
	for (int i = 0; i < len && *at == 0; i++)
		if (!list[i].reading.automatic)
			*at = list[i].at;
	free(list);
	return status;
}

static enum status
measure_silence(struct practice *practice, const struct patient *patient,
    int limit, struct silence *silence, struct why *why)
{
	struct question *list = NULL;
	int len = 0;
	int64_t heard_at = 0;
	enum status status = last_heard(practice, patient, &heard_at, why);
	if (status == STATUS_OK)
		status = question_of_enrolment(practice->store,
		    patient->enrolment_id, limit * 4 + 4, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		bool arrived = false;
		if (list[i].state == QUESTION_ANSWERED ||
		    (list[i].asked_at != 0 && list[i].asked_at <= heard_at))
			break;
		if (list[i].state != QUESTION_UNANSWERED)
			continue;
		status = outbox_arrived(
		    practice->store, list[i].parcel, &arrived, why);
		silence->run++;
		silence->arrived += arrived;
	}
	free(list);
	return status;
}

static void
say_silence(const struct silence *silence, char text[BECAUSE_SIZE])
{
	if (silence->arrived == silence->run)
		snprintf(text, BECAUSE_SIZE,
		    "%d questions in a row without an answer, and all of them "
		    "arrived",
		    silence->run);
	else if (silence->arrived == 0)
		snprintf(text, BECAUSE_SIZE,
		    "%d questions in a row without an answer, and no receipt "
		    "says that any arrived: is the address right?",
		    silence->run);
	else
		snprintf(text, BECAUSE_SIZE,
		    "%d questions in a row without an answer; %d of them "
		    "surely arrived",
		    silence->run, silence->arrived);
}

/* Told once, and again after as many more; fewer messages until then. */
static enum status
watch_silence(struct practice *practice, struct patient *patient,
    const struct plan *plan, struct why *why)
{
	struct silence silence = { 0 };
	char text[BECAUSE_SIZE];
	if (plan->silent_after <= 0)
		return STATUS_OK;
	enum status status = measure_silence(
	    practice, patient, plan->silent_after, &silence, why);
	if (status != STATUS_OK ||
	    silence.run < patient->silent + plan->silent_after)
		return status;

	bool newly = patient->silent == 0;
	patient->silent = silence.run;
	say_silence(&silence, text);
	struct alerting_topic topic = { .kind = ALERT_SILENT,
		.level = "notice",
		.patient_id = patient->patient_id,
		.because = text,
		.again = true };
	status = alerting_open(practice, &topic, NULL, why);
	if (status == STATUS_OK && newly && plan->silent_weekly_limit > 0)
		status = event_add(practice->store, practice->now,
		    patient->patient_id, "fewer", "", why,
		    "fewer messages until an answer comes: %d a week",
		    plan->silent_weekly_limit);
	return status;
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

		/* After that, once a week. */
		if (status == STATUS_OK)
			patient.watch_at =
			    stage_stalls_at(stage, patient.stage_since_at);
		if (patient.watch_at != 0 && patient.watch_at <= practice->now)
			patient.watch_at = practice->now + LOOK_AGAIN_S;
	}
	if (status == STATUS_OK)
		status = patient_watched(practice->store, &patient, why);
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
		status = amiss_close_mended(practice, why);
	if (status == STATUS_OK)
		status = trouble_close_over(practice, why);
	if (status == STATUS_OK)
		status = rounds_send_due(practice, why);
	return status;
}
