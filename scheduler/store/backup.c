/*
 * backup.c - see backup.h
 */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/room.h"

/* An empty file of ours alone, for the copy to fill. */
static enum status
make_empty(const char *path, struct why *why)
{
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return why_set(why, STATUS_CANT_CREATE,
		    "%s can't be created: %s", path, strerror(errno));
	close(fd);
	return STATUS_OK;
}

static enum status
flush_file(const char *path, struct why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	if (ok)
		return STATUS_OK;
	return why_set(why, STATUS_CANT_CREATE, "%s can't be flushed: %s", path,
	    strerror(errno));
}

/* This clinic's database, by whatever name, or another's: each of them has
 * its identity beside it, which no copy has. */
static enum status
is_no_clinic(const struct store *store, const char *path, struct why *why)
{
	char *identity = xasprintf("%s.identity", path);
	bool is_clinic = access(identity, F_OK) == 0;
	struct stat one, other;

	free(identity);
	if (stat(path, &one) != 0)
		return STATUS_OK;
	if (!is_clinic && store->path != NULL && stat(store->path, &other) == 0)
		is_clinic =
		    one.st_dev == other.st_dev && one.st_ino == other.st_ino;
	if (!is_clinic)
		return STATUS_OK;
	return why_set(why, STATUS_CANT_CREATE,
	    "%s is a clinic's database itself: name another file", path);
}

/* A slip in the name must not cost anybody a file: only what was a copy
 * before, or holds nothing, gives way. */
static enum status
may_replace(const char *path, struct why *why)
{
	enum db_content content = DB_FOREIGN;
	struct stat st;

	if (stat(path, &st) != 0)
		return STATUS_OK;
	if (S_ISREG(st.st_mode) &&
	    db_content_of(path, &content, why) == STATUS_TRY_LATER)
		return STATUS_TRY_LATER;
	if (content != DB_FOREIGN)
		return STATUS_OK;
	return why_set(why, STATUS_CANT_CREATE,
	    "%s is there already and is no copy of a keepmoving database: "
	    "name another file, or move it away",
	    path);
}

static enum status
write_and_rename(
    struct store *store, const char *fresh, const char *path, struct why *why)
{
	enum status status = make_empty(fresh, why);
	if (status == STATUS_OK)
		status = db_copy(store->db, fresh, why);
	if (status == STATUS_OK)
		status = flush_file(fresh, why);
	if (status == STATUS_OK && rename(fresh, path) != 0)
		status = why_set(why, STATUS_CANT_CREATE,
		    "%s can't be put in its place: %s", path, strerror(errno));
	if (status != STATUS_OK)
		unlink(fresh);
	return status;
}

enum status
backup_write(struct store *store, const char *path, struct why *why)
{
	char *fresh = xasprintf("%s.new", path);
	enum status status = is_no_clinic(store, path, why);
	if (status == STATUS_OK)
		status = is_no_clinic(store, fresh, why);
	if (status == STATUS_OK)
		status = may_replace(path, why);
	if (status == STATUS_OK)
		status = write_and_rename(store, fresh, path, why);
	free(fresh);
	return status;
}

enum status
backup_check(const char *path, struct backup_facts *facts, struct why *why)
{
	struct store *store = NULL;
	if (access(path, F_OK) != 0)
		return why_set(
		    why, STATUS_NO_FILE, "%s: %s", path, strerror(errno));
	enum status status = store_open(path, &store, why);
	if (status == STATUS_OK)
		status = db_verify(store->db, why);
	if (status == STATUS_OK) {
		struct query *q = room_read(store, SQL_BACKUP_FACTS);
		status = query_step(q, why);
		if (status == STATUS_OK) {
			facts->patients = query_column_whole(q, 0, 0);
			facts->messages = query_column_whole(q, 1, 0);
			facts->last_event_at = query_column_whole(q, 2, 0);
		}
		query_done(q);
	}
	store_close(store);
	return status;
}
