#include "tick/course.h"

#include <string.h>

#include "base/memory.h"
#include "store/outbox.h"
#include "store/slots.h"

static enum status
say(struct practice *practice, const struct patient *patient, const char *kind,
    const char *subject, const char *because, struct why *why)
{
	return event_add(practice->store, practice->now, patient->patient_id,
	    kind, subject, why, "%s", because);
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
	enum status status = course_clear_stage(practice, patient, true, why);
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
