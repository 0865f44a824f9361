/*
 * NAME
 *	complaints - everything that is wrong with a file, not only the first
 *
 * Each is one line: "FILE:LINE: what is wrong; what to do". {0} is an empty
 * list. What was said once is not said again. A warning is no complaint: it
 * tells of what a clinic may have a reason for, and refuses nothing.
 */
#ifndef SETTINGS_COMPLAINTS_H
#define SETTINGS_COMPLAINTS_H

#include "base/status.h"

struct complaints {
	char **lines; /* owned */
	int len;
	char **warnings; /* owned; "FILE:LINE: warning: ..." */
	int warnings_len;
};

/* line 0 leaves the number out. */
void complain(struct complaints *complaints, const char *file, int line,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

void complain_warn(struct complaints *complaints, const char *file, int line,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* A reason that names its file and line by itself. */
void complain_why(struct complaints *complaints, const struct why *why);

/* Put those of one list at the end of another, and empty it. */
void complaints_move(struct complaints *from, struct complaints *to);

/* OK where nothing was added since there were so many before; otherwise that
 * status, with the first of the new ones as its reason. */
enum status complaints_status(const struct complaints *complaints, int before,
    enum status status, struct why *why);

void complaints_free(struct complaints *complaints); /* empties it */

#endif
