/*
 * NAME
 *	plan_variants - one message, as each kind of patient gets it
 *
 * Composed for one made-up patient for each value of the plan's facts, and
 * once more with what else a text may know: a leg or arm symptom, no running,
 * the first question. Kinds of patients who get the same words stand together.
 */
#ifndef COMMANDS_PLAN_VARIANTS_H
#define COMMANDS_PLAN_VARIANTS_H

#include "commands/plan_messages.h"

struct plan_variant {
	char *whom; /* "everyone"; "bending, sitting" */
	struct composed composed;
};

struct plan_variants {
	struct plan_variant *list; /* owned */
	int len;
};

/* about: of each of the plan's facts, as plan_desk_about() gives them. */
enum status plan_variants_compose(const struct plan_desk *desk,
    const struct plan_about *about, const char *lang,
    const struct plan_message *message, enum channel channel,
    struct plan_variants *variants, struct why *why);
void plan_variants_free(struct plan_variants *variants);

#endif
