/*
 * fhir_findings - what was answered, as Observations, and red flags as Flags
 */
#include <stdio.h>

#include "review/fhir_room.h"

#define CATEGORY "http://terminology.hl7.org/CodeSystem/observation-category"
#define FLAG_CATEGORY "http://terminology.hl7.org/CodeSystem/flag-category"

static json_t *
add_observation(json_t *bundle, const struct fhir_course *course,
    const struct reading_row *row, const char *what, json_t *code)
{
	char id[64];
	json_t *resource;

	snprintf(id, sizeof id, "%lld/%s", (long long)row->reading_id, what);
	resource = fhir_resource(bundle, "Observation", id);
	json_put_text(
	    resource, "status", row->verified ? "final" : "preliminary");
	json_object_set_new(resource, "category",
	    fhir_concepts(CATEGORY, "survey", "Survey", NULL));
	json_object_set_new(resource, "code", code);
	fhir_put_patient(resource, "subject", course);
	fhir_put_time(resource, "effectiveDateTime", row->at);
	return resource;
}

/* LOINC 72514-3; the unit is UCUM's for a score. */
static void
add_pain(json_t *bundle, const struct fhir_course *course,
    const struct reading_row *row)
{
	json_t *resource, *value;

	if (row->reading.pain == PAIN_NONE)
		return;
	resource = add_observation(bundle, course, row, "pain",
	    fhir_concept("http://loinc.org", "72514-3",
		"Pain severity - 0-10 verbal numeric rating [Score] - "
		"Reported",
		"Worst pain, 0 none to 10 worst imaginable"));
	value = json_object();
	json_put_whole(value, "value", row->reading.pain);
	json_put_text(value, "unit", "{score}");
	json_put_text(value, "system", "http://unitsofmeasure.org");
	json_put_text(value, "code", "{score}");
	json_object_set_new(resource, "valueQuantity", value);
}

static void
add_answer(json_t *bundle, const struct fhir_course *course,
    const struct reading_row *row, const char *what, const char *question,
    enum answer answer)
{
	json_t *resource;

	if (answer == ANSWER_NONE)
		return;
	resource = add_observation(bundle, course, row, what,
	    fhir_concept(NULL, NULL, NULL, question));
	json_put_bool(resource, "valueBoolean", answer == ANSWER_YES);
}

static void
add_reading(json_t *bundle, const struct fhir_course *course,
    const struct reading_row *row)
{
	const struct reading *reading = &row->reading;

	add_pain(bundle, course, row);
	add_answer(bundle, course, row, "done",
	    "Did what was suggested on that day", reading->done);
	add_answer(bundle, course, row, "settled",
	    "As usual or better on the morning after", reading->settled);
	add_answer(bundle, course, row, "leg", "New or worse symptoms in a leg",
	    reading->leg);
}

static void
add_flag(
    json_t *bundle, const struct fhir_course *course, const struct alert *alert)
{
	char id[FHIR_NUMBER_SIZE];
	json_t *resource =
	    fhir_resource(bundle, "Flag", fhir_number(alert->alert_id, id));
	json_t *period = json_object();

	json_put_text(resource, "status",
	    alert->state == ALERT_CLOSED ? "inactive" : "active");
	json_object_set_new(resource, "category",
	    fhir_concepts(FLAG_CATEGORY, "safety", "Safety", alert->level));
	json_object_set_new(resource, "code",
	    fhir_concept(NULL, NULL, NULL,
		*alert->because != '\0' ? alert->because : "red flag"));
	fhir_put_patient(resource, "subject", course);
	fhir_put_time(period, "start", alert->opened_at);
	fhir_put_time(period, "end", alert->closed_at);
	json_object_set_new(resource, "period", period);
}

/* The store gives readings newest first. */
void
fhir_add_findings(json_t *bundle, const struct fhir_course *course)
{
	for (int i = course->readings_len - 1; i >= 0; i--)
		if (fhir_within(course, course->readings[i].at))
			add_reading(bundle, course, &course->readings[i]);
	for (int i = 0; i < course->alerts_len; i++)
		if (course->alerts[i].kind == ALERT_RED_FLAG &&
		    fhir_within(course, course->alerts[i].opened_at))
			add_flag(bundle, course, &course->alerts[i]);
}
