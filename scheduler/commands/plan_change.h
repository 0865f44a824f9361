/*
 * NAME
 *	plan_change - what becomes of those who are on a plan when it changes
 */
#ifndef COMMANDS_PLAN_CHANGE_H
#define COMMANDS_PLAN_CHANGE_H

#include "settings/complaints.h"
#include "store/plans.h"

/* Complain of each stage that somebody is in and that the plan has no more,
 * without another one that takes its patients. */
enum status plan_change_check(struct store *store, const struct plan *plan,
    const char *path, struct complaints *complaints, struct why *why);

/* Print what is different in a plan, a line each; true where anything is. about
 * is of fresh, one for each of its facts. */
bool plan_change_print(const struct plans_row *row, const struct plan *fresh,
    const struct plans_about *about);

#endif
