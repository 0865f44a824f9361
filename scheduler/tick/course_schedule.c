/*
 * course_schedule.c - see course.h
 *
 * What a patient's reminders are set to, and what is dropped when a stage ends.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "care/calendar.h"
#include "store/outbox.h"
#include "store/slots.h"
#include "tick/course.h"

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

enum status
course_clear_stage(struct practice *practice, const struct patient *patient,
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
