/*
 * patients.c - see patients.h
 *
 * Reading patients, one or many. patients_write.c puts them down; due.c has
 * who is to be looked at, erase.c the forgetting, optouts.c the addresses
 * that want nothing.
 */
#include "store/patients.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/room.h"

const char *const patient_state_names[PATIENT__MAX] = {
	[PATIENT_ACTIVE] = "active",
	[PATIENT_PAUSED] = "paused",
	[PATIENT_STOPPED] = "stopped",
	[PATIENT_COMPLETED] = "completed",
	[PATIENT_DISCHARGED] = "discharged",
};

enum patient_state
patient_state_parse(const char *name)
{
	int state = 0;

	while (state < PATIENT__MAX &&
	       strcmp(patient_state_names[state], name) != 0)
		state++;
	return (enum patient_state)state;
}

static void
facts_free(struct patient_fact *facts, int len)
{
	for (int i = 0; i < len; i++) {
		free(facts[i].key);
		free(facts[i].value);
	}
	free(facts);
}

bool
patient_has_ended(const struct patient *patient)
{
	enum patient_state state = patient->state == PATIENT_STOPPED
				       ? patient->before_stop
				       : patient->state;
	return state == PATIENT_COMPLETED || state == PATIENT_DISCHARGED;
}

void
patient_free(struct patient *patient)
{
	free(patient->name);
	free(patient->phone);
	free(patient->email);
	free(patient->channel);
	free(patient->language);
	free(patient->timezone);
	free(patient->clinician);
	free(patient->carer);
	free(patient->consented_on);
	free(patient->consent_how);
	free(patient->consent_wording);
	free(patient->screened_on);
	free(patient->screened_by);
	facts_free(patient->facts, patient->facts_len);
	free(patient->stage);
	free(patient->paused_by);
	*patient = (struct patient){ 0 };
}

static struct patient_fact *
find_fact(const struct patient *patient, const char *key)
{
	for (int i = 0; i < patient->facts_len; i++)
		if (strcmp(patient->facts[i].key, key) == 0)
			return &patient->facts[i];
	return NULL;
}

struct traits
patient_traits(const struct patient *patient)
{
	const struct patient_fact *nerve = find_fact(patient, FACT_NERVE);
	struct traits traits = { 0 };

	traits.so[TRAIT_NO_RUNNING] = patient->no_running;
	traits.so[TRAIT_NERVE] =
	    nerve != NULL && strcmp(nerve->value, "yes") == 0;
	return traits;
}

bool
patient_set_fact(struct patient *patient, const char *key, const char *value)
{
	struct patient_fact *fact = find_fact(patient, key);

	if (fact != NULL && strcmp(fact->value, value) == 0)
		return false;
	if (fact != NULL) {
		replace_text(&fact->value, value);
		return true;
	}
	patient->facts = xrealloc(patient->facts,
	    (size_t)patient->facts_len + 1, sizeof(*patient->facts));
	patient->facts[patient->facts_len++] =
	    (struct patient_fact){ xstrdup(key), xstrdup(value) };
	return true;
}

static enum patient_state
column_before_stop(const struct query *q, int column)
{
	if (query_column_text(q, column) == NULL)
		return PATIENT__MAX;
	return (enum patient_state)room_column_name(
	    q, column, patient_state_names, PATIENT__MAX);
}

/* Columns in the order of PATIENT_SELECT. */
static void
read_person(const struct query *q, struct patient *p)
{
	p->patient_id = query_column_whole(q, 0, 0);
	room_column_text(q, 1, p->ref, sizeof(p->ref));
	p->name = query_column_copy(q, 2);
	p->phone = query_column_copy(q, 3);
	p->email = query_column_copy(q, 4);
	p->channel = query_column_copy(q, 5);
	p->language = query_column_copy(q, 6);
	p->timezone = query_column_copy(q, 7);
	p->clinician = query_column_copy(q, 8);
	p->carer = query_column_copy(q, 9);
	p->consented_on = query_column_copy(q, 10);
	p->screened_on = query_column_copy(q, 11);
	p->screened_by = query_column_copy(q, 12);
	p->no_running = query_column_whole(q, 13, 0) != 0;
	p->baseline = (int)query_column_whole(q, 14, -1);
	p->enrolled_at = query_column_whole(q, 15, 0);
	p->erased_at = query_column_whole(q, 16, 0);
}

