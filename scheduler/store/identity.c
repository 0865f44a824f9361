/*
 * identity.c - see identity.h
 */
#include "store/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "store/room.h"

#define MACHINE_ID "/etc/machine-id"
#define ADOPT                                                            \
	"if this is now the clinic, and the other one is switched off, " \
	"run: keepmoving setup --adopt"

/* What the file says, or should say. */
struct identity {
	char *clinic; /* owned */
	char machine[HASH_SIZE]; /* "-" where the machine has no id */
	int64_t mark;
};

static void
this_machine(char machine[HASH_SIZE])
{
	struct buffer id = { 0 };
	memcpy(machine, "-", 2);
	if (buffer_read_file(&id, MACHINE_ID, NULL) == STATUS_OK && id.len > 1)
		hash_hex(buffer_text(&id), id.len, machine);
	buffer_free(&id);
}

static enum status
as_it_stands(struct store *store, struct identity *identity, struct why *why)
{
	struct query *q = room_read(store, SQL_CLINIC_IDENTITY);
	enum status status = query_step(q, why);
	if (status == STATUS_OK) {
		identity->clinic = query_column_copy(q, 0);
		identity->mark = query_column_whole(q, 1, 0);
		this_machine(identity->machine);
	}
	query_done(q);
	return status;
}

/* Read the file. NO_FILE when it is not there, BAD_DATA when it is torn. */
static enum status
as_written(const char *path, struct identity *identity, struct why *why)
{
	struct buffer text = { 0 };
	char clinic[64];
	long long mark = 0;
	enum status status = buffer_read_file(&text, path, why);
	if (status == STATUS_OK &&
	    // NOLINTNEXTLINE(cert-err34-c): a mark that is off is refused
	    sscanf(buffer_text(&text), "clinic %63s machine %64s events %lld",
		clinic, identity->machine, &mark) != 3)
		status = why_set(
		    why, STATUS_BAD_DATA, "%s can't be read; " ADOPT, path);
	if (status == STATUS_OK) {
		identity->clinic = xstrdup(clinic);
		identity->mark = mark;
	}
	buffer_free(&text);
	return status;
}

enum status
identity_check(struct store *store, struct why *why)
{
	if (store->path == NULL)
		return STATUS_OK;

	struct identity now = { 0 };
	struct identity then = { 0 };
	char *path = xasprintf("%s.identity", store->path);
	enum status status = as_it_stands(store, &now, why);
	if (status != STATUS_OK)
		goto out;

	status = as_written(path, &then, why);
	if (status == STATUS_NO_FILE)
		status = why_set(why, STATUS_DENIED,
		    "this database was copied here (there is no %s): nothing "
		    "is sent; " ADOPT,
		    path);
	else if (status == STATUS_BAD_DATA)
		status = STATUS_DENIED;
	else if (status == STATUS_OK && strcmp(now.clinic, then.clinic) != 0)
		status = why_set(why, STATUS_DENIED,
		    "%s belongs to another database: nothing is sent; " ADOPT,
		    path);
	else if (status == STATUS_OK && strcmp(now.machine, then.machine) != 0)
		status = why_set(why, STATUS_DENIED,
		    "this database comes from another machine: nothing is "
		    "sent; " ADOPT);
	else if (status == STATUS_OK && now.mark < then.mark)
		status = why_set(why, STATUS_DENIED,
		    "this database was restored from a backup (%lld events "
		    "are missing): nothing is sent; " ADOPT,
		    (long long)(then.mark - now.mark));
out:
	free(now.clinic);
	free(then.clinic);
	free(path);
	return status;
}

static enum status
write_file(const char *path, const struct identity *identity, struct why *why)
{
	char *fresh = xasprintf("%s.new", path);
	char *text = xasprintf("clinic %s\nmachine %s\nevents %lld\n",
	    identity->clinic, identity->machine, (long long)identity->mark);
	size_t len = strlen(text);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok =
	    fd >= 0 && write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	ok = ok && rename(fresh, path) == 0;
	enum status status = STATUS_OK;
	if (!ok)
		status = why_set(why,
		    errno == ENOSPC || errno == EDQUOT ? STATUS_TRY_LATER
						       : STATUS_CANT_CREATE,
		    "%s can't be written: %s", path, strerror(errno));
	free(text);
	free(fresh);
	return status;
}

enum status
identity_keep(struct store *store, struct why *why)
{
	if (store->path == NULL)
		return STATUS_OK;

	struct identity now = { 0 };
	struct identity then = { 0 };
	char *path = xasprintf("%s.identity", store->path);
	enum status status = as_it_stands(store, &now, why);
	bool same =
	    status == STATUS_OK && as_written(path, &then, NULL) == STATUS_OK &&
	    strcmp(now.clinic, then.clinic) == 0 &&
	    strcmp(now.machine, then.machine) == 0 && now.mark == then.mark;
	if (status == STATUS_OK && !same)
		status = write_file(path, &now, why);
	free(now.clinic);
	free(then.clinic);
	free(path);
	return status;
}
