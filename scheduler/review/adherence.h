/*
 * NAME
 *	adherence - one patient's figures of one stretch of days
 *
 * Pure over the rows that the store gives: the same rows give the same
 * figures, whichever form they are shown in. keepmoving-review(7) defines each
 * figure for those who read it, with examples that are tests of this file.
 */
#ifndef REVIEW_ADHERENCE_H
#define REVIEW_ADHERENCE_H

#include "review/stretch.h"
#include "store/alerts.h"
#include "store/week.h"

/*
 * What people call a change is about 2 points or 30 per cent (Farrar 2001,
 * Pain 94:149-158; 2,724 people, 10 trials).
 */
#define ADHERENCE_POINTS 2
#define ADHERENCE_PER_CENT 30

/* The rows of one patient; all lent, each list by time. They may reach beyond
 * the stretch. */
struct adherence_rows {
	const struct week_question *questions;
	int questions_len;
	const struct week_reading *readings; /* `of` is set in each */
	int readings_len;
	const struct week_day *days;
	int days_len;
	const struct week_move *moves;
	int moves_len;
	const struct alert *alerts;
	int alerts_len;
	const struct week_failure *failures; /* of the whole stretch */
	int failures_len;
};

struct adherence {
	/* Questions that went out, but those withdrawn by STOP or the end. */
	int asked;
	int delivered; /* of them: not known to have failed */
	int answered;  /* of those: whenever the answer came */
	int in_time;   /* of those: before the question closed */
	int open;      /* delivered, not answered, can still be */

	int planned;	/* days on which something of the plan went out */
	int done_asked; /* of them: asked DONE or NOT TODAY, or said */
	int done;	/* of those: said DONE */

	int scores;	 /* of pain, as the patient gave them */
	int pain_first;	 /* or PAIN_NONE, as the next three */
	int pain_last;
	int pain_most;
	int pain_median; /* in halves: 7 is 3.5 */
	int pain_change; /* last less first; 0 below two scores */
	bool pain_marked; /* the change is one that people notice */

	int mornings; /* mornings after, told SAME, BETTER or WORSE */
	int mornings_worse;
	int legs;    /* replies of new or worse symptoms in a leg */
	int unclear; /* replies that could not be read */
	int stops;

	int moves;
	int alerts; /* opened */
	int alerts_untaken; /* of them: nobody has acknowledged */
	int64_t taken_after_s; /* the longest until somebody had; -1 none */
	int failures; /* messages that did not arrive */
};

void adherence_of(const struct adherence_rows *rows,
    const struct stretch *stretch, struct adherence *figures);

/* Is a change from one score to another one that people notice? */
bool adherence_marked(int from, int to);

#endif
