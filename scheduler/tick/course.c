#include "tick/course.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/calendar.h"
#include "store/slots.h"
#include "tick/queue.h"

static enum status
say(struct practice *practice, const struct patient *patient, const char *kind,
    const char *subject, const char *because, struct why *why)
{
	return event_add(practice->store, practice->now, patient->patient_id,
	    kind, subject, why, "%s", because);
}

/* Set the next slot of a reminder after an instant, in the patient's zone. */
static enum status
schedule_reminder(struct practice *practice, const struct patient *patient,
    const struct zone *zone, const char *stage, const struct reminder *reminder,
    int64_t after, struct why *why)
{
	struct date from =
	    *stage == '\0' ? patient->began_on : patient->stage_since_on;
	struct occurrence occurrence;
	if (!calendar_next(reminder->repeat, from, reminder->at_minute, zone,
		after, &occurrence))
		return schedule_drop(practice->store, patient->enrolment_id,
		    stage, reminder->id, why);

	struct schedule next = { .enrolment_id = patient->enrolment_id,
		.stage = xstrdup(stage),
		.reminder = xstrdup(reminder->id),
		.local_date = occurrence.date,
		.local_minute = occurrence.minute,
		.due_at = occurrence.at,
		.wake_at = occurrence.at };
	enum status status = schedule_set(practice->store, &next, why);
	free(next.stage);
	free(next.reminder);
	return status;
}

enum status
course_schedule(struct practice *practice, const struct patient *patient,
    bool always, struct why *why)
{
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	const struct zone *zone = NULL;
	enum status status =
	    practice_stage(practice, patient, &plan, &stage, why);
	if (status == STATUS_OK)
		status = practice_zone_named(
		    practice, patient->timezone, &zone, why);

	for (int i = 0; status == STATUS_OK && i < stage->reminders_len; i++)
		status = schedule_reminder(practice, patient, zone, stage->id,
		    &stage->reminders[i], practice->now, why);
	for (int i = 0; status == STATUS_OK && always && i < plan->always_len;
	     i++)
		status = schedule_reminder(practice, patient, zone, "",
		    &plan->always[i], practice->now, why);
	return status;
}

enum status
course_schedule_next(struct practice *practice, const struct patient *patient,
    const char *stage, const char *reminder, int64_t after, struct why *why)
{
	const struct plans_row *row = NULL;
	const struct zone *zone = NULL;
	enum status status =
	    practice_plan(practice, patient->plan_id, &row, why);
	if (status != STATUS_OK)
		return status;

	/* A newer version of the plan may not have it any more. */
	const struct reminder *found =
	    plan_reminder(row->plan, *stage == '\0' ? NULL : stage, reminder);
	if (found == NULL)
		return schedule_drop(practice->store, patient->enrolment_id,
		    stage, reminder, why);
	status = practice_zone_named(practice, patient->timezone, &zone, why);
	if (status == STATUS_OK)
		status = schedule_reminder(
		    practice, patient, zone, stage, found, after, why);
	return status;
}

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

/* What was meant for the stage that is left is of no use any more. */
static enum status
clear_stage(struct practice *practice, const struct patient *patient,
    bool everything, struct why *why)
{
	int64_t count = 0;
	enum status status = schedule_drop_stage(practice->store,
	    patient->enrolment_id, everything ? NULL : patient->stage, why);
	if (status == STATUS_OK)
		status = outbox_cancel(practice->store, patient->patient_id,
		    false, everything ? NULL : patient->stage,
		    everything ? "the plan has ended" : "the stage was left",
		    practice->now, &count, why);
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

enum status
course_move(struct practice *practice, struct patient *patient,
    const struct course_step *step, struct why *why)
{
	bool finished = step->to == NULL;
	const char *to = finished ? "finished" : step->to->id;
	char *from = xstrdup(patient->stage);

	enum status status = record_move(practice, patient, step, to, why);
	if (status == STATUS_OK)
		status = clear_stage(practice, patient, finished, why);
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
	if (status == STATUS_OK &&
	    (patient->state == PATIENT_ACTIVE || finished))
		status = tell(practice, patient, step, why);
	if (status == STATUS_OK)
		practice->count.moved++;
out:
	free(from);
	return status;
}

enum status
course_pause(struct practice *practice, struct patient *patient, const char *by,
    struct date until, struct why *why)
{
	int64_t count = 0;
	patient->state = PATIENT_PAUSED;
	patient->paused_until_on = until;
	replace_text(&patient->paused_by, by);
	enum status status =
	    patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK)
		status = outbox_cancel(practice->store, patient->patient_id,
		    false, NULL, "paused", practice->now, &count, why);
	if (status == STATUS_OK)
		status = say(practice, patient, "paused", by,
		    strcmp(by, "red-flag") == 0
			? "paused by a red flag, until a clinician resumes"
		    : strcmp(by, "patient") == 0 ? "the patient wrote PAUSE"
						 : "paused by the clinic",
		    why);
	return status;
}

