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

static bool
is_plain(const char *word)
{
	static const char *const plain[] = { "-", "stop", "start", "help",
		"wrong", "courtesy", "question", "automatic", "unclear",
		"done=true", "done=false", "done=none", "leg=true", "leg=false",
		"leg=none", "settled=true", "settled=false", "settled=none" };

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (strcmp(word, plain[i]) == 0)
			return true;
	}
	return false;
}

/* "pain=4" */
static bool
is_score(const char *word)
{
	if (strncmp(word, "pain=", 5) != 0)
		return false;
	word += 5;
	return strcmp(word, "10") == 0 ||
	       (*word >= '0' && *word <= '9' && word[1] == '\0');
}

static enum flag_level
parse_level(const char *word, size_t len)
{
	enum flag_level level = FLAG_NOTICE;

	while (level < FLAG__MAX &&
	       (strncmp(flag_level_names[level], word, len) != 0 ||
		   flag_level_names[level][len] != '\0'))
		level++;
	return level;
}

/* "urgent:fever": a level, and a name that the words have. */
static bool
parse_flag(
    const struct lexicon *lexicon, const char *word, struct red_flag *flag)
{
	size_t len = strcspn(word, ":");
	enum flag_level level = parse_level(word, len);

	if (word[len] == '\0' || level == FLAG__MAX)
		return false;
	for (int i = 0; i < lexicon->flags_len; i++) {
		*flag = lexicon->flags[i].flag;
		flag->level = level;
		if (strcmp(flag->name, word + len + 1) == 0)
			return true;
	}
	return false;
}

/* Of a list such as "pain=4,urgent:fever" the first flag graver than a notice;
 * *any is false where there is none. The word that means nothing, or NULL. */
static const char *
parse_readings(const struct lexicon *lexicon, char *list,
    struct red_flag *first, bool *any)
{
	const char *word;

	*any = false;
	while ((word = strsep(&list, ",")) != NULL) {
		struct red_flag flag = { .level = FLAG_NOTICE };

		if (!is_plain(word) && !is_score(word) &&
		    !parse_flag(lexicon, word, &flag))
			return word;
		if (flag.level != FLAG_NOTICE && !*any) {
			*first = flag;
			*any = true;
		}
	}
	return NULL;
}

/* "asked <tab> reply <tab> what is read". */
static void
learn_line(struct likeness *likeness, const struct lexicon *lexicon, char *line,
    const char *path, int at, struct complaints *complaints)
{
	char *asked = strsep(&line, "\t"), *text = strsep(&line, "\t");
	struct red_flag flag;
	const char *unknown;
	bool any;

	if (line == NULL || asks_parse(asked) == ASKS__MAX) {
		if (complaints != NULL)
			complain(complaints, path, at,
			    "an example is what was asked, a reply and what is "
			    "read in it, parted by tabs");
		return;
	}
	unknown = parse_readings(lexicon, line, &flag, &any);
	if (unknown == NULL) {
		unescape(text);
		likeness_learn(likeness, text, any ? &flag : NULL);
	} else if (complaints != NULL)
		complain(complaints, path, at,
		    "\"%s\" is nothing that can be read in a reply", unknown);
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
examples_learn(struct likeness *likeness, const struct lexicon *lexicon,
    const char *path, struct complaints *complaints)
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
		if (row[0] != '#' && row[0] != '\0')
			learn_line(
			    likeness, lexicon, row, path, at, complaints);
	}
	free(line);
	fclose(file);
}

void
examples_load(const char *dir, const char *lang, struct lexicon *lexicon,
    struct complaints *complaints)
{
	char *folder = xasprintf("%s/replies", dir);
	char *pattern = xasprintf("%s/%s-*.tsv", folder, lang);
	glob_t found = { 0 };

	if (access(folder, R_OK | X_OK) != 0 && complaints != NULL)
		complain(complaints, folder, 0,
		    "%s: it holds the replies to learn from", strerror(errno));
	if (glob(pattern, 0, NULL, &found) == 0) {
		lexicon->likeness = likeness_new();
		for (size_t i = 0; i < found.gl_pathc; i++)
			examples_learn(lexicon->likeness, lexicon,
			    found.gl_pathv[i], complaints);
		likeness_finish(lexicon->likeness);
	}
	globfree(&found);
	free(pattern);
	free(folder);
}
