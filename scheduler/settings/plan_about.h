/*
 * NAME
 *	plan_about - where a plan's templates speak of a patient's facts
 *
 * What others need of it stands in plan_file.h: plan_about_values().
 */
#ifndef SETTINGS_PLAN_ABOUT_H
#define SETTINGS_PLAN_ABOUT_H

#include "settings/plan_file.h"

/* One name in one text; a name counts once in each. */
struct about_use {
	char *name; /* "aggravator.sitting" */
	char *path; /* of the template */
	int line;
};

struct about_uses {
	struct about_use *list;
	int len;
};

/* Add those of all of a plan's messages, with their partials. */
void about_uses_find(struct about_uses *uses, const struct plan *plan,
    struct templates *templates, const char *const *langs, int langs_len);
void about_uses_free(struct about_uses *uses); /* empties it */

/* Complain of values that look like slips of the pen. */
void about_uses_check(
    const struct about_uses *uses, struct complaints *complaints);

#endif
