/*
 * harm - what a machine may do to a process
 *
 * Preloaded into the program by the stories that harm it. HARM says what comes
 * over it at call number HARM_AT:
 *
 *	killed	SIGKILL, just before a call that does something: a statement of
 *		the database, a write or flush of a file, a file put in place, a
 *		byte sent, an answer received
 *	full	the disk is full: each write to a file from then on finds no room,
 *		as on a real disk; sockets, renaming and deleting still work
 *	sql	that statement of the database fails, once, as on a bad disk
 *	memory	that allocation fails, once; only where this was compiled with
 *		-DHARM_MEMORY, since a sanitizer has an allocator of its own
 *
 * With HARM_TRACE each call of that kind is a line of that file, by its name,
 * so that a story knows how many there are, and which.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define SQLITE_IOERR 10

static enum { NONE, KILLED, FULL, SQL, MEMORY } harm;
static long calls, harm_at = -1;
static int trace = -1;

__attribute__((constructor)) static void
begin(void)
{
	static const char *const names[] = { "", "killed", "full", "sql",
		"memory" };
	const char *what = getenv("HARM");
	const char *at = getenv("HARM_AT");
	const char *path = getenv("HARM_TRACE");
	if (at != NULL)
		harm_at = atol(at);
	if (path != NULL)
		trace = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	for (size_t i = 1; what != NULL && i < sizeof names / sizeof *names;
	     i++)
		if (strcmp(what, names[i]) == 0)
			harm = (int)i;
}

#define REAL(name)                     \
	static __typeof__(&name) real; \
	if (real == NULL)              \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

static void
note(const char *name)
{
	char line[32];
	size_t len = strlen(name);
	if (trace < 0)
		return;
	memcpy(line, name, len);
	line[len++] = '\n';
	if (write(trace, line, len) < 0)
		abort();
}

/* Is this the call? */
static bool
comes(const char *name)
{
	note(name);
	return ++calls == harm_at;
}

static void
may_be_killed(const char *name)
{
	if (harm == KILLED && comes(name))
		kill(getpid(), SIGKILL);
}

static bool
is_full(int fd, const char *name)
{
	struct stat st;
	if (harm != FULL || fd <= 2 || fd == trace || fstat(fd, &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return false;
	note(name);
	if (harm_at < 0 || ++calls < harm_at)
		return false;
	errno = ENOSPC;
	return true;
}

/* SQLite steps through statements of its own, to read the schema. */
static bool
is_sqlites_own(const void *caller)
{
	Dl_info info;
	return dladdr(caller, &info) != 0 && info.dli_fname != NULL &&
	       strstr(info.dli_fname, "libsqlite3") != NULL;
}

struct sqlite3_stmt;
int sqlite3_step(struct sqlite3_stmt *statement);

int
sqlite3_step(struct sqlite3_stmt *statement)
{
	REAL(sqlite3_step);
	if (is_sqlites_own(__builtin_return_address(0)))
		return real(statement);
	may_be_killed("sqlite3_step");
	if (harm == SQL && comes("sqlite3_step"))
		return SQLITE_IOERR;
	return real(statement);
}

ssize_t
write(int fd, const void *bytes, size_t len)
{
	REAL(write);
	return is_full(fd, "write") ? -1 : real(fd, bytes, len);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	REAL(pwrite64);
	may_be_killed("pwrite64");
	return is_full(fd, "pwrite64") ? -1 : real(fd, bytes, len, at);
}

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	REAL(renameat);
	may_be_killed("renameat");
	return real(from_fd, from, to_fd, to);
}

int
rename(const char *from, const char *to)
{
	REAL(rename);
	may_be_killed("rename");
	return real(from, to);
}

int
linkat(int from_fd, const char *from, int to_fd, const char *to, int flags)
{
	REAL(linkat);
	may_be_killed("linkat");
	return real(from_fd, from, to_fd, to, flags);
}

int
unlinkat(int fd, const char *name, int flags)
{
	REAL(unlinkat);
	may_be_killed("unlinkat");
	return real(fd, name, flags);
}

int
fsync(int fd)
{
	REAL(fsync);
	may_be_killed("fsync");
	return real(fd);
}

int
fdatasync(int fd)
{
	REAL(fdatasync);
	may_be_killed("fdatasync");
	return real(fd);
}

int
connect(int fd, const struct sockaddr *address, socklen_t len)
{
	REAL(connect);
	may_be_killed("connect");
	return real(fd, address, len);
}

ssize_t
send(int fd, const void *bytes, size_t len, int flags)
{
	REAL(send);
	may_be_killed("send");
	return real(fd, bytes, len, flags);
}

ssize_t
recv(int fd, void *bytes, size_t len, int flags)
{
	REAL(recv);
	may_be_killed("recv");
	return real(fd, bytes, len, flags);
}

#ifdef HARM_MEMORY
static bool
is_out_of_memory(const char *name)
{
	if (harm != MEMORY || !comes(name))
		return false;
	errno = ENOMEM;
	return true;
}

/* The C library's own, since dlsym() itself allocates. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *
malloc(size_t size)
{
	return is_out_of_memory("malloc") ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return is_out_of_memory("calloc") ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return is_out_of_memory("realloc") ? NULL : __libc_realloc(old, size);
}
#endif
