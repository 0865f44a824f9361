/*
 * NAME
 *	plan_folder - the configuration's plans, with their words and templates
 *
 * What setup loads and doctor looks at: every plan of the folder, checked as
 * "plan check" does.
 */
#ifndef COMMANDS_PLAN_FOLDER_H
#define COMMANDS_PLAN_FOLDER_H

#include <glob.h>

#include "commands/plan_desk.h"

struct plan_folder {
	glob_t files;
	struct plan **plans; /* one for each file; NULL where it is wrong */
	struct plans_about **about;
	int len;
	struct templates *templates;
	struct complaints complaints; /* none: all of it may be loaded */
};

/* CONFIG: there is no plan, or there are no templates; OK, with complaints,
 * where something is wrong in them. Free it in any case; {0} is empty. */
enum status plan_folder_open(const struct config *config,
    struct plan_folder *folder, struct why *why);
void plan_folder_free(struct plan_folder *folder);

#endif
