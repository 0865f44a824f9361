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

/*
 * Read and check the plan by itself: keys and types, rules, RRULEs, times,
 * stages that can't be reached or never end. CONFIG, with a complaint for
 * each thing wrong; NO_FILE. The caller plan_free()s *plan.
 */
enum status plan_load(const char *path, struct plan **plan,
    struct complaints *complaints, struct why *why);

/*
 * Check a plan against the clinic's templates: each message there, every
 * variable given, and no text over its segments at the longest plausible name
 * for any value of its facts, with its question. CONFIG with complaints.
 */
enum status plan_check_texts(const struct plan *plan, const char *path,
    struct templates *templates, const char *const *langs, int langs_len,
    const struct clinic_facts *clinic, struct complaints *complaints,
    struct why *why);

/*
 * The templates that the program itself sends, whatever the plan: welcome,
 * answers, safety nets, alerts. CONFIG with complaints.
 */
enum status templates_check(struct templates *templates, const char *dir,
    const char *const *langs, int langs_len, const struct clinic_facts *clinic,
    struct complaints *complaints, struct why *why);

#endif
