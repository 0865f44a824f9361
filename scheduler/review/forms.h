/*
 * NAME
 *	forms - a review, written down
 *
 * Each form has the same figures, from the same struct review. What cannot be
 * written is seen by the caller, in the state of the stream.
 */
#ifndef REVIEW_FORMS_H
#define REVIEW_FORMS_H

#include <stdio.h>

#include "review/review.h"

struct form_options {
	/* For what leaves the clinic: initials in place of names, and not the
	 * patients' words, which may tell anything. */
	bool initials;
};

#define FORM_COLUMNS 100 /* of form_text, at most */

void form_text(FILE *out, const struct review *review,
    const struct form_options *options);
void form_html(FILE *out, const struct review *review,
    const struct form_options *options);
/* One row a patient; those of more weeks go under one head. */
void form_csv(FILE *out, const struct review *review,
    const struct form_options *options);
void form_csv_head(FILE *out);
void form_csv_rows(FILE *out, const struct review *review,
    const struct form_options *options);
void form_json(FILE *out, const struct review *review,
    const struct form_options *options);

/* "3.5" of a median in halves, "-" of none. Gives back out. */
#define FORM_MEDIAN_SIZE 16
const char *form_median(int halves, char out[FORM_MEDIAN_SIZE]);

/* "2 h 5 min", "3 days", "40 s": the two greatest units. Gives back out. */
#define FORM_SPAN_SIZE 48
const char *form_span(int64_t seconds, char out[FORM_SPAN_SIZE]);

#endif
