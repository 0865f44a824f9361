/*
 * NAME
 *	scratch - a folder of files for one test
 */
#ifndef TESTS_SETTINGS_SCRATCH_H
#define TESTS_SETTINGS_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

struct scratch {
	char dir[64];
};

static inline void
scratch_make(struct scratch *s)
{
	strcpy(s->dir, "/tmp/keepmoving-test-XXXXXX");
	if (mkdtemp(s->dir) == NULL)
		abort();
}

/* The caller frees. */
static inline char *
scratch_path(const struct scratch *s, const char *name)
{
	return xasprintf("%s/%s", s->dir, name);
}

/* Folders in the name are made. */
static inline void
scratch_write(const struct scratch *s, const char *name, const char *text)
{
	char *path = scratch_path(s, name);
	FILE *f;

	for (char *p = path + strlen(s->dir) + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(path, 0700);
		*p = '/';
	}
	f = fopen(path, "w");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
	chmod(path, 0600);
	free(path);
}

static inline void
scratch_mode(const struct scratch *s, const char *name, mode_t mode)
{
	char *path = scratch_path(s, name);

	if (chmod(path, mode) != 0)
		abort();
	free(path);
}

static inline void
scratch_remove(struct scratch *s)
{
	char *command = xasprintf("rm -rf '%s'", s->dir);

	if (system(command) != 0)
		abort();
	free(command);
}

/* A text with the first occurrence of old replaced, or abort. Caller frees. */
static inline char *
with(const char *text, const char *old, const char *fresh)
{
	const char *at = strstr(text, old);

	if (at == NULL) {
		fprintf(stderr, "no \"%s\" in the text\n", old);
		abort();
	}
	return xasprintf(
	    "%.*s%s%s", (int)(at - text), text, fresh, at + strlen(old));
}

#endif
