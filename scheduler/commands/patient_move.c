/*
 * patient move - to whichever stage the clinician says
 */
#include <stdlib.h>
#include <string.h>

#include "commands/patient_change.h"
#include "settings/nearest.h"
#include "store/inbox.h"
#include "tick/course.h"

static enum status
no_such_stage(const struct plan *plan, const char *name, struct why *why)
{
	const char *near = NULL;
	int distance = 0;
	for (int i = 0; i < plan->stages_len; i++)
		nearest_offer(name, plan->stages[i].id, &near, &distance);
	if (near != NULL)
		return why_set(why, STATUS_BAD_DATA,
		    "plan %s has no stage \"%s\"; did you mean \"%s\"?",
		    plan->id, name, near);
	return why_set(why, STATUS_BAD_DATA,
	    "plan %s has no stage \"%s\"; \"keepmoving plan show %s\" shows "
	    "them",
	    plan->id, name, plan->id);
}

enum status
patient_newest_pain(struct practice *practice, const struct patient *patient,
    int *pain, struct why *why)
{
	struct reading_row *rows = NULL;
	int len = 0;
	*pain = PAIN_NONE;
	enum status status = reading_of_patient(practice->store,
	    patient->patient_id, patient->visit, 16, &rows, &len, why);
	for (int i = 0; i < len && *pain == PAIN_NONE; i++)
		*pain = rows[i].reading.pain;
	free(rows);
	return status;
}

static enum status
move_one(
    struct practice *practice, struct patient_change *change, struct why *why)
{
	struct patient *patient = &change->patient;
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	enum status status =
	    practice_stage(practice, patient, &plan, &stage, why);
	if (status != STATUS_OK)
		return status;

	struct course_step step = { .to = plan_stage(plan, change->stage),
		.act = DECISION_STAY,
		.because = "moved by the clinic",
		.by = change->by };
	if (step.to == NULL && strcmp(change->stage, "finished") != 0)
		return no_such_stage(plan, change->stage, why);
	if (patient->state == PATIENT_COMPLETED ||
	    patient->state == PATIENT_DISCHARGED ||
	    (patient->state == PATIENT_STOPPED && step.to == NULL))
		return patient_change_refuse(patient, "moved", why);
	change->nothing = step.to == stage;
	if (change->nothing)
		return STATUS_OK;
	status = patient_newest_pain(practice, patient, &step.pain, why);
	if (status == STATUS_OK)
		status = course_move(practice, patient, &step, why);
	return status;
}

enum status
patient_run_move(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct patient_change change = { .stage = arguments->words[2] };
	enum status status =
	    patient_change_run(session, arguments, &change, move_one, why);
	if (status == STATUS_OK)
		printf("%s is in stage %s%s\n", change.patient.ref,
		    change.patient.state == PATIENT_COMPLETED
			? "finished"
			: change.patient.stage,
		    change.nothing ? " already" : "");
	patient_free(&change.patient);
	return status;
}
