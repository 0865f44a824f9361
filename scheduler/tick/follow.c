#include "tick/follow.h"

#include <string.h>

#include "tick/batch.h"
#include "tick/course.h"

static enum status
follow_pause(struct practice *practice, void *arg, struct why *why)
{
	struct batch_item *item = arg;
	struct patient patient = { 0 };
	const struct zone *zone = NULL;
	enum status status =
	    patient_by_enrolment(practice->store, item->id, &patient, why);
	if (status == STATUS_OK)
		status =
		    practice_zone_named(practice, patient.timezone, &zone, why);
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
	patient_free(&patient);
	return status;
}

static enum status
pauses_due(struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_due_resume(
	    practice->store, practice->now, ids, len, why);
}

enum status
follow_pauses(struct practice *practice, struct why *why)
{
	return batch_each(
	    practice, pauses_due, follow_pause, "the end of a pause", why);
}
