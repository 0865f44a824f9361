/*
 * inbound.c - what came in, word for word and once; see inbox.h
 */
#include <stdlib.h>

#include "store/inbox.h"
#include "store/room.h"

void
inbound_free(struct inbound *inbound)
{
	free(inbound->gateway);
	free(inbound->provider_id);
	free(inbound->sender);
	free(inbound->recipient);
	free(inbound->body);
	free(inbound->answers);
	free(inbound->handled);
	*inbound = (struct inbound){ 0 };
}

static void
read_inbound(const struct query *q, void *record)
{
	struct inbound *in = record;

	in->inbound_id = query_column_whole(q, 0, 0);
	in->gateway = query_column_copy(q, 1);
	in->provider_id = query_column_copy(q, 2);
	in->channel =
	    (enum channel)room_column_name(q, 3, channel_names, CHANNEL__MAX);
	in->sender = query_column_copy(q, 4);
	in->recipient = query_column_copy(q, 5);
	in->body = query_column_copy(q, 6);
	in->answers = query_column_copy(q, 7);
	in->automatic = query_column_whole(q, 8, 0) != 0;
	in->came_at = query_column_whole(q, 9, 0);
	in->stored_at = query_column_whole(q, 10, 0);
	in->read_at = query_column_whole(q, 11, 0);
	in->patient_id = query_column_whole(q, 12, 0);
	in->handled = query_column_copy(q, 13);
}

static void
clear_inbound(void *record)
{
	inbound_free(record);
}

static const struct room_record inbound_record = { sizeof(struct inbound),
	read_inbound, clear_inbound };

void
inbound_list_free(struct inbound *list, int len)
{
	room_list_free(&inbound_record, list, len);
}

enum status
inbound_store(struct store *store, const struct inbound *inbound, bool *is_new,
    struct why *why)
{
	struct query *q = room_change(store, SQL_INBOUND_STORE);
	int64_t changed = 0;
	enum status status;

	query_text(q, ":gateway", inbound->gateway);
	query_text(q, ":provider_id", inbound->provider_id);
	query_text(q, ":channel", channel_names[inbound->channel]);
	room_bind_word(q, ":sender", inbound->sender);
	room_bind_word(q, ":recipient", inbound->recipient);
	room_bind_word(q, ":body", inbound->body);
	query_text(q, ":answers", inbound->answers);
	query_whole(q, ":automatic", inbound->automatic);
	query_whole(q, ":came_at", inbound->came_at);
	query_whole(q, ":stored_at", inbound->stored_at);
	status = query_run(q, &changed, why);
	if (status == STATUS_OK)
		*is_new = changed > 0;
	return status;
}

enum status
inbound_unread(struct store *store, int limit, struct inbound **list, int *len,
    struct why *why)
{
	struct query *q = room_read(store, SQL_INBOUND_UNREAD);

	query_whole(q, ":limit", limit);
	return room_list(q, &inbound_record, list, len, why);
}

enum status
inbound_mark_read(struct store *store, int64_t inbound_id, int64_t patient_id,
    int64_t now, struct why *why)
{
	struct query *q = room_change(store, SQL_INBOUND_MARK_READ);
	enum status status;

	query_whole(q, ":id", inbound_id);
	query_whole_or_null(q, ":patient", patient_id, 0);
	query_whole(q, ":now", now);
	status = query_run(q, NULL, why);
	if (status != STATUS_OK)
		return status;
	q = room_change(store, SQL_INBOUND_MARK_PARTS);
	query_whole(q, ":id", inbound_id);
	query_whole_or_null(q, ":patient", patient_id, 0);
	return query_run(q, NULL, why);
}

enum status
inbound_rewrite(
    struct store *store, const struct inbound *inbound, struct why *why)
{
	struct query *q = room_change(store, SQL_INBOUND_REWRITE);

	query_whole(q, ":id", inbound->inbound_id);
	query_text(q, ":sender", inbound->sender);
	query_text(q, ":body", inbound->body);
	return query_run(q, NULL, why);
}

enum status
inbound_set_part(struct store *store, int64_t inbound_id, int64_t part_of,
    int64_t now, struct why *why)
{
	struct query *q = room_change(store, SQL_INBOUND_SET_PART);

	query_whole(q, ":id", inbound_id);
	query_whole(q, ":part_of", part_of);
	query_whole(q, ":now", now);
	return query_run(q, NULL, why);
}

enum status
inbound_set_handled(struct store *store, int64_t inbound_id,
    const char *handled, struct why *why)
{
	struct query *q = room_change(store, SQL_INBOUND_SET_HANDLED);

	query_whole(q, ":id", inbound_id);
	query_text(q, ":handled", handled);
	return query_run(q, NULL, why);
}

enum status
inbound_by_id(struct store *store, int64_t inbound_id, struct inbound *inbound,
    struct why *why)
{
	struct query *q = room_read(store, SQL_INBOUND_BY_ID);

	query_whole(q, ":id", inbound_id);
	return room_one(q, &inbound_record, inbound, why);
}

enum status
inbound_by_source(struct store *store, const char *gateway,
    const char *provider_id, struct inbound *inbound, struct why *why)
{
	struct query *q = room_read(store, SQL_INBOUND_BY_SOURCE);

	query_text(q, ":gateway", gateway);
	query_text(q, ":provider_id", provider_id);
	return room_one(q, &inbound_record, inbound, why);
}

enum status
inbound_open(
    struct store *store, struct inbound **list, int *len, struct why *why)
{
	return room_list(room_read(store, SQL_INBOUND_OPEN), &inbound_record,
	    list, len, why);
}

enum status
inbound_of_patient(struct store *store, int64_t patient_id,
    struct inbound **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_INBOUND_OF_PATIENT);

	query_whole(q, ":patient", patient_id);
	return room_list(q, &inbound_record, list, len, why);
}
