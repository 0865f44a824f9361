/*
 * NAME
 *	plan_clash - rules that can never be so, or that contradict each other
 *
 * Nothing is reasoned about rules here: every start and every score is put to
 * decide(), which is what the tick asks too.
 */
#ifndef SETTINGS_PLAN_CLASH_H
#define SETTINGS_PLAN_CLASH_H

#include "care/plan.h"
#include "settings/tree.h"

/* Complain of the rules of one stage, at their lines in its group. The plan
 * must be right otherwise. */
void plan_clash_check(struct tree *tree, const struct plan *plan,
    const struct stage *stage, const config_setting_t *group);

#endif
