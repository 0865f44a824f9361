/*
 * outbox.c - see outbox.h
 *
 * The way of a message through the queue, to where it is claimed; how it went
 * is settle.c, and what it never came to is in cancel.c.
 */
#include "store/outbox.h"

#include <string.h>

#include "base/secret.h"
#include "store/outbox_rows.h"

enum status
outbox_queue(struct store *store, struct message *message, struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_QUEUE);

	random_base32(message->key, sizeof(message->key) - 1);
	if (message->parcel[0] == '\0')
		memcpy(message->parcel, message->key, sizeof(message->key));
	message->state = MESSAGE_QUEUED;
	query_text(q, ":key", message->key);
	query_text(q, ":parcel", message->parcel);
	query_whole_or_null(q, ":patient", message->patient_id, 0);
	query_whole_or_null(q, ":alert", message->alert_id, 0);
	query_text(q, ":kind", kind_rules[message->kind].name);
	query_text(q, ":channel", channel_names[message->channel]);
	query_text(q, ":recipient", message->recipient);
	query_text(q, ":stage", message->stage);
	room_bind_word(q, ":template", message->template);
	query_text(q, ":asks", asks_names[message->asks]);
	query_text(q, ":subject", message->subject);
	room_bind_word(q, ":body", message->body);
	query_text(q, ":html", message->html);
	query_text(q, ":in_reply_to", message->in_reply_to);
	query_whole(q, ":segments", message->segments);
	query_whole(q, ":priority", kind_rules[message->kind].priority);
	query_whole(q, ":queued_at", message->queued_at);
	query_whole(q, ":due_at", message->due_at);
	query_whole(q, ":expires_at", message->expires_at);
	room_bind_word(q, ":because", message->because);
	return room_whole(q, &message->message_id, why);
}

enum status
outbox_due(struct store *store, enum channel channel, int64_t now, int limit,
    struct message **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_DUE);

	query_text(q, ":channel", channel_names[channel]);
	query_whole(q, ":now", now);
	query_whole(q, ":limit", limit);
	return room_list(q, &message_record, list, len, why);
}

/*
 * Intent before act. The caller commits this before a byte leaves, so that a
 * tick which dies on the way has left word of what it was doing; and since
 * only a queued row can be claimed, no second tick does it too. Once claimed,
 * a message is never just tried again: outbox_requeue() wants to know that it
 * was surely not taken.
 */
enum status
outbox_claim(struct store *store, int64_t message_id, const char *gateway,
    const char *address, int64_t now, bool *claimed, struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_CLAIM);
	int64_t changed = 0;
	enum status status;

	query_whole(q, ":id", message_id);
	query_text(q, ":gateway", gateway);
	query_text(q, ":address", address);
	query_whole(q, ":now", now);
	status = query_run(q, &changed, why);
	if (status == STATUS_OK)
		*claimed = changed > 0;
	return status;
}

enum status
outbox_hold(struct store *store, int64_t message_id, int64_t due_at,
    const char *because, struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_HOLD);

	query_whole(q, ":id", message_id);
	query_whole(q, ":due_at", due_at);
	room_bind_word(q, ":because", because);
	return query_run(q, NULL, why);
}

enum status
outbox_recover(struct store *store, int64_t *count, struct why *why)
{
	return query_run(room_change(store, SQL_OUTBOX_RECOVER), count, why);
}

enum status
outbox_unknown(struct store *store, struct outbox_place *place, int limit,
    struct message **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_UNKNOWN);
	enum status status;

	query_whole(q, ":claimed_at", place->claimed_at);
	query_whole(q, ":message_id", place->message_id);
	query_whole(q, ":limit", limit);
	status = room_list(q, &message_record, list, len, why);
	if (status == STATUS_OK && *len > 0) {
		place->claimed_at = (*list)[*len - 1].claimed_at;
		place->message_id = (*list)[*len - 1].message_id;
	}
	return status;
}

enum status
outbox_requeue(struct store *store, int64_t message_id, int64_t due_at,
    const char *because, struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_REQUEUE);

	query_whole(q, ":id", message_id);
	query_whole(q, ":due_at", due_at);
	room_bind_word(q, ":because", because);
	return query_run(q, NULL, why);
}

enum status
outbox_doubt(struct store *store, int64_t message_id, const char *because,
    struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_DOUBT);

	query_whole(q, ":id", message_id);
	room_bind_word(q, ":because", because);
	return query_run(q, NULL, why);
}

enum status
outbox_complain(struct store *store, int64_t message_id, const char *because,
    bool *first, struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_COMPLAIN);
	int64_t changed = 0;
	enum status status;

	query_whole(q, ":id", message_id);
	query_text(q, ":because", because);
	status = query_run(q, &changed, why);
	if (status == STATUS_OK)
		*first = changed > 0;
	return status;
}

enum status
outbox_oldest_unsettled(struct store *store, const char *gateway,
    int64_t since_at, int64_t *accepted_at, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_OLDEST_UNSETTLED);

	query_text(q, ":gateway", gateway);
	query_whole(q, ":since", since_at);
	return room_whole(q, accepted_at, why);
}
