/*
 * plan_folder.c - see plan_folder.h
 */
#include "commands/plan_folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void
plan_folder_free(struct plan_folder *folder)
{
	for (int i = 0; i < folder->len; i++) {
		if (folder->plans[i] != NULL)
			plan_known_free(
			    folder->about[i], folder->plans[i]->about_len);
		plan_free(folder->plans[i]);
	}
	free(folder->about);
	free(folder->plans);
	globfree(&folder->files);
	templates_free(folder->templates);
	complaints_free(&folder->complaints);
}

static void
check_id(struct plan_folder *folder, int i)
{
	for (int k = 0; k < i; k++)
		if (folder->plans[k] != NULL &&
		    strcmp(folder->plans[k]->id, folder->plans[i]->id) == 0)
			complain(&folder->complaints, folder->files.gl_pathv[i],
			    0,
			    "plan \"%s\" stands in %s too; give one of them "
			    "another id",
			    folder->plans[i]->id, folder->files.gl_pathv[k]);
}

static enum status
check_texts(const struct config *config, struct plan_folder *folder, int i,
    struct why *why)
{
	struct ground ground = { .templates = folder->templates,
		.dir = config->templates };
	char **langs = NULL;
	ground_langs(folder->templates, config->templates,
	    config->clinic.language, folder->plans[i], &langs,
	    &ground.langs_len);
	ground.langs = (const char *const *)langs;
	ground_take_clinic(&ground, config);
	ground_take_words(&ground, config->words, &folder->complaints);
	enum status status = plan_check_texts(folder->plans[i],
	    folder->files.gl_pathv[i], &ground, &folder->complaints, why);
	enum status own = templates_check(&ground, &folder->complaints, why);
	folder->about[i] = plan_known(folder->plans[i], folder->templates,
	    ground.langs, ground.langs_len);
	ground_free(&ground);
	for (int k = 0; k < ground.langs_len; k++)
		free(langs[k]);
	free(langs);
	return status == STATUS_OK ? own : status;
}

/* What fails without a complaint of its own is one too. */
static void
check_plan(const struct config *config, struct plan_folder *folder, int i)
{
	int before = folder->complaints.len;
	struct why why = { "" };
	enum status status = plan_load(folder->files.gl_pathv[i],
	    &folder->plans[i], &folder->complaints, &why);
	if (status == STATUS_OK) {
		status = check_texts(config, folder, i, &why);
		check_id(folder, i);
	}
	if (status != STATUS_OK && folder->complaints.len == before)
		complain_why(&folder->complaints, &why);
}

enum status
plan_folder_open(
    const struct config *config, struct plan_folder *folder, struct why *why)
{
	char *pattern = xasprintf("%s/*.cfg", config->plans);
	int found = glob(pattern, 0, NULL, &folder->files);
	free(pattern);
	if (found != 0)
		return why_set(why, STATUS_CONFIG,
		    "%s holds no plan (*.cfg); see plans in %s", config->plans,
		    config->path);
	enum status status = templates_open(config->templates,
	    config->clinic.language, &folder->templates, why);
	if (status != STATUS_OK)
		return status;

	folder->len = (int)folder->files.gl_pathc;
	folder->plans = xcalloc((size_t)folder->len, sizeof *folder->plans);
	folder->about = xcalloc((size_t)folder->len, sizeof *folder->about);
	for (int i = 0; i < folder->len; i++)
		check_plan(config, folder, i);
	return STATUS_OK;
}
