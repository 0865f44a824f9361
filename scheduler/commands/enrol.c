/*
 * enrol - one patient, in a minute, between two appointments
 */
#include "commands/enrol_form.h"
#include "commands/verbs.h"

static enum status
store_work(struct practice *practice, void *arg, struct why *why)
{
	return enrol_store(practice, arg, why);
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	enum status status = arguments_expect(arguments, 0, 0,
	    "enrol takes options only, such as --name \"Ann Lee\"", why);
	if (status != STATUS_OK)
		return status;

	struct enrolment_form form = { 0 };
	struct patient patient = { 0 };
	status = enrol_form_fill(arguments, &form, why);
	if (status == STATUS_OK)
		status = enrol_check(&session->practice, &form, &patient, why);
	session->practice.by = session_user();
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, store_work, &patient, why);
	if (status == STATUS_OK)
		puts(patient.ref);
	patient_free(&patient);
	return status;
}

const struct command command_enrol = {
	.name = "enrol",
	.synopsis = "enrol --name NAME --plan PLAN [--phone PHONE] "
		    "[--email EMAIL] [OPTIONS]",
	.summary = "take a patient onto a plan; prints the reference",
	.needs = NEEDS_STORE,
	.options = enrol_options,
	.run = run,
};
