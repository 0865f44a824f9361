/*
 * plan_rules.c - see plan_rules.h
 *
 * A plan may be half read here: what a complaint was made of already is NULL
 * or 0, and is not complained of again.
 */
#include "settings/plan_rules.h"

#include <stdlib.h>
#include <string.h>

#include "care/calendar.h"
#include "compose/facts.h"
#include "settings/plan_clash.h"
#include "settings/plan_graph.h"
#include "settings/plan_moves.h"

static const config_setting_t *
member(const config_setting_t *group, const char *name)
{
	return config_setting_get_member(group, name);
}

static const config_setting_t *
elem(const config_setting_t *list, int i)
{
	return config_setting_get_elem(list, (unsigned)i);
}

static bool
is_word(const char *text, const char *more)
{
	const char *p = text;

	for (; *p != '\0'; p++)
		if (!(*p >= 'a' && *p <= 'z') && !(*p >= '0' && *p <= '9') &&
		    strchr(more, *p) == NULL)
			return false;
	return p > text;
}

static void
check_id(struct tree *tree, const config_setting_t *group, const char *id)
{
	if (id != NULL && !is_word(id, "-"))
		tree_complain(tree, member(group, "id"),
		    "is \"%s\", and must be of a-z, 0-9 and \"-\"", id);
}

static void
check_template_name(
    struct tree *tree, const config_setting_t *s, const char *name)
{
	if (!is_word(name, "-_/") || name[0] == '/')
		tree_complain(tree, s,
		    "is \"%s\", and must be a template's name, like "
		    "\"calm/move-1\"",
		    name);
}

/* A stage that is there keeps its own patients. */
static void
check_was(struct tree *tree, const struct plan *plan, int i,
    const config_setting_t *group)
{
	const struct stage *stage = &plan->stages[i];

	for (int k = 0; k < stage->was_len; k++)
		for (int other = 0; other < plan->stages_len; other++) {
			const struct stage *s = &plan->stages[other];
			bool there =
			    s->id != NULL && strcmp(s->id, stage->was[k]) == 0;
			bool twice = false;

			for (int w = 0; w < s->was_len && other < i; w++)
				twice = twice ||
					strcmp(s->was[w], stage->was[k]) == 0;
			if (there || twice)
				tree_complain(tree, member(group, "was"),
				    "names \"%s\", which %s; a stage's "
				    "patients go to one place",
				    stage->was[k],
				    there ? "is a stage of this plan"
					  : "another stage names too");
		}
}

static void
check_messages(struct tree *tree, const config_setting_t *group,
    const struct reminder *reminder)
{
	const config_setting_t *s = member(group, "message");

	if (s == NULL || reminder->messages == NULL)
		return;
	if (reminder->messages_len == 0)
		tree_complain(tree, s, "must name at least one template");
	for (int i = 0; i < reminder->messages_len; i++)
		check_template_name(tree,
		    config_setting_is_aggregate(s) ? elem(s, i) : s,
		    reminder->messages[i]);
}

static void
check_question(struct tree *tree, const config_setting_t *group,
    const struct reminder *reminder)
{
	static const char *const names[] = { "answer_within", "nudge_after" };
	const config_setting_t *nudge = member(group, "nudge_after");

	if (reminder->asks != ASKS_NONE) {
		if (nudge != NULL && reminder->answer_within_s > 0 &&
		    reminder->nudge_after_s >= reminder->answer_within_s)
			tree_complain(tree, nudge,
			    "must be less than answer_within, after which the "
			    "question is closed");
		return;
	}
	for (int i = 0; i < 2 && member(group, "asks") == NULL; i++)
		if (member(group, names[i]) != NULL)
			tree_complain(tree, member(group, names[i]),
			    "needs a question: asks = \"pain\";");
}

static void
check_trait(struct tree *tree, const config_setting_t *s, const char *name)
{
	if (name != NULL && trait_parse(name) == TRAIT__MAX)
		tree_complain(tree, s, "is \"%s\", and can be \"%s\" or \"%s\"",
		    name, trait_names[TRAIT_NO_RUNNING],
		    trait_names[TRAIT_NERVE]);
}

static void
check_reminder(struct tree *tree, const config_setting_t *group,
    const struct reminder *reminder)
{
	struct why why;

	check_id(tree, group, reminder->id);
	check_messages(tree, group, reminder);
	check_question(tree, group, reminder);
	if (reminder->repeat != NULL &&
	    calendar_check(reminder->repeat, &why) != STATUS_OK)
		tree_complain(
		    tree, member(group, "repeat"), "can't be so: %s", why.text);
	check_trait(tree, member(group, "unless"), reminder->unless);
	check_trait(tree, member(group, "when"), reminder->when);
	if (reminder->when != NULL && reminder->unless != NULL &&
	    strcmp(reminder->when, reminder->unless) == 0)
		tree_complain(tree, member(group, "when"),
		    "is what unless is too, so it is for nobody");
}

