/*
 * NAME
 *	course - one patient's pain over the last weeks, stage by stage
 *
 * What a chart or a sparkline is drawn from: the scores, and when which stage
 * began. It goes as far back as the review has loaded for that patient.
 */
#ifndef REVIEW_COURSE_H
#define REVIEW_COURSE_H

#include "review/review.h"

struct course_point {
	int64_t at;
	int pain;
};

struct course_band {
	int64_t from_at; /* until the next one's, or the end */
	const char *title; /* of the stage; lent */
	const char *because; /* why the patient moved there, or NULL; lent */
};

struct course {
	const struct zone *zone; /* lent */
	int64_t from_at;
	int64_t until_at;
	struct course_point *points; /* by time; owned */
	int points_len;
	struct course_band *bands; /* at least one; owned */
	int bands_len;
};

/* Begins with the enrolment, where that is later. */
void course_make(const struct review *review,
    const struct review_patient *patient, struct course *course);
void course_free(struct course *course);

#endif
