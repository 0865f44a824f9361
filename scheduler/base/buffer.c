#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

#define FIRST_SIZE 256
#define READ_SIZE 65536

static size_t
cap_of(const struct buffer *b)
{
	return b->cap == 0 ? BUFFER_CAP : b->cap;
}

/* Room for len bytes more and the NUL, or over. */
static bool
make_room(struct buffer *b, size_t len)
{
	size_t need, size = b->size == 0 ? FIRST_SIZE : b->size;

	if (b->len > cap_of(b) || len > cap_of(b) - b->len) {
		b->over = true;
		return false;
	}
	need = b->len + len + 1;
	if (need <= b->size)
		return true;
	while (size < need)
		size = size > SIZE_MAX / 2 ? need : size * 2;
	b->data = xrealloc(b->data, size, 1);
	b->size = size;
	return true;
}

void
buffer_add(struct buffer *b, const void *bytes, size_t len)
{
	if (len == 0 || !make_room(b, len))
		return;
	memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void
buffer_puts(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

void
buffer_putc(struct buffer *b, char c)
{
	buffer_add(b, &c, 1);
}

void
buffer_printf(struct buffer *b, const char *fmt, ...)
{
	va_list ap;
	int need;

	va_start(ap, fmt);
	need = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (need < 0)
		panic("a format that can't be written: %s", fmt);
	if (!make_room(b, (size_t)need))
		return;
	va_start(ap, fmt);
	vsnprintf(b->data + b->len, (size_t)need + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)need;
}

const char *
buffer_text(const struct buffer *b)
{
	return b->data == NULL ? "" : b->data;
}

char *
buffer_take(struct buffer *b)
{
	char *data = b->data == NULL ? xstrdup("") : b->data;

	b->data = NULL;
	b->len = b->size = 0;
	b->over = false;
	return data;
}

void
buffer_clear(struct buffer *b)
{
	b->len = 0;
	b->over = false;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void
buffer_free(struct buffer *b)
{
	size_t cap;

	if (b == NULL)
		return;
	cap = b->cap;
	free(b->data);
	*b = (struct buffer){ .cap = cap };
}

static enum status
cannot_read(const char *path, struct why *why)
{
	enum status status = STATUS_BAD_DATA;
	int error = errno;

	if (error == ENOENT || error == ENOTDIR)
		status = STATUS_NO_FILE;
	else if (error == EACCES || error == EPERM)
		status = STATUS_DENIED;
	return why_set(why, status, "%s: %s", path, strerror(error));
}

enum status
buffer_read_file(struct buffer *b, const char *path, struct why *why)
{
	enum status status = STATUS_OK;
	char *chunk = NULL;
	ssize_t got;
	int fd;

	/* A pipe somebody left there must not make us wait for a writer. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return cannot_read(path, why);
	chunk = xcalloc(READ_SIZE, 1);
	for (;;) {
		got = read(fd, chunk, READ_SIZE);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		buffer_add(b, chunk, (size_t)got);
		if (b->over)
			break;
	}
	if (got < 0)
		status = cannot_read(path, why);
	else if (b->over)
		status = why_set(why, STATUS_BAD_DATA,
		    "%s: larger than %zu bytes", path, cap_of(b));
	close(fd);
	free(chunk);
	return status;
}
