/*
 * slots.c - see slots.h
 */
#include "store/slots.h"

#include <stdlib.h>

#include "store/room.h"

static void
read_schedule(const struct query *q, void *record)
{
	struct schedule *s = record;

	s->enrolment_id = query_column_whole(q, 0, 0);
	s->stage = query_column_copy(q, 1);
	s->reminder = query_column_copy(q, 2);
	s->local_date = room_column_date(q, 3);
	s->local_minute = (int)query_column_whole(q, 4, 0);
	s->due_at = query_column_whole(q, 5, 0);
	s->wake_at = query_column_whole(q, 6, 0);
}

static void
clear_schedule(void *record)
{
	struct schedule *s = record;

	free(s->stage);
	free(s->reminder);
}

static const struct room_record schedule_record = { sizeof(struct schedule),
	read_schedule, clear_schedule };

void
schedule_list_free(struct schedule *list, int len)
{
	room_list_free(&schedule_record, list, len);
}

enum status
schedule_set(struct store *store, const struct schedule *next, struct why *why)
{
	struct query *q = room_change(store, SQL_SCHEDULE_SET);

	query_whole(q, ":enrolment", next->enrolment_id);
	room_bind_word(q, ":stage", next->stage);
	query_text(q, ":reminder", next->reminder);
	room_bind_date(q, ":local_date", next->local_date);
	query_whole(q, ":local_minute", next->local_minute);
	query_whole(q, ":due_at", next->due_at);
	query_whole(q, ":wake_at", next->wake_at);
	return query_run(q, NULL, why);
}

enum status
schedule_drop(struct store *store, int64_t enrolment_id, const char *stage,
    const char *reminder, struct why *why)
{
	struct query *q = room_change(store, SQL_SCHEDULE_DROP);

	query_whole(q, ":enrolment", enrolment_id);
	room_bind_word(q, ":stage", stage);
	query_text(q, ":reminder", reminder);
	return query_run(q, NULL, why);
}

enum status
schedule_drop_stage(struct store *store, int64_t enrolment_id,
    const char *stage, struct why *why)
{
	struct query *q = room_change(store, SQL_SCHEDULE_DROP_STAGE);

	query_whole(q, ":enrolment", enrolment_id);
	query_text(q, ":stage", stage);
	return query_run(q, NULL, why);
}

enum status
schedule_due(
    struct store *store, int64_t now, int64_t *ids, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_SCHEDULE_DUE);

	query_whole(q, ":now", now);
	query_whole(q, ":limit", *len);
	return room_ids(q, ids, len, why);
}

enum status
schedule_of(struct store *store, int64_t enrolment_id, struct schedule **list,
    int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_SCHEDULE_OF);

	query_whole(q, ":enrolment", enrolment_id);
	return room_list(q, &schedule_record, list, len, why);
}

static void
read_slot(const struct query *q, void *record)
{
	struct slot *s = record;

	s->slot_id = query_column_whole(q, 0, 0);
	s->enrolment_id = query_column_whole(q, 1, 0);
	s->reminder = query_column_copy(q, 2);
	s->local_date = room_column_date(q, 3);
	s->local_minute = (int)query_column_whole(q, 4, 0);
	s->due_at = query_column_whole(q, 5, 0);
	s->taken_at = query_column_whole(q, 6, 0);
	s->parcel = query_column_copy(q, 7);
	s->template = query_column_copy(q, 8);
	s->because = query_column_copy(q, 9);
}

static void
clear_slot(void *record)
{
	struct slot *s = record;

	free(s->reminder);
	free(s->parcel);
	free(s->template);
	free(s->because);
}

static const struct room_record slot_record = { sizeof(struct slot), read_slot,
	clear_slot };

void
slot_list_free(struct slot *list, int len)
{
	room_list_free(&slot_record, list, len);
}

enum status
slot_take(
    struct store *store, const struct slot *slot, bool *taken, struct why *why)
{
	struct query *q = room_change(store, SQL_SLOT_TAKE);
	int64_t changed = 0;
	enum status status;

	query_whole(q, ":enrolment", slot->enrolment_id);
	query_text(q, ":reminder", slot->reminder);
	room_bind_date(q, ":local_date", slot->local_date);
	query_whole(q, ":local_minute", slot->local_minute);
	query_whole(q, ":due_at", slot->due_at);
	query_whole(q, ":taken_at", slot->taken_at);
	query_text(q, ":parcel", slot->parcel);
	query_text(q, ":template", slot->template);
	room_bind_word(q, ":because", slot->because);
	status = query_run(q, &changed, why);
	if (status == STATUS_OK)
		*taken = changed > 0;
	return status;
}

enum status
slot_turn(struct store *store, int64_t enrolment_id, const char *reminder,
    int64_t *times, struct why *why)
{
	struct query *q = room_read(store, SQL_SLOT_TURN);

	query_whole(q, ":enrolment", enrolment_id);
	query_text(q, ":reminder", reminder);
	return room_whole(q, times, why);
}

enum status
slot_between(struct store *store, int64_t enrolment_id, struct date from,
    struct date to, struct slot **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_SLOT_BETWEEN);

	query_whole(q, ":enrolment", enrolment_id);
	room_bind_date(q, ":from", from);
	room_bind_date(q, ":to", to);
	return room_list(q, &slot_record, list, len, why);
}

enum status
slot_spoil(struct store *store, const char *parcel, const char *because,
    struct why *why)
{
	struct query *q = room_change(store, SQL_SLOT_SPOIL);

	query_text(q, ":parcel", parcel);
	room_bind_word(q, ":because", because);
	return query_run(q, NULL, why);
}

enum status
slot_after(struct store *store, int64_t after, struct slot **list, int *len,
    struct why *why)
{
	struct query *q = room_read(store, SQL_SLOT_AFTER);

	query_whole(q, ":after", after);
	return room_list(q, &slot_record, list, len, why);
}
