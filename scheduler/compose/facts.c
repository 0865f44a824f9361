/*
 * facts.c - see facts.h
 */
#include "compose/facts.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define FIRST_NAME_MAX 20 /* characters, so that no name costs a segment */

static bool
is_title(const char *word, size_t len)
{
	static const char *const titles[] = { "mr", "mrs", "ms", "miss", "mx",
		"dr", "prof", "professor", "doctor", "sir", "dame", "lady",
		"lord", "rev", "reverend", "fr", "sr", "sra", "srta", "don",
		"do\303\261a", "dra", "herr", "frau", "mme", "mlle" };

	if (len > 0 && word[len - 1] == '.')
		len--;
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (strlen(titles[i]) == len &&
		    strncasecmp(titles[i], word, len) == 0)
			return true;
	return false;
}

const char *
facts_first_name(const char *name, char out[FIRST_NAME_SIZE])
{
	static const char spaces[] = " \t\r\n";
	const char *word = name != NULL ? name : "";
	const char *comma = strchr(word, ',');
	const char *p, *end;
	size_t len;

	/* "Smith, Jane" names the family first. */
	if (comma != NULL && comma[1 + strspn(comma + 1, spaces)] != '\0')
		word = comma + 1;
	word += strspn(word, spaces);
	len = strcspn(word, " \t\r\n,");
	while (is_title(word, len)) {
		const char *next = word + len;

		next += strspn(next, " \t\r\n,");
		if (*next == '\0')
			break;
		word = next;
		len = strcspn(word, " \t\r\n,");
	}
	p = word;
	end = word + len;
	for (int i = 0; i < FIRST_NAME_MAX && p < end; i++)
		(void)utf8_next(&p, end);
	len = (size_t)(p - word);
	memcpy(out, word, len);
	out[len] = '\0';
	return out;
}

/* A text that is not known is empty, not unknown. */
static void
put(json_t *values, const char *name, const char *text)
{
	json_put_text(values, name, text != NULL ? text : "");
}

static void
put_clinic(
    json_t *values, enum channel channel, const struct clinic_facts *clinic)
{
	static const struct clinic_facts nobody;

	if (clinic == NULL)
		clinic = &nobody;
	put(values, "clinic",
	    channel == CHANNEL_SMS ? clinic->sms_name : clinic->name);
	put(values, "clinic_name", clinic->name);
	put(values, "phone", clinic->phone);
	put(values, "emergency", clinic->emergency);
	put(values, "urgent", clinic->urgent);
	put(values, "crisis", clinic->crisis);
	put(values, "hours", clinic->hours);
}

static void
put_asks(json_t *values, enum asks asked)
{
	json_t *asks = json_object();

	for (int i = ASKS_NONE + 1; i < ASKS__MAX; i++)
		json_put_bool(asks, asks_names[i], asked == (enum asks)i);
	json_object_set_new(values, "asks", asks);
}

static void
put_about(json_t *values, const struct patient_facts *patient)
{
	json_t *keys = json_array();

	for (int i = 0; i < patient->about_len && i < FACTS_ABOUT; i++) {
		json_t *fact = json_object();

		if (patient->about_values[i] != NULL)
			json_put_bool(fact, patient->about_values[i], true);
		json_object_set_new(values, patient->about_keys[i], fact);
		json_array_append_new(
		    keys, json_string(patient->about_keys[i]));
	}
	json_object_set_new(values, "about", keys);
}

static void
put_patient(json_t *values, const struct patient_facts *patient)
{
	static const struct patient_facts nobody = { .pain = PAIN_NONE };
	char first_name[FIRST_NAME_SIZE];

	if (patient == NULL)
		patient = &nobody;
	put_about(values, patient);
	put(values, "first_name", facts_first_name(patient->name, first_name));
	put(values, "stage_title", patient->stage_title);
	put(values, "plan", patient->plan);
	json_put_bool(values, "can_run", !patient->no_running);
	json_put_bool(values, "nerve", patient->nerve);
	json_put_bool(values, "first_question", patient->first_question);
	json_put_bool(values, "has_pain", patient->pain != PAIN_NONE);
	if (patient->pain != PAIN_NONE)
		json_put_whole(values, "pain", patient->pain);
	else
		json_object_set_new(values, "pain", json_null());
	json_put_whole(values, "pause_days", patient->pause_days);
	json_put_bool(values, "pause_many", patient->pause_days != 1);
	put_asks(values, patient->asks);
}

static void
put_alert(json_t *values, const struct alert_facts *alert)
{
	static const struct alert_facts nothing;

	if (alert == NULL)
		alert = &nothing;
	put(values, "ref", alert->ref);
	put(values, "level", alert->level);
	put(values, "kind", alert->kind);
	put(values, "because", alert->because);
	json_put_whole(values, "alert_id", alert->id);
	json_put_whole(values, "round", alert->round);
	json_put_bool(values, "again", alert->round > 0);
}

json_t *
facts_values(enum channel channel, const struct clinic_facts *clinic,
    const struct patient_facts *patient, const struct alert_facts *alert)
{
	json_t *values = json_object();

	/* An about fact comes first: none may take a name of the manual. */
	put_patient(values, patient);
	put_clinic(values, channel, clinic);
	put_alert(values, alert);
	json_put_bool(values, "is_sms", channel == CHANNEL_SMS);
	json_put_bool(values, "is_email", channel == CHANNEL_EMAIL);
	return values;
}
