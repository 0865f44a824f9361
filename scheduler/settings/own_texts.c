/*
 * own_texts.c - see own_texts.h; and templates_check() of plan_file.h
 */
#include "settings/own_texts.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "compose/day_names.h"
#include "compose/template_file.h"
#include "settings/text_check.h"

const struct own_text own_texts[] = {
	{ "ask/pain", .asks = ASKS_PAIN },
	{ "ask/done", .asks = ASKS_DONE },
	{ "ask/leg", .asks = ASKS_LEG },
	{ "ask/settled", .asks = ASKS_SETTLED },
	{ "nudge/pain", .asks = ASKS_PAIN },
	{ "nudge/done", .asks = ASKS_DONE },
	{ "nudge/leg", .asks = ASKS_LEG },
	{ "nudge/settled", .asks = ASKS_SETTLED },
	{ .name = "answer/thanks" },
	{ .name = "answer/unclear" },
	{ "answer/unclear-pain", .asks = ASKS_PAIN },
	{ "answer/unclear-done", .asks = ASKS_DONE },
	{ "answer/unclear-leg", .asks = ASKS_LEG },
	{ "answer/unclear-settled", .asks = ASKS_SETTLED },
	{ .name = "answer/question" },
	{ .name = "answer/help" },
	{ .name = "answer/stop" },
	{ .name = "answer/start" },
	{ .name = "answer/pause" },
	{ .name = "answer/unknown" },
	{ .name = "stage/easier" },
	{ .name = "stage/finished" },
	{ .name = "safety/emergency" },
	{ .name = "safety/urgent" },
	{ .name = "safety/self-harm" },
	{ "clinic/alert", .to_clinician = true },
	{ "clinic/alert-again", .to_clinician = true },
	{ "clinic/alert-phone", .to_clinician = true },
	{ "clinic/gateway", .to_clinician = true },
	{ "clinic/inbox", .to_clinician = true },
	{ "clinic/ack", .to_clinician = true },
	{ "clinic/ack-odd", .to_clinician = true },
	{ 0 },
};

static void
check_own(const struct text_check *check, int number)
{
	const struct ground *ground = check->ground;
	const char *lang = ground->langs[number];

	for (const struct own_text *own = own_texts; own->name; own++) {
		struct text_case what = { .names = &own->name,
			.names_len = 1,
			.lang = lang,
			.lexicon = ground->lexicons != NULL
				       ? ground->lexicons[number]
				       : NULL,
			.stage_title = "",
			.asks = own->asks,
			.to_clinician = own->to_clinician };
		char *path = templates_path(ground->templates, lang, own->name);

		if (templates_has(ground->templates, lang, own->name))
			text_check(check, &what);
		else
			complain(check->complaints, path, 0,
			    "there is no such template, and the program "
			    "needs \"%s\"; write it",
			    own->name);
		free(path);
	}
}

/* Clinics write their hours in English days. */
static void
check_days(const struct text_check *check, const char *lang)
{
	struct templates *templates = check->ground->templates;
	char *path = templates_path(templates, lang, "days");
	struct why why;
	enum status status = day_names_check(templates, lang, &why);

	if (status == STATUS_NONE && strncmp(lang, "en", 2) != 0)
		complain_warn(check->complaints, path, 0,
		    "there is no such template: {{hours}} will name the days "
		    "in English; write seven words, the Monday first");
	else if (status != STATUS_OK && status != STATUS_NONE)
		complain_why(check->complaints, &why);
	free(path);
}

static bool
is_template(const FTSENT *entry)
{
	size_t len = strlen(entry->fts_name);

	return entry->fts_info == FTS_F && entry->fts_name[0] != '.' &&
	       len > 3 && strcmp(entry->fts_name + len - 3, ".md") == 0;
}

/* Also a text that no plan names yet should be one when it is needed. */
static void
parse_all(const char *dir, const char *lang, struct complaints *complaints)
{
	char *folder = xasprintf("%s/%s", dir, lang);
	char *const roots[] = { folder, NULL };
	FTS *files = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	struct template *template;
	struct why why;
	FTSENT *entry;

	while (files != NULL && (entry = fts_read(files)) != NULL) {
		template = NULL;
		if (is_template(entry) &&
		    template_read(entry->fts_path, entry->fts_name, &template,
			&why) != STATUS_OK)
			complain_why(complaints, &why);
		template_free(template);
	}
	if (files != NULL)
		fts_close(files);
	free(folder);
}

enum status
templates_check(
    const struct ground *ground, struct complaints *complaints, struct why *why)
{
	struct text_seen right = { 0 }, wrong = { 0 };
	struct text_check check = { .ground = ground,
		.complaints = complaints,
		.right = &right,
		.wrong = &wrong };
	int before = complaints->len;

	for (int i = 0; i < ground->langs_len; i++) {
		check_own(&check, i);
		check_days(&check, ground->langs[i]);
		parse_all(ground->dir, ground->langs[i], complaints);
	}
	text_seen_free(&right);
	text_seen_free(&wrong);
	return complaints_status(complaints, before, STATUS_CONFIG, why);
}
