/*
 * NAME
 *	complaints - everything that is wrong with a file, not only the first
 *
 * Each is one line: "FILE:LINE: what is wrong; what to do". {0} is an empty
 * list.
 */
#ifndef SETTINGS_COMPLAINTS_H
#define SETTINGS_COMPLAINTS_H

struct complaints {
	char **lines; /* owned */
	int len;
};

/* line 0 leaves the number out. */
void complain(struct complaints *complaints, const char *file, int line,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void complaints_free(struct complaints *complaints); /* empties it */

#endif
