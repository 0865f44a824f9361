/*
 * NAME
 *	ground - what plans and texts are checked against
 *
 * The clinic as its configuration has it, the languages that a plan is in,
 * their templates and their words.
 */
#ifndef SETTINGS_GROUND_H
#define SETTINGS_GROUND_H

#include "care/plan.h"
#include "compose/templates.h"
#include "settings/config.h"

struct lexicon;

/* All but the lexicons is lent. */
struct ground {
	struct templates *templates;
	const char *dir; /* of the templates */
	const char *const *langs; /* the clinic's own first */
	int langs_len;
	struct clinic_facts clinic;
	struct quiet quiet;
	int daily_limit;
	int weekly_limit;
	int reading_age;
	/* One for each of langs, NULL where it has no words; NULL as a whole:
	 * what needs words is not looked at. */
	struct lexicon **lexicons;
};

/* The clinic's part, of its configuration, or (NULL) as the configuration's
 * defaults and a made-up clinic have it. */
void ground_take_clinic(struct ground *ground, const struct config *config);

/*
 * The languages that a plan is in: the clinic's own first, then each that has
 * the plan's welcome, in the order of the alphabet. The caller frees them and
 * the list.
 */
void ground_langs(struct templates *templates, const char *dir,
    const char *own, const struct plan *plan, char ***langs, int *len);

/* Load the words of each language; complain of a language without. */
void ground_take_words(
    struct ground *ground, const char *dir, struct complaints *complaints);

/* Free the lexicons; the rest is the caller's. */
void ground_free(struct ground *ground);

#endif
