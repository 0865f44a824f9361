/*
 * form_text.c - a review for a terminal, in 100 columns; see forms.h
 */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/columns.h"
#include "review/course.h"
#include "review/forms.h"

#define INDENT 2
#define SPARK 14 /* scores of a line of blocks */

static void
print_words(FILE *out, const char *lead, int column, struct buffer *words)
{
	columns_hanging(out, lead, column, FORM_COLUMNS, buffer_text(words));
	buffer_free(words);
}

static void
add_rate(
    struct buffer *words, const char *what, int part, int whole, const char *of)
{
	if (whole > 0)
		buffer_printf(words, "%s %d of %d %s (%d %%)", what, part,
		    whole, of, totals_per_cent(part, whole));
	else
		buffer_printf(words, "%s: no %s", what, of);
}

static void
print_head(FILE *out, const struct review *review)
{
	const struct review_totals *t = &review->totals;
	struct buffer words = { 0 };
	char days[STRETCH_WORDS_SIZE];
	int fresh = 0;

	for (int i = 0; i < review->needing; i++)
		fresh += review->patients[i].is_new;
	buffer_printf(&words, "%s, %s%s%s", review->ask.clinic,
	    review->ask.stretch.week,
	    *review->ask.stretch.week != '\0' ? ": " : "",
	    stretch_words(&review->ask.stretch, days));
	if (review->ask.clinician != NULL)
		buffer_printf(
		    &words, ", patients of %s", review->ask.clinician);
	print_words(out, "", 0, &words);
	buffer_printf(&words, "%d patient%s, %d need%s a person (%d new). ",
	    t->patients, t->patients == 1 ? "" : "s", t->needing,
	    t->needing == 1 ? "s" : "", fresh);
	add_rate(&words, "Answered", t->sum.answered,
	    t->sum.delivered - t->sum.open, "questions");
	if (t->sum.done_asked > 0)
		add_rate(&words, ", done on", t->sum.done, t->sum.done_asked,
		    "days");
	buffer_putc(&words, '.');
	print_words(out, "", 0, &words);
}

#define PAIN_SIZE 32
static const char *
pain_words(const struct adherence *a, char out[PAIN_SIZE])
{
	if (a->scores == 0)
		snprintf(out, PAIN_SIZE, "-");
	else if (a->scores == 1)
		snprintf(out, PAIN_SIZE, "%d", a->pain_last);
	else
		snprintf(out, PAIN_SIZE, "%d to %d%s", a->pain_first,
		    a->pain_last, a->pain_marked ? " *" : "");
	return out;
}

static void
print_ratio(FILE *out, int columns, int part, int whole)
{
	char text[32] = "-";

	if (whole > 0)
		snprintf(text, sizeof(text), "%d of %d", part, whole);
	columns_padded(out, columns, text);
}

/* The scores of the stretch; behind them the newest ones of all as a line of
 * blocks, 0 the lowest. */
/* What the stretch before left to be done. */
static void
print_signed(FILE *out, const struct review *review)
{
	struct buffer words = { 0 };

	if (review->signed_by != NULL)
		buffer_printf(&words, "The review before was signed off by %s.",
		    review->signed_by);
	else if (review->unsigned_before > 0)
		buffer_puts(
		    &words, "Needed a person before, and not signed off: ");
	for (int i = 0, n = 0; i < review->len; i++)
		if (review->patients[i].unsigned_before)
			buffer_printf(&words, "%s%s", n++ > 0 ? ", " : "",
			    review->patients[i].who->ref);
	if (words.len > 0)
		print_words(out, "", 0, &words);
}

static void
print_pain(
    FILE *out, const struct review *review, const struct review_patient *p)
{
	/* U+2581 to U+2588 */
	static const char levels[11] = { 1, 1, 2, 3, 3, 4, 5, 6, 7, 7, 8 };
	struct course course;
	char text[PAIN_SIZE];
	int first;

	pain_words(&p->figures, text);
	course_make(review, p, &course);
	first = course.points_len > SPARK ? course.points_len - SPARK : 0;
	columns_padded(out, course.points_len > 0 ? 10 : 0, text);
	for (int i = first; i < course.points_len; i++)
		fprintf(
		    out, "\xe2\x96%c", 0x80 + levels[course.points[i].pain]);
	fputc('\n', out);
	course_free(&course);
}

