#include "review/form_fhir.h"

#include "review/fhir.h"

static enum status
add_patient(json_t *bundle, struct store *store, const struct review *review,
    const struct review_patient *p, const struct form_options *options,
    struct why *why)
{
	struct patient patient = { 0 };
	struct fhir_course course = { 0 };
	enum status status =
	    patient_by_id(store, p->who->patient_id, &patient, why);

	if (status != STATUS_OK)
		return status;
	status = fhir_course_load(store, &patient, &course, why);
	if (status == STATUS_OK) {
		course.from_at = review->ask.stretch.from_at;
		course.until_at = review->ask.stretch.until_at;
		course.initials = options->initials;
		course.plan = p->plan;
		fhir_add(bundle, &course);
	}
	fhir_course_free(&course);
	return status;
}

enum status
form_fhir(struct store *store, const struct review *review,
    const struct form_options *options, json_t **bundle, struct why *why)
{
	enum status status = STATUS_OK;

	*bundle = fhir_bundle(review->ask.now);
	for (int i = 0; i < review->len && status == STATUS_OK; i++)
		status = add_patient(
		    *bundle, store, review, &review->patients[i], options, why);
	return status;
}
