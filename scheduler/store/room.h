/*
 * NAME
 *	room - what the files of this room share, and nobody else includes
 */
#ifndef STORE_ROOM_H
#define STORE_ROOM_H

#include <stddef.h>

#include "base/civil.h"
#include "store/db.h"
#include "store/store.h"

struct store {
	struct db *db;
	char *path;  /* NULL: in memory */
	int depth;   /* transactions that are open within each other */
	bool doomed; /* one of them was rolled back */
	int lock_fd; /* of the tick's lock; -1: not held */
};

/* A statement that looks, and one that changes: the latter panics outside a
 * transaction. */
struct query *room_read(struct store *store, enum statement statement);
struct query *room_change(struct store *store, enum statement statement);

/* A kind of record: how big it is, how a row fills a zeroed one, and how it
 * is emptied (NULL: it owns nothing). */
struct room_record {
	size_t size;
	void (*read)(const struct query *q, void *record);
	void (*clear)(void *record);
};

/* The first row into *record, which is untouched unless OK. NONE. */
enum status room_one(struct query *q, const struct room_record *kind,
    void *record, struct why *why);
/* All rows into a fresh array; list points to the caller's pointer. */
enum status room_list(struct query *q, const struct room_record *kind,
    void *list, int *len, struct why *why);
void room_list_free(const struct room_record *kind, void *list, int len);

/* First columns into the caller's array; *len in: room, out: found. */
enum status room_ids(
    struct query *q, int64_t *ids, int *len, struct why *why);
/* The first column of the one row there is: after RETURNING, or a count. */
enum status room_whole(struct query *q, int64_t *value, struct why *why);
/* Is there any row? */
enum status room_exists(struct query *q, bool *is, struct why *why);

/* Binding what may be missing: "" for NULL where the column wants a text, and
 * null for a date whose year is 0. */
void room_bind_word(struct query *q, const char *name, const char *text);
void room_bind_date(struct query *q, const char *name, struct date date);

/* Columns that hold a short text, a date (year 0 for null), or a name out of
 * a list. What can't be so is a panic: nobody else writes to our tables. */
void room_column_text(
    const struct query *q, int column, char *out, size_t size);
struct date room_column_date(const struct query *q, int column);
int room_column_name(
    const struct query *q, int column, const char *const *names, int max);

#endif
