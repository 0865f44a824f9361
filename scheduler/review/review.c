/*
 * review.c - see review.h
 */
#include "review/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "review/review_patient.h"
#include "review/signed.h"
#include "store/plans.h"

#define WEEK_S INT64_C(604800)

static enum status
find_plan(struct store *store, struct review *review, int64_t plan_id,
    const struct plan **plan, struct why *why)
{
	struct plans_row *row;
	enum status status;

	for (int i = 0; i < review->plans_len; i++)
		if (review->plans[i]->plan_id == plan_id) {
			*plan = review->plans[i]->plan;
			return STATUS_OK;
		}
	row = xcalloc(1, sizeof(*row));
	status = plans_load(store, plan_id, row, why);
	if (status != STATUS_OK) {
		free(row);
		return status;
	}
	review->plans = xrealloc(review->plans, (size_t)review->plans_len + 1,
	    sizeof(struct plans_row *));
	review->plans[review->plans_len++] = row;
	*plan = row->plan;
	return STATUS_OK;
}

static bool
is_asked_for(const struct review_ask *ask, const struct review_patient *p)
{
	if (ask->plan != NULL && strcmp(ask->plan, p->plan->id) != 0)
		return false;
	return ask->clinician == NULL ||
	       (p->who->clinician != NULL &&
		   strcasecmp(ask->clinician, p->who->clinician) == 0);
}

/* Those who need a person in the order of need, then the rest; alike ones by
 * their reference, so that the page is the same each time. */
static int
by_need(const void *a, const void *b)
{
	const struct review_patient *x = a, *y = b;
	int order = attention_compare(&x->attention, &y->attention);

	return order != 0 ? order : strcmp(x->who->ref, y->who->ref);
}

/* Of the newest week it is said who needs a person now; of an older one, who
 * did when it ended. */
static int64_t
as_of(const struct review_ask *ask)
{
	if (ask->now < ask->stretch.until_at + WEEK_S)
		return ask->now;
	return ask->stretch.until_at;
}

static enum status
add_words(struct store *store, const struct review_ask *ask,
    struct review_patient *p, struct why *why)
{
	enum status status = week_last_words(store, p->who->patient_id,
	    as_of(ask) + 1, &p->words, &p->words_at, why);

	return status == STATUS_NONE ? STATUS_OK : status;
}

static enum status
add_past(struct store *store, const struct review_ask *ask,
    struct review_patient *p, struct why *why)
{
	const struct stretch *stretch = &ask->stretch;
	int64_t monday = date_days(date_week_start(stretch->to)) -
			 7 * ((int64_t)ask->course_weeks - 1);
	struct week_span span = { 0, stretch->until_at, p->who->patient_id };
	struct review_past *past = &p->past;
	enum status status;

	span.from_at = zone_day_start(ask->zone, date_from_days(monday));
	if (stretch->from_at < span.from_at)
		span.from_at = stretch->from_at;
	status = week_readings(
	    store, &span, &past->readings, &past->readings_len, why);
	if (status == STATUS_OK)
		status = week_moves(
		    store, &span, &past->moves, &past->moves_len, why);
	if (status == STATUS_OK)
		past->from_at = span.from_at;
	return status;
}

/* What is looked up one by one, for those who need a person alone. */
static enum status
add_more(struct store *store, struct review *review, struct why *why)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < review->needing && status == STATUS_OK; i++) {
		struct review_patient *p = &review->patients[i];

		status = add_words(store, &review->ask, p, why);
		if (status == STATUS_OK && review->ask.course_weeks > 0)
			status = add_past(store, &review->ask, p, why);
	}
	return status;
}

