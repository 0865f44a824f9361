/*
 * outbox_rows.c - messages by what they are known by; see outbox.h
 */
#include "store/outbox_rows.h"

#include <stdlib.h>

const char *const message_state_names[MESSAGE__MAX] = {
	[MESSAGE_QUEUED] = "queued",
	[MESSAGE_SENDING] = "sending",
	[MESSAGE_UNKNOWN] = "unknown",
	[MESSAGE_ACCEPTED] = "accepted",
	[MESSAGE_DELIVERED] = "delivered",
	[MESSAGE_UNDELIVERED] = "undelivered",
	[MESSAGE_FAILED] = "failed",
	[MESSAGE_CANCELLED] = "cancelled",
	[MESSAGE_EXPIRED] = "expired",
};

void
message_free(struct message *message)
{
	free(message->recipient);
	free(message->stage);
	free(message->template);
	free(message->subject);
	free(message->body);
	free(message->html);
	free(message->in_reply_to);
	free(message->gateway);
	free(message->address);
	free(message->provider_id);
	free(message->code);
	free(message->because);
	*message = (struct message){ 0 };
}

static enum kind
column_kind(const struct query *q, int column)
{
	const char *name = query_column_text(q, column);
	enum kind kind = kind_parse(name);

	if (kind == KIND__MAX)
		panic("'%s' is no kind of message", name);
	return kind;
}

/* What it says, and to whom. */
static void
read_words(const struct query *q, struct message *m)
{
	m->message_id = query_column_whole(q, 0, 0);
	room_column_text(q, 1, m->key, sizeof(m->key));
	room_column_text(q, 2, m->parcel, sizeof(m->parcel));
	m->patient_id = query_column_whole(q, 3, 0);
	m->alert_id = query_column_whole(q, 4, 0);
	m->kind = column_kind(q, 5);
	m->channel =
	    (enum channel)room_column_name(q, 6, channel_names, CHANNEL__MAX);
	m->recipient = query_column_copy(q, 7);
	m->stage = query_column_copy(q, 8);
	m->template = query_column_copy(q, 9);
	m->asks = (enum asks)room_column_name(q, 10, asks_names, ASKS__MAX);
	m->subject = query_column_copy(q, 11);
	m->body = query_column_copy(q, 12);
	m->html = query_column_copy(q, 13);
	m->in_reply_to = query_column_copy(q, 14);
	m->segments = (int)query_column_whole(q, 15, 0);
}

/* What became of it. */
static void
read_life(const struct query *q, struct message *m)
{
	m->state = (enum message_state)room_column_name(
	    q, 16, message_state_names, MESSAGE__MAX);
	m->queued_at = query_column_whole(q, 17, 0);
	m->due_at = query_column_whole(q, 18, 0);
	m->expires_at = query_column_whole(q, 19, 0);
	m->attempts = (int)query_column_whole(q, 20, 0);
	m->gateway = query_column_copy(q, 21);
	m->address = query_column_copy(q, 22);
	m->claimed_at = query_column_whole(q, 23, 0);
	m->provider_id = query_column_copy(q, 24);
	m->accepted_at = query_column_whole(q, 25, 0);
	m->settled_at = query_column_whole(q, 26, 0);
	m->code = query_column_copy(q, 27);
	m->because = query_column_copy(q, 28);
}

static void
read_message(const struct query *q, void *record)
{
	read_words(q, record);
	read_life(q, record);
}

static void
clear_message(void *record)
{
	message_free(record);
}

const struct room_record message_record = { sizeof(struct message),
	read_message, clear_message };

void
message_list_free(struct message *list, int len)
{
	room_list_free(&message_record, list, len);
}

void
message_bind_not_to_clinicians(struct query *q)
{
	query_text(q, ":alert", kind_rules[KIND_CLINICIAN_ALERT].name);
	query_text(q, ":review", kind_rules[KIND_REVIEW].name);
}

enum status
outbox_by_provider_id(struct store *store, const char *gateway,
    const char *provider_id, struct message *message, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_BY_PROVIDER_ID);

	query_text(q, ":gateway", gateway);
	query_text(q, ":provider_id", provider_id);
	return room_one(q, &message_record, message, why);
}