static void
check_reminders(struct tree *tree, const config_setting_t *list,
    const struct reminder *reminders, int len)
{
	for (int i = 0; i < len; i++) {
		check_reminder(tree, elem(list, i), &reminders[i]);
		for (int j = 0; j < i && reminders[i].id != NULL; j++)
			if (reminders[j].id != NULL &&
			    strcmp(reminders[i].id, reminders[j].id) == 0)
				tree_complain(tree, member(elem(list, i), "id"),
				    "is \"%s\", like that of line %d; give "
				    "each its own",
				    reminders[i].id, reminders[j].line);
	}
}

static void
check_stage(struct tree *tree, const struct plan *plan, int index,
    const config_setting_t *list)
{
	const struct stage *stage = &plan->stages[index];
	const config_setting_t *group = elem(list, index);
	int first = plan_graph_find(plan, stage->id);

	check_id(tree, group, stage->id);
	if (first >= 0 && first < index)
		tree_complain(tree, member(group, "id"),
		    "is \"%s\", like that of line %d; give each its own",
		    stage->id, plan->stages[first].line);
	check_was(tree, plan, index, group);
	check_reminders(tree, member(group, "reminders"), stage->reminders,
	    stage->reminders_len);
	plan_move_check(tree, plan, stage, group, "advance", &stage->advance);
	plan_move_check(tree, plan, stage, group, "retreat", &stage->retreat);
	plan_move_check(tree, plan, stage, group, "finish", &stage->finish);
	plan_move_check(tree, plan, stage, group, "alert", &stage->alert);
}

/* Ways through the plan are only looked at once each rule by itself is
 * right: a wrong stage in one would make a dozen stages unreachable. */
static void
check_ways(
    struct tree *tree, const struct plan *plan, const config_setting_t *list)
{
	bool *reached = plan_graph_reached(plan);
	bool *ends = plan_graph_ends(plan);

	for (int i = 0; i < plan->stages_len; i++) {
		const struct stage *stage = &plan->stages[i];
		const config_setting_t *group = elem(list, i);

		if (!reached[i])
			tree_complain(tree, group,
			    "\"%s\" can't be reached: no advance and no "
			    "retreat leads to it from the first stage",
			    stage->id);
		else if (!stage->advance.given && !stage->finish.given)
			tree_complain(tree, group,
			    "\"%s\" never ends: it has neither advance nor "
			    "finish",
			    stage->id);
		else if (!ends[i])
			tree_complain(tree, group,
			    "\"%s\" never ends: its advance leads to no stage "
			    "with a finish",
			    stage->id);
	}
	free(reached);
	free(ends);
	for (int i = 0; i < plan->stages_len; i++)
		plan_clash_check(tree, plan, &plan->stages[i], elem(list, i));
}

/* An about fact becomes a name in templates, so it must not be one yet. */
static void
check_about(struct tree *tree, const struct plan *plan)
{
	const config_setting_t *s = tree_find(tree, "about");
	json_t *names = facts_values(CHANNEL_SMS, NULL, NULL, NULL);

	if (plan->about_len > FACTS_ABOUT)
		tree_complain(tree, s, "names more than %d facts", FACTS_ABOUT);
	for (int i = 0; i < plan->about_len; i++) {
		const char *key = plan->about[i];
		const config_setting_t *at =
		    config_setting_is_aggregate(s) ? elem(s, i) : s;

		if (!is_word(key, "_"))
			tree_complain(tree, at,
			    "is \"%s\", and must be of a-z, 0-9 and \"_\"",
			    key);
		else if (json_object_get(names, key) != NULL)
			tree_complain(tree, at,
			    "is \"%s\", which templates know as something "
			    "else",
			    key);
		for (int j = 0; j < i; j++)
			if (strcmp(key, plan->about[j]) == 0)
				tree_complain(
				    tree, at, "names \"%s\" twice", key);
	}
	json_decref(names);
}

void
plan_rules_check(struct tree *tree, const struct plan *plan)
{
	const config_setting_t *root = tree_root(tree);
	const config_setting_t *list = member(root, "stages");

	check_id(tree, root, plan->id);
	if (plan->welcome != NULL)
		check_template_name(
		    tree, member(root, "welcome"), plan->welcome);
	check_about(tree, plan);
	check_reminders(
	    tree, member(root, "always"), plan->always, plan->always_len);
	for (int i = 0; i < plan->stages_len; i++)
		check_stage(tree, plan, i, list);
	if (list != NULL && config_setting_is_aggregate(list) &&
	    config_setting_length(list) == 0)
		tree_complain(tree, list, "must hold at least one stage");
	if (tree->complaints->len == tree->before)
		check_ways(tree, plan, list);
}
