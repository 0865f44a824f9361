/*
 * NAME
 *	plan_week - what a plan's reminders come to on the calendar
 *
 * Each stage is lived through for some weeks, once for each kind of patient
 * that its reminders tell apart, beside what goes on through all stages.
 */
#ifndef SETTINGS_PLAN_WEEK_H
#define SETTINGS_PLAN_WEEK_H

#include "care/plan.h"
#include "settings/ground.h"

/*
 * Complain of reminders in quiet hours, of two that can't both go on one day;
 * warn of a week above the limit, a question that is open when another one is
 * asked, a nudge in quiet hours, a text that comes twice in a week, and of a
 * plan without anything that goes on through all of it.
 */
void plan_week_check(const struct plan *plan, const char *path,
    const struct ground *ground, struct complaints *complaints);

#endif
