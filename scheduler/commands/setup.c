/*
 * setup - create or upgrade the database, and load the plans
 *
 * Everything is checked before anything is loaded, and all of it is loaded in
 * one transaction.
 */
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "commands/plan_change.h"
#include "commands/plan_desk.h"
#include "commands/verbs.h"
#include "settings/plan_file.h"
#include "store/identity.h"

/* The plans of the folder, checked. */
struct loading {
	glob_t files;
	struct plan **plans; /* one for each file; NULL where it is wrong */
	struct plans_about **about;
	int len;
	struct templates *templates;
	struct complaints complaints;
};

static void
loading_free(struct loading *loading)
{
	for (int i = 0; i < loading->len; i++) {
		if (loading->plans[i] != NULL)
			plan_known_free(
			    loading->about[i], loading->plans[i]->about_len);
		plan_free(loading->plans[i]);
	}
	free(loading->about);
	free(loading->plans);
	globfree(&loading->files);
	templates_free(loading->templates);
	complaints_free(&loading->complaints);
}

static void
check_plan(const struct config *config, struct loading *loading, int i)
{
	const char *path = loading->files.gl_pathv[i];
	struct ground ground = { .templates = loading->templates,
		.dir = config->templates };
	char **langs = NULL;
	struct why why = { "" };
	if (plan_load(path, &loading->plans[i], &loading->complaints, &why) !=
	    STATUS_OK)
		return;
	ground_langs(loading->templates, config->templates,
	    config->clinic.language, loading->plans[i], &langs,
	    &ground.langs_len);
	ground.langs = (const char *const *)langs;
	ground_take_clinic(&ground, config);
	ground_take_words(&ground, config->words, &loading->complaints);
	plan_check_texts(
	    loading->plans[i], path, &ground, &loading->complaints, &why);
	templates_check(&ground, &loading->complaints, &why);
	loading->about[i] = plan_known(loading->plans[i], loading->templates,
	    ground.langs, ground.langs_len);
	ground_free(&ground);
	for (int k = 0; k < ground.langs_len; k++)
		free(langs[k]);
	free(langs);
	for (int k = 0; k < i; k++)
		if (loading->plans[k] != NULL &&
		    strcmp(loading->plans[k]->id, loading->plans[i]->id) == 0)
			complain(&loading->complaints, path, 0,
			    "plan \"%s\" stands in %s too; give one of them "
			    "another id",
			    loading->plans[i]->id, loading->files.gl_pathv[k]);
}

static enum status
check_all(const struct config *config, struct loading *loading, struct why *why)
{
	char *pattern = xasprintf("%s/*.cfg", config->plans);
	int found = glob(pattern, 0, NULL, &loading->files);
	free(pattern);
	if (found != 0)
		return why_set(why, STATUS_CONFIG,
		    "%s holds no plan (*.cfg); see plans in %s", config->plans,
		    config->path);
	enum status status = templates_open(config->templates,
	    config->clinic.language, &loading->templates, why);
	if (status != STATUS_OK)
		return status;

	loading->len = (int)loading->files.gl_pathc;
	loading->plans = xcalloc((size_t)loading->len, sizeof *loading->plans);
	loading->about = xcalloc((size_t)loading->len, sizeof *loading->about);
	for (int i = 0; i < loading->len; i++)
		check_plan(config, loading, i);

	for (int i = 0; i < loading->complaints.len; i++)
		log_error("%s", loading->complaints.lines[i]);
	if (loading->complaints.len > 0)
		return why_set(why, STATUS_CONFIG,
		    "nothing was loaded: %d things are wrong with plans, "
		    "words or templates",
		    loading->complaints.len);
	if (loading->complaints.warnings_len > 0)
		log_note("\"keepmoving plan check\" has %d warnings about "
			 "plans and texts",
		    loading->complaints.warnings_len);
	return STATUS_OK;
}

/* What the configuration may name and this version does not do yet: better
 * told than waited for. */
static void
tell_unused(const struct config *config)
{
	if (config->web.given)
		log_note("%s: web is for the console, which this version does "
			 "not have",
		    config->path);
}

static enum status
save_work(struct practice *practice, void *arg, struct why *why)
{
	struct loading *loading = arg;
	for (int i = 0; i < loading->len; i++) {
		const struct plan *plan = loading->plans[i];
		int64_t plan_id = 0;
		bool is_new = false;
		enum status status = plan_change_check(practice->store, plan,
		    loading->files.gl_pathv[i], &loading->complaints, why);
		if (status == STATUS_OK)
			status = complaints_status(
			    &loading->complaints, 0, STATUS_CONFIG, why);
		if (status != STATUS_OK)
			return status;
		status = plans_save(practice->store, plan, loading->about[i],
		    plan->about_len, practice->now, &plan_id, &is_new, why);
		if (status != STATUS_OK)
			return status;
		printf(
		    "plan %s: %s\n", plan->id, is_new ? "loaded" : "as it was");
	}
	return STATUS_OK;
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	struct loading loading = { 0 };
	const struct config *config = session->config;
	struct store *store = NULL;
	bool adopt = argument_given(arguments, "adopt") ||
		     access(config->database, F_OK) != 0;
	enum status status =
	    arguments_expect(arguments, 0, 0, "setup takes no words", why);
	if (status == STATUS_OK)
		status = config_whole(config, why);
	if (status == STATUS_OK)
		status = check_all(config, &loading, why);
	if (status == STATUS_OK)
		status = store_setup(
		    config->database, clock_now(&session->clock), why);
	if (status == STATUS_OK)
		status = store_open(config->database, &store, why);
	if (status == STATUS_OK && adopt)
		status = identity_keep(store, why);
	if (status == STATUS_OK) {
		struct practice practice;
		practice_open(&practice, config, &session->clock, store);
		status = practice_transact(&practice, save_work, &loading, why);
		practice_close(&practice);
	}
	if (status == STATUS_OK)
		tell_unused(config);
	if (status == STATUS_OK)
		printf("%s is ready; next: keepmoving enrol, and a line of "
		       "cron for keepmoving tick\n",
		    config->database);
	store_close(store);
	loading_free(&loading);
	return status;
}

static const struct option_row options[] = {
	{ "adopt", NULL, false, "this copy of the database is now the clinic" },
	{ NULL, NULL, false, NULL },
};

const struct command command_setup = {
	.name = "setup",
	.synopsis = "setup [--adopt]",
	.summary = "create or upgrade the database and load the plans",
	.details = "Safe to repeat. Plans, words and templates are checked "
		   "first; where anything is\nwrong, it is named with file "
		   "and line, and nothing is loaded.",
	.needs = NEEDS_CONFIG,
	.options = options,
	.run = run,
};
