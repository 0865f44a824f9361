#include "commands/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

/* Fresh, so that no mode and no link of before is taken over. */
static FILE *
open_fresh(const char *path)
{
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return fd >= 0 ? fdopen(fd, "w") : NULL;
}

static bool
close_whole(FILE *out)
{
	bool ok = fflush(out) == 0 && !ferror(out) && fsync(fileno(out)) == 0;
	int why = errno;
	ok = fclose(out) == 0 && ok;
	errno = why;
	return ok;
}

enum status
output_write(const char *path, output_writer *write, void *arg, struct why *why)
{
	if (path == NULL)
		return write(stdout, arg, why);
	char *fresh = xasprintf("%s.new", path);
	FILE *out = open_fresh(fresh);
	enum status status = out != NULL ? write(out, arg, why) : STATUS_OK;
	bool ok = out != NULL && close_whole(out);
	if (status == STATUS_OK && (!ok || rename(fresh, path) != 0))
		status = why_set(why, STATUS_CANT_CREATE,
		    "%s can't be written: %s", path, strerror(errno));
	if (status != STATUS_OK && out != NULL)
		unlink(fresh);
	free(fresh);
	return status;
}
