/*
 * adherence.c - see adherence.h
 */
#include "review/adherence.h"

#include <stdlib.h>

static bool
within(const struct stretch *stretch, int64_t at)
{
	return at >= stretch->from_at && at < stretch->until_at;
}

/* A question that was answered has arrived, whatever its receipt says. */
static void
count_question(const struct week_question *q, struct adherence *a)
{
	bool answered = q->state == QUESTION_ANSWERED;

	if (q->state == QUESTION_VOID || q->state == QUESTION_WAITING)
		return;
	a->asked++;
	if (q->undelivered && !answered)
		return;
	a->delivered++;
	a->answered += answered;
	a->in_time += answered && q->answered_at <= q->closes_at;
	a->open += q->state == QUESTION_OPEN;
}

static bool
is_of(struct date of, struct date day)
{
	return date_compare(of, day) == 0;
}

/*
 * Was it asked on that day whether the moves were done, or was it said? The
 * answer counts for the day that the question was about, so that Monday's
 * DONE to Sunday's question is Sunday's.
 */
static void
count_day(
    const struct adherence_rows *rows, struct date day, struct adherence *a)
{
	bool asked = false, done = false;

	for (int i = 0; i < rows->questions_len; i++) {
		const struct week_question *q = &rows->questions[i];

		asked |= q->asks == ASKS_DONE && is_of(q->of, day) &&
			 !q->undelivered && q->state != QUESTION_VOID;
	}
	for (int i = 0; i < rows->readings_len; i++) {
		const struct week_reading *r = &rows->readings[i];

		if (!r->verified || r->done == ANSWER_NONE ||
		    !is_of(r->of, day))
			continue;
		asked = true;
		done |= r->done == ANSWER_YES;
	}
	a->planned++;
	a->done_asked += asked;
	a->done += done;
}

static void
count_reading(const struct week_reading *r, int heard[11], struct adherence *a)
{
	a->unclear += r->unclear;
	a->stops += r->stop;
	a->legs += r->leg == ANSWER_YES;
	if (!r->verified)
		return;
	if (r->settled != ANSWER_NONE) {
		a->mornings++;
		a->mornings_worse += r->settled == ANSWER_NO;
	}
	if (r->pain < 0 || r->pain > 10)
		return;
	if (a->scores++ == 0)
		a->pain_first = r->pain;
	a->pain_last = r->pain;
	if (r->pain > a->pain_most)
		a->pain_most = r->pain;
	heard[r->pain]++;
}

/* The n-th lowest score heard, 0 the first. */
static int
lowest(const int heard[11], int n)
{
	int pain = 0;

	while (pain < 10 && n >= heard[pain])
		n -= heard[pain++];
	return pain;
}

bool
adherence_marked(int from, int to)
{
	int change = abs(to - from);

	return change >= ADHERENCE_POINTS ||
	       (change > 0 && change * 100 >= from * ADHERENCE_PER_CENT &&
		   from > 0);
}

static void
judge_pain(const int heard[11], struct adherence *a)
{
	if (a->scores > 0)
		a->pain_median = lowest(heard, (a->scores - 1) / 2) +
				 lowest(heard, a->scores / 2);
	if (a->scores < 2)
		return;
	a->pain_change = a->pain_last - a->pain_first;
	a->pain_marked = adherence_marked(a->pain_first, a->pain_last);
}

static void
count_alert(const struct alert *alert, struct adherence *a)
{
	int64_t after_s = alert->acknowledged_at - alert->opened_at;

	/* Closing one without taking it on first is taking it on. */
	if (alert->acknowledged_at == 0)
		after_s = alert->closed_at - alert->opened_at;
	a->alerts++;
	if (alert->acknowledged_at == 0 && alert->closed_at == 0)
		a->alerts_untaken++;
	else if (after_s > a->taken_after_s)
		a->taken_after_s = after_s;
}

void
adherence_of(const struct adherence_rows *rows, const struct stretch *stretch,
    struct adherence *figures)
{
	struct adherence a = { .pain_first = PAIN_NONE,
		.pain_last = PAIN_NONE,
		.pain_most = PAIN_NONE,
		.pain_median = PAIN_NONE,
		.taken_after_s = -1 };
	int heard[11] = { 0 };

	for (int i = 0; i < rows->questions_len; i++)
		if (within(stretch, rows->questions[i].asked_at))
			count_question(&rows->questions[i], &a);
	for (int i = 0; i < rows->readings_len; i++)
		if (within(stretch, rows->readings[i].at))
			count_reading(&rows->readings[i], heard, &a);
	judge_pain(heard, &a);
	for (int i = 0; i < rows->days_len; i++)
		if (date_compare(rows->days[i].date, stretch->from) >= 0 &&
		    date_compare(rows->days[i].date, stretch->to) <= 0)
			count_day(rows, rows->days[i].date, &a);
	for (int i = 0; i < rows->moves_len; i++)
		a.moves += within(stretch, rows->moves[i].at);
	for (int i = 0; i < rows->alerts_len; i++)
		if (within(stretch, rows->alerts[i].opened_at))
			count_alert(&rows->alerts[i], &a);
	for (int i = 0; i < rows->failures_len; i++)
		a.failures += rows->failures[i].count;
	*figures = a;
}
