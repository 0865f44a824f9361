/*
 * NAME
 *	scores - what the readings of one stage amount to
 *
 * A reading without a score doesn't count among the scores, one without a
 * morning after not among the mornings.
 */
#ifndef CARE_SCORES_H
#define CARE_SCORES_H

#include "care/decide.h"

/* The n-th newest score (0 is the newest), or PAIN_NONE. */
int scores_pain(const struct decide_facts *facts, int n);

/* How many scores were given in the stage. */
int scores_pains(const struct decide_facts *facts);

/* What the stage began with; failing that, the first score given in it; or
 * PAIN_NONE. */
int scores_start(const struct decide_facts *facts);

/* Mornings that were the same or better since the last that was worse. */
int scores_settled(const struct decide_facts *facts);
bool scores_last_worse(const struct decide_facts *facts);

/* A leg symptom is open, or was said in this stage. */
bool scores_leg(const struct decide_facts *facts);

#endif
