/*
 * NAME
 *	form_fhir - a stretch of days as an HL7 FHIR R4 Bundle
 *
 * Of each patient of a review what happened in the stretch; see fhir.h. Unlike
 * the other forms it reads more of each patient than the review has.
 */
#ifndef REVIEW_FORM_FHIR_H
#define REVIEW_FORM_FHIR_H

#include "base/json.h"
#include "review/forms.h"

/* The caller json_decref()s *bundle, also on failure. */
enum status form_fhir(struct store *store, const struct review *review,
    const struct form_options *options, json_t **bundle, struct why *why);

#endif
