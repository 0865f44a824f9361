#include "commands/enrol_form.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

const struct option_row enrol_options[] = {
	{ "name", "NAME", false, "as the patient is called" },
	{ "plan", "PLAN", false, "which plan, for example low-back" },
	{ "phone", "PHONE", false, "as the country writes it, or +44..." },
	{ "email", "EMAIL", false, "email address" },
	{ "channel", "CHANNEL", false, "sms, email or both" },
	{ "lang", "LANG", false, "language, for example en" },
	{ "tz", "ZONE", false, "time zone, for example Europe/London" },
	{ "set", "KEY=VALUE", true, "what the plan asks: aggravator=sitting" },
	{ "consent", "DATE", false, "when the patient agreed to messages" },
	{ "consent-how", "WAY", false,
	    "in-person, paper, phone, online, sms or email" },
	{ "consent-wording", "VERSION", false,
	    "of what the patient agreed to" },
	{ "born", "DATE", false, "looked at for the age, and not kept" },
	{ "screened", "DATE", false, "when red flags were checked in person" },
	{ "by", "NAME", false, "who checked them" },
	{ "clinician", "NAME", false, "whose patient it is" },
	{ "baseline", "PAIN", false, "worst pain today, 0 to 10" },
	{ "carer", "NAME", false, "whose address it is, for a minor" },
	{ "no-running", NULL, false, "no text suggests running" },
	{ NULL, NULL, false, NULL },
};

/* Where each plain option's value goes. */
static const struct {
	const char *name;
	size_t offset;
} places[] = {
	{ "name", offsetof(struct enrolment_form, name) },
	{ "plan", offsetof(struct enrolment_form, plan) },
	{ "phone", offsetof(struct enrolment_form, phone) },
	{ "email", offsetof(struct enrolment_form, email) },
	{ "channel", offsetof(struct enrolment_form, channel) },
	{ "lang", offsetof(struct enrolment_form, lang) },
	{ "tz", offsetof(struct enrolment_form, tz) },
	{ "consent", offsetof(struct enrolment_form, consent) },
	{ "consent-how", offsetof(struct enrolment_form, consent_how) },
	{ "consent-wording", offsetof(struct enrolment_form, consent_wording) },
	{ "born", offsetof(struct enrolment_form, born) },
	{ "screened", offsetof(struct enrolment_form, screened) },
	{ "by", offsetof(struct enrolment_form, by) },
	{ "clinician", offsetof(struct enrolment_form, clinician) },
	{ "baseline", offsetof(struct enrolment_form, baseline) },
	{ "carer", offsetof(struct enrolment_form, carer) },
};

/* A switch in a table's cell: yes, no, or nothing. */
static enum status
read_switch(const char *name, const char *value, bool *on, struct why *why)
{
	static const char *const yes[] = { "yes", "true", "1", "x", "y" };
	static const char *const no[] = { "no", "false", "0", "n" };
	*on = false;
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		if (strcasecmp(value, yes[i]) == 0) {
			*on = true;
			return STATUS_OK;
		}
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
		if (strcasecmp(value, no[i]) == 0)
			return STATUS_OK;
	return why_set(
	    why, STATUS_BAD_DATA, "%s \"%s\" is not yes or no", name, value);
}

enum status
enrol_form_set(struct enrolment_form *form, const char *name, const char *value,
    struct why *why)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (strcmp(places[i].name, name) != 0)
			continue;
		char *member = (char *)form + places[i].offset;
		memcpy(member, &value, sizeof value);
		return STATUS_OK;
	}
	if (strcmp(name, "no-running") == 0)
		return *value == '\0'
			   ? STATUS_OK
			   : read_switch(name, value, &form->no_running, why);
	if (strcmp(name, "set") == 0) {
		if (form->facts_len >= ENROL_FACTS)
			return why_set(why, STATUS_BAD_DATA,
			    "--set is given more than %d times", ENROL_FACTS);
		form->facts[form->facts_len++] = value;
		return STATUS_OK;
	}
	return why_set(why, STATUS_USAGE, "there is no \"%s\"", name);
}

enum status
enrol_form_fill(const struct arguments *arguments, struct enrolment_form *form,
    struct why *why)
{
	for (int i = 0; i < arguments->given_len; i++) {
		const struct given *given = &arguments->given[i];
		const char *value =
		    given->option->value == NULL ? "yes" : given->value;
		enum status status =
		    enrol_form_set(form, given->option->name, value, why);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}
