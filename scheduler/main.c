/*
 * main - the door
 *
 * Finds the command, opens the clock, and turns a status into an exit code;
 * everything else is behind it.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "base/memory.h"
#include "commands/command.h"

#define VERSION "0.1.0"
#define DEFAULT_CONFIG "/etc/keepmoving/keepmoving.cfg"

/* Options that stand before or after any command, and what is left. */
struct door {
	struct session session;
	char **words; /* the command and its own arguments */
	int words_len;
	bool help;
	bool version;
};

static enum status
need_value(int argc, int at, const char *option, struct why *why)
{
	if (at + 1 < argc)
		return STATUS_OK;
	return why_set(why, STATUS_USAGE, "option %s needs a value", option);
}

/* Take one of our own options; *used is how many words it took, 0 if it is
 * not one of them. */
static enum status
take_word(struct door *door, int argc, char **argv, int at, int *used,
    struct why *why)
{
	const char *word = argv[at];
	enum status status = STATUS_OK;
	*used = 1;
	if (strcmp(word, "-c") == 0) {
		status = need_value(argc, at, word, why);
		if (status == STATUS_OK) {
			door->session.config_path = argv[at + 1];
			door->session.config_given = true;
		}
		*used = 2;
	} else if (strcmp(word, "--now") == 0 ||
		   strncmp(word, "--now=", 6) == 0) {
		bool joined = word[5] == '=';
		if (!joined)
			status = need_value(argc, at, word, why);
		if (status == STATUS_OK)
			status = time_parse(joined ? word + 6 : argv[at + 1],
			    &door->session.clock.fixed_at, why);
		if (status == STATUS_BAD_DATA)
			status = why_prefix(why, STATUS_BAD_DATA, "--now");
		door->session.clock.fixed = true;
		*used = joined ? 1 : 2;
	} else if (strcmp(word, "-v") == 0) {
		log_set_level(LOG_VERBOSE);
	} else if (strcmp(word, "-q") == 0) {
		log_set_level(LOG_QUIET);
	} else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
		door->help = true;
	} else if (strcmp(word, "--version") == 0) {
		door->version = true;
	} else {
		*used = 0;
	}
	return status;
}

static enum status
take_words(struct door *door, int argc, char **argv, struct why *why)
{
	for (int i = 1; i < argc;) {
		int used = 0;
		if (strcmp(argv[i], "--") == 0) {
			while (i < argc)
				door->words[door->words_len++] = argv[i++];
			return STATUS_OK;
		}
		enum status status = take_word(door, argc, argv, i, &used, why);
		if (status != STATUS_OK)
			return status;
		if (used == 0)
			door->words[door->words_len++] = argv[i];
		i += used > 0 ? used : 1;
	}
	return STATUS_OK;
}

static enum status
find_command(const char *name, const struct command **command, struct why *why)
{
	*command = command_find(name);
	if (*command != NULL)
		return STATUS_OK;
	if (*name == '-')
		return why_set(why, STATUS_USAGE,
		    "unknown option %s; \"keepmoving help\" shows what there "
		    "is",
		    name);
	const char *near = command_nearest(name);
	if (near != NULL)
		return why_set(why, STATUS_USAGE,
		    "unknown command \"%s\"; did you mean \"%s\"?", name, near);
	return why_set(why, STATUS_USAGE,
	    "unknown command \"%s\"; \"keepmoving help\" shows all", name);
}

static enum status
help(const struct door *door, struct why *why)
{
	const char *about = NULL;
	if (door->words_len > 0 && strcmp(door->words[0], "help") == 0)
		about = door->words_len > 1 ? door->words[1] : NULL;
	else if (door->words_len > 0)
		about = door->words[0];
	if (about == NULL) {
		command_help_all(stdout);
		return STATUS_OK;
	}
	const struct command *command = NULL;
	enum status status = find_command(about, &command, why);
	if (status == STATUS_OK)
		command_help(stdout, command);
	return status;
}

static enum status
run(struct door *door, struct why *why)
{
	if (door->version) {
		puts("keepmoving " VERSION);
		return STATUS_OK;
	}
	if (door->help ||
	    (door->words_len > 0 && strcmp(door->words[0], "help") == 0))
		return help(door, why);
	if (door->words_len == 0)
		return why_set(why, STATUS_USAGE,
		    "what shall be done? \"keepmoving help\" shows the "
		    "commands");

	struct arguments arguments = { 0 };
	enum status status =
	    find_command(door->words[0], &door->session.command, why);
	if (status == STATUS_OK)
		status = arguments_parse(door->session.command->options,
		    door->words_len - 1, door->words + 1, &arguments, why);
	if (status == STATUS_OK)
		status = command_run(&door->session, &arguments, why);
	arguments_free(&arguments);
	return status;
}

/* A reader that has seen enough (`| head`) is no failure. */
static enum status
finish_output(struct why *why)
{
	errno = 0;
	if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
		return STATUS_OK;
	return why_set(why, STATUS_CANT_CREATE, "the output can't be written");
}

/* A bug has been told on stderr; the exit code says so too. */
static void
on_abort(int signal_number)
{
	(void)signal_number;
	_exit(70);
}

int
main(int argc, char **argv)
{
	const char *config = getenv("KEEPMOVING_CONFIG");
	struct door door = {
		.session = { .config_path = config != NULL && *config != '\0'
						? config
						: DEFAULT_CONFIG,
		    .config_given = config != NULL && *config != '\0' },
	};
	struct why why = { "" };
	signal(SIGABRT, on_abort);
	signal(SIGPIPE, SIG_IGN);
	json_begin();

	door.words = xcalloc((size_t)argc + 1, sizeof *door.words);
	enum status status = take_words(&door, argc, argv, &why);
	if (status == STATUS_OK)
		status = run(&door, &why);
	if (status == STATUS_OK)
		status = finish_output(&why);
	if (status != STATUS_OK)
		fprintf(stderr, "keepmoving: %s\n", why.text);
	free(door.words);
	return status_exit(status);
}
