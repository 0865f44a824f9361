#include "commands/patient_change.h"

struct job {
	struct patient_change *change;
	patient_change_work *work;
};

static enum status
load_and_change(struct practice *practice, void *arg, struct why *why)
{
	const struct job *job = arg;
	struct patient_change *change = job->change;
	enum status status = session_patient(
	    change->session, change->ref, &change->patient, why);
	if (status != STATUS_OK)
		return status;
	if (change->patient.erased_at != 0)
		return why_set(
		    why, STATUS_DENIED, "%s was erased", change->patient.ref);
	return job->work(practice, change, why);
}

enum status
patient_change_run(struct session *session, const struct arguments *arguments,
    struct patient_change *change, patient_change_work *work, struct why *why)
{
	struct job job = { change, work };
	change->session = session;
	change->ref = arguments->words[1];
	change->by = session_by(session, arguments);
	return practice_transact(
	    &session->practice, load_and_change, &job, why);
}

enum status
patient_change_refuse(
    const struct patient *patient, const char *what, struct why *why)
{
	return why_set(why, STATUS_DENIED, "%s is %s and can't be %s",
	    patient->ref, patient_state_names[patient->state], what);
}
