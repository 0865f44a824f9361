/*
 * rows.c - see rows.h
 */
#include "review/rows.h"

#include <stddef.h>
#include <stdlib.h>

#define LATE_S INT64_C(604800) /* answers that still count */

/* An answer to no question of a day is of the day on which it came. */
static void
date_readings(const struct zone *zone, struct review_rows *rows)
{
	for (int i = 0; i < rows->readings_len; i++) {
		struct week_reading *r = &rows->readings[i];

		if (r->of.year == 0)
			r->of = zone_local(zone, r->at).date;
	}
}

/* From the Monday four weeks back, or the stretch's own first day where that
 * is earlier. */
static struct stretch
window_of(const struct zone *zone, const struct stretch *stretch)
{
	struct date monday =
	    date_from_days(date_days(date_week_start(stretch->to)) -
			   INT64_C(7) * (ROWS_WEEKS - 1));

	if (date_compare(stretch->from, monday) < 0)
		monday = stretch->from;
	return stretch_make(zone, monday, stretch->to);
}

/* What reaches back over the window. */
static enum status
load_window(struct store *store, struct review_rows *r, int64_t patient_id,
    struct why *why)
{
	struct week_span span = { r->window.from_at, r->window.until_at,
		patient_id };
	struct week_span longer = { r->window.from_at,
		r->window.until_at + LATE_S, patient_id };
	enum status status =
	    week_questions(store, &span, &r->questions, &r->questions_len, why);

	if (status == STATUS_OK)
		status = week_readings(
		    store, &longer, &r->readings, &r->readings_len, why);
	if (status == STATUS_OK)
		status = week_days(store, r->window.from, r->window.to,
		    patient_id, &r->days, &r->days_len, why);
	if (status == STATUS_OK)
		status =
		    week_moves(store, &span, &r->moves, &r->moves_len, why);
	return status;
}

/* What is of the stretch, and of the one before it. */
static enum status
load_stretch(struct store *store, const struct stretch *stretch,
    const struct stretch *before, int64_t patient_id, struct review_rows *r,
    struct why *why)
{
	struct week_span span = { stretch->from_at, stretch->until_at,
		patient_id };
	struct week_span earlier = { before->from_at, before->until_at,
		patient_id };
	enum status status =
	    week_patients(store, &span, &r->patients, &r->patients_len, why);

	if (status == STATUS_OK)
		status = alert_between(store, earlier.from_at, span.until_at,
		    patient_id, &r->alerts, &r->alerts_len, why);
	if (status == STATUS_OK)
		status = week_waiting(
		    store, patient_id, &r->waiting, &r->waiting_len, why);
	if (status == STATUS_OK)
		status = week_failures(
		    store, &span, &r->failures, &r->failures_len, why);
	if (status == STATUS_OK)
		status = week_failures(store, &earlier, &r->failures_before,
		    &r->failures_before_len, why);
	return status;
}

enum status
review_rows_load(struct store *store, const struct zone *zone,
    const struct stretch *stretch, int64_t patient_id, struct review_rows *rows,
    struct why *why)
{
	struct review_rows r = { .window = window_of(zone, stretch) };
	struct stretch before = stretch_before(zone, stretch);
	enum status status = load_window(store, &r, patient_id, why);

	if (status == STATUS_OK)
		status =
		    load_stretch(store, stretch, &before, patient_id, &r, why);
	if (status != STATUS_OK) {
		review_rows_free(&r);
		return status;
	}
	date_readings(zone, &r);
	*rows = r;
	return STATUS_OK;
}

void
review_rows_free(struct review_rows *rows)
{
	week_patients_free(rows->patients, rows->patients_len);
	free(rows->questions);
	free(rows->readings);
	free(rows->days);
	week_moves_free(rows->moves, rows->moves_len);
	alert_list_free(rows->alerts, rows->alerts_len);
	week_waiting_free(rows->waiting, rows->waiting_len);
	free(rows->failures);
	free(rows->failures_before);
	*rows = (struct review_rows){ 0 };
}

/* A list, and where in each record the patient stands. */
struct list {
	const void *first;
	int len;
	size_t size;
	size_t patient_at;
};
#define LIST(rows, name, type)                                                 \
	((struct list){ (rows)->name, (rows)->name##_len, sizeof(struct type), \
	    offsetof(struct type, patient_id) })

static int64_t
patient_of(const struct list *list, int i)
{
	const char *record = (const char *)list->first + (size_t)i * list->size;

	return *(const int64_t *)(const void *)(record + list->patient_at);
}

/* The first record of that patient or of one after. */
static int
find(const struct list *list, int64_t patient_id)
{
	int low = 0, high = list->len;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (patient_of(list, middle) < patient_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const void *
part(struct list list, int64_t patient_id, int *len)
{
	int from = find(&list, patient_id);

	*len = find(&list, patient_id + 1) - from;
	if (*len == 0)
		return NULL;
	return (const char *)list.first + (size_t)from * list.size;
}

struct adherence_rows
review_rows_of(const struct review_rows *rows, int64_t patient_id, bool before)
{
	struct adherence_rows of = { 0 };

	of.questions = part(LIST(rows, questions, week_question), patient_id,
	    &of.questions_len);
	of.readings = part(
	    LIST(rows, readings, week_reading), patient_id, &of.readings_len);
	of.days = part(LIST(rows, days, week_day), patient_id, &of.days_len);
	of.moves =
	    part(LIST(rows, moves, week_move), patient_id, &of.moves_len);
	of.alerts = part(LIST(rows, alerts, alert), patient_id, &of.alerts_len);
	of.failures = before ? part(LIST(rows, failures_before, week_failure),
				   patient_id, &of.failures_len)
			     : part(LIST(rows, failures, week_failure),
				   patient_id, &of.failures_len);
	return of;
}

const struct week_waiting *
review_rows_waiting(
    const struct review_rows *rows, int64_t patient_id, int *len)
{
	return part(LIST(rows, waiting, week_waiting), patient_id, len);
}
