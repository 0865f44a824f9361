/*
 * setup - create or upgrade the database, and load the plans
 *
 * Everything is checked before anything is loaded, and all of it is loaded in
 * one transaction.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "commands/plan_change.h"
#include "commands/plan_folder.h"
#include "commands/verbs.h"
#include "store/history.h"
#include "store/identity.h"

/* All of it, or nothing. */
static enum status
check_all(
    const struct config *config, struct plan_folder *folder, struct why *why)
{
	const struct complaints *complaints = &folder->complaints;
	enum status status = plan_folder_open(config, folder, why);
	if (status != STATUS_OK)
		return status;
	for (int i = 0; i < complaints->len; i++)
		log_error("%s", complaints->lines[i]);
	if (complaints->len > 0)
		return why_set(why, STATUS_CONFIG,
		    "nothing was loaded: %d thing%s wrong with plans, "
		    "words or templates",
		    complaints->len, complaints->len == 1 ? " is" : "s are");
	if (complaints->warnings_len > 0)
		log_note("\"keepmoving plan check\" has %d warning%s about "
			 "plans and texts",
		    complaints->warnings_len,
		    complaints->warnings_len == 1 ? "" : "s");
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

static void
tell_next(const struct config *config, struct store *store)
{
	struct tick_row last = { 0 };
	struct why why = { "" };
	bool fresh = tick_last(store, 0, &last, &why) == STATUS_NONE;
	if (identity_check(store, &why) == STATUS_DENIED) {
		log_error("%s", why.text);
		return;
	}
	printf("%s is ready%s\n", config->database,
	    fresh ? "; next: keepmoving enrol, and a line of cron for "
		    "keepmoving tick"
		  : "");
}

static enum status
save_work(struct practice *practice, void *arg, struct why *why)
{
	struct plan_folder *folder = arg;
	for (int i = 0; i < folder->len; i++) {
		const struct plan *plan = folder->plans[i];
		int64_t plan_id = 0;
		bool is_new = false;
		enum status status = plan_change_check(practice->store, plan,
		    folder->files.gl_pathv[i], &folder->complaints, why);
		if (status == STATUS_OK)
			status = complaints_status(
			    &folder->complaints, 0, STATUS_CONFIG, why);
		if (status != STATUS_OK)
			return status;
		status = plans_save(practice->store, plan, folder->about[i],
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
	struct plan_folder folder = { 0 };
	const struct config *config = session->config;
	struct store *store = NULL;
	bool adopt = argument_given(arguments, "adopt") ||
		     access(config->database, F_OK) != 0;
	enum status status =
	    arguments_expect(arguments, 0, 0, "setup takes no words", why);
	if (status == STATUS_OK)
		status = config_whole(config, why);
	if (status == STATUS_OK)
		status = check_all(config, &folder, why);
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
		status = practice_transact(&practice, save_work, &folder, why);
		practice_close(&practice);
	}
	if (status == STATUS_OK)
		tell_unused(config);
	if (status == STATUS_OK)
		tell_next(config, store);
	store_close(store);
	plan_folder_free(&folder);
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
