/*
 * NAME
 *	plan_file - a plan from its file
 */
#ifndef SETTINGS_PLAN_FILE_H
#define SETTINGS_PLAN_FILE_H

#include "care/plan.h"
#include "compose/templates.h"
#include "settings/complaints.h"
#include "settings/config.h"
#include "settings/ground.h"

/*
 * Read and check the plan by itself: keys and types, rules, RRULEs, times,
 * stages that can't be reached or never end. CONFIG, with a complaint for
 * each thing wrong; NO_FILE. The caller plan_free()s *plan.
 */
enum status plan_load(const char *path, struct plan **plan,
    struct complaints *complaints, struct why *why);

/*
 * Check a plan against the clinic's ground, in each of its languages: each
 * message there, every variable given, no text over its segments at the
 * longest plausible name for any value of its facts, with its question, beside
 * a tip of the same minute; the first message says how to stop and when to
 * call for help; what reminders come to in a week (plan_week.h), and how the
 * texts read (text_rules.h). CONFIG with complaints; warnings refuse nothing.
 */
enum status plan_check_texts(const struct plan *plan, const char *path,
    const struct ground *ground, struct complaints *complaints,
    struct why *why);

/*
 * What an about fact can be: the values that the plan's templates have words
 * for ({{#aggravator.sitting}}), in the order of the alphabet. None, where no
 * template names one: then anything will do.
 */
struct plan_about {
	char *key; /* as in plan->about */
	char **values;
	int values_len;
};

/* One for each of plan->about, in its order; the caller plan_about_free()s
 * *about. Templates that can't be read are passed over. */
void plan_about_values(const struct plan *plan, struct templates *templates,
    const char *const *langs, int langs_len, struct plan_about **about);
void plan_about_free(struct plan_about *about, int len); /* takes NULL */

/*
 * The templates that the program itself sends, whatever the plan: welcome,
 * answers, safety nets, alerts; and that each file of those languages can be
 * parsed. CONFIG with complaints.
 */
enum status templates_check(const struct ground *ground,
    struct complaints *complaints, struct why *why);

#endif
