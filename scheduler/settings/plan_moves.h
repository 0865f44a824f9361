/*
 * NAME
 *	plan_moves - can a stage's advance, retreat, finish and alert happen?
 */
#ifndef SETTINGS_PLAN_MOVES_H
#define SETTINGS_PLAN_MOVES_H

#include "care/plan.h"
#include "settings/tree.h"

/*
 * Check one rule of a stage, the one of that name in the stage's group above.
 * Complains where it leads nowhere, where no score could pass, and where it
 * waits for what nobody asks.
 */
void plan_move_check(struct tree *tree, const struct plan *plan,
    const struct stage *stage, const config_setting_t *above, const char *name,
    const struct rule *rule);

#endif