static void
read_patient(const struct query *q, void *record)
{
	struct patient *p = record;

	read_person(q, p);
	p->enrolment_id = query_column_whole(q, 17, 0);
	p->plan_id = query_column_whole(q, 18, 0);
	p->stage = query_column_copy(q, 19);
	p->visit = (int)query_column_whole(q, 20, 0);
	p->stage_since_at = query_column_whole(q, 21, 0);
	p->stage_since_on = room_column_date(q, 22);
	p->stage_pain = (int)query_column_whole(q, 23, -1);
	p->began_at = query_column_whole(q, 24, 0);
	p->began_on = room_column_date(q, 25);
	p->state = (enum patient_state)room_column_name(
	    q, 26, patient_state_names, PATIENT__MAX);
	p->before_stop = column_before_stop(q, 27);
	p->paused_until_on = room_column_date(q, 28);
	p->paused_by = query_column_copy(q, 29);
	p->leg_open = query_column_whole(q, 30, 0) != 0;
	p->decide_at = query_column_whole(q, 31, 0);
	p->watch_at = query_column_whole(q, 32, 0);
	p->minor = query_column_whole(q, 33, 0) != 0;
	p->consent_how = query_column_copy(q, 34);
	p->consent_wording = query_column_copy(q, 35);
	p->silent = (int)query_column_whole(q, 36, 0);
}

static void
clear_patient(void *record)
{
	patient_free(record);
}

static const struct room_record patient_record = { sizeof(struct patient),
	read_patient, clear_patient };

void
patient_list_free(struct patient *list, int len)
{
	room_list_free(&patient_record, list, len);
}

static void
read_fact(const struct query *q, void *record)
{
	struct patient_fact *fact = record;

	fact->key = query_column_copy(q, 0);
	fact->value = query_column_copy(q, 1);
}

static void
clear_fact(void *record)
{
	struct patient_fact *fact = record;

	free(fact->key);
	free(fact->value);
}

static enum status
load_facts(struct store *store, struct patient *patient, struct why *why)
{
	static const struct room_record kind = { sizeof(struct patient_fact),
		read_fact, clear_fact };
	struct query *q = room_read(store, SQL_FACTS);

	query_whole(q, ":patient", patient->patient_id);
	return room_list(q, &kind, &patient->facts, &patient->facts_len, why);
}

static enum status
one_patient(struct store *store, struct query *q, struct patient *patient,
    struct why *why)
{
	struct patient fresh = { 0 };
	enum status status = room_one(q, &patient_record, &fresh, why);

	if (status != STATUS_OK)
		return status;
	status = load_facts(store, &fresh, why);
	if (status != STATUS_OK) {
		patient_free(&fresh);
		return status;
	}
	*patient = fresh;
	return STATUS_OK;
}

static enum status
many_patients(struct store *store, struct query *q, struct patient **list,
    int *len, struct why *why)
{
	struct patient *fresh = NULL;
	int fresh_len = 0;
	enum status status =
	    room_list(q, &patient_record, &fresh, &fresh_len, why);

	for (int i = 0; i < fresh_len && status == STATUS_OK; i++)
		status = load_facts(store, &fresh[i], why);
	if (status != STATUS_OK) {
		patient_list_free(fresh, fresh_len);
		return status;
	}
	*list = fresh;
	*len = fresh_len;
	return STATUS_OK;
}

enum status
patient_by_ref(struct store *store, const char *ref, struct patient *patient,
    struct why *why)
{
	struct query *q = room_read(store, SQL_PATIENT_BY_REF);

	query_text(q, ":ref", ref);
	return one_patient(store, q, patient, why);
}

enum status
patient_by_id(struct store *store, int64_t patient_id, struct patient *patient,
    struct why *why)
{
	struct query *q = room_read(store, SQL_PATIENT_BY_ID);

	query_whole(q, ":patient", patient_id);
	return one_patient(store, q, patient, why);
}

enum status
patient_by_enrolment(struct store *store, int64_t enrolment_id,
    struct patient *patient, struct why *why)
{
	struct query *q = room_read(store, SQL_PATIENT_BY_ENROLMENT);

	query_whole(q, ":enrolment", enrolment_id);
	return one_patient(store, q, patient, why);
}

enum status
patient_by_address(struct store *store, const char *address,
    struct patient **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_PATIENT_BY_ADDRESS);

	query_text(q, ":address", address);
	return many_patients(store, q, list, len, why);
}

enum status
patient_all(
    struct store *store, struct patient **list, int *len, struct why *why)
{
	return many_patients(
	    store, room_read(store, SQL_PATIENT_ALL), list, len, why);
}