static void
print_columns(FILE *out)
{
	fprintf(out, "\n  ");
	columns_padded(out, 10, "patient");
	columns_padded(out, 21, "");
	columns_padded(out, 22, "stage");
	columns_padded(out, 5, "days");
	columns_padded(out, 9, "answered");
	columns_padded(out, 7, "done");
	fputs("pain\n", out);
}

static void
print_row(FILE *out, const struct review *review,
    const struct review_patient *p, const struct form_options *options)
{
	const struct adherence *a = &p->figures;
	char name[REVIEW_NAME_SIZE], days[16];

	fprintf(out, "%s", p->is_new ? "+ " : "  ");
	columns_padded(out, 10, p->who->ref);
	columns_cut(out, 20, review_name(p, options->initials, name));
	fputc(' ', out);
	columns_cut(out, 21, review_stage(p));
	snprintf(days, sizeof(days), " %d", p->days_in_stage);
	columns_padded(out, 6, days);
	print_ratio(out, 9, a->answered, a->delivered - a->open);
	print_ratio(out, 7, a->done, a->done_asked);
	print_pain(out, review, p);
}

static void
print_needing(FILE *out, const struct review *review,
    const struct review_patient *p, const struct form_options *options)
{
	struct buffer words = { 0 };
	char day[STRETCH_DAY_SIZE];
	bool first = true;

	print_row(out, review, p, options);
	buffer_printf(&words, "%s.", p->attention.because);
	for (int i = 0; i < ATTENTION__NONE; i++) {
		if ((p->attention.also & 1U << i) == 0)
			continue;
		buffer_printf(&words, "%s%s", first ? " Also: " : ", ",
		    attention_names[i]);
		first = false;
	}
	print_words(out, "", INDENT + 10, &words);
	if (p->words == NULL || options->initials)
		return;
	buffer_printf(&words, "\"%s\" (%s)", p->words,
	    stretch_day(zone_local(review->ask.zone, p->words_at).date, day));
	print_words(out, "", INDENT + 10, &words);
}

/* Those who are well, in as few lines as they need. */
static void
print_well(FILE *out, const struct review *review, const char *title,
    bool finishing, const struct form_options *options)
{
	struct buffer words = { 0 };
	char name[REVIEW_NAME_SIZE];
	int count = 0;

	for (int i = review->needing; i < review->len; i++) {
		const struct review_patient *p = &review->patients[i];

		if ((p->finishing || p->finished) != finishing)
			continue;
		buffer_printf(&words, "%s%s %s%s", count++ > 0 ? ", " : "",
		    p->who->ref, review_name(p, options->initials, name),
		    p->finished ? " (finished)" : "");
	}
	if (count > 0) {
		fprintf(out, "\n%s (%d)\n", title, count);
		print_words(out, "", INDENT, &words);
	}
	buffer_free(&words);
}

static void
print_stages(FILE *out, const struct review_totals *t)
{
	struct buffer words = { 0 };

	for (int i = 0; i < t->stages_len; i++)
		buffer_printf(&words, "%s%s %d", i > 0 ? "; " : "",
		    t->stages[i].title, t->stages[i].patients);
	print_words(out, "  stages", 14, &words);
}

static void
print_cohort(FILE *out, const struct review_totals *t)
{
	struct buffer words = { 0 };
	char median[FORM_MEDIAN_SIZE];

	for (int i = 0; i < TOTALS_WEEKS; i++)
		if (t->scores[i] > 0)
			buffer_printf(&words, "%sweek %d: %s",
			    words.len > 0 ? ", " : "", i,
			    form_median(t->median[i], median));
	if (words.len > 0)
		print_words(out, "  pain", 14, &words);
	buffer_free(&words);
}

