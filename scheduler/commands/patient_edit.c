/*
 * patient edit - what enrolment said, said anew
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "commands/patient.h"
#include "commands/patient_edit_form.h"
#include "store/slots.h"
#include "tick/alerting.h"
#include "tick/course.h"
#include "tick/declared.h"
#include "tick/whose.h"

struct edit {
	struct session *session;
	const struct arguments *arguments;
	struct patient patient;
	struct buffer changed; /* names of what changed, for the event */
	struct buffer notes; /* what the one at the desk should know */
};

static bool
same(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static void
note_change(struct edit *edit, const char *what)
{
	buffer_printf(
	    &edit->changed, "%s%s", edit->changed.len > 0 ? ", " : "", what);
}

/* Take a text over; true when it is another one. */
static bool
take_text(struct edit *edit, char **member, char **from, const char *what)
{
	if (same(*member, *from))
		return false;
	free(*member);
	*member = *from != NULL && **from != '\0' ? xstrdup(*from) : NULL;
	note_change(edit, what);
	return true;
}

static void
take_facts(struct edit *edit, struct patient *checked)
{
	struct patient *patient = &edit->patient;
	bool other = patient->facts_len != checked->facts_len;
	for (int i = 0; i < checked->facts_len && !other; i++) {
		bool found = false;
		for (int f = 0; f < patient->facts_len; f++)
			if (same(
				patient->facts[f].key, checked->facts[i].key) &&
			    same(patient->facts[f].value,
				checked->facts[i].value))
				found = true;
		other = !found;
	}
	if (!other)
		return;
	struct patient_fact *facts = patient->facts;
	int len = patient->facts_len;
	patient->facts = checked->facts;
	patient->facts_len = checked->facts_len;
	checked->facts = facts;
	checked->facts_len = len;
	note_change(edit, "facts");
}

/* What was wrong with the address that is gone is over. */
static enum status
end_alerts(struct practice *practice, const struct patient *patient,
    enum channel channel, struct why *why)
{
	static const char outcome[] = "another address was given";
	struct alerting_topic dead = { .kind = ALERT_UNDELIVERABLE,
		.patient_id = patient->patient_id,
		.topic = channel_names[channel] };
	struct alerting_topic wrong = { .kind = ALERT_WRONG_NUMBER,
		.patient_id = patient->patient_id,
		.fault = channel_names[channel] };
	enum status status = alerting_end(practice, &dead, outcome, why);
	return status == STATUS_OK
		   ? alerting_end(practice, &wrong, outcome, why)
		   : status;
}

/* What changed of addresses and of what the schedule hangs on. */
struct differences {
	bool phone;
	bool email;
	bool schedule;
	bool consent;
};

static struct differences
take_over(struct edit *edit, struct patient *checked)
{
	struct patient *p = &edit->patient;
	struct differences d = { 0 };
	take_text(edit, &p->name, &checked->name, "name");
	d.phone = take_text(edit, &p->phone, &checked->phone, "phone");
	d.email = take_text(edit, &p->email, &checked->email, "email");
	take_text(edit, &p->channel, &checked->channel, "channel");
	take_text(edit, &p->language, &checked->language, "language");
	d.schedule =
	    take_text(edit, &p->timezone, &checked->timezone, "time zone");
	take_text(edit, &p->clinician, &checked->clinician, "clinician");
	take_text(edit, &p->carer, &checked->carer, "carer");
	d.consent = take_text(
	    edit, &p->consented_on, &checked->consented_on, "consent");
	if (take_text(edit, &p->consent_how, &checked->consent_how,
		"how consent was given"))
		d.consent = true;
	if (take_text(edit, &p->consent_wording, &checked->consent_wording,
		"the wording of consent"))
		d.consent = true;
	if (p->minor != checked->minor) {
		p->minor = checked->minor;
		note_change(edit, "minor or not");
	}
	take_text(edit, &p->screened_on, &checked->screened_on, "screening");
	take_text(edit, &p->screened_by, &checked->screened_by, "screened by");
	take_facts(edit, checked);
	if (p->baseline != checked->baseline) {
		/* The first stage began with it. */
		if (p->visit == 1 && p->stage_pain == p->baseline)
			p->stage_pain = checked->baseline;
		p->baseline = checked->baseline;
		note_change(edit, "baseline");
	}
	if (p->no_running != checked->no_running) {
		p->no_running = checked->no_running;
		d.schedule = true;
		note_change(edit, "running");
	}
	return d;
}

/* The next slots, by the new zone's clock; those that came before now, by
 * either clock, don't exist. */
static enum status
schedule_anew(
    struct practice *practice, const struct patient *patient, struct why *why)
{
	if (patient->state == PATIENT_COMPLETED ||
	    patient->state == PATIENT_DISCHARGED)
		return STATUS_OK;
	enum status status = schedule_drop_stage(
	    practice->store, patient->enrolment_id, NULL, why);
	if (status == STATUS_OK)
		status = course_schedule(practice, patient, true, why);
	return status;
}

static enum status
edit_work(struct practice *practice, void *arg, struct why *why)
{
	struct edit *edit = arg;
	struct patient checked = { 0 };
	enum status status = session_patient(
	    edit->session, edit->arguments->words[1], &edit->patient, why);
	if (status == STATUS_OK && edit->patient.erased_at != 0)
		status = why_set(
		    why, STATUS_DENIED, "%s was erased", edit->patient.ref);
	if (status == STATUS_OK)
		status = patient_edit_check(
		    practice, edit->arguments, &edit->patient, &checked, why);
	if (status != STATUS_OK)
		return status;

	struct differences changed = take_over(edit, &checked);
	patient_free(&checked);
	if (edit->changed.len == 0)
		return STATUS_OK;
	status = patient_update(practice->store, &edit->patient, why);
	if (status == STATUS_OK && changed.schedule)
		status = schedule_anew(practice, &edit->patient, why);
	if (status == STATUS_OK && changed.phone)
		status = end_alerts(practice, &edit->patient, CHANNEL_SMS, why);
	if (status == STATUS_OK && changed.email)
		status =
		    end_alerts(practice, &edit->patient, CHANNEL_EMAIL, why);
	if (status == STATUS_OK && (changed.phone || changed.email))
		status = whose_addresses(
		    practice, &edit->patient, &edit->notes, why);
	if (edit->patient.state == PATIENT_STOPPED &&
	    (changed.phone || changed.email))
		buffer_printf(&edit->notes,
		    "%s is stopped and gets nothing yet: after a wrong number, "
		    "keepmoving patient resume %s goes on\n",
		    edit->patient.ref, edit->patient.ref);
	if (status == STATUS_OK && changed.consent)
		status = declared_note_consent(practice, &edit->patient, why);
	if (status == STATUS_OK && changed.consent)
		status = enrol_welcome(practice, &edit->patient, 0, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    edit->patient.patient_id, "edited", "", why,
		    "changed by the clinic: %s", buffer_text(&edit->changed));
	return status;
}

static enum status
check_options(const struct arguments *arguments, struct why *why)
{
	int others = arguments->given_len;
	if (argument_given(arguments, "by") &&
	    !argument_given(arguments, "screened"))
		others--;
	if (others == 0)
		return why_set(why, STATUS_USAGE,
		    "say what to change, such as --phone NUMBER");
	if (argument_given(arguments, "no-running") &&
	    argument_given(arguments, "running"))
		return why_set(why, STATUS_USAGE,
		    "--running and --no-running exclude each other");
	return STATUS_OK;
}

enum status
patient_run_edit(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct edit edit = { .session = session, .arguments = arguments };
	enum status status = check_options(arguments, why);
	session->practice.by = session_user();
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, edit_work, &edit, why);
	if (status == STATUS_OK) {
		printf("%s: %s%s\n%s", edit.patient.ref,
		    edit.changed.len > 0 ? "changed " : "it is so already",
		    buffer_text(&edit.changed), buffer_text(&edit.notes));
	}
	buffer_free(&edit.changed);
	buffer_free(&edit.notes);
	patient_free(&edit.patient);
	return status;
}
