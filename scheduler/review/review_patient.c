/*
 * review_patient.c - see review_patient.h
 */
#include "review/review_patient.h"

#include <string.h>

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

enum status
review_patient_fill(struct store *store, const struct review_ask *ask,
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

enum status
review_patient_compare(struct store *store, const struct review *review,
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
		     : review_patient_fill(store, &ask, &review->rows, &was,
			   ask.stretch.until_at, why);
	p->needed_before = was.attention.kind != ATTENTION__NONE;
	p->is_new = p->attention.kind < was.attention.kind;
	p->was_needing =
	    p->attention.kind == ATTENTION__NONE && p->needed_before;
	return status;
}
