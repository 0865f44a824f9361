/*
 * NAME
 *	db_sqlite - what the two halves of the SQLite engine share
 *
 * db_sqlite.c has the connection and its transactions, query_sqlite.c the
 * statements. Nobody else includes this. A connection belongs to one thread.
 */
#ifndef STORE_DB_SQLITE_H
#define STORE_DB_SQLITE_H

#include <sqlite3.h>

#include "store/db.h"

struct query {
	struct db *db;
	sqlite3_stmt *stmt; /* NULL: not prepared yet, or it failed */
	enum statement statement;
	int failure;	/* SQLite's code when preparing it failed */
	bool active;	/* handed out and not done */
	bool running;	/* stepped at least once */
	uint64_t bound; /* a bit for each parameter that has its value */
};

struct db {
	sqlite3 *sqlite;
	char *path; /* for reasons */
	bool begun;
	enum status broken; /* of the transaction: OK, or why it is lost */
	int fail_after;	    /* for tests: statements until one fails */
	struct query queries[SQL__MAX];
};

/* The one place that turns a code of SQLite's into a status and a reason.
 * what, for a panic, is the SQL. */
enum status db_failure(
    struct db *db, int code, const char *what, struct why *why);

/* OK, or the status of a transaction that was lost. */
enum status db_usable(struct db *db, struct why *why);

void query_finalise(struct query *q);

#endif
