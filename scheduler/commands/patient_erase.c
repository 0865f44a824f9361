/*
 * patient erase - forget who it was
 */
#include "commands/patient.h"
#include "store/alerts.h"
#include "tick/alerting.h"
#include "tick/course.h"

struct erasure {
	struct session *session;
	const char *ref;
	const char *by;
	bool yes;
	struct patient patient;
};

/* Nobody could be reached any more. */
static enum status
close_alerts(
    struct practice *practice, const struct erasure *erasure, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status = alert_of_patient(
	    practice->store, erasure->patient.patient_id, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (list[i].state != ALERT_CLOSED)
			status = alerting_close(practice, &list[i], erasure->by,
			    "the patient was erased", why);
	alert_list_free(list, len);
	return status;
}

static enum status
erase_work(struct practice *practice, void *arg, struct why *why)
{
	struct erasure *erasure = arg;
	enum status status = session_patient(
	    erasure->session, erasure->ref, &erasure->patient, why);
	if (status != STATUS_OK || erasure->patient.erased_at != 0)
		return status;
	if (!erasure->yes)
		return why_set(why, STATUS_USAGE,
		    "this would erase %s for good: name, addresses, what was "
		    "told about the patient, every text to and from; scores, "
		    "moves and dates stay, without a name. With --yes it is "
		    "done",
		    erasure->patient.ref);
	/* Discharged first, so that closing a red flag resumes nobody. */
	if (erasure->patient.state != PATIENT_DISCHARGED)
		status = course_discharge(
		    practice, &erasure->patient, erasure->by, why);
	if (status == STATUS_OK)
		status = close_alerts(practice, erasure, why);
	if (status == STATUS_OK)
		status = patient_erase(practice->store,
		    erasure->patient.patient_id, practice->now, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    erasure->patient.patient_id, "erased", "", why,
		    "who it was is erased");
	return status;
}

enum status
patient_run_erase(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct erasure erasure = { .session = session,
		.ref = arguments->words[1],
		.by = session_by(session, arguments),
		.yes = argument_given(arguments, "yes") };
	enum status status =
	    practice_transact(&session->practice, erase_work, &erasure, why);
	if (status == STATUS_OK && erasure.patient.erased_at != 0)
		printf("%s is erased already\n", erasure.patient.ref);
	else if (status == STATUS_OK)
		printf("%s is erased. Backups made before now, and the "
		       "providers who carried the\nmessages, still hold it: "
		       "see that they are cleared too. An address that wrote\n"
		       "STOP is kept as a bare address, so that it stays "
		       "left alone.\n",
		    erasure.patient.ref);
	patient_free(&erasure.patient);
	return status;
}
