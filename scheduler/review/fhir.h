/*
 * NAME
 *	fhir - patients' courses as HL7 FHIR R4 resources
 *
 * A Bundle of the type "collection": for each patient a Patient, a Consent, a
 * CarePlan, a CommunicationRequest for each message of the plan, a
 * Communication for each message that went and each reply, Observations for
 * what was answered, and a Flag for each red flag. Resources are named by a
 * hash of what they stand for, so that the same row has the same name in each
 * export, and a name tells nothing.
 */
#ifndef REVIEW_FHIR_H
#define REVIEW_FHIR_H

#include "base/json.h"
#include "care/plan.h"
#include "store/alerts.h"
#include "store/inbox.h"
#include "store/moves.h"
#include "store/outbox.h"
#include "store/patients.h"

/* All that is exported of one patient, oldest first; what happened outside
 * from_at and until_at (before which) is left out as it is written. */
struct fhir_course {
	int64_t from_at;
	int64_t until_at;
	bool initials; /* no name, no address */
	struct patient patient;
	const struct plan *plan; /* lent */
	struct message *messages;
	int messages_len;
	struct inbound *replies;
	int replies_len;
	struct reading_row *readings;
	int readings_len;
	struct move *moves;
	int moves_len;
	struct alert *alerts;
	int alerts_len;
};

/* Reads the rows of a patient, whom the course takes over in any case.
 * fhir_course_free() afterwards, in any case. */
enum status fhir_course_load(struct store *store, struct patient *patient,
    struct fhir_course *course, struct why *why);
void fhir_course_free(struct fhir_course *course);

/* An empty bundle of that time; the caller json_decref()s it. */
json_t *fhir_bundle(int64_t now);
/* Adds the resources of a course. */
void fhir_add(json_t *bundle, const struct fhir_course *course);

#endif
