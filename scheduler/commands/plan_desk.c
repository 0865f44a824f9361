#include "commands/plan_desk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/log.h"
#include "base/memory.h"

enum status
plan_desk_open(struct session *session, struct plan_desk *desk, struct why *why)
{
	struct ground ground = { 0 };
	ground_take_clinic(&ground, NULL);
	*desk = (struct plan_desk){ .clinic = ground.clinic };
	if (!session->config_given && access(session->config_path, R_OK) != 0)
		return STATUS_OK;
	enum status status = session_config(session, why);
	if (status == STATUS_OK) {
		desk->config = session->config;
		desk->clinic = config_clinic_facts(session->config);
	}
	return status;
}

static void
clear(struct plan_desk *desk)
{
	free(desk->path);
	plan_free(desk->plan);
	templates_free(desk->templates);
	free(desk->templates_dir);
	for (int i = 0; i < desk->langs_len; i++)
		free(desk->langs[i]);
	free(desk->langs);
	desk->path = NULL;
	desk->plan = NULL;
	desk->templates = NULL;
	desk->templates_dir = NULL;
	desk->langs = NULL;
	desk->langs_len = 0;
}

void
plan_desk_close(struct plan_desk *desk)
{
	clear(desk);
	complaints_free(&desk->complaints);
}

enum status
plan_desk_find(const struct plan_desk *desk, const char *name, char **path,
    struct why *why)
{
	size_t len = strlen(name);
	bool is_path = strchr(name, '/') != NULL ||
		       (len > 4 && strcmp(name + len - 4, ".cfg") == 0);
	if (is_path) {
		*path = xstrdup(name);
		return STATUS_OK;
	}
	if (desk->config == NULL)
		return why_set(why, STATUS_NO_FILE,
		    "without a configuration a plan is named by its file; "
		    "give one with -c, or FILE.cfg");
	char *found = xasprintf("%s/%s.cfg", desk->config->plans, name);
	if (access(found, F_OK) != 0) {
		enum status status = why_set(why, STATUS_BAD_DATA,
		    "there is no plan \"%s\" in %s", name, desk->config->plans);
		free(found);
		return status;
	}
	*path = found;
	return STATUS_OK;
}

char *
plan_desk_near(const char *path, const char *name)
{
	static const char *const ways[] = { "../", "../../", "" };
	const char *slash = strrchr(path, '/');
	char *dir = slash != NULL ? xstrndup(path, (size_t)(slash - path))
				  : xstrdup(".");
	char *found = NULL;
	for (size_t i = 0; i < 3 && found == NULL; i++) {
		char *way = xasprintf("%s/%s%s", dir, ways[i], name);
		if (access(way, R_OK) == 0)
			found = way;
		else
			free(way);
	}
	free(dir);
	return found;
}

static enum status
open_templates(struct plan_desk *desk, struct why *why)
{
	const char *lang =
	    desk->config != NULL ? desk->config->clinic.language : "en";
	char *dir = desk->config != NULL
			? xstrdup(desk->config->templates)
			: plan_desk_near(desk->path, "templates");
	if (dir == NULL)
		return why_set(why, STATUS_NO_FILE,
		    "there is no folder \"templates\" near %s; give a "
		    "configuration with -c",
		    desk->path);
	enum status status = templates_open(dir, lang, &desk->templates, why);
	if (status == STATUS_OK)
		ground_langs(desk->templates, dir, lang, desk->plan,
		    &desk->langs, &desk->langs_len);
	desk->templates_dir = dir;
	return status;
}

enum status
plan_desk_take(struct plan_desk *desk, const char *path, struct why *why)
{
	clear(desk);
	desk->path = xstrdup(path);
	enum status status =
	    plan_load(path, &desk->plan, &desk->complaints, why);
	if (status == STATUS_OK)
		status = open_templates(desk, why);
	return status;
}

enum status
plan_desk_pick(struct plan_desk *desk, const char *name, struct why *why)
{
	char *path = NULL;
	enum status status = plan_desk_find(desk, name, &path, why);
	if (status == STATUS_OK)
		status = plan_desk_take(desk, path, why);
	for (int i = 1; status != STATUS_OK && i < desk->complaints.len; i++)
		log_error("%s", desk->complaints.lines[i]);
	free(path);
	return status;
}

void
plan_desk_ground(struct plan_desk *desk, struct ground *ground)
{
	*ground = (struct ground){ .templates = desk->templates,
		.dir = desk->templates_dir,
		.langs = (const char *const *)desk->langs,
		.langs_len = desk->langs_len };
	ground_take_clinic(ground, desk->config);
	char *words = desk->config != NULL
			  ? xstrdup(desk->config->words)
			  : plan_desk_near(desk->path, "words");
	if (words != NULL)
		ground_take_words(ground, words, &desk->complaints);
	free(words);
}

void
plan_desk_about(const struct plan_desk *desk, struct plan_about **about)
{
	plan_about_values(desk->plan, desk->templates,
	    (const char *const *)desk->langs, desk->langs_len, about);
}

struct plans_about *
plan_known(const struct plan *plan, struct templates *templates,
    const char *const *langs, int langs_len)
{
	struct plan_about *values = NULL;
	struct plans_about *known =
	    xcalloc((size_t)plan->about_len + 1, sizeof *known);
	plan_about_values(plan, templates, langs, langs_len, &values);
	for (int i = 0; i < plan->about_len; i++) {
		struct buffer words = { 0 };
		for (int k = 0; k < values[i].values_len; k++)
			buffer_printf(&words, "%s%s", k > 0 ? " " : "",
			    values[i].values[k]);
		known[i].key = xstrdup(values[i].key);
		known[i].known = buffer_take(&words);
	}
	plan_about_free(values, plan->about_len);
	return known;
}

struct plans_about *
plan_desk_known(const struct plan_desk *desk)
{
	return plan_known(desk->plan, desk->templates,
	    (const char *const *)desk->langs, desk->langs_len);
}

void
plan_known_free(struct plans_about *known, int len)
{
	for (int i = 0; known != NULL && i < len; i++) {
		free(known[i].key);
		free(known[i].known);
	}
	free(known);
}
