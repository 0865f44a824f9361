/*
 * room.c - see room.h
 */
#include "store/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct query *
room_read(struct store *store, enum statement statement)
{
	return db_query(store->db, statement);
}

struct query *
room_change(struct store *store, enum statement statement)
{
	if (store->depth == 0)
		panic("a change outside a transaction: %s",
		    statement_sql(statement));
	return db_query(store->db, statement);
}

enum status
room_one(struct query *q, const struct room_record *kind, void *record,
    struct why *why)
{
	enum status status = query_step(q, why);

	if (status != STATUS_OK)
		return status;
	memset(record, 0, kind->size);
	kind->read(q, record);
	query_done(q);
	return STATUS_OK;
}

/*
 * The caller's pointer is of some struct's type; its bytes are copied because
 * a void ** may not stand for it.
 */
enum status
room_list(struct query *q, const struct room_record *kind, void *list, int *len,
    struct why *why)
{
	char *rows = NULL;
	size_t used = 0, room = 0;
	enum status status;

	while ((status = query_step(q, why)) == STATUS_OK) {
		if (used == room) {
			room = room == 0 ? 8 : 2 * room;
			rows = xrealloc(rows, room, kind->size);
		}
		memset(rows + used * kind->size, 0, kind->size);
		kind->read(q, rows + used * kind->size);
		used++;
	}
	if (status != STATUS_NONE) {
		room_list_free(kind, rows, (int)used);
		return status;
	}
	memcpy(list, &rows, sizeof(rows));
	*len = (int)used;
	return STATUS_OK;
}

void
room_list_free(const struct room_record *kind, void *list, int len)
{
	char *rows = list;

	for (int i = 0; i < len && kind->clear != NULL; i++)
		kind->clear(rows + (size_t)i * kind->size);
	free(list);
}

enum status
room_ids(struct query *q, int64_t *ids, int *len, struct why *why)
{
	int found = 0;
	enum status status = STATUS_NONE;

	while (found < *len && (status = query_step(q, why)) == STATUS_OK)
		ids[found++] = query_column_whole(q, 0, 0);
	query_done(q);
	if (status != STATUS_OK && status != STATUS_NONE)
		return status;
	*len = found;
	return STATUS_OK;
}

enum status
room_whole(struct query *q, int64_t *value, struct why *why)
{
	enum status status = query_step(q, why);

	if (status != STATUS_OK)
		return status;
	*value = query_column_whole(q, 0, 0);
	query_done(q);
	return STATUS_OK;
}

enum status
room_exists(struct query *q, bool *is, struct why *why)
{
	enum status status = query_step(q, why);

	query_done(q);
	if (status != STATUS_OK && status != STATUS_NONE)
		return status;
	*is = status == STATUS_OK;
	return STATUS_OK;
}

void
room_bind_word(struct query *q, const char *name, const char *text)
{
	query_text(q, name, text == NULL ? "" : text);
}

void
room_bind_date(struct query *q, const char *name, struct date date)
{
	char text[DATE_SIZE];

	query_text(q, name, date.year == 0 ? NULL : date_format(date, text));
}

void
room_column_text(const struct query *q, int column, char *out, size_t size)
{
	const char *text = query_column_text(q, column);
	size_t len = text == NULL ? 0 : strlen(text);

	if (len >= size)
		panic("'%s' is too long for %zu bytes", text, size);
	memcpy(out, text == NULL ? "" : text, len + 1);
}

struct date
room_column_date(const struct query *q, int column)
{
	const char *text = query_column_text(q, column);
	struct date date = { 0 };

	if (text != NULL && date_parse(text, &date, NULL) != STATUS_OK)
		panic("'%s' stands for a date", text);
	return date;
}

int
room_column_name(
    const struct query *q, int column, const char *const *names, int max)
{
	const char *text = query_column_text(q, column);

	for (int i = 0; i < max; i++)
		if (text != NULL && strcmp(text, names[i]) == 0)
			return i;
	panic("'%s' is no name that we know", text == NULL ? "" : text);
}
