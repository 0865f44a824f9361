/*
 * patient pause, resume, discharge - a clinician's hand on the course
 */
#include <stdlib.h>
#include <string.h>

#include "commands/patient_change.h"
#include "commands/print.h"
#include "store/alerts.h"
#include "tick/course.h"
#include "tick/enrol.h"

/* The day on which it goes on must be to come, where the patient is. */
static enum status
read_until(struct practice *practice, const struct patient_change *change,
    struct date *until, struct why *why)
{
	struct zone *zone = NULL;
	*until = (struct date){ 0 };
	if (change->until == NULL)
		return STATUS_OK;
	enum status status = date_parse(change->until, until, why);
	if (status != STATUS_OK)
		return why_prefix(why, status, "--until");
	status = zone_open(change->patient.timezone, &zone, why);
	if (status != STATUS_OK)
		return status;
	if (date_compare(*until, zone_local(zone, practice->now).date) <= 0)
		status = why_set(why, STATUS_BAD_DATA,
		    "--until %s has come already: give the day on which it "
		    "goes on",
		    change->until);
	zone_free(zone);
	return status;
}

static enum status
pause_one(
    struct practice *practice, struct patient_change *change, struct why *why)
{
	struct patient *patient = &change->patient;
	struct date until;
	enum status status = read_until(practice, change, &until, why);
	if (status != STATUS_OK)
		return status;
	if (patient->state == PATIENT_PAUSED && patient->paused_by != NULL &&
	    strcmp(patient->paused_by, "red-flag") == 0)
		return why_set(why, STATUS_DENIED,
		    "%s is paused by a red flag, until its alert is closed "
		    "or \"patient resume\"",
		    patient->ref);
	if (patient->state != PATIENT_ACTIVE &&
	    patient->state != PATIENT_PAUSED)
		return patient_change_refuse(patient, "paused", why);
	return course_pause(practice, patient, "clinician", until, why);
}

enum status
patient_run_pause(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	char day[PRINT_WHEN_SIZE];
	struct patient_change change = { .until =
					     argument(arguments, "until") };
	enum status status =
	    patient_change_run(session, arguments, &change, pause_one, why);
	const struct patient *patient = &change.patient;
	if (status == STATUS_OK && patient->paused_until_on.year != 0)
		printf("%s is paused and goes on %s\n", patient->ref,
		    print_day(patient->paused_until_on, day));
	else if (status == STATUS_OK)
		printf("%s is paused until resumed\n", patient->ref);
	patient_free(&change.patient);
	return status;
}

/*
 * Who wrote STOP goes on by writing START, and by nothing else. A number that
 * was said to be the wrong one is another matter: the patient never asked.
 */
static enum status
may_restart(
    struct practice *practice, const struct patient *patient, struct why *why)
{
	struct event *events = NULL;
	int len = 0;
	bool wrong = false;
	enum status status = event_of_patient(practice->store,
	    patient->patient_id, 0, INT64_MAX, &events, &len, why);
	for (int i = 0; i < len; i++)
		if (strcmp(events[i].kind, "stopped") == 0)
			wrong =
			    strstr(events[i].because, "wrong number") != NULL;
	event_list_free(events, len);

	const char *addresses[] = { patient->phone, patient->email };
	bool out = false;
	for (int i = 0; i < 2 && status == STATUS_OK && !out; i++)
		if (addresses[i] != NULL)
			status =
			    optout_is(practice->store, addresses[i], &out, why);
	if (status == STATUS_OK && (out || !wrong))
		status = why_set(why, STATUS_DENIED,
		    "%s has stopped: only the patient can go on, by writing "
		    "START",
		    patient->ref);
	return status;
}

/* Going on does not say that somebody has seen to it. */
static enum status
find_red_flag(
    struct practice *practice, struct patient_change *change, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status = alert_of_patient(
	    practice->store, change->patient.patient_id, &list, &len, why);
	for (int i = 0; i < len; i++)
		if (list[i].kind == ALERT_RED_FLAG &&
		    list[i].state != ALERT_CLOSED)
			change->red_flag = list[i].alert_id;
	alert_list_free(list, len);
	return status;
}

/* A stranger had the welcome: who we are, how to stop, and when to call for
 * help. */
static enum status
begin_again(struct practice *practice, struct patient *patient, struct why *why)
{
	enum status status = may_restart(practice, patient, why);
	if (status == STATUS_OK)
		status = course_restart(practice, patient,
		    "resumed by the clinic, at a new address", why);
	return status == STATUS_OK
		   ? enrol_welcome(practice, patient, practice->now, why)
		   : status;
}

static enum status
resume_one(
    struct practice *practice, struct patient_change *change, struct why *why)
{
	struct patient *patient = &change->patient;
	enum status status = find_red_flag(practice, change, why);
	if (status != STATUS_OK)
		return status;
	switch (patient->state) {
	case PATIENT_ACTIVE:
		change->nothing = true;
		return STATUS_OK;
	case PATIENT_PAUSED:
		return course_resume(
		    practice, patient, "resumed by the clinic", why);
	case PATIENT_STOPPED:
		return begin_again(practice, patient, why);
	case PATIENT_COMPLETED:
	case PATIENT_DISCHARGED:
	case PATIENT__MAX:
		break;
	}
	return patient_change_refuse(patient, "resumed", why);
}

enum status
patient_run_resume(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct patient_change change = { 0 };
	enum status status =
	    patient_change_run(session, arguments, &change, resume_one, why);
	if (status == STATUS_OK)
		printf("%s is %s%s\n", change.patient.ref,
		    patient_state_names[change.patient.state],
		    change.nothing ? " already" : " again");
	if (status == STATUS_OK && change.red_flag != 0)
		printf("its red flag is not closed: once it has been seen to, "
		       "keepmoving alert close %lld --outcome TEXT\n",
		    (long long)change.red_flag);
	patient_free(&change.patient);
	return status;
}

static enum status
discharge_one(
    struct practice *practice, struct patient_change *change, struct why *why)
{
	if (change->patient.state == PATIENT_DISCHARGED) {
		change->nothing = true;
		return STATUS_OK;
	}
	return course_discharge(practice, &change->patient, change->by, why);
}

enum status
patient_run_discharge(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct patient_change change = { 0 };
	enum status status =
	    patient_change_run(session, arguments, &change, discharge_one, why);
	if (status == STATUS_OK)
		printf("%s is discharged%s\n", change.patient.ref,
		    change.nothing ? " already" : "");
	patient_free(&change.patient);
	return status;
}
