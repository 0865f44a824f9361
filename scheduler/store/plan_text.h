/*
 * NAME
 *	plan_text - a plan as one line of text that only it has
 *
 * Two plans have the same fingerprint when, and only when, they mean the
 * same to the tick. Lines of the plan file and the version do not count.
 */
#ifndef STORE_PLAN_TEXT_H
#define STORE_PLAN_TEXT_H

#include "base/hash.h"
#include "store/plans.h"

void plan_fingerprint(const struct plan *plan, const struct plans_about *about,
    int about_len, char out[HASH_SIZE]);

/* What a fact's values may be: "" for any. Lent. */
const char *plan_about_known(
    const struct plans_about *about, int about_len, const char *key);

#endif
