#include "review/fhir.h"

#include <limits.h>
#include <stdlib.h>

#include "review/fhir_room.h"

json_t *
fhir_bundle(int64_t now)
{
	json_t *bundle = json_object();

	json_put_text(bundle, "resourceType", "Bundle");
	json_put_text(bundle, "type", "collection");
	json_put_time(bundle, "timestamp", now);
	json_object_set_new(bundle, "entry", json_array());
	return bundle;
}

void
fhir_add(json_t *bundle, const struct fhir_course *course)
{
	fhir_add_patient(bundle, course);
	fhir_add_talk(bundle, course);
	fhir_add_findings(bundle, course);
}

enum status
fhir_course_load(struct store *store, struct patient *patient,
    struct fhir_course *c, struct why *why)
{
	int64_t patient_id = patient->patient_id;
	int64_t enrolment_id = patient->enrolment_id;
	enum status status;

	*c = (struct fhir_course){ .until_at = INT64_MAX, .patient = *patient };
	*patient = (struct patient){ 0 };
	status = outbox_of_patient(
	    store, patient_id, &c->messages, &c->messages_len, why);
	if (status == STATUS_OK)
		status = inbound_of_patient(
		    store, patient_id, &c->replies, &c->replies_len, why);
	if (status == STATUS_OK)
		status = reading_of_patient(store, patient_id, 0, INT_MAX,
		    &c->readings, &c->readings_len, why);
	if (status == STATUS_OK)
		status = move_of_enrolment(
		    store, enrolment_id, &c->moves, &c->moves_len, why);
	if (status == STATUS_OK)
		status = alert_of_patient(
		    store, patient_id, &c->alerts, &c->alerts_len, why);
	return status;
}

void
fhir_course_free(struct fhir_course *course)
{
	message_list_free(course->messages, course->messages_len);
	inbound_list_free(course->replies, course->replies_len);
	free(course->readings);
	move_list_free(course->moves, course->moves_len);
	alert_list_free(course->alerts, course->alerts_len);
	patient_free(&course->patient);
	*course = (struct fhir_course){ 0 };
}
