/*
 * store.c - see store.h
 */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/migrate.h"
#include "store/room.h"

static enum status
check_version(struct store *store, struct why *why)
{
	int64_t version = 0;
	enum status status =
	    migrate_version(store->db, store->path, &version, why);

	if (status != STATUS_OK || version == schema_version)
		return status;
	if (version == 0)
		return why_set(why, STATUS_CONFIG,
		    "%s: the database is empty: run keepmoving setup",
		    store->path);
	if (version < schema_version)
		return why_set(why, STATUS_CONFIG,
		    "%s: database is from an older version (%d): "
		    "run keepmoving setup",
		    store->path, (int)version);
	return why_set(why, STATUS_CONFIG,
	    "%s: database is from a newer version (%d; this program knows "
	    "%d): install that version again",
	    store->path, (int)version, schema_version);
}

enum status
store_open(const char *path, struct store **store, struct why *why)
{
	struct store *fresh = xcalloc(1, sizeof(*fresh));
	enum status status;

	fresh->lock_fd = -1;
	fresh->path = xstrdup(path);
	status = db_open(path, false, &fresh->db, why);
	if (status == STATUS_OK)
		status = check_version(fresh, why);
	if (status != STATUS_OK) {
		store_close(fresh);
		return status;
	}
	*store = fresh;
	return STATUS_OK;
}

enum status
store_open_memory(int64_t now, struct store **store, struct why *why)
{
	struct store *fresh = xcalloc(1, sizeof(*fresh));
	enum status status;

	fresh->lock_fd = -1;
	status = db_open_memory(&fresh->db, why);
	if (status == STATUS_OK)
		status = migrate(fresh->db, "the database in memory",
		    migrations, migrations_len, schema_version, now, why);
	if (status != STATUS_OK) {
		store_close(fresh);
		return status;
	}
	*store = fresh;
	return STATUS_OK;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	db_close(store->db);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	free(store->path);
	free(store);
}

enum status
store_setup(const char *path, int64_t now, struct why *why)
{
	bool is_new = access(path, F_OK) != 0;
	struct db *db = NULL;
	enum status status = db_open(path, true, &db, why);

	if (status != STATUS_OK)
		return status;
	status = migrate(
	    db, path, migrations, migrations_len, schema_version, now, why);
	db_close(db);

	/* Half a database would only stand in the way of the next try. */
	if (status != STATUS_OK && is_new)
		unlink(path);
	return status;
}

/*
 * The lock is the kernel's and not a row: whatever ends the process ends it
 * too, so that there is no lock of a dead tick to be judged by its age.
 */
enum status
store_lock_tick(struct store *store, struct why *why)
{
	enum status status = STATUS_OK;
	char *path;
	int fd;

	if (store->lock_fd >= 0 || store->path == NULL)
		return STATUS_OK;
	path = xasprintf("%s.tick", store->path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		status = why_set(why,
		    errno == ENOSPC || errno == EDQUOT ? STATUS_TRY_LATER
						       : STATUS_CANT_CREATE,
		    "%s: can't create the tick's lock: %s", path,
		    strerror(errno));
	else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		status = why_set(why, STATUS_TRY_LATER,
		    errno == EWOULDBLOCK
			? "another tick is running: this one leaves it to it"
			: "the tick's lock can't be had");
	free(path);
	if (status != STATUS_OK) {
		if (fd >= 0)
			close(fd);
		return status;
	}
	store->lock_fd = fd;
	return STATUS_OK;
}

static enum status
begin_as(struct store *store, enum status (*begin)(struct db *, struct why *),
    struct why *why)
{
	enum status status = STATUS_OK;

	if (store->depth == 0) {
		status = begin(store->db, why);
		store->doomed = false;
	}
	if (status == STATUS_OK)
		store->depth++;
	return status;
}

enum status
store_begin(struct store *store, struct why *why)
{
	return begin_as(store, db_begin, why);
}

enum status
store_look(struct store *store, struct why *why)
{
	return begin_as(store, db_look, why);
}

enum status
store_commit(struct store *store, struct why *why)
{
	if (store->depth == 0)
		panic("a commit without a begin");
	if (--store->depth > 0)
		return STATUS_OK;
	if (!store->doomed)
		return db_commit(store->db, why);
	db_rollback(store->db);
	return why_set(why, STATUS_TRY_LATER,
	    "%s: a part of this failed, so all of it was undone", store->path);
}

void
store_rollback(struct store *store)
{
	if (store->depth == 0)
		panic("a rollback without a begin");
	store->doomed = true;
	if (--store->depth == 0)
		db_rollback(store->db);
}
