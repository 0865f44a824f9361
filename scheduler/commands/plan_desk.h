/*
 * NAME
 *	plan_desk - a plan's file on the desk, with the texts that it needs
 *
 * The plan commands work on files, without a database: with a configuration
 * by its folders and facts; without one by the folder "templates" near the
 * plan's file, and a made-up clinic.
 */
#ifndef COMMANDS_PLAN_DESK_H
#define COMMANDS_PLAN_DESK_H

#include "commands/command.h"
#include "settings/plan_file.h"
#include "store/plans.h"

struct plan_desk {
	const struct config *config; /* NULL: there is none */
	struct clinic_facts clinic;
	struct complaints complaints;
	char *path; /* of the plan that lies on it */
	struct plan *plan;
	struct templates *templates;
	char *templates_dir;
	char **langs; /* the clinic's first, then others that it is in */
	int langs_len;
};

/* Look for a configuration. NO_FILE, CONFIG where one was named. */
enum status plan_desk_open(
    struct session *session, struct plan_desk *desk, struct why *why);
void plan_desk_close(struct plan_desk *desk);

/* The file that a name or a path stands for; the caller frees. BAD_DATA:
 * there is no plan of that name. */
enum status plan_desk_find(const struct plan_desk *desk, const char *name,
    char **path, struct why *why);

/* Take another plan up; the last one goes. CONFIG with complaints. NO_FILE. */
enum status plan_desk_take(
    struct plan_desk *desk, const char *path, struct why *why);

/* Both, for those who want one good plan: more complaints than one are told on
 * stderr, the first is in why. */
enum status plan_desk_pick(
    struct plan_desk *desk, const char *name, struct why *why);

/* What the plan is checked against, with the words of its languages; complains
 * of a language without. The caller ground_free()s it before the desk. */
void plan_desk_ground(struct plan_desk *desk, struct ground *ground);

/* A file or folder of that name above the plan's own, or in it, as long as it
 * can be read; the caller frees. NULL: there is none. */
char *plan_desk_near(const char *path, const char *name);

/* The values of its facts, as plan_about_values() gives them, one for each of
 * plan->about. The caller plan_about_free()s. */
void plan_desk_about(const struct plan_desk *desk, struct plan_about **about);

/* The same as enrolment is checked by, one for each of the plan's facts; the
 * caller plan_known_free()s. */
struct plans_about *plan_known(const struct plan *plan,
    struct templates *templates, const char *const *langs, int langs_len);
struct plans_about *plan_desk_known(const struct plan_desk *desk);
void plan_known_free(struct plans_about *known, int len); /* takes NULL */

#endif
