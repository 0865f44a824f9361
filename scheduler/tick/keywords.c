#include "tick/keywords.h"

#include "tick/answer.h"
#include "tick/resume.h"
#include "tick/stop.h"

enum status
keywords_take(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why)
{
	const struct reading *reading = &row->reading;
	enum status status = STATUS_OK;
	bool known = true;
	if (reading->automatic)
		return STATUS_OK;
	if (reading->who)
		status = stop_who(practice, patient, inbound, why);
	else if (reading->wrong_number)
		status = stop_wrong_number(practice, patient, inbound, why);
	else if (reading->stop)
		status = stop_take(practice, patient, inbound, why);
	else if (reading->start)
		status = resume_start(practice, patient, inbound, why);
	else if (reading->pause_days > 0)
		status = resume_pause(practice, patient, inbound,
		    reading->pause_days, &known, why);
	else if (reading->help)
		status = answer_seldom(practice, patient, inbound, KIND_HELP,
		    "answer/help", ANSWER_HELP_AGAIN_S, why);
	else
		return STATUS_OK;
	if (known)
		*told = true;
	if (status != STATUS_OK || patient == NULL)
		return status;

	/* The record may have changed underneath. */
	int64_t patient_id = patient->patient_id;
	patient_free(patient);
	return patient_by_id(practice->store, patient_id, patient, why);
}
