/*
 * NAME
 *	totals - the stretch of days for the clinic as a whole
 */
#ifndef REVIEW_TOTALS_H
#define REVIEW_TOTALS_H

#include "review/adherence.h"

#define TOTALS_WEEKS 27 /* since enrolment: half a year, the last for more */

/* How many patients are in a stage, by plan and in its order. */
struct totals_stage {
	const char *plan; /* lent by the plan, as the next two */
	const char *stage; /* "" after the last */
	const char *title;
	int patients;
};

struct totals_gateway {
	char name[64]; /* "" where none took it */
	int64_t messages; /* taken by it */
	int64_t segments;
	int64_t failures; /* to patients */
	double cost; /* of what it took; 0 where no price is known */
};

/* One calendar week of those that lead up to the stretch. */
struct totals_week {
	struct stretch stretch;
	struct adherence sum;
};

struct review_totals {
	int patients;
	int joined;
	int finished;
	int needing;
	struct adherence sum; /* pain and alerts as those of all together */
	struct totals_stage *stages; /* owned */
	int stages_len;
	/* Halves of the median score, by whole weeks since enrolment. */
	int median[TOTALS_WEEKS]; /* or PAIN_NONE */
	int scores[TOTALS_WEEKS]; /* that it is the median of */
	struct totals_week *weeks; /* owned; the last is the stretch's */
	int weeks_len;
	struct totals_gateway *gateways; /* owned */
	int gateways_len;
	double cost; /* at all gateways whose price is known */
	struct week_ticks ticks;
};

struct review;

/* Add them up over the patients of a review; and what the program did, which
 * is the clinic's whole whoever was asked for. */
enum status totals_make(
    struct store *store, struct review *review, struct why *why);
void totals_free(struct review_totals *totals);

/* Whole per cent, rounded to the nearest; -1 of nothing. */
int totals_per_cent(int part, int whole);

#endif
