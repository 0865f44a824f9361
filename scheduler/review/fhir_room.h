/*
 * NAME
 *	fhir_room - what the files about FHIR share, and nobody else includes
 */
#ifndef REVIEW_FHIR_ROOM_H
#define REVIEW_FHIR_ROOM_H

#include "review/fhir.h"

/* "urn:uuid:..." for the resource of a type that stands for that row. */
#define FHIR_URN_SIZE 46
const char *fhir_urn(
    const char *type, const char *id, char out[FHIR_URN_SIZE]);

/* A resource of a type, added to the bundle: lent, to be filled in. */
json_t *fhir_resource(json_t *bundle, const char *type, const char *id);

/* {"reference": the URN of that resource}. */
json_t *fhir_reference(const char *type, const char *id);
void fhir_put_patient(
    json_t *resource, const char *key, const struct fhir_course *course);

/* A CodeableConcept: of a code in a system, of words alone, or of both; NULL
 * for what there isn't. */
json_t *fhir_concept(const char *system, const char *code,
    const char *display, const char *text);
/* [ that ]. */
json_t *fhir_concepts(const char *system, const char *code,
    const char *display, const char *text);

/* A member that is an instant; nothing for 0. */
void fhir_put_time(json_t *object, const char *key, int64_t at);
/* A member that is a text; nothing for NULL or "". */
void fhir_put_text(json_t *object, const char *key, const char *text);

/* Did it happen within the course's time? */
bool fhir_within(const struct fhir_course *course, int64_t at);

/* A whole number as an id. */
#define FHIR_NUMBER_SIZE 24
const char *fhir_number(int64_t number, char out[FHIR_NUMBER_SIZE]);

/* The resources of a course, a family a file. */
void fhir_add_patient(json_t *bundle, const struct fhir_course *course);
void fhir_add_talk(json_t *bundle, const struct fhir_course *course);
void fhir_add_findings(json_t *bundle, const struct fhir_course *course);

#endif
