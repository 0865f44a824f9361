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

/* How many of both there were before this file. */
struct before {
	int complaints;
	int warnings;
};

static json_t *
lines_array(char *const *lines, int from, int to)
{
	json_t *array = json_array();
	for (int i = from; i < to; i++)
		json_array_append_new(array, json_string(lines[i]));
	return array;
}

static json_t *
result_object(
    const struct plan_desk *desk, const char *path, struct before before)
{
	const struct complaints *all = &desk->complaints;
	json_t *object = json_object();
	json_put_text(object, "file", path);
	json_put_text(
	    object, "plan", desk->plan != NULL ? desk->plan->id : NULL);
	json_put_bool(object, "ok", all->len == before.complaints);
	json_object_set_new(object, "complaints",
	    lines_array(all->lines, before.complaints, all->len));
	json_object_set_new(object, "warnings",
	    lines_array(all->warnings, before.warnings, all->warnings_len));
	return object;
}

static void
print_result(
    const struct plan_desk *desk, const char *path, struct before before)
{
	const struct complaints *all = &desk->complaints;
	int warnings = all->warnings_len - before.warnings;
	if (all->len > before.complaints)
		return;
	printf("%s: plan %s is ok", path, desk->plan->id);
	if (warnings > 0)
		printf(
		    ", with %d warning%s", warnings, warnings == 1 ? "" : "s");
	putchar('\n');
}

static enum status
check_texts(struct plan_desk *desk, const char *path, struct why *why)
{
	struct ground ground;
	plan_desk_ground(desk, &ground);
	enum status status =
	    plan_check_texts(desk->plan, path, &ground, &desk->complaints, why);
	enum status own = templates_check(&ground, &desk->complaints, why);
	ground_free(&ground);
	return status == STATUS_OK ? own : status;
}

/* What can't be complained of by file and line ends the check. */
static enum status
check_one(
    struct plan_desk *desk, const char *path, json_t *array, struct why *why)
{
	const struct complaints *all = &desk->complaints;
	struct before before = { all->len, all->warnings_len };
	enum status status = plan_desk_take(desk, path, why);
	if (status == STATUS_OK)
		status = check_texts(desk, path, why);
	if (status != STATUS_OK &&
	    (status != STATUS_CONFIG || all->len == before.complaints))
		return status;

	for (int i = before.complaints; i < all->len; i++)
		fprintf(stderr, "%s\n", all->lines[i]);
	for (int i = before.warnings; i < all->warnings_len; i++)
		fprintf(stderr, "%s\n", all->warnings[i]);
	if (array != NULL)
		json_array_append_new(array, result_object(desk, path, before));
	else
		print_result(desk, path, before);
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
