/*
 * NAME
 *	plan - what can be done with a plan's file, a function each
 */
#ifndef COMMANDS_PLAN_H
#define COMMANDS_PLAN_H

#include "commands/command.h"

typedef enum status plan_verb(struct session *session,
    const struct arguments *arguments, struct why *why);

plan_verb plan_run_check; /* plan_check.c */
plan_verb plan_run_show; /* plan_show.c */
plan_verb plan_run_preview; /* plan_preview.c */
plan_verb plan_run_simulate; /* plan_simulate.c */
plan_verb plan_run_rehearse; /* plan_rehearse.c */
plan_verb plan_run_diff; /* plan_diff.c */

#endif
