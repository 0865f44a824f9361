/*
 * NAME
 *	plans - plans in every version that anyone was ever on
 */
#ifndef STORE_PLANS_H
#define STORE_PLANS_H

#include "care/plan.h"
#include "store/store.h"

/* What enrolment must give, and the values that the plan's texts know. */
struct plans_about {
	char *key;
	char *known; /* separated by spaces; "" for any */
};

struct plans_row {
	int64_t plan_id;
	struct plan *plan; /* owned; version set */
	struct plans_about *about;
	int about_len;
};
void plans_row_free(struct plans_row *row);

/* Store a plan as a new version, unless its newest version is the same:
 * *is_new tells. plan->version is not touched. */
enum status plans_save(struct store *store, const struct plan *plan,
    const struct plans_about *about, int about_len, int64_t now,
    int64_t *plan_id, bool *is_new, struct why *why);

/* NONE when there is no such plan. */
enum status plans_newest(struct store *store, const char *name,
    struct plans_row *row, struct why *why);
enum status plans_load(struct store *store, int64_t plan_id,
    struct plans_row *row, struct why *why);

/* How many patients who are not done with it are in each stage of a plan, in
 * whatever version. plans_use_free() the list. */
struct plans_use {
	char *stage;
	int64_t patients;
};
enum status plans_in_use(struct store *store, const char *name,
    struct plans_use **list, int *len, struct why *why);
void plans_use_free(struct plans_use *list, int len);

/* The names of all plans, each once, in order; a list of strings. */
enum status plans_names(struct store *store, char ***names, int *len,
    struct why *why);

#endif
