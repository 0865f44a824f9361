/*
 * plan_file.c - see plan_file.h
 *
 * The file becomes plain data here, by tables of rows; whether what it says
 * makes sense is asked in plan_rules.c.
 */
#include "settings/plan_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/fields.h"
#include "settings/plan_rules.h"
#include "settings/plan_rows.h"

static void
read_asks(struct tree *tree, const config_setting_t *group, const char *written,
    struct reminder *reminder)
{
	enum asks asks = written != NULL ? asks_parse(written) : ASKS_NONE;

	if (asks != ASKS__MAX)
		reminder->asks = asks;
	else
		tree_complain(tree, config_setting_get_member(group, "asks"),
		    "is \"%s\", and can be pain, done, leg or settled",
		    written);
}

static void
read_reminder(
    struct tree *tree, const config_setting_t *group, struct reminder *reminder)
{
	struct reminder_draft draft = { 0 };

	fields_read(tree, group, reminder_fields, &draft);
	*reminder = draft.reminder;
	reminder->line = tree_line(tree, group);
	read_asks(tree, group, draft.asks, reminder);
	free(draft.asks);
}

static void
read_reminders(struct tree *tree, const config_setting_t *above,
    const char *name, struct reminder **reminders, int *len)
{
	const config_setting_t *list = config_setting_get_member(above, name);
	int count = fields_groups(tree, list);

	*reminders = xcalloc((size_t)count + 1, sizeof(**reminders));
	*len = count;
	for (int i = 0; i < count; i++)
		read_reminder(tree, config_setting_get_elem(list, (unsigned)i),
		    &(*reminders)[i]);
}

static void
read_rule(struct tree *tree, const config_setting_t *stage, const char *name,
    struct rule *rule)
{
	const config_setting_t *group = fields_group(tree, stage, name);

	rule->pain_at_most = RULE_UNSET;
	rule->pain_at_least = RULE_UNSET;
	rule->or_down_by = RULE_UNSET;
	rule->and_at_most = RULE_UNSET;
	rule->given = group != NULL;
	fields_read(tree, group, rule_fields, rule);
}

static void
read_stage(
    struct tree *tree, const config_setting_t *group, struct stage *stage)
{
	fields_read(tree, group, stage_fields, stage);
	stage->line = tree_line(tree, group);
	read_reminders(
	    tree, group, "reminders", &stage->reminders, &stage->reminders_len);
	read_rule(tree, group, "advance", &stage->advance);
	read_rule(tree, group, "retreat", &stage->retreat);
	read_rule(tree, group, "finish", &stage->finish);
	read_rule(tree, group, "alert", &stage->alert);
}

static void
read_plan(struct tree *tree, struct plan *plan)
{
	const config_setting_t *root = tree_root(tree);
	const config_setting_t *list =
	    config_setting_get_member(root, "stages");
	int count = fields_groups(tree, list);

	fields_read(tree, root, plan_fields, plan);
	plan->stages = xcalloc((size_t)count + 1, sizeof(*plan->stages));
	plan->stages_len = count;
	for (int i = 0; i < count; i++)
		read_stage(tree, config_setting_get_elem(list, (unsigned)i),
		    &plan->stages[i]);
	read_reminders(tree, root, "always", &plan->always, &plan->always_len);
}

enum status
plan_load(const char *path, struct plan **plan, struct complaints *complaints,
    struct why *why)
{
	struct tree tree;
	struct plan *fresh = NULL;
	enum status status = tree_read(&tree, path, complaints, why);

	if (status != STATUS_OK)
		goto out;
	fresh = xcalloc(1, sizeof(*fresh));
	read_plan(&tree, fresh);
	plan_rules_check(&tree, fresh);
	status = tree_status(&tree, why);
	if (status != STATUS_OK)
		goto out;
	*plan = fresh;
	fresh = NULL;
out:
	plan_free(fresh);
	tree_free(&tree);
	return status;
}
