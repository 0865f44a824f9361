/*
 * plan_outcome.c - see plan_outcome.h
 *
 * A line a figure; where another version is held against it, its figure and
 * the difference stand beside.
 */
#include "commands/plan_outcome.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "commands/print.h"

#define LABEL_COLUMNS 34
#define BAR_COLUMNS 60

/* A figure of each; more is how it reads: "%" after it, or nothing. */
static void
print_row(const char *label, int64_t of_one, const struct tally *against,
    int64_t of_other, const char *unit)
{
	printf("  ");
	print_padded(stdout, LABEL_COLUMNS, label);
	printf("%8lld%-2s", (long long)of_one, unit);
	if (against != NULL)
		printf("%8lld%-2s  %+8lld", (long long)of_other, unit,
		    (long long)(of_other - of_one));
	putchar('\n');
}

/* The figure by which a row asks each tally. */
typedef int64_t figure(struct tally *tally);

static int64_t
percent(int64_t part, int64_t whole)
{
	return whole > 0 ? (part * 100 + whole / 2) / whole : 0;
}

#define FIGURE(name, expression)             \
	static int64_t name(struct tally *t) \
	{                                    \
		return expression;           \
	}

FIGURE(messages_median, tally_quantile(&t->messages, 50))
FIGURE(messages_p90, tally_quantile(&t->messages, 90))
FIGURE(messages_sum, t->messages_sum)
FIGURE(segments_median, tally_quantile(&t->segments, 50))
FIGURE(segments_p90, tally_quantile(&t->segments, 90))
FIGURE(segments_sum, t->segments_sum)
FIGURE(response, percent(t->answered, t->asked))
FIGURE(finished, percent(t->finished, t->patients))
FIGURE(stopped, percent(t->stopped, t->patients))
FIGURE(under_way, percent(t->active + t->paused, t->patients))
FIGURE(moves_sum, t->moves_sum)
FIGURE(alerts_a_week, t->alerts_sum / t->weeks)
FIGURE(inbox_a_week, t->inbox / t->weeks)
FIGURE(waiting_a_week, t->waiting / t->weeks)
FIGURE(clinician_a_week, t->clinician_sum / t->weeks)

static const struct outcome_row {
	const char *head; /* of what follows, or NULL */
	const char *label;
	figure *figure;
	const char *unit;
} rows[] = {
	{ "Messages to a patient", "median", messages_median, "" },
	{ NULL, "90 % get no more than", messages_p90, "" },
	{ NULL, "to all of them", messages_sum, "" },
	{ "SMS segments to a patient", "median", segments_median, "" },
	{ NULL, "90 % get no more than", segments_p90, "" },
	{ NULL, "to all of them", segments_sum, "" },
	{ "Patients", "questions answered", response, " %" },
	{ NULL, "finished the plan", finished, " %" },
	{ NULL, "still in it", under_way, " %" },
	{ NULL, "wrote STOP", stopped, " %" },
	{ NULL, "moves between stages", moves_sum, "" },
	{ "The clinic, in a week", "alerts", alerts_a_week, "" },
	{ NULL, "texts about them", clinician_a_week, "" },
	{ NULL, "replies a person must read", inbox_a_week, "" },
	{ NULL, "moves to say yes to", waiting_a_week, "" },
};

static void
print_figures(struct tally *tally, struct tally *against)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct outcome_row *row = &rows[i];
		if (row->head != NULL)
			printf("\n%s\n", row->head);
		print_row(row->label, row->figure(tally), against,
		    against != NULL ? row->figure(against) : 0, row->unit);
	}
}

/* Nothing where no price is known. */
static void
print_cost(const char *label, const struct tally *tally)
{
	if (tally->cost <= 0)
		return;
	printf("  ");
	print_padded(stdout, LABEL_COLUMNS, label);
	printf("%11.2f %s, %.2f a patient\n", tally->cost,
	    tally->currency != NULL ? tally->currency : "",
	    tally->cost / tally->patients);
}

static void
print_alerts(const struct tally *tally, const struct tally *against)
{
	puts("\nAlerts, over all weeks");
	for (int kind = 0; kind < ALERT__MAX; kind++) {
		int other = against != NULL ? against->alerts[kind] : 0;
		if (tally->alerts[kind] > 0 || other > 0)
			print_row(alert_kind_names[kind], tally->alerts[kind],
			    against, other, "");
	}
}

