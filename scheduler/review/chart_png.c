#include "review/chart_png.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

#define PROGRAM "keepmoving-chart"

/* Beside this program, or where `make install` puts it. The caller frees. */
static char *
find_program(void)
{
	static const char *const places[] = { "%.*s/" PROGRAM,
		"%.*s/../libexec/keepmoving/" PROGRAM };
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *slash;

	if (len <= 0)
		return NULL;
	self[len] = '\0';
	slash = strrchr(self, '/');
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		char *path = xasprintf(places[i], (int)(slash - self), self);

		if (access(path, X_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

/* The drawing as a file without a name, from its beginning. -1: errno. */
static int
drawing(const struct buffer *svg)
{
	int fd = memfd_create("chart", MFD_CLOEXEC);
	size_t at = 0;

	while (fd >= 0 && at < svg->len) {
		ssize_t n = write(fd, svg->data + at, svg->len - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close(fd);
			return -1;
		}
		at += (size_t)n;
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* In the child: the drawing is its stdin, the pipe its stdout. */
static _Noreturn void
become(const char *path, int in, int out)
{
	if (dup2(in, 0) >= 0 && dup2(out, 1) >= 0)
		execl(path, PROGRAM, (char *)NULL);
	_exit(127);
}

static void
read_all(int fd, struct buffer *out)
{
	char bytes[65536];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0)
			buffer_add(out, bytes, (size_t)n);
}

/* Did it end well? */
static bool
run(const char *path, int in, struct buffer *out)
{
	int ends[2], code = 0;
	pid_t child;

	if (pipe2(ends, 0) < 0)
		return false;
	child = fork();
	if (child == 0)
		become(path, in, ends[1]);
	close(ends[1]);
	if (child > 0) {
		read_all(ends[0], out);
		while (waitpid(child, &code, 0) < 0 && errno == EINTR)
			continue;
	}
	close(ends[0]);
	return child > 0 && code == 0 && out->len > 0 && !out->over;
}

enum status
chart_png(const struct buffer *svg, struct buffer *png, struct why *why)
{
	char *path = find_program();
	struct buffer bytes = { 0 };
	enum status status = STATUS_OK;
	int fd;

	if (path == NULL)
		return why_set(why, STATUS_UNAVAILABLE,
		    PROGRAM " is not installed: no charts in the mail");
	fd = drawing(svg);
	if (fd >= 0 && run(path, fd, &bytes))
		buffer_add(png, bytes.data, bytes.len);
	else
		status = why_set(
		    why, STATUS_UNAVAILABLE, "%s can't draw a chart", path);
	if (fd >= 0)
		close(fd);
	buffer_free(&bytes);
	free(path);
	return status;
}
