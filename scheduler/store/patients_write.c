/*
 * patients_write.c - see patients.h
 */
#include "store/patients.h"
#include "store/room.h"

/* What both the first writing and every later one say of the person. */
static void
bind_person(struct query *q, const struct patient *p)
{
	room_bind_word(q, ":name", p->name);
	query_text(q, ":phone", p->phone);
	query_text(q, ":email", p->email);
	query_text(q, ":channel", p->channel);
	query_text(q, ":language", p->language);
	query_text(q, ":timezone", p->timezone);
	query_text(q, ":clinician", p->clinician);
	query_text(q, ":carer", p->carer);
	query_whole(q, ":minor", p->minor);
	query_text(q, ":consent_how", p->consent_how);
	query_text(q, ":consent_wording", p->consent_wording);
	query_text(q, ":consented_on", p->consented_on);
	query_text(q, ":screened_on", p->screened_on);
	query_text(q, ":screened_by", p->screened_by);
	query_whole(q, ":no_running", p->no_running);
	query_whole_or_null(q, ":baseline", p->baseline, -1);
	query_whole(q, ":enrolled_at", p->enrolled_at);
}

/* ... and of the way through the plan. Only a stopped patient has a state to
 * go back to, whatever the record says. */
static void
bind_enrolment(struct query *q, const struct patient *p)
{
	bool goes_back =
	    p->state == PATIENT_STOPPED && p->before_stop < PATIENT__MAX;

	query_whole(q, ":patient", p->patient_id);
	query_whole(q, ":plan", p->plan_id);
	query_text(q, ":stage", p->stage);
	query_whole(q, ":visit", p->visit);
	query_whole(q, ":stage_since_at", p->stage_since_at);
	room_bind_date(q, ":stage_since_on", p->stage_since_on);
	query_whole_or_null(q, ":stage_pain", p->stage_pain, -1);
	query_whole(q, ":began_at", p->began_at);
	room_bind_date(q, ":began_on", p->began_on);
	query_text(q, ":state", patient_state_names[p->state]);
	query_text(q, ":before_stop",
	    goes_back ? patient_state_names[p->before_stop] : NULL);
	room_bind_date(q, ":paused_until_on", p->paused_until_on);
	query_text(q, ":paused_by", p->paused_by);
	query_whole(q, ":leg_open", p->leg_open);
	query_whole(q, ":silent", p->silent);
	query_whole_or_null(q, ":decide_at", p->decide_at, 0);
	query_whole_or_null(q, ":watch_at", p->watch_at, 0);
}

static enum status
insert_facts(
    struct store *store, const struct patient *patient, struct why *why)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < patient->facts_len && status == STATUS_OK; i++) {
		struct query *q = room_change(store, SQL_FACT_INSERT);

		query_whole(q, ":patient", patient->patient_id);
		query_text(q, ":key", patient->facts[i].key);
		query_text(q, ":value", patient->facts[i].value);
		status = query_run(q, NULL, why);
	}
	return status;
}

/* There are a thousand million references: one that is taken is rare, and
 * the next is not. */
static enum status
insert_person(struct store *store, struct patient *patient, struct why *why)
{
	enum status status;

	if (patient->ref[0] == '\0')
		ref_make(patient->ref);
	for (;;) {
		struct query *q = room_change(store, SQL_PATIENT_INSERT);

		query_text(q, ":ref", patient->ref);
		bind_person(q, patient);
		status = room_whole(q, &patient->patient_id, why);
		if (status != STATUS_NONE)
			return status;
		ref_make(patient->ref);
	}
}

enum status
patient_insert(struct store *store, struct patient *patient, struct why *why)
{
	struct query *q;
	enum status status = insert_person(store, patient, why);

	if (status != STATUS_OK)
		return status;
	q = room_change(store, SQL_ENROLMENT_INSERT);
	bind_enrolment(q, patient);
	status = room_whole(q, &patient->enrolment_id, why);
	if (status != STATUS_OK)
		return status;
	return insert_facts(store, patient, why);
}

enum status
patient_update_course(
    struct store *store, const struct patient *patient, struct why *why)
{
	struct query *q = room_change(store, SQL_ENROLMENT_UPDATE);

	bind_enrolment(q, patient);
	return query_run(q, NULL, why);
}

enum status
patient_update(
    struct store *store, const struct patient *patient, struct why *why)
{
	struct query *q = room_change(store, SQL_PATIENT_UPDATE);
	enum status status;

	query_whole(q, ":patient", patient->patient_id);
	bind_person(q, patient);
	query_whole_or_null(q, ":erased_at", patient->erased_at, 0);
	status = query_run(q, NULL, why);
	if (status != STATUS_OK)
		return status;
	status = patient_update_course(store, patient, why);
	if (status != STATUS_OK)
		return status;
	q = room_change(store, SQL_FACT_DELETE);
	query_whole(q, ":patient", patient->patient_id);
	status = query_run(q, NULL, why);
	if (status != STATUS_OK)
		return status;
	return insert_facts(store, patient, why);
}

enum status
patient_watched(
    struct store *store, const struct patient *patient, struct why *why)
{
	struct query *q = room_change(store, SQL_ENROLMENT_WATCHED);

	query_whole(q, ":patient", patient->patient_id);
	query_whole(q, ":silent", patient->silent);
	query_whole_or_null(q, ":watch_at", patient->watch_at, 0);
	return query_run(q, NULL, why);
}
