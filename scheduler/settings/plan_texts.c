/*
 * plan_texts.c - plan_check_texts() of plan_file.h
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/own_texts.h"
#include "settings/plan_about.h"
#include "settings/plan_week.h"
#include "settings/same_words.h"
#include "settings/text_check.h"
#include "settings/text_source.h"

struct plan_texts {
	struct text_check check;
	const struct plan *plan;
	const char *path;
	const char *lang;
	const struct lexicon *lexicon;
};

static bool
has(const struct plan_texts *t, const char *name)
{
	const struct ground *ground = t->check.ground;
	char *own = xasprintf("%s/%s", t->plan->id, name);
	bool there = templates_has(ground->templates, t->lang, own) ||
		     templates_has(ground->templates, t->lang, name);

	free(own);
	return there;
}

/* In that very language; a fallback would be the wrong words. */
static bool
is_there(
    const struct plan_texts *t, int line, const char *what, const char *name)
{
	char *file;

	if (has(t, name))
		return true;
	file = templates_path(t->check.ground->templates, t->lang, name);
	complain(t->check.complaints, t->path, line,
	    "%s: there is no template \"%s\"; write %s", what, name, file);
	free(file);
	return false;
}

/* One message of up to two templates. */
static void
check_case(const struct plan_texts *t, const char *first, const char *second,
    const char *title, enum asks asks)
{
	const char *names[2] = { first, second };
	struct text_case what = { .names = names,
		.names_len = second != NULL ? 2 : 1,
		.lang = t->lang,
		.lexicon = t->lexicon,
		.stage_title = title,
		.asks = asks };

	text_check(&t->check, &what);
}

static void
check_message(const struct plan_texts *t, const struct reminder *reminder,
    const char *name, const char *stage_title)
{
	char ask[32];
	bool asks = reminder->asks != ASKS_NONE;
	bool there;

	snprintf(ask, sizeof(ask), "ask/%s", asks_names[reminder->asks]);
	there = is_there(t, reminder->line, reminder->id, name);
	if (asks && !is_there(t, reminder->line, reminder->id, ask))
		there = false;
	if (there)
		check_case(
		    t, name, asks ? ask : NULL, stage_title, reminder->asks);
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

/* Each text of a tip above a question of the same minute: one that has no
 * room there would never be read. */
static void
check_joined(const struct plan_texts *t, const struct reminder *tip,
    const struct reminder *question, const char *stage_title)
{
	char ask[32];

	if (tip->asks != ASKS_NONE || question->asks == ASKS_NONE ||
	    tip->at_minute != question->at_minute ||
	    strcmp(tip->repeat, question->repeat) != 0)
		return;
	snprintf(ask, sizeof(ask), "ask/%s", asks_names[question->asks]);
	for (int i = 0; i < tip->messages_len; i++)
		if (has(t, tip->messages[i]) && has(t, ask))
			check_case(t, tip->messages[i], ask, stage_title,
			    question->asks);
}

static void
check_stage_joined(const struct plan_texts *t, const struct stage *stage)
{
	const struct plan *plan = t->plan;

	for (int q = 0; q < stage->reminders_len; q++) {
		for (int i = 0; i < stage->reminders_len; i++)
			check_joined(t, &stage->reminders[i],
			    &stage->reminders[q], stage->title);
		for (int i = 0; i < plan->always_len; i++)
			check_joined(t, &plan->always[i], &stage->reminders[q],
			    stage->title);
	}
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

/* The answer that tells of the new stage is there if the clinic wrote one. */
static void
check_stage_answer(const struct plan_texts *t, const struct stage *stage)
{
	char *name = xasprintf("stage/%s", stage->id);

	if (has(t, name))
		check_case(t, name, NULL, stage->title, ASKS_NONE);
	free(name);
}

/* Those of the program's own texts that this plan has its own version of, or
 * that hold a piece of which it has. */
static void
check_own_versions(const struct plan_texts *t)
{
	for (const struct own_text *own = own_texts; own->name != NULL; own++)
		if (!own->to_clinician && has(t, own->name))
			check_case(t, own->name, NULL, longest_title(t->plan),
			    own->asks);
}

/* Who we are is the clinic's to say; how to stop and whom to call is not. */
static void
check_first(const struct plan_texts *t, enum channel channel)
{
	const char *name = t->plan->welcome;
	struct text_source source = { 0 };
	const struct template *first;
	bool stops = false;

	text_source_find(&source, t->check.ground->templates, t->plan->id,
	    t->lang, channel, &name, 1);
	if (source.len == 0)
		return;
	first = source.list[0];
	for (int i = 0; i < source.len && !stops; i++)
		stops = mustache_says(
		    template_text(source.list[i], channel), "STOP");
	if (!stops)
		complain(t->check.complaints, first->path, first->segments_line,
		    "%s (%s): the first message does not say how to stop; add "
		    "\"Reply STOP to end\" in its language",
		    name, channel_names[channel]);
	if (!text_source_names(&source, channel, "emergency"))
		complain(t->check.complaints, first->path, first->segments_line,
		    "%s (%s): the first message does not say when to call "
		    "{{emergency}}; add {{> safety/net}}",
		    name, channel_names[channel]);
}

static void
check_language(const struct plan_texts *t)
{
	const struct plan *plan = t->plan;

	/* The questions stand in these, and then below others. */
	check_own_versions(t);
	if (is_there(t, 1, "welcome", plan->welcome)) {
		check_case(
		    t, plan->welcome, NULL, plan->stages[0].title, ASKS_NONE);
		check_first(t, CHANNEL_SMS);
		check_first(t, CHANNEL_EMAIL);
	}
	for (int i = 0; i < plan->stages_len; i++) {
		const struct stage *stage = &plan->stages[i];

		check_reminders(
		    t, stage->reminders, stage->reminders_len, stage->title);
		check_stage_answer(t, stage);
		check_stage_joined(t, stage);
	}
	check_reminders(t, plan->always, plan->always_len, longest_title(plan));
}

enum status
plan_check_texts(const struct plan *plan, const char *path,
    const struct ground *ground, struct complaints *complaints, struct why *why)
{
	struct text_seen right = { 0 }, wrong = { 0 };
	struct plan_texts t = {
		.check = { .ground = ground,
		    .plan = plan->id,
		    .about_len = plan->about_len,
		    .complaints = complaints,
		    .right = &right,
		    .wrong = &wrong },
		.plan = plan,
		.path = path,
	};
	struct plan_about *about = NULL;
	struct about_uses uses = { 0 };
	int before = complaints->len;

	plan_week_check(plan, path, ground, complaints);
	plan_about_values(
	    plan, ground->templates, ground->langs, ground->langs_len, &about);
	about_uses_find(
	    &uses, plan, ground->templates, ground->langs, ground->langs_len);
	about_uses_check(&uses, complaints);
	t.check.about = about;
	for (int i = 0; i < ground->langs_len; i++) {
		t.lang = ground->langs[i];
		t.lexicon =
		    ground->lexicons != NULL ? ground->lexicons[i] : NULL;
		check_language(&t);
		same_words_check(&t.check, plan, t.lang);
	}
	text_seen_free(&right);
	text_seen_free(&wrong);
	about_uses_free(&uses);
	plan_about_free(about, plan->about_len);
	return complaints_status(complaints, before, STATUS_CONFIG, why);
}
