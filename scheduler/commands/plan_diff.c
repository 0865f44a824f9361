/*
 * plan diff - what setup would change, and for whom
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/log.h"
#include "base/memory.h"
#include "commands/plan.h"
#include "commands/plan_change.h"
#include "commands/plan_desk.h"
#include "commands/print.h"

/* The same plan or not, by what plans_save() would say: nothing is kept. */
struct trial {
	const struct plan *plan;
	const struct plans_about *about;
	bool is_new;
};

static enum status
try_work(struct practice *practice, void *arg, struct why *why)
{
	struct trial *trial = arg;
	int64_t plan_id = 0;
	enum status status = plans_save(practice->store, trial->plan,
	    trial->about, trial->plan->about_len, practice->now, &plan_id,
	    &trial->is_new, why);
	/* Undone on purpose: NONE rolls it back and is no failure. */
	return status == STATUS_OK ? STATUS_NONE : status;
}

static enum status
show_whom(struct store *store, const struct plan *plan, struct why *why)
{
	struct plans_use *list = NULL;
	int len = 0;
	struct buffer words = { 0 };
	enum status status = plans_in_use(store, plan->id, &list, &len, why);
	int64_t sum = 0;
	for (int i = 0; i < len; i++) {
		const struct stage *after =
		    plan_stage_after(plan, list[i].stage);
		bool moves =
		    after != NULL && strcmp(after->id, list[i].stage) != 0;
		sum += list[i].patients;
		buffer_printf(&words, "%s%lld in %s%s%s", i > 0 ? ", " : "",
		    (long long)list[i].patients, list[i].stage,
		    moves ? ", from then on " : "", moves ? after->id : "");
	}
	if (status == STATUS_OK && sum == 0)
		puts("  nobody is on it");
	else if (status == STATUS_OK)
		print_hanging_f(stdout, "  for", 6,
		    "%lld patient%s, from the first tick after setup: %s",
		    (long long)sum, sum == 1 ? "" : "s", buffer_text(&words));
	buffer_free(&words);
	plans_use_free(list, len);
	return status;
}

static enum status
diff_one(struct practice *practice, struct plan_desk *desk,
    struct complaints *complaints, struct why *why)
{
	struct plans_row row = { 0 };
	struct plans_about *known = plan_desk_known(desk);
	struct trial trial = { .plan = desk->plan, .about = known };
	enum status status =
	    plans_newest(practice->store, desk->plan->id, &row, why);
	printf("%s (%s): ", desk->plan->title, desk->plan->id);
	if (status == STATUS_NONE) {
		puts("a new plan");
		status = STATUS_OK;
		goto out;
	}
	if (status == STATUS_OK)
		status = practice_transact(practice, try_work, &trial, why);
	if (status == STATUS_NONE)
		status = STATUS_OK;
	if (status != STATUS_OK)
		goto out;
	if (!trial.is_new) {
		puts("as it is");
		goto out;
	}
	printf("becomes version %lld\n", (long long)row.plan->version + 1);
	if (!plan_change_print(&row, desk->plan, known))
		puts("  ~ details alone");
	status = show_whom(practice->store, desk->plan, why);
	if (status == STATUS_OK)
		status = plan_change_check(
		    practice->store, desk->plan, desk->path, complaints, why);
out:
	plan_known_free(known, desk->plan->about_len);
	plans_row_free(&row);
	return status;
}

static enum status
diff_path(struct practice *practice, struct plan_desk *desk, const char *name,
    struct complaints *complaints, struct why *why)
{
	enum status status = plan_desk_pick(desk, name, why);
	if (status == STATUS_OK)
		status = diff_one(practice, desk, complaints, why);
	return status;
}

static enum status
diff_all(struct practice *practice, struct plan_desk *desk,
    struct complaints *complaints, struct why *why)
{
	glob_t files = { 0 };
	char *pattern = xasprintf("%s/*.cfg", practice->config->plans);
	enum status status = STATUS_OK;
	if (glob(pattern, 0, NULL, &files) != 0)
		status = why_set(why, STATUS_CONFIG, "%s holds no plan (*.cfg)",
		    practice->config->plans);
	for (size_t i = 0; i < files.gl_pathc && status == STATUS_OK; i++)
		status = diff_path(
		    practice, desk, files.gl_pathv[i], complaints, why);
	globfree(&files);
	free(pattern);
	return status;
}

enum status
plan_run_diff(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct plan_desk desk = { 0 };
	struct complaints complaints = { 0 };
	struct store *store = NULL;
	struct practice practice = { 0 };
	enum status status = session_config(session, why);
	if (status == STATUS_OK)
		status = plan_desk_open(session, &desk, why);
	if (status == STATUS_OK)
		status = store_open(session->config->database, &store, why);
	if (status != STATUS_OK)
		goto out;
	practice_open(&practice, session->config, &session->clock, store);
	status = arguments->words_len > 1
		     ? diff_path(&practice, &desk, arguments->words[1],
			   &complaints, why)
		     : diff_all(&practice, &desk, &complaints, why);
	practice_close(&practice);
	for (int i = 1; i < complaints.len; i++)
		log_error("%s", complaints.lines[i]);
	if (status == STATUS_OK)
		status = complaints_status(&complaints, 0, STATUS_CONFIG, why);
out:
	complaints_free(&complaints);
	store_close(store);
	plan_desk_close(&desk);
	return status;
}
