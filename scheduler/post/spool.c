#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"
#include "post/mail.h"
#include "post/spool.h"
#include "post/wire.h"

static const struct setting_row spool_settings[] = {
	{ "path", SETTING_PATH, true, NULL,
	    "the folder that holds sent/ and inbox/" },
	{ "from", SETTING_TEXT, false, NULL,
	    "the sender as written into the files" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

/* Where no sender is configured: a domain that no mail server has. */
#define SPOOL_MAIL_FROM "clinic@spool.invalid"

/* Patients' words lie here: nobody else's to read. */
static int
make_and_open(int parent, const char *name)
{
	if (mkdirat(parent, name, 0700) == 0)
		(void)fsync(
		    parent); /* so that the folder outlives a power cut */
	else if (errno != EEXIST)
		return -1;
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int
spool_open_dir(const char *path, const char *name)
{
	int fd = make_and_open(AT_FDCWD, path);

	while (fd >= 0 && *name != '\0') {
		size_t len = strcspn(name, "/");
		char *part = xstrndup(name, len);
		int parent = fd;

		fd = make_and_open(parent, part);
		close(parent);
		free(part);
		name += len + (name[len] == '/');
	}
	return fd;
}

static bool
write_whole(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return fsync(fd) == 0;
}

/*
 * Beside, synced, renamed, and the folder synced: at any instant there is
 * the whole file or none. Done twice with the same name it is done once,
 * which is why asking and sending again can do no harm here.
 */
static bool
put_file(int dir, const char *name, const struct buffer *bytes, bool *renamed)
{
	char *beside = xasprintf(".%s.tmp", name);
	bool ok = false;
	int fd, problem;

	fd =
	    openat(dir, beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0) {
		ok = write_whole(fd, buffer_text(bytes), bytes->len);
		ok = close(fd) == 0 && ok;
	}
	ok = ok && renameat(dir, beside, dir, name) == 0;
	*renamed = ok;
	ok = ok && fsync(dir) == 0;
	problem = errno;
	if (!*renamed && fd >= 0)
		unlinkat(dir, beside, 0);
	free(beside);
	errno = problem;
	return ok;
}

/* A full disk passes, a folder that is not ours does not. */
static enum post_class
class_of_errno(int problem)
{
	return problem == ENOSPC || problem == EDQUOT || problem == EIO ||
		       problem == EMFILE || problem == ENFILE
		   ? POST_NOT_SENT
		   : POST_CONFIG;
}

static void
spool_put(const struct gateway *gateway, const struct post_message *message,
    const struct buffer *bytes, struct post_outcome *outcome)
{
	const char *suffix =
	    gateway->driver->channel == CHANNEL_SMS ? "json" : "eml";
	const char *path = gateway_setting(gateway, "path");
	char *name = xasprintf("%s.%s", message->key, suffix);
	bool ok = false, renamed = false;
	int dir, problem;

	dir = spool_open_dir(path, "sent");
	if (dir >= 0)
		ok = put_file(dir, name, bytes, &renamed);
	problem = errno;
	if (ok)
		wire_outcome(outcome, POST_DELIVERED, NULL, "spooled");
	else
		wire_outcome(outcome,
		    renamed ? POST_AMBIGUOUS : class_of_errno(problem), NULL,
		    "%s/sent: %s", path, strerror(problem));
	if (ok || renamed)
		wire_copy(outcome->provider_id, sizeof(outcome->provider_id),
		    message->key);
	if (dir >= 0)
		close(dir);
	free(name);
}

static void
sms_send(const struct gateway *gateway, const struct post_message *message,
    struct post_outcome *outcome)
{
	const char *from = gateway_setting(gateway, "from");
	struct buffer bytes = { 0 };
	json_t *file;
	char *line;

	if (!wire_phone_ok(message->to) || !wire_key_ok(message->key)) {
		wire_outcome(outcome, POST_BAD_ADDRESS, NULL,
		    "not a phone number in international form");
		return;
	}
	file = json_object();
	json_put_text(file, "id", message->key);
	json_put_text(file, "to", message->to);
	json_put_text(file, "from", from == NULL ? gateway->name : from);
	json_put_text(file, "body", message->body);
	json_put_time(file, "at", message->at);
	line = json_line(file);
	buffer_puts(&bytes, line);
	buffer_putc(&bytes, '\n');
	free(line);
	spool_put(gateway, message, &bytes, outcome);
	buffer_free(&bytes);
}

static void
email_send(const struct gateway *gateway, const struct post_message *message,
    struct post_outcome *outcome)
{
	const char *from = gateway_setting(gateway, "from");
	struct buffer bytes = { 0 };
	struct why why;

	if (!wire_email_ok(message->to) || !wire_key_ok(message->key)) {
		wire_outcome(
		    outcome, POST_BAD_ADDRESS, NULL, "not an email address");
		return;
	}
	if (mail_build(message, from == NULL ? SPOOL_MAIL_FROM : from, &bytes,
		&why) != STATUS_OK)
		wire_outcome(outcome, POST_REFUSED, NULL, "%s", why.text);
	else
		spool_put(gateway, message, &bytes, outcome);
	buffer_free(&bytes);
}

/* Ours to look at, so the answer is sure either way. */
static void
spool_ask(const struct gateway *gateway, const struct post_message *message,
    struct post_outcome *outcome)
{
	const char *suffix =
	    gateway->driver->channel == CHANNEL_SMS ? "json" : "eml";
	const char *path = gateway_setting(gateway, "path");
	char *file;
	struct stat st;

	if (!wire_key_ok(message->key)) {
		wire_outcome(outcome, POST_ABSENT, NULL, "no such key");
		return;
	}
	file = xasprintf("%s/sent/%s.%s", path, message->key, suffix);
	if (stat(file, &st) == 0) {
		wire_outcome(outcome, POST_DELIVERED, NULL, "spooled");
		wire_copy(outcome->provider_id, sizeof(outcome->provider_id),
		    message->key);
	} else if (errno == ENOENT) {
		wire_outcome(outcome, POST_ABSENT, NULL, "no file of that key");
	} else {
		wire_outcome(outcome, POST_AMBIGUOUS, NULL, "%s/sent: %s", path,
		    strerror(errno));
	}
	free(file);
}

static enum status
spool_check(const struct gateway *gateway, struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	char bare[EMAIL_SIZE];

	if (gateway->driver->channel == CHANNEL_EMAIL && from != NULL &&
	    !wire_email_bare(from, bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	return STATUS_OK;
}

const struct driver driver_spool_sms = {
	.name = "spool",
	.channel = CHANNEL_SMS,
	.settings = spool_settings,
	.check = spool_check,
	.local_send = sms_send,
	.local_ask = spool_ask,
	.local_poll = spool_poll,
	.local_stored = spool_stored,
};

const struct driver driver_spool_email = {
	.name = "spool",
	.channel = CHANNEL_EMAIL,
	.settings = spool_settings,
	.check = spool_check,
	.local_send = email_send,
	.local_ask = spool_ask,
	.local_poll = spool_poll,
	.local_stored = spool_stored,
};
