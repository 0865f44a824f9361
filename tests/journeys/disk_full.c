/*
 * disk_full - a disk that fills up
 *
 * Preloaded into the program by full_disk.sh. The first DISK_HOLDS writes to
 * files find room, every later one ENOSPC, as on a real disk: sockets, pipes
 * and what is only renamed or deleted still work.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long writes;

static bool
is_full(int fd)
{
	const char *holds = getenv("DISK_HOLDS");
	struct stat st;
	if (holds == NULL || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    fd <= 2 || ++writes <= atol(holds))
		return false;
	errno = ENOSPC;
	return true;
}

#define REAL(name)                     \
	static __typeof__(&name) real; \
	if (real == NULL)              \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

ssize_t
write(int fd, const void *bytes, size_t len)
{
	REAL(write);
	return is_full(fd) ? -1 : real(fd, bytes, len);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	REAL(pwrite64);
	return is_full(fd) ? -1 : real(fd, bytes, len, at);
}