enum status
outbox_by_key(struct store *store, const char *key, struct message *message,
    struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_BY_KEY);

	query_text(q, ":key", key);
	return room_one(q, &message_record, message, why);
}

enum status
outbox_by_id(struct store *store, int64_t message_id, struct message *message,
    struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_BY_ID);

	query_whole(q, ":id", message_id);
	return room_one(q, &message_record, message, why);
}

enum status
outbox_of_patient(struct store *store, int64_t patient_id,
    struct message **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_OF_PATIENT);

	query_whole(q, ":patient", patient_id);
	message_bind_not_to_clinicians(q);
	return room_list(q, &message_record, list, len, why);
}

enum status
outbox_has(struct store *store, int64_t patient_id, const char *recipient,
    const char *template, int64_t since_at, bool *has, struct why *why)
{
	struct query *q =
	    room_read(store, patient_id != 0 ? SQL_OUTBOX_HAS_PATIENT
					     : SQL_OUTBOX_HAS_RECIPIENT);

	if (patient_id != 0)
		query_whole(q, ":patient", patient_id);
	else
		query_text(q, ":recipient", recipient);
	query_text(q, ":template", template);
	query_whole(q, ":since", since_at);
	return room_exists(q, has, why);
}

enum status
outbox_answers(struct store *store, const char *recipient, bool safety_nets,
    int64_t since_at, int64_t *count, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_ANSWERS);
	const enum kind kinds[] = { KIND_ANSWER, KIND_HELP, KIND_STOP_CONFIRM };
	const char *names[] = { ":answer", ":help", ":stop_confirm" };

	query_text(q, ":recipient", recipient);
	query_whole(q, ":since", since_at);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		query_text(q, names[i],
		    kind_rules[safety_nets ? KIND_SAFETY_NET : kinds[i]].name);
	return room_whole(q, count, why);
}

enum status
outbox_safety_nets(
    struct store *store, int64_t alert_id, int64_t *waiting, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_SAFETY_NETS);

	query_whole(q, ":alert", alert_id);
	query_text(q, ":safety_net", kind_rules[KIND_SAFETY_NET].name);
	return room_whole(q, waiting, why);
}

enum status
outbox_arrived(
    struct store *store, const char *parcel, bool *arrived, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_ARRIVED);

	query_text(q, ":parcel", parcel);
	return room_exists(q, arrived, why);
}

enum status
outbox_told(struct store *store, int64_t alert_id, const char *recipient,
    int64_t since_at, bool *told, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_TOLD);

	query_whole(q, ":alert", alert_id);
	query_text(q, ":recipient", recipient);
	query_whole(q, ":since", since_at);
	return room_exists(q, told, why);
}

/*
 * Kinds are looked up here and not in the statement, since what counts stands
 * in the table of kinds alone.
 */
enum status
outbox_counted(struct store *store, int64_t patient_id, int64_t since_at,
    bool queued, const char *but_parcel, int64_t *times, int *len,
    struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_COUNTED);
	enum status status = STATUS_NONE;
	int found = 0;

	query_whole(q, ":patient", patient_id);
	query_whole(q, ":since", since_at);
	query_whole(q, ":queued", queued);
	room_bind_word(q, ":but_parcel", but_parcel);
	while (found < *len && (status = query_step(q, why)) == STATUS_OK)
		if (kind_rules[column_kind(q, 0)].counts)
			times[found++] = query_column_whole(q, 1, 0);
	query_done(q);
	if (status != STATUS_OK && status != STATUS_NONE)
		return status;
	*len = found;
	return STATUS_OK;
}

enum status
outbox_after(struct store *store, int64_t after, struct message **list,
    int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_AFTER);

	query_whole(q, ":after", after);
	return room_list(q, &message_record, list, len, why);
}

enum status
outbox_parcel_lives(
    struct store *store, const char *parcel, bool *lives, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_PARCEL_LIVES);

	query_text(q, ":parcel", parcel);
	return room_exists(q, lives, why);
}

enum status
outbox_spent(struct store *store, const char *gateway, int64_t since_at,
    int64_t *segments, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_SPENT);

	query_text(q, ":gateway", gateway);
	query_whole(q, ":since", since_at);
	return room_whole(q, segments, why);
}
