#include "commands/patient_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "commands/patient_words.h"
#include "commands/reading_json.h"

json_t *
patient_json_alert(const struct alert *alert, const char *ref)
{
	json_t *object = json_object();
	json_put_whole(object, "id", alert->alert_id);
	json_put_text(object, "ref", ref);
	json_put_time(object, "at", alert->opened_at);
	json_put_text(object, "kind", alert_kind_names[alert->kind]);
	json_put_text(object, "level", alert->level);
	json_put_text(object, "state", alert_state_names[alert->state]);
	json_put_text(object, "because", alert->because);
	json_put_whole(object, "rounds", alert->round);
	json_put_time(object, "acknowledged_at", alert->acknowledged_at);
	json_put_text(object, "acknowledged_by", alert->acknowledged_by);
	json_put_time(object, "closed_at", alert->closed_at);
	json_put_text(object, "closed_by", alert->closed_by);
	json_put_text(object, "outcome", alert->outcome);
	return object;
}

json_t *
patient_json_move(const struct move *move, const char *ref)
{
	json_t *object = json_object();
	json_put_whole(object, "id", move->move_id);
	json_put_text(object, "ref", ref);
	json_put_time(object, "at", move->at);
	json_put_text(object, "from", move->from_stage);
	json_put_text(object, "to", move->to_stage);
	json_put_text(object, "because", move->because);
	json_put_text(object, "act", move->act);
	json_put_text(object, "state", move_state_names[move->state]);
	json_put_text(object, "by", move->decided_by);
	return object;
}

json_t *
patient_json_without_ref(json_t *object)
{
	json_object_del(object, "ref");
	return object;
}

/* A message, or a slot that never became one, by time. */
struct sent {
	int64_t at;
	json_t *object;
	int order;
};

static int
compare_sent(const void *a, const void *b)
{
	const struct sent *x = a;
	const struct sent *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order - y->order;
}

static json_t *
message_object(const struct message *message)
{
	json_t *object = json_object();
	json_put_whole(object, "id", message->message_id);
	json_put_time(object, "at", patient_record_at(message));
	json_put_text(object, "channel", channel_names[message->channel]);
	json_put_text(object, "kind", kind_rules[message->kind].name);
	json_put_text(object, "template", message->template);
	json_put_text(object, "state", message_state_names[message->state]);
	json_put_text(object, "subject", message->subject);
	json_put_text(object, "body", message->body);
	json_put_text(object, "asks", asks_names[message->asks]);
	json_put_whole(object, "segments", message->segments);
	json_put_time(object, "due_at", message->due_at);
	json_put_time(object, "accepted_at", message->accepted_at);
	json_put_text(object, "parcel", message->parcel);
	json_put_text(object, "gateway", message->gateway);
	json_put_text(object, "because",
	    message->because != NULL && *message->because != '\0'
		? message->because
		: NULL);
	return object;
}

/* It has the members of a message, those that it can have. */
static json_t *
missed_object(const struct patient_record *record, const struct slot *slot)
{
	const struct reminder *reminder =
	    patient_record_reminder(record, slot->reminder);
	json_t *object = json_object();
	json_put_text(object, "id", NULL);
	json_put_time(object, "at", slot->due_at);
	json_put_text(object, "channel", NULL);
	json_put_text(object, "kind", kind_rules[KIND_REMINDER].name);
	json_put_text(object, "template", slot->template);
	json_put_text(object, "state", "missed");
	json_put_text(object, "body", NULL);
	json_put_text(object, "asks",
	    asks_names[reminder != NULL ? reminder->asks : ASKS_NONE]);
	json_put_time(object, "due_at", slot->due_at);
	json_put_text(object, "reminder", slot->reminder);
	json_put_text(object, "because", slot->because);
	return object;
}

static json_t *
messages_array(const struct patient_record *record)
{
	size_t room =
	    (size_t)record->messages_len + (size_t)record->slots_len + 1;
	struct sent *list = xcalloc(room, sizeof *list);
	int len = 0;
	for (int i = 0; i < record->messages_len; i++) {
		const struct message *message = &record->messages[i];
		list[len] = (struct sent){ patient_record_at(message),
			message_object(message), len };
		len++;
	}
	for (int i = 0; i < record->slots_len; i++) {
		const struct slot *slot = &record->slots[i];
		if (!patient_record_missed(record, slot))
			continue;
		list[len] = (struct sent){ slot->due_at,
			missed_object(record, slot), len };
		len++;
	}
	qsort(list, (size_t)len, sizeof *list, compare_sent);

	json_t *array = json_array();
	for (int i = 0; i < len; i++)
		json_array_append_new(array, list[i].object);
	free(list);
	return array;
}

