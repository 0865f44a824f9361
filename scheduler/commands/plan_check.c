/*
 * plan check - everything that is wrong with plans, a line each
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "commands/plan.h"
#include "commands/plan_desk.h"

static json_t *
result_object(const struct plan_desk *desk, const char *path, int before)
{
	json_t *object = json_object();
	json_t *complaints = json_array();
	for (int i = before; i < desk->complaints.len; i++)
		json_array_append_new(
		    complaints, json_string(desk->complaints.lines[i]));
	json_put_text(object, "file", path);
	json_put_text(
	    object, "plan", desk->plan != NULL ? desk->plan->id : NULL);
	json_put_bool(object, "ok", desk->complaints.len == before);
	json_object_set_new(object, "complaints", complaints);
	return object;
}

/* What can't be complained of by file and line ends the check. */
static enum status
check_one(
    struct plan_desk *desk, const char *path, json_t *array, struct why *why)
{
	int before = desk->complaints.len;
	enum status status = plan_desk_take(desk, path, why);
	if (status == STATUS_OK)
		status = plan_check_texts(desk->plan, path, desk->templates,
		    (const char *const *)desk->langs, desk->langs_len,
		    &desk->clinic, &desk->complaints, why);
	if (status != STATUS_OK &&
	    (status != STATUS_CONFIG || desk->complaints.len == before))
		return status;

	for (int i = before; i < desk->complaints.len; i++)
		fprintf(stderr, "%s\n", desk->complaints.lines[i]);
	if (array != NULL)
		json_array_append_new(array, result_object(desk, path, before));
	else if (desk->complaints.len == before)
		printf("%s: plan %s is ok\n", path, desk->plan->id);
	return STATUS_OK;
}

static enum status
find_files(const struct plan_desk *desk, glob_t *files, struct why *why)
{
	if (desk->config == NULL)
		return why_set(why, STATUS_NO_FILE,
		    "which plan? name its file, or a configuration with -c");
	char *pattern = xasprintf("%s/*.cfg", desk->config->plans);
	int found = glob(pattern, 0, NULL, files);
	free(pattern);
	if (found != 0)
		return why_set(why, STATUS_NO_FILE, "%s holds no plan (*.cfg)",
		    desk->config->plans);
	return STATUS_OK;
}

static enum status
check_all(struct plan_desk *desk, const struct arguments *arguments,
    json_t *array, struct why *why)
{
	glob_t files = { 0 };
	enum status status = STATUS_OK;
	if (arguments->words_len > 1) {
		for (int i = 1; i < arguments->words_len && status == STATUS_OK;
		     i++) {
			char *path = NULL;
			status = plan_desk_find(
			    desk, arguments->words[i], &path, why);
			if (status == STATUS_OK)
				status = check_one(desk, path, array, why);
			free(path);
		}
		return status;
	}
	status = find_files(desk, &files, why);
	for (size_t i = 0; i < files.gl_pathc && status == STATUS_OK; i++)
		status = check_one(desk, files.gl_pathv[i], array, why);
	globfree(&files);
	return status;
}

enum status
plan_run_check(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct plan_desk desk;
	json_t *array = argument_given(arguments, "json") ? json_array() : NULL;
	enum status status = plan_desk_open(session, &desk, why);
	if (status == STATUS_OK)
		status = check_all(&desk, arguments, array, why);
	if (status == STATUS_OK && array != NULL) {
		json_print(stdout, array);
		array = NULL;
	}
	json_decref(array);
	if (status == STATUS_OK && desk.complaints.len > 0)
		status = why_set(why, STATUS_CONFIG, "%d thing%s to mend",
		    desk.complaints.len, desk.complaints.len == 1 ? "" : "s");
	plan_desk_close(&desk);
	return status;
}
