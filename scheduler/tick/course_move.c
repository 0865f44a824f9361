/*
 * course_move.c - see course.h
 *
 * From one stage to another, or to the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/sentence.h"
#include "store/slots.h"
#include "tick/alerting.h"
#include "tick/course.h"
#include "tick/queue.h"

char *
course_stage_template(const char *stage, enum decision_act act)
{
	if (act == DECISION_RETREAT)
		return xstrdup("stage/easier");
	return xasprintf("stage/%s", stage);
}

/* Tell the patient of a move, where the plan's texts have words for it. */
static enum status
tell(struct practice *practice, const struct patient *patient,
    const struct course_step *step, struct why *why)
{
	bool finished = step->to == NULL;
	if (step->in_reply == NULL && !finished)
		return STATUS_OK;

	struct templates *templates = NULL;
	enum status status = practice_templates(practice, &templates, why);
	if (status != STATUS_OK)
		return status;
	char *name = course_stage_template(
	    finished ? "finished" : step->to->id, step->act);
	const struct template *template = NULL;
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	status = practice_stage(practice, patient, &plan, &stage, why);
	if (status == STATUS_OK)
		status = templates_find_for(templates, plan->id,
		    patient->language, name, &template, why);
	if (status == STATUS_OK) {
		struct outgoing outgoing = {
			.kind =
			    step->in_reply != NULL ? KIND_ANSWER : KIND_NOTE,
			.names = { name },
			.in_reply = step->in_reply,
		};
		status = queue_to_patient(
		    practice, patient, &outgoing, NULL, NULL, why);
	}
	free(name);
	return status == STATUS_NONE ? STATUS_OK : status;
}

static const char *
act_name(enum decision_act act)
{
	static const char *const names[DECISION__MAX] = {
		[DECISION_STAY] = "clinician",
		[DECISION_ADVANCE] = "advance",
		[DECISION_RETREAT] = "retreat",
		[DECISION_FINISH] = "finish",
	};
	return names[act];
}

/* The row of the move: the one that waited for a yes, or a new one. */
static enum status
record_move(struct practice *practice, const struct patient *patient,
    const struct course_step *step, const char *to, struct why *why)
{
	struct move move = { 0 };
	enum status status =
	    move_waiting_of(practice->store, patient->enrolment_id, &move, why);
	if (status == STATUS_OK) {
		move.state =
		    strcmp(move.to_stage, to) == 0 ? MOVE_MADE : MOVE_OVERTAKEN;
		move.decided_at = practice->now;
		replace_text(&move.decided_by, step->by);
		bool made = move.state == MOVE_MADE;
		if (made)
			move.at = practice->now;
		status = move_update(practice->store, &move, why);
		move_free(&move);
		if (status != STATUS_OK || made)
			return status;
	} else if (status != STATUS_NONE) {
		return status;
	}

	move = (struct move){ .enrolment_id = patient->enrolment_id,
		.from_stage = xstrdup(patient->stage),
		.to_stage = xstrdup(to),
		.act = xstrdup(act_name(step->act)),
		.because = xstrdup(step->because),
		.state = MOVE_MADE,
		.at = practice->now,
		.decided_at = step->by != NULL ? practice->now : 0,
		.decided_by = xstrdup(step->by) };
	status = move_insert(practice->store, &move, why);
	move_free(&move);
	return status;
}

static enum status
enter_stage(struct practice *practice, struct patient *patient,
    const struct stage *stage, int pain, struct why *why)
{
	const struct zone *zone = NULL;
	enum status status =
	    practice_zone_named(practice, patient->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;
	replace_text(&patient->stage, stage->id);
	patient->visit++;
	patient->stage_since_at = practice->now;
	patient->stage_since_on = zone_local(zone, practice->now).date;
	if (pain != PAIN_NONE)
		patient->stage_pain = pain;
	patient->decide_at = 0;
	patient->watch_at = practice->now;
	return STATUS_OK;
}

/* Whoever has left a stage stays in it no longer. */
static enum status
end_stalled(struct practice *practice, const struct patient *patient,
    const struct stage *to, struct why *why)
{
	struct alerting_topic topic = { .kind = ALERT_STALLED,
		.patient_id = patient->patient_id };
	char outcome[BECAUSE_SIZE];
	snprintf(outcome, sizeof outcome, "moved to %s",
	    to != NULL ? to->title : "the end of the plan");
	return alerting_end(practice, &topic, outcome, why);
}

enum status
course_move(struct practice *practice, struct patient *patient,
    const struct course_step *step, struct why *why)
{
	bool finished = step->to == NULL;
	const char *to = finished ? "finished" : step->to->id;
	char *from = xstrdup(patient->stage);

	enum status status = record_move(practice, patient, step, to, why);
	if (status == STATUS_OK)
		status = course_clear_stage(practice, patient, finished, why);
	if (status != STATUS_OK)
		goto out;

	if (finished) {
		patient->state = PATIENT_COMPLETED;
		patient->decide_at = 0;
		patient->watch_at = 0;
		status = question_void_all(
		    practice->store, patient->enrolment_id, why);
	} else {
		status =
		    enter_stage(practice, patient, step->to, step->pain, why);
	}
	if (status == STATUS_OK)
		status = patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK && !finished)
		status = course_schedule(practice, patient, false, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    patient->patient_id, "moved", to, why,
		    "moved from %s to %s: %s", from, to, step->because);
	if (status == STATUS_OK)
		status = end_stalled(practice, patient, step->to, why);
	if (status == STATUS_OK &&
	    (patient->state == PATIENT_ACTIVE || finished))
		status = tell(practice, patient, step, why);
	if (status == STATUS_OK)
		practice->count.moved++;
out:
	free(from);
	return status;
}