static void
print_program(FILE *out, const struct review_totals *t)
{
	struct buffer words = { 0 };
	char span[FORM_SPAN_SIZE];

	for (int i = 0; i < t->gateways_len; i++) {
		const struct totals_gateway *g = &t->gateways[i];

		buffer_printf(&words, "%s%s: %lld messages", i > 0 ? "; " : "",
		    *g->name != '\0' ? g->name : "none",
		    (long long)g->messages);
		if (g->segments > 0)
			buffer_printf(&words, " in %lld segments",
			    (long long)g->segments);
		if (g->cost > 0)
			buffer_printf(&words, " for %.2f", g->cost);
		if (g->failures > 0)
			buffer_printf(&words, ", %lld did not arrive",
			    (long long)g->failures);
	}
	if (words.len > 0)
		print_words(out, "  sent", 14, &words);
	buffer_printf(&words, "%lld ran, the longest gap %s",
	    (long long)t->ticks.ticks, form_span(t->ticks.longest_gap_s, span));
	if (t->ticks.died > 0)
		buffer_printf(&words, ", %lld died", (long long)t->ticks.died);
	print_words(out, "  ticks", 14, &words);
}

/* Of one patient alone: each week, and each move with its reason. */
static void
print_week(
    FILE *out, const struct totals_week *week, const struct review_patient *p)
{
	struct adherence a;
	char day[STRETCH_DAY_SIZE], pain[PAIN_SIZE];

	adherence_of(&p->rows, &week->stretch, &a);
	fputs("  ", out);
	columns_padded(out, 12, stretch_day(week->stretch.from, day));
	print_ratio(out, 12, a.answered, a.delivered - a.open);
	print_ratio(out, 12, a.done, a.done_asked);
	fprintf(out, "%s\n", pain_words(&a, pain));
}

static void
print_course(FILE *out, const struct review *review)
{
	const struct review_patient *p = &review->patients[0];
	const struct stretch *stretch = &review->ask.stretch;

	fputs("\n  week of     answered    done        pain\n", out);
	for (int i = 0; i < review->totals.weeks_len; i++)
		print_week(out, &review->totals.weeks[i], p);
	for (int i = 0, n = 0; i < p->rows.moves_len; i++) {
		const struct week_move *m = &p->rows.moves[i];
		const struct stage *to = plan_stage(p->plan, m->to_stage);
		struct buffer words = { 0 };
		char day[STRETCH_DAY_SIZE], label[STRETCH_DAY_SIZE + 2];

		if (m->at < stretch->from_at || m->at >= stretch->until_at)
			continue;
		if (n++ == 0)
			fputs("\nMoves\n", out);
		buffer_printf(&words, "to %s: %s",
		    to != NULL ? to->title : m->to_stage, m->because);
		stretch_day(zone_local(review->ask.zone, m->at).date, day);
		snprintf(label, sizeof(label), "  %s", day);
		print_words(out, label, 14, &words);
	}
}

static void
print_clinic(
    FILE *out, const struct review *review, const struct form_options *options)
{
	print_well(out, review, "Finished, or about to", true, options);
	print_well(out, review, "Everyone else", false, options);
	fputs("\nThe clinic\n", out);
	print_stages(out, &review->totals);
	print_cohort(out, &review->totals);
	print_program(out, &review->totals);
}

void
form_text(
    FILE *out, const struct review *review, const struct form_options *options)
{
	bool single = review->ask.patient_id != 0 && review->len == 1;

	print_head(out, review);
	print_signed(out, review);
	if (review->needing == 0 && !single)
		fputs(review->len > 0 ? "\nNobody needs a person.\n"
				      : "\nNobody is in this review.\n",
		    out);
	else
		print_columns(out);
	for (int i = 0; i < review->needing; i++)
		print_needing(out, review, &review->patients[i], options);
	if (single && review->needing == 0)
		print_row(out, review, &review->patients[0], options);
	if (single)
		print_course(out, review);
	else
		print_clinic(out, review, options);
	fputs("\n+ needs a person since the week before, or more than then; "
	      "* a change of 2 points or 30 %, which\npeople notice "
	      "(Farrar 2001). keepmoving-review(7) defines each figure.\n",
	    out);
}
