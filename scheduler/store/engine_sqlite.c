/*
 * engine_sqlite.c - see engine.h
 *
 * The schema is generated into build/gen from schema.sql, so that the program
 * needs no file beside it.
 */
#include "store/engine.h"

#include <stddef.h>

#include "store/schema_sql.h"

const char *const engine_schema = schema_sql;

/*
 * FULL costs a flush for each commit, and is the promise: a message that is
 * on its way is on the disk before. WAL lets the console read while a tick
 * writes; the file remembers it, so saying it again costs nothing. The cache
 * takes memory only as pages are read: a review reads many, again and again. A
 * row that is replaced is deleted, and its trigger is asked.
 */
const char *const engine_connect = "PRAGMA journal_mode = WAL;"
				   "PRAGMA synchronous = FULL;"
				   "PRAGMA cache_size = -32768;" /* KiB */
				   "PRAGMA recursive_triggers = ON;";

/* A transaction that will write says so at once: one that only finds out
 * later may not get the lock any more, and could not wait for it. */
static const char begin[] = "BEGIN IMMEDIATE";

/* One that only looks sees the database of one instant, and holds nobody up. */
static const char look[] = "BEGIN";

/*
 * The claim. There is one writer at a time, so that the state that is looked
 * at is the state that is changed; an engine with many writers would look for
 * a row that nobody else holds (FOR UPDATE SKIP LOCKED).
 */
static const char claim[] =
    "UPDATE message SET state = 'sending', attempts = attempts + 1,"
    " gateway = :gateway, address = :address, claimed_at = :now,"
    " provider_id = NULL, code = NULL, because = ''"
    " WHERE message_id = :id AND state = 'queued'";

const char *
engine_statement(enum statement statement)
{
	switch (statement) {
	case SQL_BEGIN:
		return begin;
	case SQL_LOOK:
		return look;
	case SQL_OUTBOX_CLAIM:
		return claim;
	default:
		return NULL;
	}
}
