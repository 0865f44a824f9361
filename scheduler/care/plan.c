/*
 * plan.c - see plan.h
 *
 * A plan is loaded once a tick and asked a few times a patient, with a handful
 * of stages: a walk through the list is all the index that it needs.
 */
#include <stdlib.h>
#include <string.h>

#include "care/plan.h"

const char *const trait_names[TRAIT__MAX] = {
	[TRAIT_NO_RUNNING] = "no_running",
	[TRAIT_NERVE] = "nerve",
};

enum trait
trait_parse(const char *name)
{
	for (int i = 0; i < TRAIT__MAX; i++)
		if (strcmp(trait_names[i], name) == 0)
			return (enum trait)i;
	return TRAIT__MAX;
}

/* A trait that no version of the program knows is nobody's. */
static bool
is_so(const struct traits *traits, const char *name)
{
	enum trait trait = trait_parse(name);

	return trait != TRAIT__MAX && traits->so[trait];
}

bool
reminder_is_for(const struct reminder *reminder, const struct traits *traits)
{
	if (reminder->unless != NULL && is_so(traits, reminder->unless))
		return false;
	return reminder->when == NULL || is_so(traits, reminder->when);
}

static void
texts_free(char **texts, int len)
{
	for (int i = 0; i < len; i++)
		free(texts[i]);
	free(texts);
}

static void
reminders_free(struct reminder *reminders, int len)
{
	for (int i = 0; i < len; i++) {
		free(reminders[i].id);
		texts_free(reminders[i].messages, reminders[i].messages_len);
		free(reminders[i].repeat);
		free(reminders[i].unless);
		free(reminders[i].when);
	}
	free(reminders);
}

static void
stage_clear(struct stage *stage)
{
	free(stage->id);
	texts_free(stage->was, stage->was_len);
	free(stage->title);
	reminders_free(stage->reminders, stage->reminders_len);
	free(stage->advance.to);
	free(stage->retreat.to);
	free(stage->finish.to);
	free(stage->alert.to);
}

void
plan_free(struct plan *plan)
{
	if (plan == NULL)
		return;
	free(plan->id);
	free(plan->title);
	texts_free(plan->about, plan->about_len);
	free(plan->welcome);
	for (int i = 0; i < plan->stages_len; i++)
		stage_clear(&plan->stages[i]);
	free(plan->stages);
	reminders_free(plan->always, plan->always_len);
	free(plan);
}

int
plan_weekly_limit(const struct plan *plan, int clinics, bool silent)
{
	int limit = clinics;

	if (plan->weekly_limit > 0 && plan->weekly_limit < limit)
		limit = plan->weekly_limit;
	if (silent && plan->silent_weekly_limit > 0 &&
	    plan->silent_weekly_limit < limit)
		limit = plan->silent_weekly_limit;
	return limit;
}

int64_t
stage_stalls_at(const struct stage *stage, int64_t since_at)
{
	const int64_t day_s = (int64_t)24 * 60 * 60;

	return stage->stalled_after > 0
		   ? since_at + (stage->stalled_after + 1) * day_s
		   : 0;
}

const struct stage *
plan_stage(const struct plan *plan, const char *id)
{
	if (id == NULL)
		return NULL;
	for (int i = 0; i < plan->stages_len; i++)
		if (strcmp(plan->stages[i].id, id) == 0)
			return &plan->stages[i];
	return NULL;
}

const struct stage *
plan_stage_after(const struct plan *plan, const char *id)
{
	const struct stage *same = plan_stage(plan, id);

	for (int i = 0; i < plan->stages_len && same == NULL; i++)
		for (int k = 0; k < plan->stages[i].was_len; k++)
			if (strcmp(plan->stages[i].was[k], id) == 0)
				same = &plan->stages[i];
	return same;
}

const struct reminder *
plan_reminder(
    const struct plan *plan, const char *stage_id, const char *reminder_id)
{
	const struct reminder *list = plan->always;
	int len = plan->always_len;

	if (stage_id != NULL) {
		const struct stage *stage = plan_stage(plan, stage_id);

		if (stage == NULL)
			return NULL;
		list = stage->reminders;
		len = stage->reminders_len;
	}
	for (int i = 0; reminder_id != NULL && i < len; i++)
		if (strcmp(list[i].id, reminder_id) == 0)
			return &list[i];
	return NULL;
}
