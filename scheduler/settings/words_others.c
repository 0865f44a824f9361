#include "settings/words.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define ENDING ".cfg"

static int
is_words_file(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);
	return entry->d_name[0] != '.' && len > strlen(ENDING) &&
	       strcmp(entry->d_name + len - strlen(ENDING), ENDING) == 0;
}

int
words_others(const char *dir, const char *lang, char ***langs)
{
	struct dirent **found = NULL;
	int n = scandir(dir, &found, is_words_file, alphasort);
	int len = 0;
	*langs = xcalloc((size_t)(n > 0 ? n : 1), sizeof **langs);
	for (int i = 0; i < n; i++) {
		size_t size = strlen(found[i]->d_name) - strlen(ENDING);
		bool own = strncmp(lang, found[i]->d_name, size) == 0 &&
			   strchr("-_", lang[size]) != NULL; /* or its end */
		if (!own)
			(*langs)[len++] = xstrndup(found[i]->d_name, size);
		free(found[i]);
	}
	free(found);
	return len;
}
