#include "commands/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "settings/nearest.h"

static const struct option_row *
find_option(const struct option_row *options, const char *name, size_t len)
{
	for (const struct option_row *o = options; o->name != NULL; o++)
		if (strlen(o->name) == len && strncmp(o->name, name, len) == 0)
			return o;
	return NULL;
}

static enum status
unknown_option(
    const struct option_row *options, const char *word, struct why *why)
{
	const char *near = NULL;
	int distance = 0;
	for (const struct option_row *o = options; o->name != NULL; o++)
		nearest_offer(word + 2, o->name, &near, &distance);
	if (near != NULL)
		return why_set(why, STATUS_USAGE,
		    "unknown option %s; did you mean --%s?", word, near);
	return why_set(why, STATUS_USAGE, "unknown option %s", word);
}

bool
argument_given(const struct arguments *arguments, const char *name)
{
	return argument(arguments, name) != NULL;
}

static enum status
take_option(struct arguments *arguments, int argc, char *const *argv, int *at,
    struct why *why)
{
	const char *word = argv[*at];
	const char *name = word + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
	const struct option_row *option =
	    find_option(arguments->options, name, len);
	if (option == NULL)
		return unknown_option(arguments->options, word, why);
	if (!option->repeats && argument_given(arguments, option->name))
		return why_set(why, STATUS_USAGE, "option --%s is given twice",
		    option->name);

	const char *value = "";
	if (option->value == NULL && equals != NULL)
		return why_set(why, STATUS_USAGE, "option --%s takes no value",
		    option->name);
	if (option->value != NULL && equals != NULL) {
		value = equals + 1;
	} else if (option->value != NULL) {
		if (*at + 1 >= argc)
			return why_set(why, STATUS_USAGE,
			    "option --%s needs a value: %s", option->name,
			    option->value);
		value = argv[++*at];
	}
	arguments->given = xrealloc(arguments->given,
	    (size_t)arguments->given_len + 1, sizeof *arguments->given);
	arguments->given[arguments->given_len++] =
	    (struct given){ option, value };
	return STATUS_OK;
}

static bool
is_option(const char *word)
{
	return word[0] == '-' && word[1] == '-' && word[2] != '\0';
}

enum status
arguments_parse(const struct option_row *options, int argc, char *const *argv,
    struct arguments *arguments, struct why *why)
{
	*arguments = (struct arguments){ .options = options };
	arguments->words = xcalloc((size_t)argc + 1, sizeof *arguments->words);
	bool ended = false;
	for (int i = 0; i < argc; i++) {
		if (!ended && strcmp(argv[i], "--") == 0) {
			ended = true;
			continue;
		}
		if (ended || !is_option(argv[i])) {
			arguments->words[arguments->words_len++] = argv[i];
			continue;
		}
		enum status status =
		    take_option(arguments, argc, argv, &i, why);
		if (status != STATUS_OK) {
			arguments_free(arguments);
			return status;
		}
	}
	return STATUS_OK;
}

void
arguments_free(struct arguments *arguments)
{
	free(arguments->words);
	free(arguments->given);
	*arguments = (struct arguments){ 0 };
}

const char *
argument_nth(const struct arguments *arguments, const char *name, int n)
{
	if (find_option(arguments->options, name, strlen(name)) == NULL)
		panic("no option --%s in the command's table", name);
	for (int i = 0; i < arguments->given_len; i++)
		if (strcmp(arguments->given[i].option->name, name) == 0 &&
		    n-- == 0)
			return arguments->given[i].value;
	return NULL;
}

const char *
argument(const struct arguments *arguments, const char *name)
{
	return argument_nth(arguments, name, 0);
}

enum status
arguments_expect(const struct arguments *arguments, int least, int most,
    const char *what, struct why *why)
{
	if (arguments->words_len < least)
		return why_set(
		    why, STATUS_USAGE, "something is missing: %s", what);
	if (most >= 0 && arguments->words_len > most)
		return why_set(why, STATUS_USAGE,
		    "\"%s\" is one word too many: %s", arguments->words[most],
		    what);
	return STATUS_OK;
}

char *
arguments_join(const struct arguments *arguments, int n)
{
	struct buffer text = { 0 };
	for (int i = n; i < arguments->words_len; i++) {
		if (i > n)
			buffer_putc(&text, ' ');
		buffer_puts(&text, arguments->words[i]);
	}
	return buffer_take(&text);
}
