/*
 * ground.c - see ground.h
 */
#include "settings/ground.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/lexicon.h"
#include "settings/words.h"

static const struct clinic_facts sample_clinic = {
	.name = "Riverside Physiotherapy",
	.sms_name = "Riverside",
	.phone = "+441632960001",
	.emergency = "999",
	.urgent = "111",
	.crisis = "116 123",
	.hours = "Mon-Fri 9-17",
};

void
ground_take_clinic(struct ground *ground, const struct config *config)
{
	ground->clinic =
	    config != NULL ? config_clinic_facts(config) : sample_clinic;
	ground->quiet = config != NULL ? config->clinic.quiet
				       : (struct quiet){ .from_minute = 20 * 60,
						 .until_minute = 8 * 60 };
	ground->daily_limit = config != NULL ? config->clinic.daily_limit : 1;
	ground->weekly_limit = config != NULL ? config->clinic.weekly_limit : 4;
	ground->reading_age = config != NULL ? config->clinic.reading_age : 11;
}

static void
add_lang(char ***langs, int *len, const char *lang)
{
	for (int i = 0; i < *len; i++)
		if (strcmp((*langs)[i], lang) == 0)
			return;
	*langs = xrealloc(*langs, (size_t)*len + 1, sizeof(**langs));
	(*langs)[(*len)++] = xstrdup(lang);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
ground_langs(struct templates *templates, const char *dir, const char *own,
    const struct plan *plan, char ***langs, int *len)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;

	*langs = NULL;
	*len = 0;
	add_lang(langs, len, own);
	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.' && plan->welcome != NULL &&
		    templates_has(templates, entry->d_name, plan->welcome))
			add_lang(langs, len, entry->d_name);
	closedir(folder);
	if (*len > 2)
		qsort(*langs + 1, (size_t)*len - 1, sizeof(**langs), by_name);
}

void
ground_take_words(
    struct ground *ground, const char *dir, struct complaints *complaints)
{
	struct why why;

	ground->lexicons =
	    xcalloc((size_t)ground->langs_len + 1, sizeof(*ground->lexicons));
	for (int i = 0; i < ground->langs_len; i++)
		if (words_load(dir, ground->langs[i], &ground->lexicons[i],
			complaints, &why) != STATUS_OK)
			complain_why(complaints, &why);
}

void
ground_free(struct ground *ground)
{
	for (int i = 0; ground->lexicons != NULL && i < ground->langs_len; i++)
		lexicon_free(ground->lexicons[i]);
	free(ground->lexicons);
	ground->lexicons = NULL;
}
