/*
 * NAME
 *	tally - what a simulation came to, in figures
 */
#ifndef SIMULATE_TALLY_H
#define SIMULATE_TALLY_H

#include "care/plan.h"
#include "simulate/witness.h"
#include "store/alerts.h"

/* Moves of one kind between two stages. */
struct tally_move {
	char *from, *to, *act;
	char *because; /* of the first of them */
	int count;
};

/* Numbers to be looked at by their order. */
struct tally_list {
	int *values;
	int len;
};
void tally_add(struct tally_list *list, int value);
/* The value that so many of a hundred are not above; sorts. 0 of none. */
int tally_quantile(struct tally_list *list, int percent);

/* One week: who is where at its end. */
struct tally_week {
	int *in_stage; /* active or paused, by the plan's stages */
	int finished, stopped;
	int alerts, inbox, waiting; /* that came up in it */
	int pain; /* the median of the patients enrolled, as it is */
};

struct tally {
	int patients, weeks;
	int64_t seed;
	const struct plan *plan; /* lent */
	struct tally_list messages; /* to each patient, all of them */
	struct tally_list segments;
	int64_t messages_sum, segments_sum, emails_sum, clinician_sum;
	double cost; /* of those to patients; 0 where no price is known */
	const char *currency; /* lent; NULL: not said */
	int asked, answered, replies, unclear;
	struct tally_list *days; /* in each stage, of visits that ended */
	struct tally_move *moves;
	int moves_len, moves_sum;
	int finished, stopped, paused, active;
	int alerts[ALERT__MAX], alerts_sum;
	int inbox, waiting; /* replies a person must answer; moves to confirm */
	int dropped; /* patients who answered nothing any more */
	struct tally_week *by_week;
	int64_t ticks;
	int broken[LAW__MAX];
	char *first[LAW__MAX]; /* the first time, in words; owned */
};

void tally_open(struct tally *tally, const struct plan *plan, int patients,
    int weeks, int64_t seed);
void tally_free(struct tally *tally);

/* A move was made: counted with those like it. */
void tally_move(struct tally *tally, const char *from, const char *to,
    const char *act, const char *because);

int tally_laws_broken(const struct tally *tally);

#endif
