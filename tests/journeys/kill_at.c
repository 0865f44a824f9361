/*
 * kill_at - the process dies at the n-th thing it does to the world
 *
 * Preloaded into the program by killed.sh. Counts what changes something
 * outside the process (files put in place, bytes flushed or sent, answers
 * received) and kills itself just before call number KILL_AT. Writes the
 * count it reached into KILL_COUNT, so that a story knows when it has passed
 * the last one.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static long calls;

static void
count(void)
{
	const char *at = getenv("KILL_AT");
	if (at != NULL && ++calls == atol(at))
		kill(getpid(), SIGKILL);
}

__attribute__((destructor)) static void
tell(void)
{
	const char *path = getenv("KILL_COUNT");
	FILE *out = path != NULL ? fopen(path, "w") : NULL;
	if (out == NULL)
		return;
	fprintf(out, "%ld\n", calls);
	fclose(out);
}

#define REAL(name)                     \
	static __typeof__(&name) real; \
	if (real == NULL)              \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	REAL(renameat);
	count();
	return real(from_fd, from, to_fd, to);
}

int
rename(const char *from, const char *to)
{
	REAL(rename);
	count();
	return real(from, to);
}

int
linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
	REAL(linkat);
	count();
	return real(from_fd, from, to_fd, to, flags);
}

int
fsync(int fd)
{
	REAL(fsync);
	count();
	return real(fd);
}

int
fdatasync(int fd)
{
	REAL(fdatasync);
	count();
	return real(fd);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	REAL(pwrite64);
	count();
	return real(fd, bytes, len, at);
}

ssize_t
send(int fd, const void *bytes, size_t len, int flags)
{
	REAL(send);
	count();
	return real(fd, bytes, len, flags);
}

ssize_t
recv(int fd, void *bytes, size_t len, int flags)
{
	REAL(recv);
	count();
	return real(fd, bytes, len, flags);
}
