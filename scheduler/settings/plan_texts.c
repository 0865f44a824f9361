/*
 * plan_texts.c - plan_check_texts() of plan_file.h
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/plan_about.h"
#include "settings/text_check.h"

struct plan_texts {
	struct text_check check;
	const struct plan *plan;
	const char *path;
	const char *lang;
};

/* In that very language; a fallback would be the wrong words. */
static bool
is_there(
    const struct plan_texts *t, int line, const char *what, const char *name)
{
	char *file;

	if (templates_has(t->check.templates, t->lang, name))
		return true;
	file = templates_path(t->check.templates, t->lang, name);
	complain(t->check.complaints, t->path, line,
	    "%s: there is no template \"%s\"; write %s", what, name, file);
	free(file);
	return false;
}

static void
check_message(const struct plan_texts *t, const struct reminder *reminder,
    const char *name, const char *stage_title)
{
	char ask[32];
	const char *names[2] = { name, ask };
	struct text_case what = {
		.names = names,
		.names_len = reminder->asks == ASKS_NONE ? 1 : 2,
		.lang = t->lang,
		.stage_title = stage_title,
		.asks = reminder->asks,
	};
	bool there;

	snprintf(ask, sizeof(ask), "ask/%s", asks_names[reminder->asks]);
	there = is_there(t, reminder->line, reminder->id, name);
	if (what.names_len == 2 &&
	    !is_there(t, reminder->line, reminder->id, ask))
		there = false;
	if (there)
		text_check(&t->check, &what);
}

static void
check_reminders(const struct plan_texts *t, const struct reminder *reminders,
    int len, const char *stage_title)
{
	for (int i = 0; i < len; i++)
		for (int j = 0; j < reminders[i].messages_len; j++)
			check_message(t, &reminders[i],
			    reminders[i].messages[j], stage_title);
}

/* What goes through all stages must fit with the longest of their titles. */
static const char *
longest_title(const struct plan *plan)
{
	const char *longest = plan->title;

	for (int i = 0; i < plan->stages_len; i++)
		if (i == 0 || strlen(plan->stages[i].title) > strlen(longest))
			longest = plan->stages[i].title;
	return longest;
}

static void
check_one(const struct plan_texts *t, const char *name, const char *title)
{
	struct text_case what = { .names = &name,
		.names_len = 1,
		.lang = t->lang,
		.stage_title = title };

	text_check(&t->check, &what);
}

/* The answer that tells of the new stage is there if the clinic wrote one. */
static void
check_stage_answer(const struct plan_texts *t, const struct stage *stage)
{
	char *name = xasprintf("stage/%s", stage->id);

	if (templates_has(t->check.templates, t->lang, name))
		check_one(t, name, stage->title);
	free(name);
}

static void
check_language(const struct plan_texts *t)
{
	const struct plan *plan = t->plan;

	if (is_there(t, 1, "welcome", plan->welcome))
		check_one(t, plan->welcome, plan->stages[0].title);
	for (int i = 0; i < plan->stages_len; i++) {
		const struct stage *stage = &plan->stages[i];

		check_reminders(
		    t, stage->reminders, stage->reminders_len, stage->title);
		check_stage_answer(t, stage);
	}
	check_reminders(t, plan->always, plan->always_len, longest_title(plan));
}

enum status
plan_check_texts(const struct plan *plan, const char *path,
    struct templates *templates, const char *const *langs, int langs_len,
    const struct clinic_facts *clinic, struct complaints *complaints,
    struct why *why)
{
	struct plan_texts t = {
		.check = { .templates = templates,
		    .clinic = clinic,
		    .plan = plan->id,
		    .about_len = plan->about_len,
		    .complaints = complaints },
		.plan = plan,
		.path = path,
	};
	struct plan_about *about = NULL;
	struct about_uses uses = { 0 };
	int before = complaints->len;

	plan_about_values(plan, templates, langs, langs_len, &about);
	about_uses_find(&uses, plan, templates, langs, langs_len);
	about_uses_check(&uses, complaints);
	t.check.about = about;
	for (int i = 0; i < langs_len; i++) {
		t.lang = langs[i];
		check_language(&t);
	}
	about_uses_free(&uses);
	plan_about_free(about, plan->about_len);
	return complaints_status(complaints, before, STATUS_CONFIG, why);
}
