#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"
#include "post/spool.h"
#include "post/wire.h"

struct names {
	char **name;
	size_t len;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Hidden files are someone's who is still writing. */
static bool
is_reply_name(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 5 &&
	       strcmp(name + len - 5, ".json") == 0;
}

/* Takes dir over. */
static bool
list_names(int dir, struct names *names)
{
	DIR *stream = fdopendir(dir);
	struct dirent *entry;

	if (stream == NULL) {
		close(dir);
		return false;
	}
	while ((entry = readdir(stream)) != NULL) {
		if (!is_reply_name(entry->d_name))
			continue;
		names->name =
		    xrealloc(names->name, names->len + 1, sizeof(*names->name));
		names->name[names->len++] = xstrdup(entry->d_name);
	}
	closedir(stream);
	if (names->len > 0)
		qsort(names->name, names->len, sizeof(*names->name), by_name);
	return true;
}

static void
free_names(struct names *names)
{
	size_t i;

	for (i = 0; i < names->len; i++)
		free(names->name[i]);
	free(names->name);
}

/*
 * Move a file of the inbox into its folder done or bad. What lies there
 * already under that name is somebody's words too and is never overwritten.
 */
static bool
move_to(int inbox, int folder, const char *name)
{
	char *target = xstrdup(name);
	bool ok;
	int n;

	for (n = 2;; n++) {
		ok = renameat2(inbox, name, folder, target, RENAME_NOREPLACE) ==
		     0;
		if (ok || errno != EEXIST || n > 9999)
			break;
		free(target);
		target = xasprintf("%s.%d", name, n);
	}
	free(target);
	return ok || errno == ENOENT;
}

static bool
set_aside(const struct gateway *gateway, int inbox, const char *where,
    const char *name)
{
	char *below = xasprintf("inbox/%s", where);
	int folder = spool_open_dir(gateway_setting(gateway, "path"), below);
	bool ok = folder >= 0 && move_to(inbox, folder, name);

	if (folder >= 0)
		close(folder);
	free(below);
	return ok;
}

/* The whole of a plain, small file; NULL and why not otherwise. */
static char *
read_plain(int inbox, const char *name, size_t *len, struct stat *st,
    const char **problem)
{
	char *bytes = NULL;
	ssize_t n;
	int fd;

	/* Without O_NONBLOCK a pipe in the folder would stop the tick. */
	fd =
	    openat(inbox, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		/* Gone, or no means to look just now: not the file's fault. */
		if (errno == ENOENT || errno == EMFILE || errno == ENFILE)
			*problem = NULL;
		else
			*problem =
			    errno == ELOOP ? "it is a link" : strerror(errno);
		return NULL;
	}
	*problem = NULL;
	if (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))
		*problem = "it is not a plain file";
	else if ((size_t)st->st_size > SPOOL_FILE_MAX)
		*problem = "it is larger than 64 KiB";
	if (*problem == NULL) {
		bytes = xcalloc(1, SPOOL_FILE_MAX + 1);
		for (*len = 0; *len < SPOOL_FILE_MAX; *len += (size_t)n) {
			n = read(fd, bytes + *len, SPOOL_FILE_MAX - *len);
			if (n <= 0)
				break;
		}
	}
	close(fd);
	return bytes;
}

/*
 * A file without an id is known by its name and the instant it was written:
 * a second "reply.json", dropped after the first was taken, is another reply,
 * while one met again after a crash is the same.
 */
static bool
reply_id(const json_t *file, const char *name, const struct stat *st,
    char id[PROVIDER_ID_SIZE])
{
	const json_t *given = json_object_get(file, "id");

	if (json_is_integer(given)) {
		snprintf(id, PROVIDER_ID_SIZE, "%lld",
		    (long long)json_integer_value(given));
		return true;
	}
	if (json_is_string(given) && json_string_value(given)[0] != '\0')
		return wire_copy(
		    id, PROVIDER_ID_SIZE, json_string_value(given));
	snprintf(id, PROVIDER_ID_SIZE, "%.200s@%lld.%09ld", name,
	    (long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
	return given == NULL || json_is_null(given) || json_is_string(given);
}

/* Fill a reply from a file's JSON; the body is lent by it. */
static const char *
reply_read(const json_t *file, const char *name, const struct stat *st,
    int64_t now_at, struct post_inbound *reply)
{
	const char *at = json_text(file, "at"), *to = json_text(file, "to");

	if (!json_is_object(file))
		return "it is not a JSON object";
	reply->body = json_text(file, "body");
	if (reply->body == NULL)
		return "it has no body";
	if (!wire_copy(
		reply->from, sizeof(reply->from), json_text(file, "from")) ||
	    reply->from[0] == '\0')
		return "it has no sender that can be read";
	if (to != NULL && !wire_copy(reply->to, sizeof(reply->to), to))
		return "its to can't be read";
	if (!reply_id(file, name, st, reply->provider_id))
		return "its id can't be read";
	/* A time that can't be read must not cost the reply. */
	if (at == NULL || time_parse(at, &reply->at, NULL) != STATUS_OK)
		reply->at = now_at;
	return NULL;
}

/* Left where it is when it can't be set aside: the next tick says so again. */
static void
spoil(const struct gateway *gateway, int inbox, const char *name,
    const char *problem, struct post_found *found)
{
	bool moved = set_aside(gateway, inbox, "bad", name);
	char *reason = xasprintf("inbox/%s%s can't be read as a reply: %s",
	    moved ? "bad/" : "", name, problem);

	post_found_spoilt(found, reason);
	free(reason);
}

static void
take_file(const struct gateway *gateway, int inbox, const char *name,
    int64_t now_at, struct post_found *found)
{
	struct post_inbound reply = { 0 };
	const char *problem;
	json_t *file = NULL;
	struct stat st;
	size_t len = 0;
	char *bytes;

	bytes = read_plain(inbox, name, &len, &st, &problem);
	if (bytes == NULL && problem == NULL)
		return;
	if (problem == NULL && json_read(bytes, len, &file, NULL) != STATUS_OK)
		problem = "it is not JSON";
	if (problem == NULL)
		problem = reply_read(file, name, &st, now_at, &reply);
	if (problem != NULL)
		spoil(gateway, inbox, name, problem, found);
	else
		post_found_inbound(found, &reply, name);
	json_decref(file);
	free(bytes);
}

enum status
spool_poll(const struct gateway *gateway, int64_t now_at,
    struct post_found *found, struct why *why)
{
	const char *path = gateway_setting(gateway, "path");
	struct names names = { 0 };
	int inbox = spool_open_dir(path, "inbox");
	size_t i;

	if (inbox < 0 || !list_names(dup(inbox), &names)) {
		why_set(why, STATUS_UNAVAILABLE, "%s/inbox: %s", path,
		    strerror(errno));
		if (inbox >= 0)
			close(inbox);
		return STATUS_UNAVAILABLE;
	}
	for (i = 0; i < names.len; i++)
		take_file(gateway, inbox, names.name[i], now_at, found);
	free_names(&names);
	close(inbox);
	return STATUS_OK;
}

/*
 * Its row is durable, so the file may go. A crash before this leaves it where
 * it was: it is found again under the same id, and the caller knows it.
 */
void
spool_stored(const struct gateway *gateway, const char *source)
{
	int inbox = spool_open_dir(gateway_setting(gateway, "path"), "inbox");

	if (inbox < 0)
		return;
	set_aside(gateway, inbox, "done", source);
	close(inbox);
}
