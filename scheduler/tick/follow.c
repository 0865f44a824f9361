#include "tick/follow.h"

#include <string.h>

#include "base/log.h"
#include "store/slots.h"
#include "tick/batch.h"
#include "tick/course.h"

static enum status
follow_plan(struct practice *practice, void *arg, struct why *why)
{
	struct batch_item *item = arg;
	struct patient patient = { 0 };
	struct plans_row newest = { 0 };
	const struct plans_row *present = NULL;
	enum status status =
	    patient_by_enrolment(practice->store, item->id, &patient, why);
	if (status == STATUS_OK)
		status =
		    practice_plan(practice, patient.plan_id, &present, why);
	if (status == STATUS_OK)
		status = plans_newest(
		    practice->store, present->plan->id, &newest, why);
	if (status != STATUS_OK)
		goto out;

	if (plan_stage(newest.plan, patient.stage) == NULL) {
		log_note("%s stays on version %lld of plan %s: the newest has "
			 "no stage \"%s\"; move the patient first",
		    patient.ref, (long long)present->plan->version,
		    present->plan->id, patient.stage);
		item->passed_over = true;
		goto out;
	}
	patient.plan_id = newest.plan_id;
	patient.decide_at = practice->now;
	status = patient_update(practice->store, &patient, why);
	if (status == STATUS_OK)
		status = schedule_drop_stage(
		    practice->store, patient.enrolment_id, NULL, why);
	if (status == STATUS_OK)
		status = course_schedule(practice, &patient, true, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    patient.patient_id, "plan", newest.plan->id, why,
		    "goes on with version %lld of the plan",
		    (long long)newest.plan->version);
out:
	patient_free(&patient);
	plans_row_free(&newest);
	return status;
}

static enum status
follow_pause(struct practice *practice, void *arg, struct why *why)
{
	struct batch_item *item = arg;
	struct patient patient = { 0 };
	struct zone *zone = NULL;
	enum status status =
	    patient_by_enrolment(practice->store, item->id, &patient, why);
	if (status == STATUS_OK)
		status = zone_open(patient.timezone, &zone, why);
	bool flagged = patient.paused_by != NULL &&
		       strcmp(patient.paused_by, "red-flag") == 0;
	if (status == STATUS_OK && patient.state == PATIENT_PAUSED &&
	    !flagged && patient.paused_until_on.year != 0 &&
	    date_compare(patient.paused_until_on,
		zone_local(zone, practice->now).date) <= 0)
		status = course_resume(
		    practice, &patient, "the pause was to end today", why);
	else
		item->passed_over = true;
	zone_free(zone);
	patient_free(&patient);
	return status;
}

static enum status
pauses_due(struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_due_resume(
	    practice->store, practice->now, ids, len, why);
}

static enum status
plans_due(struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_on_old_plan(practice->store, ids, len, why);
}

enum status
follow_plans(struct practice *practice, struct why *why)
{
	return batch_each(
	    practice, plans_due, follow_plan, "a change of plan", why);
}

enum status
follow_pauses(struct practice *practice, struct why *why)
{
	return batch_each(
	    practice, pauses_due, follow_pause, "the end of a pause", why);
}
