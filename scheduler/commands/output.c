#include "commands/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

static bool
write_through(FILE *out, output_writer *write, void *arg)
{
	write(out, arg);
	bool ok = fflush(out) == 0 && !ferror(out) && fsync(fileno(out)) == 0;
	return fclose(out) == 0 && ok;
}

enum status
output_write(const char *path, output_writer *write, void *arg, struct why *why)
{
	if (path == NULL) {
		write(stdout, arg);
		return STATUS_OK;
	}
	char *fresh = xasprintf("%s.new", path);
	enum status status = STATUS_OK;
	FILE *out = fopen(fresh, "we");
	bool made = out != NULL;
	if (!made || !write_through(out, write, arg) ||
	    rename(fresh, path) != 0) {
		status = why_set(why, STATUS_CANT_CREATE,
		    "%s can't be written: %s", path, strerror(errno));
		if (made)
			unlink(fresh);
	}
	free(fresh);
	return status;
}
