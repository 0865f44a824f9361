#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define SECRET_MAX 16384

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

bool
secret_is_plain(const char *text)
{
	return strncmp(text, "file:", 5) != 0 && strncmp(text, "env:", 4) != 0;
}

static enum status
from_environment(const char *name, char **out, struct why *why)
{
	const char *value = getenv(name);

	if (value == NULL || *value == '\0')
		return why_set(why, STATUS_CONFIG,
		    "the environment has no %s: set it, or name a file", name);
	*out = xstrdup(value);
	return STATUS_OK;
}

/* The modes of the file that is open, not of a name that may change. */
static enum status
check_file(int fd, const char *path, struct why *why)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return why_set(why, STATUS_CONFIG,
		    "%s: a secret must be in a plain file", path);
	if (st.st_mode & (S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH))
		return why_set(why, STATUS_DENIED,
		    "%s: others than its owner can read or write it: "
		    "chmod 600 %s",
		    path, path);
	return STATUS_OK;
}

static ssize_t
read_all(int fd, char *bytes, size_t size)
{
	size_t len = 0;

	while (len < size) {
		ssize_t got = read(fd, bytes + len, size - len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		len += (size_t)got;
	}
	return (ssize_t)len;
}

static enum status
first_line(int fd, const char *path, char **out, struct why *why)
{
	char bytes[SECRET_MAX];
	ssize_t got = read_all(fd, bytes, sizeof(bytes) - 1);
	enum status status = STATUS_OK;
	size_t len;

	if (got < 0)
		return why_set(
		    why, STATUS_CONFIG, "%s: %s", path, strerror(errno));
	bytes[got] = '\0';
	len = strcspn(bytes, "\r\n");
	if (len == 0)
		status = why_set(
		    why, STATUS_CONFIG, "%s: its first line is empty", path);
	else if (len == (size_t)got && len == sizeof(bytes) - 1)
		status = why_set(
		    why, STATUS_CONFIG, "%s: its first line is too long", path);
	else if (bytes[len] == '\0' && len != (size_t)got)
		status = why_set(
		    why, STATUS_CONFIG, "%s: its first line is no text", path);
	else
		*out = xstrndup(bytes, len);
	explicit_bzero(bytes, sizeof(bytes));
	return status;
}

static enum status
from_file(const char *path, char **out, struct why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	enum status status;

	if (fd < 0 && (errno == EACCES || errno == EPERM))
		return why_set(
		    why, STATUS_DENIED, "%s: not ours to read", path);
	if (fd < 0)
		return why_set(
		    why, STATUS_NO_FILE, "%s: %s", path, strerror(errno));
	status = check_file(fd, path, why);
	if (status == STATUS_OK)
		status = first_line(fd, path, out, why);
	close(fd);
	return status;
}

enum status
secret_resolve(const char *text, const char *dir, char **out, struct why *why)
{
	enum status status;
	char *path;

	*out = NULL;
	if (strncmp(text, "env:", 4) == 0)
		return from_environment(text + 4, out, why);
	if (strncmp(text, "file:", 5) != 0) {
		*out = xstrdup(text);
		return STATUS_OK;
	}
	text += 5;
	if (*text == '\0')
		return why_set(why, STATUS_CONFIG,
		    "file: needs the path of the secret after it");
	if (*text == '/' || dir == NULL || *dir == '\0')
		path = xstrdup(text);
	else
		path = xasprintf("%s/%s", dir, text);
	status = from_file(path, out, why);
	free(path);
	return status;
}

void
random_bytes(void *out, size_t len)
{
	char *p = out;

	while (len > 0) {
		ssize_t got = getrandom(p, len, 0);

		if (got < 0 && errno != EINTR)
			panic("no random bytes: %s", strerror(errno));
		if (got > 0) {
			p += got;
			len -= (size_t)got;
		}
	}
}

void
random_base32(char *out, size_t len)
{
	random_bytes(out, len);
	for (size_t i = 0; i < len; i++)
		out[i] = crockford[(unsigned char)out[i] & 31];
	out[len] = '\0';
}

void
ref_make(char out[REF_SIZE])
{
	out[0] = 'P';
	out[1] = '-';
	random_base32(out + 2, REF_SIZE - 3);
}

/* The sign that people meant, or NUL: some look alike when handwritten. */
static char
ref_sign(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		return '1';
	if (c == 'O')
		return '0';
	return c != '\0' && strchr(crockford, c) != NULL ? c : '\0';
}

bool
ref_normalise(const char *text, char out[REF_SIZE])
{
	char ref[REF_SIZE] = "P-";

	if (text == NULL)
		return false;
	text += strspn(text, " \t");
	if (*text != 'P' && *text != 'p')
		return false;
	text++;
	text += strspn(text, " -");
	for (size_t i = 2; i < REF_SIZE - 1; i++) {
		ref[i] = ref_sign(*text++);
		if (ref[i] == '\0')
			return false;
	}
	if (text[strspn(text, " \t\r\n")] != '\0')
		return false;
	memcpy(out, ref, REF_SIZE);
	return true;
}
