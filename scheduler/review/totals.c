/*
 * totals.c - see totals.h
 */
#include "review/totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "review/review.h"

int
totals_per_cent(int part, int whole)
{
	if (whole <= 0)
		return -1;
	return (int)(((int64_t)part * 200 + whole) / (2 * (int64_t)whole));
}

/* How often each score was heard. */
struct heard {
	int times[11];
};

static int
count(const struct heard *heard)
{
	int n = 0;

	for (int pain = 0; pain < 11; pain++)
		n += heard->times[pain];
	return n;
}

/* In halves, or PAIN_NONE. */
static int
median(const struct heard *heard)
{
	int n = count(heard), low = -1, high = -1, seen = 0;

	if (n == 0)
		return PAIN_NONE;
	for (int pain = 0; pain < 11; pain++) {
		seen += heard->times[pain];
		if (low < 0 && seen > (n - 1) / 2)
			low = pain;
		if (high < 0 && seen > n / 2)
			high = pain;
	}
	return low + high;
}

/* The scores that one patient gave in a stretch, added to those of it and,
 * where weeks is not NULL, to those of the weeks since enrolment. */
static void
hear(const struct review_patient *patient, const struct stretch *stretch,
    const struct zone *zone, struct heard *all, struct heard *weeks)
{
	int64_t began = date_days(patient->who->began_on);

	for (int i = 0; i < patient->rows.readings_len; i++) {
		const struct week_reading *r = &patient->rows.readings[i];
		int64_t week;

		if (r->at < stretch->from_at || r->at >= stretch->until_at ||
		    !r->verified || r->pain < 0 || r->pain > 10)
			continue;
		all->times[r->pain]++;
		if (weeks == NULL)
			continue;
		week = (date_days(zone_local(zone, r->at).date) - began) / 7;
		if (week >= TOTALS_WEEKS)
			week = TOTALS_WEEKS - 1;
		if (week >= 0)
			weeks[week].times[r->pain]++;
	}
}

static void
add(struct adherence *sum, const struct adherence *a)
{
	sum->asked += a->asked;
	sum->delivered += a->delivered;
	sum->answered += a->answered;
	sum->in_time += a->in_time;
	sum->open += a->open;
	sum->planned += a->planned;
	sum->done_asked += a->done_asked;
	sum->done += a->done;
	sum->scores += a->scores;
	sum->mornings += a->mornings;
	sum->mornings_worse += a->mornings_worse;
	sum->legs += a->legs;
	sum->unclear += a->unclear;
	sum->stops += a->stops;
	sum->moves += a->moves;
	sum->alerts += a->alerts;
	sum->alerts_untaken += a->alerts_untaken;
	if (a->taken_after_s > sum->taken_after_s)
		sum->taken_after_s = a->taken_after_s;
	sum->failures += a->failures;
}

static bool
is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static void
add_stage(struct review_totals *totals, const struct plan *plan,
    const char *stage, const char *title, int patients)
{
	struct totals_stage *s;

	for (int i = 0; i < totals->stages_len; i++) {
		s = &totals->stages[i];
		if (is_same(s->plan, plan->id) && is_same(s->stage, stage)) {
			s->patients += patients;
			return;
		}
	}
	totals->stages = xrealloc(totals->stages,
	    (size_t)totals->stages_len + 1, sizeof(*totals->stages));
	s = &totals->stages[totals->stages_len++];
	*s = (struct totals_stage){ plan->id, stage, title, patients };
}

/* Every stage of the plan is there, so that an empty one is seen as such. */
static void
count_stage(struct review_totals *totals, const struct review_patient *patient)
{
	const struct plan *plan = patient->plan;
	bool known = false;

	for (int i = 0; i < totals->stages_len; i++)
		known |= is_same(totals->stages[i].plan, plan->id);
	for (int i = 0; i < plan->stages_len && !known; i++)
		add_stage(
		    totals, plan, plan->stages[i].id, plan->stages[i].title, 0);
	if (patient->stage != NULL)
		add_stage(
		    totals, plan, patient->stage->id, patient->stage->title, 1);
	else
		add_stage(totals, plan, "", "Finished", 1);
}

static struct totals_gateway *
gateway(struct review_totals *totals, const char *name)
{
	struct totals_gateway *g;

	for (int i = 0; i < totals->gateways_len; i++)
		if (is_same(totals->gateways[i].name, name))
			return &totals->gateways[i];
	totals->gateways = xrealloc(totals->gateways,
	    (size_t)totals->gateways_len + 1, sizeof(*totals->gateways));
	g = &totals->gateways[totals->gateways_len++];
	*g = (struct totals_gateway){ 0 };
	snprintf(g->name, sizeof(g->name), "%s", name);
	return g;
}

