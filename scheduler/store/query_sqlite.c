/*
 * query_sqlite.c - see db.h
 */
#include <limits.h>
#include <stdlib.h>

#include "base/memory.h"
#include "store/db_sqlite.h"

/* Preparing reads the schema, so that the world may fail it; that is told at
 * the first step. A statement that is wrong is a bug. */
static void
prepare(struct query *q)
{
	const char *sql = statement_sql(q->statement);

	q->failure = sqlite3_prepare_v3(
	    q->db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL);
	if (q->failure == SQLITE_ERROR)
		panic("%s, at: %s", sqlite3_errmsg(q->db->sqlite), sql);
	if (q->stmt != NULL && sqlite3_bind_parameter_count(q->stmt) > 64)
		panic("more than 64 parameters: %s", sql);
}

struct query *
db_query(struct db *db, enum statement statement)
{
	struct query *q;

	if ((unsigned)statement >= SQL__MAX)
		panic("there is no statement %d", (int)statement);
	q = &db->queries[statement];
	if (q->active)
		panic("already in use: %s", statement_sql(statement));
	q->db = db;
	q->statement = statement;
	if (q->stmt == NULL)
		prepare(q);
	q->active = true;
	q->running = false;
	q->bound = 0;
	return q;
}

/* The position of a parameter, or 0 where preparing failed. */
static int
parameter(struct query *q, const char *name)
{
	int position;

	if (!q->active || q->running)
		panic("bound too late: %s", name);
	if (q->stmt == NULL)
		return 0;
	position = sqlite3_bind_parameter_index(q->stmt, name);
	if (position <= 0)
		panic("no parameter %s in: %s", name, sqlite3_sql(q->stmt));
	// cppcheck-suppress shiftNegative ; panic() does not come back
	q->bound |= UINT64_C(1) << (position - 1);
	return position;
}

static void
check_bind(struct query *q, const char *name, int code)
{
	if (code != SQLITE_OK && code != SQLITE_TOOBIG)
		panic("%s can't be bound (SQLite %d)", name, code);
	if (code == SQLITE_TOOBIG)
		q->failure = code;
}

void
query_text(struct query *q, const char *name, const char *text)
{
	int position = parameter(q, name);

	if (position > 0)
		check_bind(q, name,
		    sqlite3_bind_text(
			q->stmt, position, text, -1, SQLITE_TRANSIENT));
}

void
query_whole(struct query *q, const char *name, int64_t value)
{
	int position = parameter(q, name);

	if (position > 0)
		check_bind(
		    q, name, sqlite3_bind_int64(q->stmt, position, value));
}

void
query_whole_or_null(
    struct query *q, const char *name, int64_t value, int64_t null_value)
{
	if (value == null_value)
		query_text(q, name, NULL);
	else
		query_whole(q, name, value);
}

static void
check_all_bound(const struct query *q)
{
	int count = sqlite3_bind_parameter_count(q->stmt);

	for (int i = 0; i < count; i++)
		if (!(q->bound & (UINT64_C(1) << i)))
			panic("%s was not given in: %s",
			    sqlite3_bind_parameter_name(q->stmt, i + 1),
			    sqlite3_sql(q->stmt));
}

/* A fault on demand, so that tests can fail each statement in turn. */
static bool
fault_due(struct db *db)
{
	return db->fail_after > 0 && --db->fail_after == 0;
}

static int
step(struct query *q)
{
	if (q->failure != SQLITE_OK)
		return q->failure;
	if (q->running)
		return sqlite3_step(q->stmt);
	check_all_bound(q);
	q->running = true;
	return fault_due(q->db) ? SQLITE_FULL : sqlite3_step(q->stmt);
}

enum status
query_step(struct query *q, struct why *why)
{
	enum status status = db_usable(q->db, why);
	int code;

	if (!q->active)
		panic("stepped when done: %s", statement_sql(q->statement));
	if (status == STATUS_OK) {
		code = step(q);
		if (code == SQLITE_ROW)
			return STATUS_OK;
		status = code == SQLITE_DONE
			     ? STATUS_NONE
			     : db_failure(q->db, code,
				   statement_sql(q->statement), why);
	}
	query_done(q);
	return status;
}

enum status
query_run(struct query *q, int64_t *changed, struct why *why)
{
	enum status status;

	do
		status = query_step(q, why);
	while (status == STATUS_OK);
	if (status != STATUS_NONE)
		return status;
	if (changed != NULL)
		*changed = sqlite3_changes64(q->db->sqlite);
	return STATUS_OK;
}

void
query_done(struct query *q)
{
	if (q == NULL || !q->active)
		return;
	if (q->stmt != NULL) {
		sqlite3_reset(q->stmt);
		sqlite3_clear_bindings(q->stmt);
	}
	q->failure = SQLITE_OK;
	q->active = false;
	q->running = false;
}

void
query_finalise(struct query *q)
{
	sqlite3_finalize(q->stmt);
	q->stmt = NULL;
}

static void
check_column(const struct query *q, int column)
{
	if (!q->running || column >= sqlite3_column_count(q->stmt))
		panic(
		    "no column %d in: %s", column, statement_sql(q->statement));
}

const char *
query_column_text(const struct query *q, int column)
{
	check_column(q, column);
	return (const char *)sqlite3_column_text(q->stmt, column);
}

char *
query_column_copy(const struct query *q, int column)
{
	return xstrdup(query_column_text(q, column));
}

int64_t
query_column_whole(const struct query *q, int column, int64_t null_value)
{
	check_column(q, column);
	if (sqlite3_column_type(q->stmt, column) == SQLITE_NULL)
		return null_value;
	return sqlite3_column_int64(q->stmt, column);
}

int
query_column_count(const struct query *q)
{
	return sqlite3_column_count(q->stmt);
}

const char *
query_column_name(const struct query *q, int column)
{
	check_column(q, column);
	return sqlite3_column_name(q->stmt, column);
}

bool
query_column_is_whole(const struct query *q, int column)
{
	check_column(q, column);
	return sqlite3_column_type(q->stmt, column) == SQLITE_INTEGER;
}
