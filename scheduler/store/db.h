/*
 * NAME
 *	db - the narrow door to the database engine
 *
 * Only this room includes it. A statement is a row of the table in
 * statements.c; parameters are named, and a name that the statement does not
 * have, or has and was not given, is a panic. A second engine would be
 * another db_*.c behind this page, with its own schema, triggers and claim.
 *
 * What the engine says becomes a status in one place: locked, busy, full and
 * broken writes are TRY_LATER, a damaged file is UNAVAILABLE, a file not ours
 * to write is DENIED, a row that a constraint refuses is BAD_DATA; anything
 * else is a bug and a panic. Once a statement failed inside a transaction for
 * the world's sake, every later one fails with the same status until
 * db_rollback(): the engine may have given the transaction up already.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "store/statements.h"

struct db;
struct query;

/* NO_FILE when it is not there and create is false; CANT_CREATE. A file that
 * this call made has the mode 0600. */
enum status db_open(
    const char *path, bool create, struct db **db, struct why *why);
/* One that lives in this process alone, and ends with db_close(). */
enum status db_open_memory(struct db **db, struct why *why);
void db_close(struct db *db); /* takes NULL; an open transaction is undone */

enum status db_begin(struct db *db, struct why *why);
/* One that only reads: all it sees is of one instant. A rollback ends it. */
enum status db_look(struct db *db, struct why *why);
enum status db_commit(struct db *db, struct why *why); /* undone if not OK */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/* Run a script of our own (schema, migrations). */
enum status db_script(struct db *db, const char *sql, struct why *why);

/* What stands in the file: nothing yet, our tables, or somebody else's. */
enum db_content {
	DB_EMPTY,
	DB_OURS,
	DB_FOREIGN
};
enum status db_content(
    struct db *db, enum db_content *content, struct why *why);
/* Of a file that nobody has open, whosever it is: it is left as it was. */
enum status db_content_of(
    const char *path, enum db_content *content, struct why *why);

/*
 * A prepared statement, ready to bind; prepared once and kept. Asking again
 * for one that is still being stepped is a panic.
 */
struct query *db_query(struct db *db, enum statement statement);

/* Bind a parameter by the name that stands in the statement, ":ref". Text is
 * copied; NULL binds null. */
void query_text(struct query *q, const char *name, const char *text);
void query_whole(struct query *q, const char *name, int64_t value);
void query_whole_or_null(struct query *q, const char *name, int64_t value,
    int64_t null_value); /* null where value is null_value */

/* OK: a row is there; NONE: no more, and the query is done; otherwise it
 * failed, and is done too. */
enum status query_step(struct query *q, struct why *why);
/* Run to the end; *changed (or NULL) gets the number of rows changed. */
enum status query_run(struct query *q, int64_t *changed, struct why *why);
void query_done(struct query *q); /* stop reading early; takes NULL */

/* Columns of the present row, by position; text is lent until the next step. */
const char *query_column_text(const struct query *q, int column); /* or NULL */
char *query_column_copy(const struct query *q, int column);
int64_t query_column_whole(
    const struct query *q, int column, int64_t null_value);
/* Of a statement that takes whatever columns there are. */
int query_column_count(const struct query *q);
const char *query_column_name(const struct query *q, int column); /* lent */
bool query_column_is_whole(const struct query *q, int column);

/* For tests: how long a locked database is waited for, and a fault: the
 * statement after so many more fails as on a full disk (0: never). */
void db_wait(struct db *db, int ms);
void db_fail_after(struct db *db, int steps);

/* Copy the whole database, as it is at one instant, into a file that is there
 * and empty. TRY_LATER, CANT_CREATE. */
enum status db_copy(struct db *db, const char *path, struct why *why);

/* Are the pages whole, and does every row keep the rules? UNAVAILABLE. */
enum status db_verify(struct db *db, struct why *why);

#endif
