/*
 * enrol_check.c - see enrol.h
 *
 * What somebody wrote about a patient, option by option.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "tick/declared.h"
#include "tick/enrol.h"

#define NAME_MAX_BYTES 120

enum status
enrol_missing(const char *option, const char *what, struct why *why)
{
	return why_set(
	    why, STATUS_BAD_DATA, "--%s is missing: %s", option, what);
}

static enum status
check_name(const char *name, struct patient *patient, struct why *why)
{
	if (name == NULL || *name == '\0')
		return enrol_missing("name", "the patient's name", why);
	if (strlen(name) > NAME_MAX_BYTES || !utf8_valid(name, strlen(name)))
		return why_set(why, STATUS_BAD_DATA,
		    "--name is too long or not UTF-8 text");
	bool letters = false;
	for (const unsigned char *p = (const unsigned char *)name; *p; p++) {
		if (iscntrl(*p))
			return why_set(why, STATUS_BAD_DATA,
			    "--name has a line break or a control character");
		letters = letters || !isspace(*p);
	}
	if (!letters)
		return enrol_missing("name", "the patient's name", why);
	patient->name = xstrdup(name);
	return STATUS_OK;
}

static enum status
check_addresses(struct practice *practice, const struct enrolment_form *form,
    struct patient *patient, struct why *why)
{
	const char *country = practice->config->clinic.country;
	char phone[PHONE_SIZE];
	char email[EMAIL_SIZE];
	enum status status = STATUS_OK;
	if (form->phone != NULL && *form->phone != '\0') {
		status = phone_normalise(form->phone, country, phone, why);
		if (status != STATUS_OK)
			return why_prefix(why, status, "--phone");
		patient->phone = xstrdup(phone);
	}
	if (form->email != NULL && *form->email != '\0') {
		status = email_normalise(form->email, email, why);
		if (status != STATUS_OK)
			return why_prefix(why, status, "--email");
		patient->email = xstrdup(email);
	}
	if (patient->phone == NULL && patient->email == NULL)
		return enrol_missing(
		    "phone", "a phone number, or --email", why);

	const char *channel = form->channel;
	if (channel == NULL || *channel == '\0')
		channel = patient->phone != NULL ? "sms" : "email";
	bool sms = strcmp(channel, "sms") == 0;
	bool mail = strcmp(channel, "email") == 0;
	bool both = strcmp(channel, "both") == 0;
	if (!sms && !mail && !both)
		return why_set(why, STATUS_BAD_DATA,
		    "--channel \"%s\" is not sms, email or both", channel);
	if ((sms || both) && patient->phone == NULL)
		return enrol_missing("phone", "the channel is SMS", why);
	if ((mail || both) && patient->email == NULL)
		return enrol_missing("email", "the channel is email", why);
	patient->channel = xstrdup(channel);
	return STATUS_OK;
}

/* Is the word among those separated by spaces? */
static bool
is_known(const char *known, const char *word)
{
	size_t len = strlen(word);
	for (const char *p = known; *p != '\0';) {
		size_t span = strcspn(p, " ");
		if (span == len && strncmp(p, word, len) == 0)
			return true;
		p += span;
		p += strspn(p, " ");
	}
	return false;
}

static const struct plans_about *
find_about(const struct plans_row *row, const char *key, size_t len)
{
	for (int i = 0; i < row->about_len; i++)
		if (strlen(row->about[i].key) == len &&
		    strncmp(row->about[i].key, key, len) == 0)
			return &row->about[i];
	return NULL;
}

/* What every plan knows, whatever its texts name. */
static struct plans_about nerve_about = { .key = FACT_NERVE,
	.known = "yes no" };

static enum status
add_fact(const struct plans_row *row, const char *text, struct patient *patient,
    struct why *why)
{
	const char *equals = strchr(text, '=');
	if (equals == NULL || equals == text || equals[1] == '\0')
		return why_set(why, STATUS_BAD_DATA,
		    "--set \"%s\" is not KEY=VALUE", text);
	size_t len = (size_t)(equals - text);
	const struct plans_about *about =
	    len == strlen(FACT_NERVE) && strncmp(text, FACT_NERVE, len) == 0
		? &nerve_about
		: find_about(row, text, len);
	if (about == NULL)
		return why_set(why, STATUS_BAD_DATA,
		    "--set %.*s: plan %s knows nothing of that name", (int)len,
		    text, row->plan->id);
	if (*about->known != '\0' && !is_known(about->known, equals + 1))
		return why_set(why, STATUS_BAD_DATA,
		    "--set %s: the plan's texts know %s", text, about->known);
	for (int i = 0; i < patient->facts_len; i++)
		if (strcmp(patient->facts[i].key, about->key) == 0)
			return why_set(why, STATUS_BAD_DATA,
			    "--set %s is given twice", about->key);

	patient->facts = xrealloc(patient->facts,
	    (size_t)patient->facts_len + 1, sizeof *patient->facts);
	patient->facts[patient->facts_len++] =
	    (struct patient_fact){ .key = xstrdup(about->key),
		    .value = xstrdup(equals + 1) };
	return STATUS_OK;
}

static enum status
check_facts(const struct plans_row *row, const struct enrolment_form *form,
    struct patient *patient, struct why *why)
{
	for (int i = 0; i < form->facts_len; i++) {
		enum status status =
		    add_fact(row, form->facts[i], patient, why);
		if (status != STATUS_OK)
			return status;
	}
	for (int i = 0; i < row->about_len; i++) {
		bool given = false;
		for (int f = 0; f < patient->facts_len; f++)
			if (strcmp(patient->facts[f].key, row->about[i].key) ==
			    0)
				given = true;
		if (!given)
			return why_set(why, STATUS_BAD_DATA,
			    "--set %s=... is missing: plan %s needs it%s%s",
			    row->about[i].key, row->plan->id,
			    *row->about[i].known != '\0' ? ", one of " : "",
			    row->about[i].known);
	}
	return STATUS_OK;
}

