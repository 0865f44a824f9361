#include "settings/examples.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* "\n" in a table is a new line. */
static void
unescape(char *text)
{
	char *out = text;

	for (; *text != '\0'; text++) {
		if (text[0] == '\\' && text[1] == 'n') {
			*out++ = '\n';
			text++;
		} else {
			*out++ = *text;
		}
	}
	*out = '\0';
}

/* The first flag graver than a notice of a list such as "pain=4,urgent:fever".
 * *any is false where there is none. False: "LEVEL:" is no level. */
static bool
parse_flag(char *list, struct red_flag *flag, bool *any)
{
	char *word, *name;

	*any = false;
	while ((word = strsep(&list, ",")) != NULL) {
		name = strchr(word, ':');
		if (name == NULL || *any)
			continue;
		*name++ = '\0';
		flag->level = flag_level_parse(word);
		if (flag->level == FLAG__MAX || *name == '\0' ||
		    strlen(name) >= sizeof(flag->name))
			return false;
		memcpy(flag->name, name, strlen(name) + 1);
		*any = flag->level != FLAG_NOTICE;
	}
	return true;
}

/* "asked <tab> reply <tab> what is read". */
static bool
learn_line(struct likeness *likeness, char *line)
{
	char *asked = strsep(&line, "\t"), *text = strsep(&line, "\t");
	struct red_flag flag;
	bool any;

	if (line == NULL || asks_parse(asked) == ASKS__MAX ||
	    !parse_flag(line, &flag, &any))
		return false;
	unescape(text);
	likeness_learn(likeness, text, any ? &flag : NULL);
	return true;
}

enum status
examples_learn(struct likeness *likeness, const char *path, struct why *why)
{
	enum status status = STATUS_OK;
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	if (file == NULL)
		return why_set(
		    why, STATUS_UNAVAILABLE, "%s: %s", path, strerror(errno));
	for (int at = 1; status == STATUS_OK && getline(&line, &size, file) > 0;
	     at++) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] != '#' && line[0] != '\0' &&
		    !learn_line(likeness, line))
			status = why_set(why, STATUS_CONFIG,
			    "%s:%d: an example is what was asked, a reply and "
			    "what is read in it, parted by tabs",
			    path, at);
	}
	free(line);
	fclose(file);
	return status;
}

enum status
examples_load(const char *dir, const char *lang, struct likeness **likeness,
    struct why *why)
{
	char *pattern = xasprintf("%s/replies/%s-*.tsv", dir, lang);
	struct likeness *fresh = NULL;
	enum status status = STATUS_OK;
	glob_t found = { 0 };

	if (glob(pattern, 0, NULL, &found) == 0)
		fresh = likeness_new();
	for (size_t i = 0; i < found.gl_pathc && status == STATUS_OK; i++)
		status = examples_learn(fresh, found.gl_pathv[i], why);
	if (fresh != NULL)
		likeness_finish(fresh);
	globfree(&found);
	free(pattern);
	if (status == STATUS_OK)
		*likeness = fresh;
	else
		likeness_free(fresh);
	return status;
}
