#include "tick/follow.h"

#include "base/log.h"
#include "store/slots.h"
#include "tick/course.h"

#define FOLLOW_BATCH 256

/* What each of both changes does with one enrolment; *changed: that it did. */
struct follow {
	int64_t enrolment_id;
	bool changed;
};

static enum status
follow_plan(struct practice *practice, void *arg, struct why *why)
{
	struct follow *follow = arg;
	struct patient patient = { 0 };
	struct plans_row newest = { 0 };
	const struct plans_row *present = NULL;
	enum status status = patient_by_enrolment(
	    practice->store, follow->enrolment_id, &patient, why);
	if (status == STATUS_OK)
		status = practice_plan(
		    practice, patient.plan_id, &present, why);
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
		goto out;
	}
	follow->changed = true;
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
	struct follow *follow = arg;
	struct patient patient = { 0 };
	struct zone *zone = NULL;
	enum status status = patient_by_enrolment(
	    practice->store, follow->enrolment_id, &patient, why);
	if (status == STATUS_OK)
		status = zone_open(patient.timezone, &zone, why);
	if (status == STATUS_OK && patient.state == PATIENT_PAUSED &&
	    patient.paused_until_on.year != 0 &&
	    date_compare(patient.paused_until_on,
		zone_local(zone, practice->now).date) <= 0) {
		follow->changed = true;
		status = course_resume(practice, &patient,
		    "the pause was to end today", why);
	}
	zone_free(zone);
	patient_free(&patient);
	return status;
}

typedef enum status follow_due(
    struct practice *practice, int64_t *ids, int *len, struct why *why);

static enum status
pauses_due(
    struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_due_resume(
	    practice->store, practice->now, ids, len, why);
}

static enum status
plans_due(struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_on_old_plan(practice->store, ids, len, why);
}

/* A batch at a time, until one changes nothing more. */
static enum status
follow_all(struct practice *practice, follow_due *due, practice_work *work,
    const char *subject, struct why *why)
{
	int64_t ids[FOLLOW_BATCH];
	int len;
	int changed;
	do {
		len = FOLLOW_BATCH;
		changed = 0;
		enum status status = due(practice, ids, &len, why);
		for (int i = 0; i < len && status == STATUS_OK; i++) {
			struct follow follow = { .enrolment_id = ids[i] };
			status = practice_transact(
			    practice, work, &follow, why);
			if (practice_go_on(practice, status, subject, why)) {
				changed += follow.changed &&
					   status == STATUS_OK;
				status = STATUS_OK;
			}
		}
		if (status != STATUS_OK)
			return status;
	} while (len == FOLLOW_BATCH && changed > 0);
	return STATUS_OK;
}

enum status
follow_plans(struct practice *practice, struct why *why)
{
	return follow_all(
	    practice, plans_due, follow_plan, "a change of plan", why);
}

enum status
follow_pauses(struct practice *practice, struct why *why)
{
	return follow_all(
	    practice, pauses_due, follow_pause, "the end of a pause", why);
}