static json_t *
replies_array(const struct patient_record *record)
{
	json_t *array = json_array();
	for (int i = 0; i < record->replies_len; i++) {
		const struct inbound *reply = &record->replies[i];
		const struct reading_row *row =
		    patient_record_reading(record, reply->inbound_id);
		json_t *object = json_object();
		json_put_whole(object, "id", reply->inbound_id);
		json_put_time(object, "at", reply->came_at);
		json_put_text(object, "channel", channel_names[reply->channel]);
		json_put_text(object, "from", reply->sender);
		json_put_text(object, "body", reply->body);
		json_object_set_new(object, "reading",
		    row != NULL ? reading_json(&row->reading) : json_null());
		json_put_text(object, "handled", reply->handled);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
readings_array(const struct patient_record *record)
{
	json_t *array = json_array();
	for (int i = 0; i < record->readings_len; i++) {
		const struct reading_row *row = &record->readings[i];
		const struct reading *reading = &row->reading;
		if (reading->pain == PAIN_NONE &&
		    reading->done == ANSWER_NONE &&
		    reading->leg == ANSWER_NONE &&
		    reading->settled == ANSWER_NONE)
			continue;
		json_t *object = json_object();
		json_put_time(object, "at", row->at);
		reading_json_answers(object, reading);
		json_put_text(object, "asked", asks_names[row->asked]);
		json_put_bool(object, "verified", row->verified);
		json_array_append_new(array, object);
	}
	return array;
}

/* Moves that were made, or those that were only proposed. */
static json_t *
moves_array(const struct patient_record *record, bool made)
{
	json_t *array = json_array();
	for (int i = 0; i < record->moves_len; i++)
		if ((record->moves[i].state == MOVE_MADE) == made)
			json_array_append_new(array,
			    patient_json_without_ref(
				patient_json_move(&record->moves[i], NULL)));
	return array;
}

static json_t *
alerts_array(const struct patient_record *record)
{
	json_t *array = json_array();
	for (int i = 0; i < record->alerts_len; i++)
		json_array_append_new(
		    array, patient_json_without_ref(
			       patient_json_alert(&record->alerts[i], NULL)));
	return array;
}

static void
put_date(json_t *object, const char *key, struct date date)
{
	char text[DATE_SIZE];
	json_put_text(
	    object, key, date.year != 0 ? date_format(date, text) : NULL);
}

static void
put_person(json_t *object, const struct patient *patient)
{
	json_t *facts = json_object();
	json_put_text(object, "ref", patient->ref);
	json_put_text(object, "name", patient->name);
	json_put_text(object, "phone", patient->phone);
	json_put_text(object, "email", patient->email);
	json_put_text(object, "channel", patient->channel);
	json_put_text(object, "language", patient->language);
	json_put_text(object, "timezone", patient->timezone);
	json_put_text(object, "clinician", patient->clinician);
	json_put_text(object, "carer", patient->carer);
	json_put_text(object, "consented_on", patient->consented_on);
	json_put_text(object, "consent_how", patient->consent_how);
	json_put_text(object, "consent_wording", patient->consent_wording);
	json_put_bool(object, "minor", patient->minor);
	json_put_text(object, "screened_on", patient->screened_on);
	json_put_text(object, "screened_by", patient->screened_by);
	json_put_bool(object, "no_running", patient->no_running);
	if (patient->baseline == PAIN_NONE)
		json_put_text(object, "baseline", NULL);
	else
		json_put_whole(object, "baseline", patient->baseline);
	for (int i = 0; i < patient->facts_len; i++)
		json_put_text(
		    facts, patient->facts[i].key, patient->facts[i].value);
	json_object_set_new(object, "about", facts);
	json_put_time(object, "enrolled_at", patient->enrolled_at);
	json_put_time(object, "erased_at", patient->erased_at);
}

json_t *
patient_json(const struct patient_record *record)
{
	const struct patient *patient = &record->patient;
	struct buffer attention = { 0 };
	json_t *object = json_object();
	put_person(object, patient);
	json_put_text(object, "plan", record->plan->id);
	json_put_whole(object, "plan_version", record->plan->version);
	json_put_text(object, "stage", patient->stage);
	json_put_text(object, "stage_title", record->stage->title);
	json_put_time(object, "stage_since", patient->stage_since_at);
	json_put_text(object, "state", patient_state_names[patient->state]);
	put_date(object, "paused_until", patient->paused_until_on);
	json_put_text(object, "paused_by",
	    patient->state == PATIENT_PAUSED ? patient->paused_by : NULL);
	patient_words_attention(&attention, patient, record->alerts,
	    record->alerts_len, record->moves, record->moves_len);
	json_put_text(object, "attention",
	    attention.len > 0 ? buffer_text(&attention) : NULL);
	buffer_free(&attention);
	json_object_set_new(object, "messages", messages_array(record));
	json_object_set_new(object, "replies", replies_array(record));
	json_object_set_new(object, "readings", readings_array(record));
	json_object_set_new(object, "moves", moves_array(record, true));
	json_object_set_new(object, "proposals", moves_array(record, false));
	json_object_set_new(object, "alerts", alerts_array(record));
	return object;
}
