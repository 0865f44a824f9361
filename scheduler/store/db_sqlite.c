/*
 * db_sqlite.c - see db.h
 */
#include "store/db_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/engine.h"

#define WAIT_MS 5000 /* for another writer; a tick's own are far shorter */

/*
 * What the world did to us, and what to do about it. Codes that are not here
 * can only come from a bug.
 */
static const struct failure {
	int code; /* SQLite's primary one */
	enum status status;
	const char *words;
} failures[] = {
	{ SQLITE_BUSY, STATUS_TRY_LATER,
	    "another program is writing to the database: try again" },
	{ SQLITE_LOCKED, STATUS_TRY_LATER,
	    "the database is locked: try again" },
	{ SQLITE_PROTOCOL, STATUS_TRY_LATER,
	    "the database is locked: try again" },
	{ SQLITE_SCHEMA, STATUS_TRY_LATER,
	    "the database was upgraded meanwhile: try again" },
	{ SQLITE_INTERRUPT, STATUS_TRY_LATER, "interrupted: try again" },
	{ SQLITE_FULL, STATUS_TRY_LATER,
	    "the disk is full: make room, then try again" },
	{ SQLITE_IOERR, STATUS_TRY_LATER,
	    "the disk failed or is full: look at it, then try again" },
	{ SQLITE_CORRUPT, STATUS_UNAVAILABLE,
	    "the database is damaged: restore a backup" },
	{ SQLITE_NOTADB, STATUS_UNAVAILABLE,
	    "this is no database, or a damaged one: restore a backup" },
	{ SQLITE_CANTOPEN, STATUS_CANT_CREATE,
	    "can't open or create the database here: look at the "
	    "permissions of its directory" },
	{ SQLITE_READONLY, STATUS_DENIED,
	    "the database or its directory is not ours to write" },
	{ SQLITE_PERM, STATUS_DENIED, "the database is not ours to open" },
	{ SQLITE_AUTH, STATUS_DENIED, "the database is not ours to open" },
	{ SQLITE_TOOBIG, STATUS_BAD_DATA, "a text is too long to be kept" },
	{ SQLITE_CONSTRAINT, STATUS_BAD_DATA, NULL }, /* SQLite says which */
};

/*
 * A row that a constraint refused leaves the transaction as it was. After
 * anything else nobody should go on: SQLite may have undone it all, and what
 * came next would be written on its own.
 */
enum status
db_failure(struct db *db, int code, const char *what, struct why *why)
{
	const char *said = sqlite3_errmsg(db->sqlite);

	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++) {
		const struct failure *f = &failures[i];

		if (f->code != (code & 0xff))
			continue;
		if (db->begun && f->code != SQLITE_CONSTRAINT)
			db->broken = f->status;
		return why_set(why, f->status, "%s: %s", db->path,
		    f->words == NULL ? said : f->words);
	}
	panic("%s: %s (SQLite %d), at: %s", db->path, said, code, what);
}

enum status
db_usable(struct db *db, struct why *why)
{
	if (!db->begun || db->broken == STATUS_OK)
		return STATUS_OK;
	return why_set(why, db->broken,
	    "%s: the transaction failed before, and must be undone", db->path);
}

/* Made by us and not by SQLite, so that it is never readable by others, not
 * even for a moment. The files beside it get the same mode from SQLite. */
static enum status
make_file(const char *path, struct why *why)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return STATUS_NONE;
	if (fd < 0)
		return why_set(why,
		    errno == ENOSPC || errno == EDQUOT ? STATUS_TRY_LATER
						       : STATUS_CANT_CREATE,
		    "%s: can't create the database: %s", path, strerror(errno));
	close(fd);
	return STATUS_OK;
}

static enum status
check_file(const char *path, struct why *why)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return why_set(
		    why, STATUS_NO_FILE, "%s: this is no file", path);
	if (access(path, R_OK | W_OK) == 0)
		return STATUS_OK;
	if (errno == ENOENT || errno == ENOTDIR)
		return why_set(why, STATUS_NO_FILE,
		    "no database at %s: run keepmoving setup", path);
	return why_set(why, STATUS_DENIED,
	    "%s: %s; run keepmoving as the user it belongs to", path,
	    strerror(errno));
}

/* Nothing that stands in the file itself may run code or switch these off. */
static enum status
connect_up(struct db *db, struct why *why)
{
	sqlite3_busy_timeout(db->sqlite, WAIT_MS);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return db_script(db, engine_connect, why);
}

/* Counting each allocation under a lock is for nobody here; where another
 * database is open already, saying so changes nothing. */
static int
open_connection(const char *name, int flags, sqlite3 **sqlite)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	return sqlite3_open_v2(name, sqlite, flags, NULL);
}

