/*
 * NAME
 *	review_patient - one patient of a review: figures, stage and need
 */
#ifndef REVIEW_REVIEW_PATIENT_H
#define REVIEW_REVIEW_PATIENT_H

#include "review/review.h"

/* All of them as of an instant; who, plan and rows are there. */
enum status review_patient_fill(struct store *store,
    const struct review_ask *ask, const struct review_rows *rows,
    struct review_patient *p, int64_t as_of_at, struct why *why);

/* What would have been said when the stretch before ended: who needs a person
 * only since then is marked. */
enum status review_patient_compare(struct store *store,
    const struct review *review, struct review_patient *p, struct why *why);

#endif
