#include "settings/examples.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* A pipe would hold a tick up for ever. */
static bool
is_file(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return false;
	errno = EINVAL;
	return S_ISREG(st.st_mode);
}

void
examples_learn(
    struct likeness *likeness, const char *path, struct complaints *complaints)
{
	FILE *file = is_file(path) ? fopen(path, "re") : NULL;
	char *line = NULL;
	size_t size = 0;

	if (file == NULL) {
		if (complaints != NULL)
			complain(complaints, path, 0, "%s", strerror(errno));
		return;
	}
	for (int at = 1; getline(&line, &size, file) > 0; at++) {
		char *row = line;

		if (at == 1 && strncmp(row, "\xef\xbb\xbf", 3) == 0)
			row += 3; /* a mark that editors put there */
		row[strcspn(row, "\r\n")] = '\0';
		if (row[0] != '#' && row[0] != '\0' &&
		    !learn_line(likeness, row) && complaints != NULL)
			complain(complaints, path, at,
			    "an example is what was asked, a reply and what is "
			    "read in it, parted by tabs");
	}
	free(line);
	fclose(file);
}

void
examples_load(const char *dir, const char *lang, struct likeness **likeness,
    struct complaints *complaints)
{
	char *folder = xasprintf("%s/replies", dir);
	char *pattern = xasprintf("%s/%s-*.tsv", folder, lang);
	glob_t found = { 0 };

	*likeness = NULL;
	if (access(folder, R_OK | X_OK) != 0 && complaints != NULL)
		complain(complaints, folder, 0,
		    "%s: it holds the replies to learn from", strerror(errno));
	if (glob(pattern, 0, NULL, &found) == 0) {
		*likeness = likeness_new();
		for (size_t i = 0; i < found.gl_pathc; i++)
			examples_learn(
			    *likeness, found.gl_pathv[i], complaints);
		likeness_finish(*likeness);
	}
	globfree(&found);
	free(pattern);
	free(folder);
}
