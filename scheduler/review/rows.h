/*
 * NAME
 *	rows - everything the store has of a stretch of days, read once
 *
 * A list a kind, each in the order of the patients; each found by an index on
 * the time or, for a single patient, on the patient. Questions, readings, days
 * and moves reach four weeks back, for the course of things: that is a bound of
 * its own, and not the clinic's history.
 */
#ifndef REVIEW_ROWS_H
#define REVIEW_ROWS_H

#include "review/adherence.h"

#define ROWS_WEEKS 4 /* that of the stretch included */

struct review_rows {
	struct stretch window; /* from four weeks back to the stretch's end */
	struct week_patient *patients;
	int patients_len;
	struct week_question *questions;
	int questions_len;
	struct week_reading *readings; /* a week longer: late answers */
	int readings_len;
	struct week_day *days;
	int days_len;
	struct week_move *moves; /* until now */
	int moves_len;
	struct alert *alerts; /* of it and the one before, or not closed */
	int alerts_len;
	struct week_waiting *waiting; /* now */
	int waiting_len;
	struct week_failure *failures;
	int failures_len;
	struct week_failure *failures_before; /* in the stretch before */
	int failures_before_len;
};

/* patient_id 0: everybody. On failure nothing is left to free. */
enum status review_rows_load(struct store *store, const struct zone *zone,
    const struct stretch *stretch, int64_t patient_id,
    struct review_rows *rows, struct why *why);
void review_rows_free(struct review_rows *rows);

/* What of it is one patient's; lent. Failures are those of the stretch, or of
 * the one before. */
struct adherence_rows review_rows_of(
    const struct review_rows *rows, int64_t patient_id, bool before);
const struct week_waiting *review_rows_waiting(
    const struct review_rows *rows, int64_t patient_id, int *len);

#endif
