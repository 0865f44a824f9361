/*
 * shipped.c - see shipped.h
 */
#include "commands/shipped.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

char *
shipped(const char *name)
{
	static const char *const places[] = { "share/keepmoving", "config" };
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
	if (len <= 0)
		return NULL;
	program[len] = '\0';
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(program, '/');
		if (slash == NULL)
			return NULL;
		*slash = '\0';
	}
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char *path = xasprintf("%s/%s/%s", program, places[i], name);
		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}
