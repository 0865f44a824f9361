/*
 * NAME
 *	plan_rules - does a plan make sense by itself?
 */
#ifndef SETTINGS_PLAN_RULES_H
#define SETTINGS_PLAN_RULES_H

#include "care/plan.h"
#include "settings/tree.h"

/* Complain, each at its line of the file, of what can't be, can never
 * happen or never ends. */
void plan_rules_check(struct tree *tree, const struct plan *plan);

#endif
