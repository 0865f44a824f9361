/*
 * NAME
 *	source - a file with what it includes, as one text
 *
 * libconfig opens included files itself, relative to one folder only, and
 * turns a number that does not fit an int into another one without a word.
 * So the text is put together here first: @include is relative to the file
 * that says it, each line remembers where it came from, and numbers that
 * would not survive are named.
 */
#ifndef SETTINGS_SOURCE_H
#define SETTINGS_SOURCE_H

#include "base/buffer.h"
#include "settings/complaints.h"

struct source_line {
	int file; /* index into files */
	int line;
};

/* {0} is empty; source_free() frees the members. */
struct source {
	struct buffer text;
	char **files; /* owned; the first is the one that was named */
	int files_len;
	struct source_line *lines; /* lines[0] is the first of the text */
	int lines_len;
	struct complaints numbers; /* that are too large. To be said once the
				      text proves to be whole: a forgotten quote
				      makes numbers of what is none */
};

/* NO_FILE, DENIED, BAD_DATA of the file itself; CONFIG with complaints. */
enum status source_read(struct source *source, const char *path,
    struct complaints *complaints, struct why *why);
void source_free(struct source *source);

/* Where a line of the text (1 the first) came from. Lent. */
const char *source_file(const struct source *source, int line);
int source_line(const struct source *source, int line);

/* A path as seen from the file that names it. The caller frees. */
char *source_path(const char *file, const char *path);

#endif
