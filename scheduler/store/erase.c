/*
 * erase.c - forget who a patient was; see patients.h
 *
 * What tells who it was goes: the name, the addresses, every text to and
 * from, a carer, an outcome that a person wrote. What the review counts
 * stays: that there was a message, a score, a move. Alerts and events were
 * written without any of it. Clinicians' alerts name a reference alone.
 */
#include "store/outbox_rows.h"
#include "store/patients.h"
#include "store/slots.h"

static enum status
erase_rows(struct store *store, enum statement statement, int64_t patient_id,
    struct why *why)
{
	struct query *q = room_change(store, statement);

	query_whole(q, ":patient", patient_id);
	return query_run(q, NULL, why);
}

static enum status
erase_messages(struct store *store, enum statement statement,
    int64_t patient_id, int64_t now, struct why *why)
{
	struct query *q = room_change(store, statement);

	query_whole(q, ":patient", patient_id);
	query_whole(q, ":now", now);
	message_bind_not_to_clinicians(q);
	return query_run(q, NULL, why);
}

static enum status
erase_person(
    struct store *store, int64_t patient_id, int64_t now, struct why *why)
{
	struct query *q = room_change(store, SQL_ERASE_PATIENT);

	query_whole(q, ":patient", patient_id);
	query_whole(q, ":now", now);
	return query_run(q, NULL, why);
}

/* Nothing more is to come of it: no slot, no question, no waiting move. */
static enum status
end_enrolment(struct store *store, int64_t patient_id, int64_t enrolment_id,
    struct why *why)
{
	struct query *q;
	enum status status;

	status = schedule_drop_stage(store, enrolment_id, NULL, why);
	if (status != STATUS_OK)
		return status;
	q = room_change(store, SQL_QUESTION_VOID_ALL);
	query_whole(q, ":enrolment", enrolment_id);
	status = query_run(q, NULL, why);
	if (status != STATUS_OK)
		return status;
	q = room_change(store, SQL_ERASE_MOVES);
	query_whole(q, ":enrolment", enrolment_id);
	status = query_run(q, NULL, why);
	if (status != STATUS_OK)
		return status;
	return erase_rows(store, SQL_ERASE_ENROLMENT, patient_id, why);
}

enum status
patient_erase(
    struct store *store, int64_t patient_id, int64_t now, struct why *why)
{
	static const enum statement plain[] = { SQL_FACT_DELETE, SQL_ERASE_DEAD,
		SQL_ERASE_INBOUND, SQL_ERASE_ALERTS };
	struct patient patient = { 0 };
	enum status status = patient_by_id(store, patient_id, &patient, why);
	int64_t enrolment_id = patient.enrolment_id;

	patient_free(&patient);
	if (status != STATUS_OK)
		return status;
	status = end_enrolment(store, patient_id, enrolment_id, why);
	if (status == STATUS_OK)
		status = erase_messages(
		    store, SQL_ERASE_QUEUE, patient_id, now, why);
	if (status == STATUS_OK)
		status = erase_messages(
		    store, SQL_ERASE_MESSAGES, patient_id, now, why);
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (status == STATUS_OK)
			status = erase_rows(store, plain[i], patient_id, why);
	if (status == STATUS_OK)
		status = erase_person(store, patient_id, now, why);
	return status;
}