enum status
course_resume(struct practice *practice, struct patient *patient,
    const char *because, struct why *why)
{
	patient->state = PATIENT_ACTIVE;
	patient->paused_until_on = (struct date){ 0 };
	replace_text(&patient->paused_by, NULL);
	patient->decide_at = practice->now;
	patient->watch_at = practice->now;
	enum status status =
	    patient_update_course(practice->store, patient, why);
	/* Slots that came due while paused are not made up for. */
	if (status == STATUS_OK)
		status = schedule_drop_stage(
		    practice->store, patient->enrolment_id, NULL, why);
	if (status == STATUS_OK)
		status = course_schedule(practice, patient, true, why);
	if (status == STATUS_OK)
		status = say(practice, patient, "resumed", "", because, why);
	return status;
}

/* Is the day of a pause still to come, where the patient is? */
static enum status
waits_for_day(struct practice *practice, const struct patient *patient,
    bool *waits, struct why *why)
{
	const struct zone *zone = NULL;
	*waits = false;
	if (patient->paused_until_on.year == 0)
		return STATUS_OK;
	enum status status =
	    practice_zone_named(practice, patient->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;
	*waits = date_compare(patient->paused_until_on,
		     zone_local(zone, practice->now).date) > 0;
	return STATUS_OK;
}

enum status
course_clear_flag(
    struct practice *practice, struct patient *patient, struct why *why)
{
	static const char because[] = "its red flag was closed with an outcome";
	bool waits = false;
	enum status status = waits_for_day(practice, patient, &waits, why);
	if (status != STATUS_OK)
		return status;
	if (patient->state == PATIENT_PAUSED && !waits)
		return course_resume(practice, patient, because, why);

	/* Nothing goes yet, but the flag is no reason any more. */
	replace_text(&patient->paused_by, waits ? "clinician" : NULL);
	if (patient->state == PATIENT_STOPPED && !waits &&
	    patient->before_stop == PATIENT_PAUSED)
		patient->before_stop = PATIENT_ACTIVE;
	status = patient_update_course(practice->store, patient, why);
	return status == STATUS_OK
		   ? say(practice, patient, "cleared", "", because, why)
		   : status;
}

enum status
course_stop(struct practice *practice, struct patient *patient,
    const char *because, struct why *why)
{
	int64_t count = 0;
	if (patient->state != PATIENT_STOPPED)
		patient->before_stop = patient->state;
	patient->state = PATIENT_STOPPED;
	enum status status =
	    patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK)
		status = outbox_cancel(practice->store, patient->patient_id,
		    true, NULL, "stopped: the patient asked for no more",
		    practice->now, &count, why);
	if (status == STATUS_OK)
		status = question_void_all(
		    practice->store, patient->enrolment_id, why);
	if (status == STATUS_OK)
		status = say(practice, patient, "stopped", "", because, why);
	return status;
}

enum status
course_restart(struct practice *practice, struct patient *patient,
    const char *because, struct why *why)
{
	enum patient_state before = patient->before_stop;
	patient->before_stop = PATIENT__MAX;
	if (before == PATIENT_ACTIVE || before == PATIENT__MAX)
		return course_resume(practice, patient, because, why);

	patient->state = before;
	enum status status =
	    patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK)
		status = say(practice, patient, "restarted", "", because, why);
	return status;
}

enum status
course_discharge(struct practice *practice, struct patient *patient,
    const char *by, struct why *why)
{
	patient->state = PATIENT_DISCHARGED;
	patient->decide_at = 0;
	patient->watch_at = 0;
	enum status status = clear_stage(practice, patient, true, why);
	if (status == STATUS_OK)
		status = question_void_all(
		    practice->store, patient->enrolment_id, why);
	if (status == STATUS_OK)
		status = patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK)
		status = say(practice, patient, "discharged", by,
		    "discharged by the clinic", why);
	return status;
}
