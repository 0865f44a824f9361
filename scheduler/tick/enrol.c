#include "tick/enrol.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/outbox.h"
#include "tick/course.h"
#include "tick/declared.h"
#include "tick/queue.h"
#include "tick/whose.h"

enum status
enrol_welcome(struct practice *practice, const struct patient *patient,
    int64_t since_at, struct why *why)
{
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	bool has = false;
	if (patient->consented_on == NULL || patient->state != PATIENT_ACTIVE)
		return STATUS_OK;
	enum status status =
	    practice_stage(practice, patient, &plan, &stage, why);
	if (status == STATUS_OK)
		status = outbox_has(practice->store, patient->patient_id, NULL,
		    plan->welcome, since_at, &has, why);
	if (status != STATUS_OK || has)
		return status;
	struct outgoing welcome = { .kind = KIND_WELCOME,
		.names = { plan->welcome } };
	return queue_to_patient(practice, patient, &welcome, NULL, NULL, why);
}

static void
tell(struct buffer *notes)
{
	char *text = buffer_take(notes);
	char *rest = text;
	char *line;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (*line != '\0')
			log_note("%s", line);
	free(text);
}

enum status
enrol_store(struct practice *practice, struct patient *patient, struct why *why)
{
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	struct buffer notes = { 0 };
	enum status status = patient_insert(practice->store, patient, why);
	if (status == STATUS_OK)
		status = course_schedule(practice, patient, true, why);
	if (status == STATUS_OK)
		status = practice_stage(practice, patient, &plan, &stage, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    patient->patient_id, "enrolled", plan->id, why,
		    "enrolled on version %lld of the plan",
		    (long long)plan->version);
	if (status == STATUS_OK)
		status = declared_note_consent(practice, patient, why);
	if (status == STATUS_OK)
		status = whose_addresses(practice, patient, &notes, why);
	tell(&notes);
	return status == STATUS_OK ? enrol_welcome(practice, patient, 0, why)
				   : status;
}
