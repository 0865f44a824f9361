#include "commands/patient_record.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_DAY ((struct date){ 1970, 1, 1 })
#define LAST_DAY ((struct date){ 9999, 12, 31 })

/* The store gives readings newest first. */
static void
turn_round(struct reading_row *list, int len)
{
	for (int i = 0; i < len / 2; i++) {
		struct reading_row row = list[i];
		list[i] = list[len - 1 - i];
		list[len - 1 - i] = row;
	}
}

static enum status
load_words(struct store *store, struct patient_record *r, struct why *why)
{
	int64_t patient_id = r->patient.patient_id;
	enum status status = outbox_of_patient(
	    store, patient_id, &r->messages, &r->messages_len, why);
	if (status == STATUS_OK)
		status = inbound_of_patient(
		    store, patient_id, &r->replies, &r->replies_len, why);
	if (status == STATUS_OK)
		status = reading_of_patient(store, patient_id, 0, INT_MAX,
		    &r->readings, &r->readings_len, why);
	if (status == STATUS_OK)
		turn_round(r->readings, r->readings_len);
	return status;
}

static enum status
load_course(struct store *store, struct patient_record *r, struct why *why)
{
	int64_t patient_id = r->patient.patient_id;
	int64_t enrolment_id = r->patient.enrolment_id;
	enum status status = slot_between(store, enrolment_id, FIRST_DAY,
	    LAST_DAY, &r->slots, &r->slots_len, why);
	if (status == STATUS_OK)
		status = schedule_of(
		    store, enrolment_id, &r->schedule, &r->schedule_len, why);
	if (status == STATUS_OK)
		status = move_of_enrolment(
		    store, enrolment_id, &r->moves, &r->moves_len, why);
	if (status == STATUS_OK)
		status = alert_of_patient(
		    store, patient_id, &r->alerts, &r->alerts_len, why);
	if (status == STATUS_OK)
		status = event_of_patient(store, patient_id, 0, INT64_MAX,
		    &r->events, &r->events_len, why);
	return status;
}

enum status
patient_record_load(struct practice *practice, struct patient *patient,
    struct patient_record *record, struct why *why)
{
	*record = (struct patient_record){ .patient = *patient };
	*patient = (struct patient){ 0 };
	enum status status = practice_stage(
	    practice, &record->patient, &record->plan, &record->stage, why);
	if (status == STATUS_OK)
		status =
		    zone_open(record->patient.timezone, &record->zone, why);
	if (status == STATUS_OK)
		status = load_words(practice->store, record, why);
	if (status == STATUS_OK)
		status = load_course(practice->store, record, why);
	return status;
}

void
patient_record_free(struct patient_record *record)
{
	message_list_free(record->messages, record->messages_len);
	slot_list_free(record->slots, record->slots_len);
	inbound_list_free(record->replies, record->replies_len);
	free(record->readings);
	move_list_free(record->moves, record->moves_len);
	alert_list_free(record->alerts, record->alerts_len);
	schedule_list_free(record->schedule, record->schedule_len);
	event_list_free(record->events, record->events_len);
	zone_free(record->zone);
	patient_free(&record->patient);
	*record = (struct patient_record){ 0 };
}

const struct reading_row *
patient_record_reading(const struct patient_record *record, int64_t inbound_id)
{
	for (int i = 0; i < record->readings_len; i++)
		if (record->readings[i].inbound_id == inbound_id)
			return &record->readings[i];
	return NULL;
}

bool
patient_record_missed(
    const struct patient_record *record, const struct slot *slot)
{
	if (slot->parcel == NULL)
		return true;
	for (int i = 0; i < record->messages_len; i++)
		if (strcmp(record->messages[i].parcel, slot->parcel) == 0)
			return false;
	return slot->because != NULL && *slot->because != '\0';
}

const struct reminder *
patient_record_reminder(const struct patient_record *record, const char *name)
{
	const char *slash = strchr(name, '/');
	if (slash == NULL)
		return NULL;
	char stage[128];
	size_t len = (size_t)(slash - name);
	if (len >= sizeof stage)
		return NULL;
	memcpy(stage, name, len);
	stage[len] = '\0';
	return plan_reminder(record->plan,
	    strcmp(stage, "always") == 0 ? NULL : stage, slash + 1);
}

const char *
patient_record_title(const struct patient_record *record, const char *stage)
{
	const struct stage *found = plan_stage(record->plan, stage);
	if (found != NULL)
		return found->title;
	return strcmp(stage, "finished") == 0 ? "the end of the plan" : stage;
}

int64_t
patient_record_at(const struct message *message)
{
	return message->accepted_at != 0 ? message->accepted_at
					 : message->due_at;
}
