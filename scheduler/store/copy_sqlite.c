/*
 * copy_sqlite.c - a copy of the database, and the proof of one
 *
 * SQLite's own backup takes one snapshot of all pages in one step, which
 * under WAL keeps no writer waiting.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/db_sqlite.h"

static enum status
copy_pages(struct db *db, sqlite3 *target, const char *path, struct why *why)
{
	sqlite3_backup *backup =
	    sqlite3_backup_init(target, "main", db->sqlite, "main");
	int code = SQLITE_ERROR;
	if (backup != NULL) {
		sqlite3_backup_step(backup, -1);
		code = sqlite3_backup_finish(backup);
	}
	if (code == SQLITE_OK)
		return STATUS_OK;
	return why_set(why,
	    code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL
		? STATUS_TRY_LATER
		: STATUS_CANT_CREATE,
	    "%s: the copy broke off: %s", path, sqlite3_errstr(code));
}

/* SQLite takes some names for more than a path; "./" before it is none. */
static int
open_plain(const char *path, sqlite3 **sqlite)
{
	char *name = xasprintf("%s%s", path[0] == '/' ? "" : "./", path);
	int code = sqlite3_open_v2(name, sqlite, SQLITE_OPEN_READWRITE, NULL);
	free(name);
	return code;
}

enum status
db_content_of(const char *path, enum db_content *content, struct why *why)
{
	struct db *db = xcalloc(1, sizeof *db);
	db->path = xstrdup(path);
	int code = open_plain(path, &db->sqlite);
	enum status status = code == SQLITE_OK
				 ? db_content(db, content, why)
				 : db_failure(db, code, "open", why);
	db_close(db);
	return status;
}

enum status
db_copy(struct db *db, const char *path, struct why *why)
{
	sqlite3 *target = NULL;
	int code = open_plain(path, &target);
	enum status status = STATUS_OK;
	if (code != SQLITE_OK)
		status = why_set(why, STATUS_CANT_CREATE, "%s: %s", path,
		    sqlite3_errstr(code));
	if (status == STATUS_OK)
		status = copy_pages(db, target, path, why);
	sqlite3_close(target);
	return status;
}

/* One pragma whose every row is a complaint, "ok" apart. */
static enum status
no_complaint(
    struct db *db, const char *pragma, const char *what, struct why *why)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(db->sqlite, pragma, -1, &stmt, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	const unsigned char *text =
	    code == SQLITE_ROW ? sqlite3_column_text(stmt, 0) : NULL;
	bool fine = code == SQLITE_DONE ||
		    (text != NULL && strcmp((const char *)text, "ok") == 0);
	sqlite3_finalize(stmt);
	if (fine)
		return STATUS_OK;
	if (code != SQLITE_ROW)
		return db_failure(db, code, pragma, why);
	return why_set(why, STATUS_UNAVAILABLE, "%s: %s: restore a good copy",
	    db->path, what);
}

enum status
db_verify(struct db *db, struct why *why)
{
	enum status status = no_complaint(
	    db, "PRAGMA integrity_check(1)", "the database is damaged", why);
	if (status == STATUS_OK)
		status = no_complaint(db, "PRAGMA foreign_key_check",
		    "rows point at others that are gone", why);
	return status;
}