static enum status
no_such_plan(struct practice *practice, const char *name, struct why *why)
{
	char **names = NULL;
	int len = 0;
	struct buffer known = { 0 };
	enum status status = plans_names(practice->store, &names, &len, why);
	for (int i = 0; i < len; i++) {
		buffer_printf(&known, "%s%s", i > 0 ? ", " : "", names[i]);
		free(names[i]);
	}
	free(names);
	if (status == STATUS_OK)
		status = why_set(why, STATUS_BAD_DATA,
		    "there is no plan \"%s\"%s%.200s; after adding one run "
		    "\"keepmoving setup\"",
		    name, len > 0 ? ", but " : "", buffer_text(&known));
	buffer_free(&known);
	return status;
}

static enum status
check_plan(struct practice *practice, const struct enrolment_form *form,
    struct patient *patient, struct why *why)
{
	struct plans_row row = { 0 };
	if (form->plan == NULL || *form->plan == '\0')
		return enrol_missing(
		    "plan", "which plan, for example low-back", why);
	enum status status =
	    plans_newest(practice->store, form->plan, &row, why);
	if (status == STATUS_NONE)
		return no_such_plan(practice, form->plan, why);
	if (status != STATUS_OK)
		return status;
	patient->plan_id = row.plan_id;
	patient->stage = xstrdup(row.plan->stages[0].id);
	patient->watch_at =
	    stage_stalls_at(&row.plan->stages[0], practice->now);
	status = check_facts(&row, form, patient, why);
	plans_row_free(&row);
	return status;
}

static enum status
check_baseline(const char *text, struct patient *patient, struct why *why)
{
	patient->baseline = PAIN_NONE;
	if (text == NULL || *text == '\0')
		return STATUS_OK;
	char *end = NULL;
	long value = strtol(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end != '\0' || value > 10)
		return why_set(why, STATUS_BAD_DATA,
		    "--baseline \"%s\" is not a whole number from 0 to 10",
		    text);
	patient->baseline = (int)value;
	return STATUS_OK;
}

static const char *
given_or(const char *text, const char *otherwise)
{
	return text != NULL && *text != '\0' ? text : otherwise;
}

/* A language is a short code of the kind that folders are named by. */
static enum status
check_language(const struct practice *practice, const char *lang,
    struct patient *patient, struct why *why)
{
	lang = given_or(lang, practice->config->clinic.language);
	size_t len = strspn(lang, "abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMN"
				  "OPQRSTUVWXYZ");
	if (len < 2 || len > 11 || lang[len] != '\0')
		return why_set(why, STATUS_BAD_DATA,
		    "--lang \"%s\" is no language; give one like en or es",
		    lang);
	patient->language = xstrdup(lang);
	return STATUS_OK;
}

/* Texts in one language and answers read in another would go past each
 * other: a plan has its texts in the patient's, or in the clinic's own. */
static enum status
check_texts(
    struct practice *practice, const struct patient *patient, struct why *why)
{
	const char *own = practice->config->clinic.language;
	struct templates *templates = NULL;
	const struct plans_row *row = NULL;
	enum status status =
	    practice_plan(practice, patient->plan_id, &row, why);
	if (status == STATUS_OK)
		status = practice_templates(practice, &templates, why);
	if (status != STATUS_OK || strcmp(patient->language, own) == 0)
		return status;

	const char *welcome = row->plan->welcome;
	char *broad =
	    xstrndup(patient->language, strcspn(patient->language, "-_"));
	bool there = templates_has(templates, patient->language, welcome) ||
		     templates_has(templates, broad, welcome) ||
		     strcmp(broad, own) == 0;
	free(broad);
	if (!there)
		return why_set(why, STATUS_BAD_DATA,
		    "--lang %s: plan %s has no texts in that language; leave "
		    "it out for %s",
		    patient->language, row->plan->id, own);
	return STATUS_OK;
}

enum status
enrol_check(struct practice *practice, const struct enrolment_form *form,
    struct patient *patient, struct why *why)
{
	const struct zone *zone = NULL;
	*patient = (struct patient){ .state = PATIENT_ACTIVE,
		.before_stop = PATIENT__MAX,
		.visit = 1,
		.enrolled_at = practice->now,
		.began_at = practice->now,
		.stage_since_at = practice->now,
		.no_running = form->no_running };
	patient->timezone =
	    xstrdup(given_or(form->tz, practice->config->clinic.timezone));

	enum status status = check_name(form->name, patient, why);
	if (status == STATUS_OK)
		status = check_plan(practice, form, patient, why);
	if (status == STATUS_OK)
		status = check_addresses(practice, form, patient, why);
	if (status == STATUS_OK)
		status = check_language(practice, form->lang, patient, why);
	if (status == STATUS_OK)
		status = check_texts(practice, patient, why);
	if (status == STATUS_OK) {
		status = practice_zone_named(
		    practice, patient->timezone, &zone, why);
		if (status != STATUS_OK)
			status = why_prefix(why, status, "--tz");
	}
	if (status == STATUS_OK) {
		patient->began_on = zone_local(zone, practice->now).date;
		patient->stage_since_on = patient->began_on;
		status = declared_check(
		    practice, form, patient->began_on, patient, why);
	}
	if (status == STATUS_OK)
		status = check_baseline(form->baseline, patient, why);
	if (status == STATUS_OK) {
		patient->stage_pain = patient->baseline;
		replace_text(&patient->clinician, form->clinician);
		replace_text(&patient->carer, form->carer);
	}
	if (status != STATUS_OK)
		patient_free(patient);
	return status;
}