static enum status
add_patient(struct store *store, struct review *review,
    const struct week_patient *who, struct why *why)
{
	struct review_patient *p = &review->patients[review->len];
	enum status status;

	*p = (struct review_patient){ .who = who };
	status = find_plan(store, review, who->plan_id, &p->plan, why);
	if (status != STATUS_OK || !is_asked_for(&review->ask, p))
		return status;
	p->rows = review_rows_of(&review->rows, who->patient_id, false);
	status = review_patient_fill(
	    store, &review->ask, &review->rows, p, as_of(&review->ask), why);
	if (status == STATUS_OK)
		status = review_patient_compare(store, review, p, why);
	if (status == STATUS_OK)
		review->len++;
	return status;
}

static enum status
load(struct store *store, struct review *review, struct why *why)
{
	enum status status = review_rows_load(store, review->ask.zone,
	    &review->ask.stretch, review->ask.patient_id, &review->rows, why);
	int len = review->rows.patients_len;

	if (status == STATUS_OK)
		review->patients =
		    xcalloc((size_t)len + 1, sizeof(*review->patients));
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status =
		    add_patient(store, review, &review->rows.patients[i], why);
	return status;
}

static enum status
make(struct store *store, struct review *review, struct why *why)
{
	enum status status = load(store, review, why);
	int *needing = &review->needing;

	if (status != STATUS_OK)
		return status;
	qsort(review->patients, (size_t)review->len, sizeof(*review->patients),
	    by_need);
	while (*needing < review->len &&
	       review->patients[*needing].attention.kind != ATTENTION__NONE)
		++*needing;
	status = add_more(store, review, why);
	if (status == STATUS_OK)
		status = signed_mark(store, review, why);
	if (status == STATUS_OK)
		status = totals_make(store, review, why);
	return status;
}

/* A tick may be at work meanwhile: all of it is of one instant. */
enum status
review_make(struct store *store, const struct review_ask *ask,
    struct review *review, struct why *why)
{
	struct review r = { .ask = *ask };
	enum status status = store_look(store, why);

	if (status != STATUS_OK)
		return status;
	status = make(store, &r, why);
	store_rollback(store);
	if (status == STATUS_OK)
		*review = r;
	else
		review_free(&r);
	return status;
}

void
review_free(struct review *review)
{
	for (int i = 0; i < review->len; i++) {
		struct review_patient *p = &review->patients[i];

		free(p->words);
		free(p->past.readings);
		week_moves_free(p->past.moves, p->past.moves_len);
	}
	free(review->patients);
	free(review->signed_by);
	review_rows_free(&review->rows);
	totals_free(&review->totals);
	for (int i = 0; i < review->plans_len; i++) {
		plans_row_free(review->plans[i]);
		free(review->plans[i]);
	}
	free(review->plans);
	*review = (struct review){ 0 };
}

/* The first character of each word, with a point: "M. O." */
static void
initials_of(const char *name, char out[REVIEW_NAME_SIZE])
{
	const char *p = name, *end = name + strlen(name);
	size_t len = 0;

	while (p < end && len + 8 < REVIEW_NAME_SIZE) {
		char code[4];
		uint32_t c = utf8_next(&p, end);
		size_t bytes = utf8_encode(c, code);

		if (c == ' ')
			continue;
		memcpy(out + len, code, bytes);
		len += bytes;
		memcpy(out + len, ". ", 2);
		len += 2;
		while (p < end && *p != ' ')
			p++;
	}
	out[len > 0 ? len - 1 : 0] = '\0';
}

const char *
review_name(const struct review_patient *patient, bool initials,
    char out[REVIEW_NAME_SIZE])
{
	char *name = utf8_clean(patient->who->name, strlen(patient->who->name));
	size_t len = strlen(name);

	/* Cut at the end of a character. */
	if (len >= REVIEW_NAME_SIZE) {
		len = REVIEW_NAME_SIZE - 1;
		while (len > 0 && ((unsigned char)name[len] & 0xc0) == 0x80)
			len--;
		name[len] = '\0';
	}
	if (initials)
		initials_of(name, out);
	else
		memcpy(out, name, len + 1);
	free(name);
	return out;
}

const char *
review_stage(const struct review_patient *patient)
{
	return patient->stage != NULL ? patient->stage->title : "Finished";
}
