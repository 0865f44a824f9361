/*
 * review.c - see review.h
 */
#include "review/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
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

/*
 * The stage at the end of the stretch, and since when. The row has the stage
 * of now; the first move after the stretch tells what it was before, and the
 * last one until then when that had begun.
 */
static enum status
place_in_stage(struct store *store, const struct review_ask *ask,
    struct review_patient *p, struct why *why)
{
	const struct stretch *stretch = &ask->stretch;
	const char *stage = p->who->stage;
	int64_t since_at = p->who->stage_since_at, before_at = 0;
	struct date since = p->who->stage_since_on;
	bool later = false;
	enum status status = STATUS_OK;

	for (int i = 0; i < p->rows.moves_len && !later; i++) {
		const struct week_move *move = &p->rows.moves[i];

		later = move->at >= stretch->until_at;
		if (later)
			stage = move->from_stage;
		else
			before_at = move->at;
	}
	if (later && before_at == 0) {
		status = week_move_before(store, p->who->enrolment_id,
		    stretch->until_at, &before_at, why);
		if (status == STATUS_NONE)
			status = STATUS_OK;
	}
	if (later)
		since = before_at != 0 ? zone_local(ask->zone, before_at).date
				       : p->who->began_on;
	else if (since.year == 0)
		since = zone_local(ask->zone, since_at).date;
	/* A finished plan leaves its last stage in the row. */
	if (later || p->who->state != PATIENT_COMPLETED)
		p->stage = plan_stage(p->plan, stage);
	p->days_in_stage = (int)(date_days(stretch->to) - date_days(since));
	if (p->days_in_stage < 0)
		p->days_in_stage = 0;
	return status;
}

/* Someone in a stage that can end the plan, whose last score is low enough. */
static bool
is_finishing(const struct review_patient *p)
{
	int pain =
	    p->figures.scores > 0 ? p->figures.pain_last : p->who->last_pain;

	if (p->stage == NULL || !p->stage->finish.given ||
	    p->who->state != PATIENT_ACTIVE)
		return false;
	return p->stage->finish.pain_at_most == RULE_UNSET ||
	       (pain != PAIN_NONE && pain <= p->stage->finish.pain_at_most);
}

static struct attention
judge(const struct review_ask *ask, const struct review_rows *rows,
    const struct review_patient *p, int64_t as_of_at)
{
	struct attention_facts facts = { .who = p->who,
		.plan = p->plan,
		.stage = p->stage,
		.days_in_stage = p->days_in_stage,
		.days_on_plan = p->days_on_plan,
		.figures = &p->figures,
		.rows = &p->rows,
		.stretch = &ask->stretch,
		.zone = ask->zone,
		.as_of_at = as_of_at };

	facts.waiting =
	    review_rows_waiting(rows, p->who->patient_id, &facts.waiting_len);
	return attention_judge(&facts);
}

/* Figures, stage and need of one patient, as of an instant. */
static enum status
fill_patient(struct store *store, const struct review_ask *ask,
    const struct review_rows *rows, struct review_patient *p, int64_t as_of_at,
    struct why *why)
{
	const struct stretch *stretch = &ask->stretch;
	enum status status = place_in_stage(store, ask, p, why);

	if (status != STATUS_OK)
		return status;
	adherence_of(&p->rows, stretch, &p->figures);
	p->days_on_plan =
	    (int)(date_days(stretch->to) - date_days(p->who->began_on));
	p->joined = date_compare(p->who->began_on, stretch->from) >= 0;
	p->moved = p->figures.moves > 0;
	for (int i = 0; i < p->rows.moves_len; i++)
		p->finished |= p->rows.moves[i].at >= stretch->from_at &&
			       p->rows.moves[i].at < stretch->until_at &&
			       strcmp(p->rows.moves[i].act, "finish") == 0;
	p->finishing = is_finishing(p);
	p->attention = judge(ask, rows, p, as_of_at);
	return STATUS_OK;
}

/* The last score before an instant within the rows at hand, or PAIN_NONE. */
static int
pain_before(const struct adherence_rows *rows, int64_t at)
{
	int pain = PAIN_NONE;

	for (int i = 0; i < rows->readings_len; i++) {
		const struct week_reading *r = &rows->readings[i];

		if (r->at < at && r->verified && r->pain != PAIN_NONE)
			pain = r->pain;
	}
	return pain;
}

/* What would have been said when the stretch before ended: who needs a person
 * only since then is marked. */
static enum status
compare_with_before(struct store *store, const struct review *review,
    struct review_patient *p, struct why *why)
{
	struct review_ask ask = review->ask;
	struct week_patient who = *p->who;
	struct review_patient was = { .who = &who, .plan = p->plan };
	enum status status;

	ask.stretch = stretch_before(ask.zone, &ask.stretch);
	/* Of a long stretch the one before is not at hand, and is no news. */
	if (ask.stretch.from_at < review->rows.window.from_at)
		return STATUS_OK;
	was.rows = review_rows_of(&review->rows, who.patient_id, true);
	who.last_pain = pain_before(&was.rows, ask.stretch.from_at);
	was.attention.kind = ATTENTION__NONE;
	status = date_compare(who.began_on, ask.stretch.to) > 0
		     ? STATUS_OK
		     : fill_patient(store, &ask, &review->rows, &was,
			   ask.stretch.until_at, why);
	p->needed_before = was.attention.kind != ATTENTION__NONE;
	p->is_new = p->attention.kind < was.attention.kind;
	p->was_needing =
	    p->attention.kind == ATTENTION__NONE && p->needed_before;
	return status;
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
	status = fill_patient(
	    store, &review->ask, &review->rows, p, as_of(&review->ask), why);
	if (status == STATUS_OK)
		status = compare_with_before(store, review, p, why);
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
