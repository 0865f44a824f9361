/*
 * NAME
 *	judges - why a patient needs a person: one judge for each kind of need
 *
 * Each looks at the figures of the stretch and at what stands open, and says in
 * a sentence why, where it is so.
 */
#ifndef REVIEW_JUDGES_H
#define REVIEW_JUDGES_H

#include "review/attention.h"

/* What each judge is given, and where it says why. */
struct bench {
	const struct attention_facts *facts;
	struct sentence *say;
	int *urgency;
};

/* By kind; true where that need holds. */
extern bool (*const attention_judges[ATTENTION__NONE])(const struct bench *b);

#endif
