/*
 * history.c - see history.h
 */
#include "store/history.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/room.h"

static void
read_event(const struct query *q, void *record)
{
	struct event *e = record;

	e->event_id = query_column_whole(q, 0, 0);
	e->at = query_column_whole(q, 1, 0);
	e->patient_id = query_column_whole(q, 2, 0);
	e->kind = query_column_copy(q, 3);
	e->subject = query_column_copy(q, 4);
	e->because = query_column_copy(q, 5);
}

static void
clear_event(void *record)
{
	struct event *e = record;

	free(e->kind);
	free(e->subject);
	free(e->because);
}

static const struct room_record event_record = { sizeof(struct event),
	read_event, clear_event };

void
event_list_free(struct event *list, int len)
{
	room_list_free(&event_record, list, len);
}

enum status
event_add(struct store *store, int64_t at, int64_t patient_id, const char *kind,
    const char *subject, struct why *why, const char *fmt, ...)
{
	struct query *q = room_change(store, SQL_EVENT_ADD);
	char *because = NULL;
	enum status status;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&because, fmt, ap) < 0)
		panic("out of memory for an event");
	va_end(ap);
	query_whole(q, ":at", at);
	query_whole_or_null(q, ":patient", patient_id, 0);
	query_text(q, ":kind", kind);
	room_bind_word(q, ":subject", subject);
	query_text(q, ":because", because);
	status = query_run(q, NULL, why);
	free(because);
	return status;
}

enum status
event_of_patient(struct store *store, int64_t patient_id, int64_t from_at,
    int64_t until_at, struct event **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_EVENT_OF_PATIENT);

	query_whole(q, ":patient", patient_id);
	query_whole(q, ":from", from_at);
	query_whole(q, ":until", until_at);
	return room_list(q, &event_record, list, len, why);
}

enum status
event_after(struct store *store, int64_t event_id, struct event **list,
    int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_EVENT_AFTER);

	query_whole(q, ":after", event_id);
	return room_list(q, &event_record, list, len, why);
}

enum status
event_newest(struct store *store, int64_t *event_id, struct why *why)
{
	return room_whole(room_read(store, SQL_EVENT_NEWEST), event_id, why);
}

enum status
gateway_get(struct store *store, const char *name, struct gateway_row *row,
    struct why *why)
{
	struct query *q = room_read(store, SQL_GATEWAY_GET);
	struct gateway_row fresh = { 0 };
	enum status status;

	query_text(q, ":name", name);
	status = query_step(q, why);
	if (status == STATUS_OK) {
		fresh.cursor = query_column_copy(q, 0);
		fresh.polled_at = query_column_whole(q, 1, 0);
		fresh.failing_since_at = query_column_whole(q, 2, 0);
	}
	query_done(q);
	if (status != STATUS_OK && status != STATUS_NONE)
		return status;
	snprintf(fresh.name, sizeof(fresh.name), "%s", name);
	*row = fresh;
	return STATUS_OK;
}

enum status
gateway_put(struct store *store, enum channel channel,
    const struct gateway_row *row, struct why *why)
{
	struct query *q = room_change(store, SQL_GATEWAY_PUT);

	query_text(q, ":name", row->name);
	query_text(q, ":channel", channel_names[channel]);
	query_text(q, ":cursor", row->cursor);
	query_whole_or_null(q, ":polled_at", row->polled_at, 0);
	query_whole_or_null(q, ":failing_since_at", row->failing_since_at, 0);
	return query_run(q, NULL, why);
}

enum status
tick_begin(struct store *store, int64_t now, int64_t *tick_id, struct why *why)
{
	struct query *q = room_change(store, SQL_TICK_BEGIN);

	query_whole(q, ":now", now);
	return room_whole(q, tick_id, why);
}

enum status
tick_end(struct store *store, const struct tick_row *row, struct why *why)
{
	struct query *q = room_change(store, SQL_TICK_END);

	query_whole(q, ":id", row->tick_id);
	query_whole(q, ":ended_at", row->ended_at);
	query_whole(q, ":collected", row->collected);
	query_whole(q, ":read", row->read);
	query_whole(q, ":moved", row->moved);
	query_whole(q, ":queued", row->queued);
	query_whole(q, ":sent", row->sent);
	query_whole(q, ":failed", row->failed);
	query_whole(q, ":unknown", row->unknown);
	query_whole(q, ":alerts", row->alerts);
	return query_run(q, NULL, why);
}

static void
read_tick(const struct query *q, void *record)
{
	struct tick_row *t = record;

	t->tick_id = query_column_whole(q, 0, 0);
	t->started_at = query_column_whole(q, 1, 0);
	t->ended_at = query_column_whole(q, 2, 0);
	t->collected = query_column_whole(q, 3, 0);
	t->read = query_column_whole(q, 4, 0);
	t->moved = query_column_whole(q, 5, 0);
	t->queued = query_column_whole(q, 6, 0);
	t->sent = query_column_whole(q, 7, 0);
	t->failed = query_column_whole(q, 8, 0);
	t->unknown = query_column_whole(q, 9, 0);
	t->alerts = query_column_whole(q, 10, 0);
}

static const struct room_record tick_record = { sizeof(struct tick_row),
	read_tick, NULL };

enum status
tick_last(struct store *store, int64_t before_tick_id, struct tick_row *row,
    struct why *why)
{
	struct query *q = room_read(store, SQL_TICK_LAST);

	query_whole(
	    q, ":before", before_tick_id == 0 ? INT64_MAX : before_tick_id);
	return room_one(q, &tick_record, row, why);
}
