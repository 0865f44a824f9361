/*
 * NAME
 *	arguments - a command line, parsed by a table of options
 *
 * Long options, as "--name VALUE" or "--name=VALUE", before or after the other
 * words; "--" ends them. A word such as "-5" is a word.
 */
#ifndef COMMANDS_ARGUMENTS_H
#define COMMANDS_ARGUMENTS_H

#include <stdbool.h>

#include "base/status.h"

struct option_row {
	const char *name; /* without the dashes */
	const char *value; /* what to call its value in help; NULL: a switch */
	bool repeats; /* may be given more than once */
	const char *help;
};

struct arguments {
	const struct option_row *options; /* lent */
	char **words; /* lent texts, owned array */
	int words_len;
	struct given {
		const struct option_row *option;
		const char *value; /* lent; "" for a switch */
	} * given; /* in order; owned */
	int given_len;
};

/* USAGE: an unknown option (with the nearest one), a value missing or too
 * many, an option given twice. words are lent and may be moved about. */
enum status arguments_parse(const struct option_row *options, int argc,
    char *const *argv, struct arguments *arguments, struct why *why);
void arguments_free(struct arguments *arguments);

/* The value of an option, or NULL. Asking for one that the table does not
 * have is a panic. */
const char *argument(const struct arguments *arguments, const char *name);
bool argument_given(const struct arguments *arguments, const char *name);
/* The n-th value (0 first) of one that repeats, or NULL. */
const char *argument_nth(
    const struct arguments *arguments, const char *name, int n);

/* USAGE unless there are so many words; most -1 for no bound. */
enum status arguments_expect(const struct arguments *arguments, int least,
    int most, const char *what, struct why *why);

/* Words from the n-th on, joined by spaces; the caller frees. */
char *arguments_join(const struct arguments *arguments, int n);

#endif
