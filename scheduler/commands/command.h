/*
 * NAME
 *	command - one file a verb, and the one table of them
 *
 * A command's row says how it is called, what it needs open and what options
 * it takes; help, the manual's check and the parsing all come from it.
 */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include <stdio.h>

#include "base/clock.h"
#include "commands/arguments.h"
#include "settings/config.h"
#include "tick/practice.h"

/* What a command finds open. */
enum command_needs {
	NEEDS_NOTHING, /* it opens what it wants by itself */
	NEEDS_CONFIG,
	NEEDS_STORE, /* configuration, database and practice */
};

struct session {
	const char *config_path; /* as given, or the default */
	bool config_given; /* by -c or the environment */
	struct clock clock;
	struct config *config; /* NULL where not needed */
	struct store *store; /* NULL where not needed */
	struct practice practice; /* open where the store is */
	const struct command *command;
};

struct command {
	const char *name;
	const char *synopsis; /* a line a form, separated by newlines */
	const char *summary; /* what it does, a phrase */
	const char *details; /* sentences for "help COMMAND", or NULL */
	enum command_needs needs;
	const struct option_row *options; /* ends with a name of NULL */
	/* Words go to stdout; the reason of a failure into why. */
	enum status (*run)(struct session *session,
	    const struct arguments *arguments, struct why *why);
};

/* All of them, in the order in which help shows them; ends with NULL. */
extern const struct command *const commands[];

const struct command *command_find(const char *name);

/* The name that was probably meant, or NULL. */
const char *command_nearest(const char *name);

/* Open what the command's row says it needs, run it, close again. */
enum status command_run(struct session *session,
    const struct arguments *arguments, struct why *why);

void command_help_all(FILE *out);
void command_help(FILE *out, const struct command *command);

/* The configuration, for commands that open it by themselves: loaded when
 * first asked for, and kept in the session. */
enum status session_config(struct session *session, struct why *why);

/* The patient that an argument names. BAD_DATA when there is none. */
enum status session_patient(struct session *session, const char *ref,
    struct patient *patient, struct why *why);

/* Who is at the desk, by the machine's name for them. Lent. */
const char *session_user(void);

/* Who does it: --by, or the name of the user who runs the command. */
const char *session_by(
    const struct session *session, const struct arguments *arguments);

#endif