static void
print_stages(struct tally *tally)
{
	const struct plan *plan = tally->plan;
	puts("\nDays in a stage                       median     90 %   left "
	     "it");
	for (int i = 0; i < plan->stages_len; i++) {
		struct tally_list *days = &tally->days[i];
		printf("  %d ", i + 1);
		print_padded(stdout, LABEL_COLUMNS - 2, plan->stages[i].title);
		if (days->len == 0)
			printf("%8s %8s %9d\n", "-", "-", 0);
		else
			printf("%8d %8d %9d\n", tally_quantile(days, 50),
			    tally_quantile(days, 90), days->len);
	}
}

static void
print_moves(const struct tally *tally)
{
	puts("\nMoves, with the reason of the first of each");
	for (int i = 0; i < tally->moves_len; i++) {
		const struct tally_move *move = &tally->moves[i];
		char count[16];
		snprintf(count, sizeof count, "%6d ", move->count);
		print_hanging_f(stdout, count, 8, "%s to %s: %s", move->from,
		    move->to, move->because);
	}
}

/* So many of them as signs of a bar, rounded so that the bar is full. */
static void
add_bar(struct buffer *bar, char sign, int *sum, int count, int patients)
{
	int from = *sum * BAR_COLUMNS / patients;
	*sum += count;
	int until = *sum * BAR_COLUMNS / patients;
	for (int i = from; i < until; i++)
		buffer_putc(bar, sign);
}

static void
print_weeks(const struct tally *tally)
{
	const struct plan *plan = tally->plan;
	puts(
	    "\nWhere they are at the end of each week: a stage by its number, F"
	    "\nfinished, x stopped; and the pain of the one in the middle");
	for (int i = 0; i < tally->weeks; i++) {
		const struct tally_week *week = &tally->by_week[i];
		struct buffer bar = { 0 };
		int sum = 0;
		for (int k = 0; k < plan->stages_len; k++)
			add_bar(&bar, k < 9 ? (char)('1' + k) : '+', &sum,
			    week->in_stage[k], tally->patients);
		add_bar(&bar, 'F', &sum, week->finished, tally->patients);
		add_bar(&bar, 'x', &sum, week->stopped, tally->patients);
		printf("  %3d ", i + 1);
		print_padded(stdout, BAR_COLUMNS + 2, buffer_text(&bar));
		printf("pain %d\n", week->pain);
		buffer_free(&bar);
	}
}

static void
print_laws(const struct tally *tally)
{
	if (tally_laws_broken(tally) == 0) {
		printf("\nWhat must hold held, in %lld ticks.\n",
		    (long long)tally->ticks);
		return;
	}
	puts("\nTHIS DID NOT HOLD, which is a mistake in the program:");
	for (int law = 0; law < LAW__MAX; law++)
		if (tally->broken[law] > 0)
			print_hanging_f(stdout, "  -", 4,
			    "%s, %d times; first %s", law_names[law],
			    tally->broken[law], tally->first[law]);
}

static void
print_detail(struct tally *tally)
{
	print_stages(tally);
	print_moves(tally);
	print_weeks(tally);
	print_laws(tally);
}

void
plan_outcome_print(struct tally *tally, struct tally *against)
{
	const struct plan *plan = tally->plan;
	printf("%s (%s): %d virtual patients, %d weeks, seed %lld\n",
	    plan->title, plan->id, tally->patients, tally->weeks,
	    (long long)tally->seed);
	if (against != NULL)
		printf("against %s (%s): the same patients; the second column, "
		       "and the difference\n",
		    against->plan->title, against->plan->id);
	print_figures(tally, against);
	print_alerts(tally, against);
	if (tally->cost > 0)
		puts("\nCost of messages to patients");
	print_cost("in all", tally);
	if (against != NULL)
		print_cost("against it", against);
	if (against != NULL)
		printf("\n== %s ==\n", plan->title);
	print_detail(tally);
	if (against == NULL)
		return;
	printf("\n== Against it: %s ==\n", against->plan->title);
	print_detail(against);
}
