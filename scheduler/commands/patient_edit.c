/*
 * patient edit - what enrolment said, said anew
 *
 * What the patient is now and what the options name make a form, and the form
 * is checked as enrolment checks it: in the same words, by the same rules.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "commands/patient.h"
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

static const char *
given_or(const struct edit *edit, const char *option, const char *present)
{
	const char *value = argument(edit->arguments, option);
	return value != NULL ? value : present;
}

/* Is that fact given anew by a --set? */
static bool
is_set_anew(const struct edit *edit, const char *key)
{
	size_t len = strlen(key);
	const char *text;
	for (int n = 0;
	     (text = argument_nth(edit->arguments, "set", n)) != NULL; n++)
		if (strncmp(text, key, len) == 0 && text[len] == '=')
			return true;
	return false;
}

/* *owned gets the texts that are ours to free, as many as ENROL_FACTS. */
static enum status
fill_facts(const struct edit *edit, struct enrolment_form *form, char **owned,
    struct why *why)
{
	const struct patient *patient = &edit->patient;
	const char *text;
	for (int i = 0; i < patient->facts_len; i++) {
		const struct patient_fact *fact = &patient->facts[i];
		if (is_set_anew(edit, fact->key))
			continue;
		if (form->facts_len >= ENROL_FACTS)
			break;
		owned[form->facts_len] =
		    xasprintf("%s=%s", fact->key, fact->value);
		form->facts[form->facts_len] = owned[form->facts_len];
		form->facts_len++;
	}
	for (int n = 0;
	     (text = argument_nth(edit->arguments, "set", n)) != NULL; n++) {
		if (form->facts_len >= ENROL_FACTS)
			return why_set(why, STATUS_BAD_DATA,
			    "--set: at most %d facts", ENROL_FACTS);
		form->facts[form->facts_len++] = text;
	}
	return STATUS_OK;
}

static void
fill_form(const struct edit *edit, const char *plan, const char *baseline,
    struct enrolment_form *form)
{
	const struct patient *patient = &edit->patient;
	const struct arguments *arguments = edit->arguments;
	form->plan = plan;
	form->name = given_or(edit, "name", patient->name);
	form->phone = given_or(edit, "phone", patient->phone);
	form->email = given_or(edit, "email", patient->email);
	form->channel = given_or(edit, "channel", patient->channel);
	form->lang = given_or(edit, "lang", patient->language);
	form->tz = given_or(edit, "tz", patient->timezone);
	form->consent = given_or(edit, "consent", patient->consented_on);
	form->consent_how = given_or(edit, "consent-how", patient->consent_how);
	/* Consent that is given anew is to the wording of now. */
	form->consent_wording = given_or(edit, "consent-wording",
	    argument_given(arguments, "consent") ? NULL
						 : patient->consent_wording);
	form->born = argument(arguments, "born");
	form->is_minor = patient->minor;
	form->age_is_known = true;
	form->screened = given_or(edit, "screened", patient->screened_on);
	form->by = argument_given(arguments, "screened")
		       ? argument(arguments, "by")
		       : patient->screened_by;
	form->clinician = given_or(edit, "clinician", patient->clinician);
	form->baseline = given_or(
	    edit, "baseline", patient->baseline >= 0 ? baseline : NULL);
	form->carer = given_or(edit, "carer", patient->carer);
	form->no_running =
	    argument_given(arguments, "no-running") ||
	    (patient->no_running && !argument_given(arguments, "running"));
}

static bool
is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

/* Whoever's address is taken away must still be reached by the other one. */
static enum status
check_removal(
    const struct edit *edit, const struct enrolment_form *form, struct why *why)
{
	static const struct {
		const char *option, *other_channel;
	} ways[] = { { "phone", "email" }, { "email", "sms" } };
	for (int i = 0; i < 2; i++) {
		const char *given = argument(edit->arguments, ways[i].option);
		if (given == NULL || *given != '\0')
			continue;
		if (is_empty(form->phone) && is_empty(form->email))
			return why_set(why, STATUS_BAD_DATA,
			    "%s would have no address left: give another one, "
			    "or end the plan with patient discharge",
			    edit->patient.ref);
		if (!is_empty(form->channel) &&
		    strcmp(form->channel, ways[i].other_channel) != 0)
			return why_set(why, STATUS_BAD_DATA,
			    "--%s can't be taken away while the channel is %s: "
			    "give --channel %s too",
			    ways[i].option, form->channel,
			    ways[i].other_channel);
	}
	return STATUS_OK;
}

static enum status
check_form(struct practice *practice, const struct edit *edit,
    struct patient *checked, struct why *why)
{
	struct enrolment_form form = { 0 };
	char *owned[ENROL_FACTS] = { 0 };
	char baseline[16];
	const struct plans_row *row = NULL;
	snprintf(baseline, sizeof baseline, "%d", edit->patient.baseline);
	enum status status =
	    practice_plan(practice, edit->patient.plan_id, &row, why);
	if (status == STATUS_OK) {
		fill_form(edit, row->plan->id, baseline, &form);
		status = check_removal(edit, &form, why);
	}
	if (status == STATUS_OK)
		status = fill_facts(edit, &form, owned, why);
	if (status == STATUS_OK)
		status = enrol_check(practice, &form, checked, why);
	for (int i = 0; i < ENROL_FACTS; i++)
		free(owned[i]);
	return status;
}

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
		status = check_form(practice, edit, &checked, why);
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
	if (status == STATUS_OK && changed.consent)
		status = declared_note_consent(practice, &edit->patient, why);
	if (status == STATUS_OK && changed.consent)
		status = enrol_welcome(practice, &edit->patient, why);
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
