/*
 * NAME
 *	subcommand - commands of several words: "patient pause", "alert close"
 *
 * One table of them a command, whose options all stand in the command's one
 * table of options; a row names those that are its own.
 */
#ifndef COMMANDS_SUBCOMMAND_H
#define COMMANDS_SUBCOMMAND_H

#include "commands/command.h"

struct subcommand {
	const char *name;
	const char *usage; /* what follows the name, as help shows it */
	int least; /* words after the name */
	int most; /* -1: no bound */
	const char *options; /* their names, separated by spaces */
	enum status (*run)(struct session *session,
	    const struct arguments *arguments, struct why *why);
};

/* Find and run the one that the first word names; in what it gets, words[1]
 * is its first own word. USAGE: there is no such one, its words are too few
 * or too many, or an option is not its own. The table ends with a NULL name. */
enum status subcommand_run(const struct subcommand *table,
    struct session *session, const struct arguments *arguments,
    struct why *why);

/* A word that is a row's number, above 0. BAD_DATA. */
enum status subcommand_number(
    const char *word, const char *what, int64_t *number, struct why *why);

#endif
