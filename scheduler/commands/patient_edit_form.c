/*
 * patient_edit_form.c - see patient_edit_form.h
 *
 * What the patient is now and what the options name make a form, and the form
 * is checked as enrolment checks it: in the same words, by the same rules.
 */
#include "commands/patient_edit_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Who is edited, and what is said anew. */
struct asked {
	const struct arguments *arguments;
	const struct patient *patient;
};

static const char *
given_or(const struct asked *asked, const char *option, const char *present)
{
	const char *value = argument(asked->arguments, option);
	return value != NULL ? value : present;
}

/* Is that fact given anew by a --set? */
static bool
is_set_anew(const struct asked *asked, const char *key)
{
	size_t len = strlen(key);
	const char *text;
	for (int n = 0;
	     (text = argument_nth(asked->arguments, "set", n)) != NULL; n++)
		if (strncmp(text, key, len) == 0 && text[len] == '=')
			return true;
	return false;
}

/* *owned gets the texts that are ours to free, as many as ENROL_FACTS. */
static enum status
fill_facts(const struct asked *asked, struct enrolment_form *form, char **owned,
    struct why *why)
{
	const struct patient *patient = asked->patient;
	const char *text;
	for (int i = 0; i < patient->facts_len; i++) {
		const struct patient_fact *fact = &patient->facts[i];
		if (is_set_anew(asked, fact->key))
			continue;
		if (form->facts_len >= ENROL_FACTS)
			break;
		owned[form->facts_len] =
		    xasprintf("%s=%s", fact->key, fact->value);
		form->facts[form->facts_len] = owned[form->facts_len];
		form->facts_len++;
	}
	for (int n = 0;
	     (text = argument_nth(asked->arguments, "set", n)) != NULL; n++) {
		if (form->facts_len >= ENROL_FACTS)
			return why_set(why, STATUS_BAD_DATA,
			    "--set: at most %d facts", ENROL_FACTS);
		form->facts[form->facts_len++] = text;
	}
	return STATUS_OK;
}

static void
fill_form(const struct asked *asked, const char *plan, const char *baseline,
    struct enrolment_form *form)
{
	const struct patient *patient = asked->patient;
	const struct arguments *arguments = asked->arguments;
	form->plan = plan;
	form->name = given_or(asked, "name", patient->name);
	form->phone = given_or(asked, "phone", patient->phone);
	form->email = given_or(asked, "email", patient->email);
	form->channel = given_or(asked, "channel", patient->channel);
	form->lang = given_or(asked, "lang", patient->language);
	form->tz = given_or(asked, "tz", patient->timezone);
	form->consent = given_or(asked, "consent", patient->consented_on);
	form->consent_how =
	    given_or(asked, "consent-how", patient->consent_how);
	/* Consent that is given anew is to the wording of now. */
	form->consent_wording = given_or(asked, "consent-wording",
	    argument_given(arguments, "consent") ? NULL
						 : patient->consent_wording);
	form->born = argument(arguments, "born");
	form->is_minor = patient->minor;
	form->age_is_known = true;
	form->screened = given_or(asked, "screened", patient->screened_on);
	form->by = argument_given(arguments, "screened")
		       ? argument(arguments, "by")
		       : patient->screened_by;
	form->clinician = given_or(asked, "clinician", patient->clinician);
	form->baseline = given_or(
	    asked, "baseline", patient->baseline >= 0 ? baseline : NULL);
	form->carer = given_or(asked, "carer", patient->carer);
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
check_removal(const struct asked *asked, const struct enrolment_form *form,
    struct why *why)
{
	static const struct {
		const char *option, *other_channel;
	} ways[] = { { "phone", "email" }, { "email", "sms" } };
	for (int i = 0; i < 2; i++) {
		const char *given = argument(asked->arguments, ways[i].option);
		if (given == NULL || *given != '\0')
			continue;
		if (is_empty(form->phone) && is_empty(form->email))
			return why_set(why, STATUS_BAD_DATA,
			    "%s would have no address left: give another one, "
			    "or end the plan with patient discharge",
			    asked->patient->ref);
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

enum status
patient_edit_check(struct practice *practice, const struct arguments *arguments,
    const struct patient *patient, struct patient *checked, struct why *why)
{
	struct asked asked = { arguments, patient };
	struct enrolment_form form = { 0 };
	char *owned[ENROL_FACTS] = { 0 };
	char baseline[16];
	const struct plans_row *row = NULL;
	snprintf(baseline, sizeof baseline, "%d", patient->baseline);
	enum status status =
	    practice_plan(practice, patient->plan_id, &row, why);
	if (status == STATUS_OK) {
		fill_form(&asked, row->plan->id, baseline, &form);
		status = check_removal(&asked, &form, why);
	}
	if (status == STATUS_OK)
		status = fill_facts(&asked, &form, owned, why);
	if (status == STATUS_OK)
		status = enrol_check(practice, &form, checked, why);
	for (int i = 0; i < ENROL_FACTS; i++)
		free(owned[i]);
	return status;
}
