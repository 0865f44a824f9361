/*
 * NAME
 *	status - how a call went, and why
 *
 * Every call that can fail returns an enum status, and explains itself in a
 * bounded struct why. Three kinds of failure are never mixed: the world
 * refused (UNAVAILABLE, TRY_LATER: asking again may help), the user erred
 * (USAGE, BAD_DATA, CONFIG and the like: the reason names file and line), and
 * we erred (panic(): a bug, which stops the program on the spot; the database
 * is written so that a stop at any instant does no harm). Running out of
 * memory is of the third kind.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stdbool.h>

enum status {
	STATUS_OK = 0,
	STATUS_NONE,	    /* no such row; for the caller to judge */
	STATUS_USAGE,	    /* the command line is wrong */
	STATUS_BAD_DATA,    /* a value, a reference or a fact is wrong */
	STATUS_NO_FILE,	    /* a file that must be there is not */
	STATUS_UNAVAILABLE, /* a service does not answer */
	STATUS_CANT_CREATE, /* an output can't be made */
	STATUS_TRY_LATER,   /* locked, busy or full: the next run may do */
	STATUS_DENIED,	    /* not permitted */
	STATUS_CONFIG,	    /* configuration, plan, words or template */
	STATUS_BROKEN,	    /* a simulation found a bug of ours */
	STATUS__MAX
};

/* Why a call failed: one line, no newline, meant for a person. */
struct why {
	char text[512];
};

/*
 * Write the reason, cut to what fits, and give back the status, so that a
 * failing call reads: return why_set(why, STATUS_BAD_DATA, "...", ...).
 * why may be NULL.
 */
enum status why_set(struct why *why, enum status status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Put words and ": " before the reason that is there; gives the status back. */
enum status why_prefix(struct why *why, enum status status, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));

/* The exit code of <sysexits.h> for a status; the only place that knows. */
int status_exit(enum status status);

/* We erred: say it on stderr and abort. Never for what a user or peer did. */
_Noreturn void panic(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

#endif
