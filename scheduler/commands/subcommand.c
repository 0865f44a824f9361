#include "commands/subcommand.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "settings/nearest.h"

static enum status
none_of_them(const struct subcommand *table, const char *word, struct why *why)
{
	const char *near = NULL;
	int distance = 0;
	struct buffer names = { 0 };
	for (const struct subcommand *s = table; s->name != NULL; s++) {
		buffer_printf(
		    &names, "%s%s", names.len > 0 ? ", " : "", s->name);
		if (word != NULL)
			nearest_offer(word, s->name, &near, &distance);
	}
	if (word == NULL)
		why_set(why, STATUS_USAGE, "say what to do: %s",
		    buffer_text(&names));
	else if (near != NULL)
		why_set(why, STATUS_USAGE,
		    "there is no \"%s\"; did you mean \"%s\"?", word, near);
	else
		why_set(why, STATUS_USAGE, "there is no \"%s\"; there are %s",
		    word, buffer_text(&names));
	buffer_free(&names);
	return STATUS_USAGE;
}

static bool
is_among(const char *names, const char *name)
{
	size_t len = strlen(name);
	for (const char *p = names; p != NULL && *p != '\0';) {
		size_t span = strcspn(p, " ");
		if (span == len && strncmp(p, name, len) == 0)
			return true;
		p += span;
		p += strspn(p, " ");
	}
	return false;
}

static enum status
check(const struct session *session, const struct subcommand *row,
    const struct arguments *arguments, struct why *why)
{
	struct buffer usage = { 0 };
	buffer_printf(&usage, "%s %s%s%s", session->command->name, row->name,
	    *row->usage != '\0' ? " " : "", row->usage);
	enum status status = arguments_expect(arguments, row->least + 1,
	    row->most < 0 ? -1 : row->most + 1, buffer_text(&usage), why);
	for (int i = 0; i < arguments->given_len && status == STATUS_OK; i++)
		if (!is_among(row->options, arguments->given[i].option->name))
			status = why_set(why, STATUS_USAGE,
			    "option --%s is not one of \"%s\"",
			    arguments->given[i].option->name,
			    buffer_text(&usage));
	buffer_free(&usage);
	return status;
}

enum status
subcommand_run(const struct subcommand *table, struct session *session,
    const struct arguments *arguments, struct why *why)
{
	const char *word =
	    arguments->words_len > 0 ? arguments->words[0] : NULL;
	const struct subcommand *row = table;
	while (
	    row->name != NULL && (word == NULL || strcmp(row->name, word) != 0))
		row++;
	if (row->name == NULL)
		return none_of_them(table, word, why);
	enum status status = check(session, row, arguments, why);
	if (status == STATUS_OK)
		status = row->run(session, arguments, why);
	return status;
}

enum status
subcommand_number(
    const char *word, const char *what, int64_t *number, struct why *why)
{
	char *end = NULL;
	errno = 0;
	long long value = strtoll(word, &end, 10);
	if (errno != 0 || *word < '0' || *word > '9' || *end != '\0' ||
	    value <= 0)
		return why_set(why, STATUS_BAD_DATA,
		    "\"%s\" is not the number of %s", word, what);
	*number = value;
	return STATUS_OK;
}
