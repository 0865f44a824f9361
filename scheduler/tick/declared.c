#include "tick/declared.h"

#include <ctype.h>
#include <string.h>

#include "base/memory.h"

#define AGE_MAX 120 /* years; what is longer ago is a slip of the pen */

/* Whole years from one day to another. */
static int
years_between(struct date from, struct date to)
{
	int years = to.year - from.year;
	if (to.month < from.month ||
	    (to.month == from.month && to.day < from.day))
		years--;
	return years;
}

static enum status
check_date(const char *option, const char *text, struct date today, char **out,
    struct why *why)
{
	struct date date;
	char formatted[DATE_SIZE];
	enum status status = date_parse(text, &date, why);
	if (status != STATUS_OK)
		return why_prefix(why, status, "--%s", option);
	/* A day of grace: the clinic's today may not be the patient's. */
	if (date_days(date) > date_days(today) + 1)
		return why_set(why, STATUS_BAD_DATA, "--%s %s has not come yet",
		    option, text);
	if (years_between(date, today) > AGE_MAX)
		return why_set(why, STATUS_BAD_DATA,
		    "--%s %s is too long ago to be meant", option, text);
	replace_text(out, date_format(date, formatted));
	return STATUS_OK;
}

/* How consent may have been given: words of ours, so that the record of it
 * holds nothing of the patient. */
static enum status
check_consent_how(const char *how, struct patient *patient, struct why *why)
{
	static const char *const ways[] = { "in-person", "paper", "phone",
		"online", "sms", "email" };
	if (how == NULL || *how == '\0')
		return STATUS_OK;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
		if (strcmp(how, ways[i]) == 0) {
			replace_text(&patient->consent_how, how);
			return STATUS_OK;
		}
	return why_set(why, STATUS_BAD_DATA,
	    "--consent-how \"%s\" is not in-person, paper, phone, online, sms "
	    "or email",
	    how);
}

/* A version is a short word: "2026-01". */
static enum status
check_wording(struct practice *practice, const char *wording,
    struct patient *patient, struct why *why)
{
	if (wording == NULL || *wording == '\0')
		wording = practice->config->clinic.consent_wording;
	for (const char *p = wording; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr("-._", *p) == NULL)
			return why_set(why, STATUS_BAD_DATA,
			    "--consent-wording \"%s\" is no version, such as "
			    "2026-01",
			    wording);
	if (strlen(wording) > 40)
		return why_set(why, STATUS_BAD_DATA,
		    "--consent-wording is too long for a version");
	replace_text(
	    &patient->consent_wording, *wording != '\0' ? wording : NULL);
	return STATUS_OK;
}

/* A minor's messages go to a carer, whose address it is. */
static enum status
check_age(struct practice *practice, const struct enrolment_form *form,
    struct date today, struct patient *patient, struct why *why)
{
	const struct clinic *clinic = &practice->config->clinic;
	patient->minor = form->is_minor;
	if (form->born != NULL && *form->born != '\0') {
		struct date born;
		enum status status = date_parse(form->born, &born, why);
		if (status != STATUS_OK)
			return why_prefix(why, status, "--born");
		if (date_compare(born, today) > 0 ||
		    years_between(born, today) > AGE_MAX)
			return why_set(why, STATUS_BAD_DATA,
			    "--born %s is no patient's birthday", form->born);
		patient->minor = years_between(born, today) < clinic->adult_age;
	} else if (clinic->require_born && !form->is_minor &&
		   !form->age_is_known) {
		return enrol_missing("born",
		    "the date of birth, which is looked at and not kept", why);
	}
	if (patient->minor && (form->carer == NULL || *form->carer == '\0'))
		return enrol_missing("carer",
		    "the patient is a minor, whose messages go to a carer",
		    why);
	return STATUS_OK;
}

static enum status
check_consent(struct practice *practice, const struct enrolment_form *form,
    struct date today, struct patient *patient, struct why *why)
{
	const struct clinic *clinic = &practice->config->clinic;
	enum status status = STATUS_OK;
	if (form->consent != NULL && *form->consent != '\0')
		status = check_date("consent", form->consent, today,
		    &patient->consented_on, why);
	else if (clinic->require_consent)
		return enrol_missing("consent",
		    "the date on which the patient agreed to be messaged", why);
	if (status == STATUS_OK)
		status = check_consent_how(form->consent_how, patient, why);
	if (status == STATUS_OK && patient->consented_on != NULL)
		status = check_wording(
		    practice, form->consent_wording, patient, why);
	return status;
}

static enum status
check_screened(struct practice *practice, const struct enrolment_form *form,
    struct date today, struct patient *patient, struct why *why)
{
	if (form->screened != NULL && *form->screened != '\0') {
		if (form->by == NULL || *form->by == '\0')
			return enrol_missing(
			    "by", "who checked for red flags in person", why);
		patient->screened_by = xstrdup(form->by);
		return check_date("screened", form->screened, today,
		    &patient->screened_on, why);
	}
	if (practice->config->clinic.require_screened)
		return enrol_missing("screened",
		    "the date on which red flags were checked in person", why);
	return STATUS_OK;
}

enum status
declared_check(struct practice *practice, const struct enrolment_form *form,
    struct date today, struct patient *patient, struct why *why)
{
	enum status status = check_consent(practice, form, today, patient, why);
	if (status == STATUS_OK)
		status = check_screened(practice, form, today, patient, why);
	if (status == STATUS_OK)
		status = check_age(practice, form, today, patient, why);
	return status;
}

static const char *
or_else(const char *text, const char *otherwise)
{
	return text != NULL && *text != '\0' ? text : otherwise;
}

enum status
declared_note_consent(
    struct practice *practice, const struct patient *patient, struct why *why)
{
	if (patient->consented_on == NULL)
		return event_add(practice->store, practice->now,
		    patient->patient_id, "consent", "none", why,
		    "no consent to messages is on record: nothing is sent");
	return event_add(practice->store, practice->now, patient->patient_id,
	    "consent", patient->channel, why,
	    "consent to messages by %s given on %s, %s, wording %s%s%s",
	    strcmp(patient->channel, "both") == 0 ? "sms and email"
						  : patient->channel,
	    patient->consented_on,
	    or_else(patient->consent_how, "how was not said"),
	    or_else(patient->consent_wording, "not said"),
	    practice->by != NULL ? ", recorded by " : "",
	    or_else(practice->by, ""));
}