static enum status
open_file(struct db *db, struct why *why)
{
	const int flags =
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	char *name;
	int code;

	/* Debian's SQLite takes "file:..." for an address and ":memory:" for
	 * no file at all; a path is a path. */
	name = xasprintf("%s%s", db->path[0] == '/' ? "" : "./", db->path);
	code = open_connection(name, flags, &db->sqlite);
	free(name);
	if (db->sqlite == NULL)
		panic("out of memory for a database");
	if (code != SQLITE_OK)
		return db_failure(db, code, "open", why);
	return connect_up(db, why);
}

enum status
db_open(const char *path, bool create, struct db **db, struct why *why)
{
	struct db *fresh;
	enum status made = STATUS_NONE, status;

	if (strncmp(path, "postgres", 8) == 0 && strstr(path, "://") != NULL)
		return why_set(why, STATUS_CONFIG,
		    "the configuration's database is on PostgreSQL, which this "
		    "version does not have yet: give a file");
	if (create)
		made = make_file(path, why);
	if (made != STATUS_OK && made != STATUS_NONE)
		return made;
	status = check_file(path, why);
	if (status != STATUS_OK)
		return status;
	fresh = xcalloc(1, sizeof(*fresh));
	fresh->path = xstrdup(path);
	status = open_file(fresh, why);
	if (status != STATUS_OK) {
		db_close(fresh);
		if (made == STATUS_OK)
			unlink(path);
		return status;
	}
	*db = fresh;
	return STATUS_OK;
}

/* Nothing of it outlives the process, so nothing is flushed. */
enum status
db_open_memory(struct db **db, struct why *why)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			  SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX |
			  SQLITE_OPEN_EXRESCODE;
	struct db *fresh = xcalloc(1, sizeof(*fresh));
	enum status status = STATUS_OK;
	int code;

	fresh->path = xstrdup("the database in memory");
	code = open_connection("", flags, &fresh->sqlite);
	if (fresh->sqlite == NULL)
		panic("out of memory for a database");
	if (code != SQLITE_OK)
		status = db_failure(fresh, code, "open", why);
	if (status == STATUS_OK)
		status = connect_up(fresh, why);
	if (status != STATUS_OK) {
		db_close(fresh);
		return status;
	}
	*db = fresh;
	return STATUS_OK;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db_rollback(db);
	for (int i = 0; i < SQL__MAX; i++)
		query_finalise(&db->queries[i]);
	if (sqlite3_close(db->sqlite) != SQLITE_OK)
		panic("%s: closed while a statement is open", db->path);
	free(db->path);
	free(db);
}

enum status
db_script(struct db *db, const char *sql, struct why *why)
{
	enum status status = db_usable(db, why);
	int code;

	if (status != STATUS_OK)
		return status;
	code = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		return db_failure(db, code, sql, why);
	return STATUS_OK;
}

static enum status
begin_as(struct db *db, enum statement statement, struct why *why)
{
	enum status status;

	if (db->begun)
		panic("%s: a transaction within one", db->path);
	status = query_run(db_query(db, statement), NULL, why);
	if (status == STATUS_OK)
		db->begun = true;
	return status;
}

enum status
db_begin(struct db *db, struct why *why)
{
	return begin_as(db, SQL_BEGIN, why);
}

enum status
db_look(struct db *db, struct why *why)
{
	return begin_as(db, SQL_LOOK, why);
}

enum status
db_commit(struct db *db, struct why *why)
{
	enum status status;

	if (!db->begun)
		panic("%s: a commit of nothing", db->path);
	status = query_run(db_query(db, SQL_COMMIT), NULL, why);
	if (status != STATUS_OK)
		db_rollback(db);
	db->begun = false;
	return status;
}

/* It may be gone already, which is what was wanted; nor is there anything to
 * be done if undoing fails: whoever opens the file next sees none of it. */
void
db_rollback(struct db *db)
{
	if (!db->begun)
		return;
	for (int i = 0; i < SQL__MAX; i++)
		query_done(&db->queries[i]);
	if (!sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	db->begun = false;
	db->broken = STATUS_OK;
}

bool
db_in_transaction(const struct db *db)
{
	return db->begun;
}

enum status
db_content(struct db *db, enum db_content *content, struct why *why)
{
	static const char sql[] =
	    "SELECT count(*), total(name = 'clinic') FROM sqlite_schema";
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(db->sqlite, sql, -1, &stmt, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW && sqlite3_column_int(stmt, 0) == 0)
		*content = DB_EMPTY;
	else if (code == SQLITE_ROW && sqlite3_column_int(stmt, 1) == 0)
		*content = DB_FOREIGN;
	else if (code == SQLITE_ROW)
		*content = DB_OURS;
	sqlite3_finalize(stmt);
	if (code != SQLITE_ROW)
		return db_failure(db, code, sql, why);
	return STATUS_OK;
}

void
db_wait(struct db *db, int ms)
{
	sqlite3_busy_timeout(db->sqlite, ms);
}

void
db_fail_after(struct db *db, int steps)
{
	db->fail_after = steps;
}