static double
price_of(const struct review_ask *ask, const char *gateway)
{
	for (int i = 0; i < ask->prices_len; i++)
		if (is_same(ask->prices[i].gateway, gateway))
			return ask->prices[i].price;
	return 0;
}

/* A text is paid by the segment, an email by the message. */
static void
add_sent(struct review_totals *totals, const struct review_ask *ask,
    const struct week_sent *sent)
{
	struct totals_gateway *g = gateway(totals, sent->gateway);
	int64_t paid =
	    sent->channel == CHANNEL_SMS ? sent->segments : sent->messages;
	double cost = price_of(ask, sent->gateway) * (double)paid;

	g->messages += sent->messages;
	g->segments += sent->segments;
	g->cost += cost;
	totals->cost += cost;
}

static enum status
add_gateways(struct store *store, const struct week_span *span,
    const struct review_ask *ask, struct review_totals *totals, struct why *why)
{
	struct week_sent *sent = NULL;
	struct week_failure *failed = NULL;
	int sent_len = 0, failed_len = 0;
	enum status status = week_sent(store, span, &sent, &sent_len, why);

	if (status == STATUS_OK)
		status = week_failures(store, span, &failed, &failed_len, why);
	for (int i = 0; i < sent_len && status == STATUS_OK; i++)
		add_sent(totals, ask, &sent[i]);
	for (int i = 0; i < failed_len && status == STATUS_OK; i++)
		gateway(totals, failed[i].gateway)->failures += failed[i].count;
	free(sent);
	free(failed);
	return status;
}

static const struct adherence nothing = { .pain_first = PAIN_NONE,
	.pain_last = PAIN_NONE,
	.pain_most = PAIN_NONE,
	.pain_median = PAIN_NONE,
	.taken_after_s = -1 };

static void
add_patients(struct review_totals *t, const struct review *review)
{
	struct heard all = { 0 }, weeks[TOTALS_WEEKS] = { 0 };

	t->sum = nothing;
	for (int i = 0; i < review->len; i++) {
		const struct review_patient *p = &review->patients[i];

		t->joined += p->joined;
		t->finished += p->finished;
		add(&t->sum, &p->figures);
		count_stage(t, p);
		hear(p, &review->ask.stretch, review->ask.zone, &all, weeks);
	}
	t->sum.pain_median = median(&all);
	for (int i = 0; i < TOTALS_WEEKS; i++) {
		t->median[i] = median(&weeks[i]);
		t->scores[i] = count(&weeks[i]);
	}
}

/* The weeks that lead up to this one, of the patients that are on the page. */
static void
add_weeks(struct review_totals *t, const struct review *review)
{
	const struct stretch *window = &review->rows.window;

	t->weeks_len = stretch_weeks(window);
	t->weeks = xcalloc((size_t)t->weeks_len, sizeof(*t->weeks));
	for (int n = 0; n < t->weeks_len; n++) {
		struct totals_week *week = &t->weeks[n];
		struct heard all = { 0 };

		week->stretch = stretch_week(review->ask.zone, window, n);
		week->sum = nothing;
		for (int i = 0; i < review->len; i++) {
			const struct review_patient *p = &review->patients[i];
			struct adherence a;

			adherence_of(&p->rows, &week->stretch, &a);
			add(&week->sum, &a);
			hear(p, &week->stretch, review->ask.zone, &all, NULL);
		}
		week->sum.pain_median = median(&all);
	}
}

enum status
totals_make(struct store *store, struct review *review, struct why *why)
{
	struct review_totals *t = &review->totals;
	struct week_span span = { review->ask.stretch.from_at,
		review->ask.stretch.until_at, 0 };
	enum status status;

	*t = (struct review_totals){ .patients = review->len,
		.needing = review->needing };
	add_patients(t, review);
	add_weeks(t, review);
	status = add_gateways(store, &span, &review->ask, t, why);
	if (status == STATUS_OK)
		status = week_ticks(store, &span, &t->ticks, why);
	return status;
}

void
totals_free(struct review_totals *totals)
{
	free(totals->stages);
	free(totals->weeks);
	free(totals->gateways);
	*totals = (struct review_totals){ 0 };
}
