/*
 * fhir_patient - who it is, what was agreed to, and the plan
 */
#include <stdio.h>
#include <string.h>

#include "review/fhir_room.h"

#define CONSENT_SCOPE "http://terminology.hl7.org/CodeSystem/consentscope"
#define LOINC "http://loinc.org"

static void
add_contact_point(json_t *list, const char *system, const char *value)
{
	json_t *point;

	if (value == NULL)
		return;
	point = json_object();
	json_put_text(point, "system", system);
	json_put_text(point, "value", value);
	json_array_append_new(list, point);
}

static void
put_list(json_t *object, const char *key, json_t *list)
{
	if (json_array_size(list) > 0)
		json_object_set(object, key, list);
	json_decref(list);
}

static json_t *
human_name(const char *text)
{
	json_t *name = json_object();

	json_put_text(name, "text", text);
	return name;
}

/* The person whose address it is, for a minor. */
static json_t *
carer(const char *name)
{
	json_t *contact = json_object();

	json_object_set_new(
	    contact, "relationship", fhir_concepts(NULL, NULL, NULL, "carer"));
	json_object_set_new(contact, "name", human_name(name));
	return contact;
}

static void
put_person(json_t *resource, const struct patient *patient)
{
	json_t *points = json_array();
	json_t *names = json_array();
	json_t *contacts = json_array();

	if (*patient->name != '\0')
		json_array_append_new(names, human_name(patient->name));
	put_list(resource, "name", names);
	add_contact_point(points, "phone", patient->phone);
	add_contact_point(points, "email", patient->email);
	put_list(resource, "telecom", points);
	if (patient->carer != NULL)
		json_array_append_new(contacts, carer(patient->carer));
	put_list(resource, "contact", contacts);
}

static void
add_who(json_t *bundle, const struct fhir_course *course)
{
	const struct patient *patient = &course->patient;
	json_t *resource = fhir_resource(bundle, "Patient", patient->ref);
	json_t *identifier = json_object();
	json_t *identifiers = json_array();
	json_t *language = json_object();
	json_t *languages = json_array();

	json_put_text(identifier, "use", "usual");
	json_object_set_new(identifier, "type",
	    fhir_concept(NULL, NULL, NULL, "keepmoving reference"));
	json_put_text(identifier, "value", patient->ref);
	json_array_append_new(identifiers, identifier);
	json_object_set_new(resource, "identifier", identifiers);
	json_put_bool(resource, "active",
	    patient->state != PATIENT_DISCHARGED && patient->erased_at == 0);
	if (!course->initials)
		put_person(resource, patient);
	json_object_set_new(language, "language",
	    fhir_concept("urn:ietf:bcp:47", patient->language, NULL, NULL));
	json_put_bool(language, "preferred", true);
	json_array_append_new(languages, language);
	json_object_set_new(resource, "communication", languages);
}

/* Invariant ppc-1 wants a policy or a rule: what was agreed to, in words. */
static void
add_consent(json_t *bundle, const struct fhir_course *course)
{
	const struct patient *patient = &course->patient;
	json_t *resource, *provision;

	if (patient->consented_on == NULL)
		return;
	resource = fhir_resource(bundle, "Consent", patient->ref);
	json_put_text(resource, "status",
	    patient->state == PATIENT_STOPPED ? "inactive" : "active");
	json_object_set_new(resource, "scope",
	    fhir_concept(CONSENT_SCOPE, "treatment", "Treatment", NULL));
	json_object_set_new(resource, "category",
	    fhir_concepts(LOINC, "59284-0", "Consent Document", NULL));
	fhir_put_patient(resource, "patient", course);
	json_put_text(resource, "dateTime", patient->consented_on);
	json_object_set_new(resource, "policyRule",
	    fhir_concept(NULL, NULL, NULL,
		"Messages about the patient's own care by SMS or email, until "
		"the patient says stop"));
	provision = json_object();
	json_put_text(provision, "type", "permit");
	json_object_set_new(resource, "provision", provision);
}

static const char *
plan_status(enum patient_state state)
{
	switch (state) {
	case PATIENT_ACTIVE:
		return "active";
	case PATIENT_PAUSED:
		return "on-hold";
	case PATIENT_COMPLETED:
		return "completed";
	case PATIENT_STOPPED:
	case PATIENT_DISCHARGED:
	case PATIENT__MAX:
		break;
	}
	return "revoked";
}

/* Stages before the present one are done with, later ones are to come. */
static const char *
stage_status(const struct fhir_course *course, int i, int present)
{
	if (course->patient.state == PATIENT_COMPLETED || i < present)
		return "completed";
	if (i > present)
		return "not-started";
	return course->patient.state == PATIENT_ACTIVE ? "in-progress"
						       : "on-hold";
}

static json_t *
stages(const struct fhir_course *course)
{
	const struct plan *plan = course->plan;
	json_t *list = json_array();
	int present = 0;

	while (present < plan->stages_len &&
	       strcmp(plan->stages[present].id, course->patient.stage) != 0)
		present++;
	for (int i = 0; i < plan->stages_len; i++) {
		json_t *activity = json_object();
		json_t *detail = json_object();

		json_put_text(
		    detail, "status", stage_status(course, i, present));
		json_put_text(detail, "description", plan->stages[i].title);
		json_object_set_new(activity, "detail", detail);
		json_array_append_new(list, activity);
	}
	return list;
}

/* Each move with the reason that was given for it. */
static json_t *
moves(const struct fhir_course *course)
{
	json_t *list = json_array();

	for (int i = 0; i < course->moves_len; i++) {
		const struct move *move = &course->moves[i];
		json_t *note;
		char text[1024];

		if (!fhir_within(course, move->at))
			continue;
		note = json_object();
		snprintf(text, sizeof text, "%s to %s (%s): %s",
		    move->from_stage, move->to_stage,
		    move_state_names[move->state], move->because);
		fhir_put_time(note, "time", move->at);
		json_put_text(note, "text", text);
		json_array_append_new(list, note);
	}
	return list;
}

static void
add_plan(json_t *bundle, const struct fhir_course *course)
{
	const struct patient *patient = &course->patient;
	json_t *resource = fhir_resource(bundle, "CarePlan", patient->ref);
	json_t *period = json_object();

	json_put_text(resource, "status", plan_status(patient->state));
	json_put_text(resource, "intent", "plan");
	json_put_text(resource, "title", course->plan->title);
	fhir_put_patient(resource, "subject", course);
	fhir_put_time(period, "start", patient->began_at);
	json_object_set_new(resource, "period", period);
	fhir_put_time(resource, "created", patient->enrolled_at);
	put_list(resource, "activity", stages(course));
	put_list(resource, "note", moves(course));
}

void
fhir_add_patient(json_t *bundle, const struct fhir_course *course)
{
	add_who(bundle, course);
	add_consent(bundle, course);
	add_plan(bundle, course);
}
