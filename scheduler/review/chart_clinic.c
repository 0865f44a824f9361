/*
 * chart_clinic.c - the clinic's weeks, and the cohort; see chart.h
 */
#include <stdio.h>
#include <stdlib.h>

#include "review/chart_frame.h"
#include "review/forms.h"

static int
answered(const struct adherence *a)
{
	return totals_per_cent(a->answered, a->delivered - a->open);
}

static int
done(const struct adherence *a)
{
	return totals_per_cent(a->done, a->done_asked);
}

static void
draw_rate(const struct frame *f, const struct review_totals *t,
    int (*rate)(const struct adherence *a), const char *class, const char *name)
{
	struct frame_line line = { f, class, false };
	int last = -1;

	for (int i = 0; i < t->weeks_len; i++) {
		int value = rate(&t->weeks[i].sum);

		if (value < 0) {
			frame_line_gap(&line);
			continue;
		}
		frame_line_to(&line, i, value);
		last = i;
	}
	frame_line_gap(&line);
	for (int i = 0; i < t->weeks_len; i++) {
		int value = rate(&t->weeks[i].sum);
		char text[64];

		snprintf(text, sizeof(text), "%s: %s %d %%",
		    t->weeks[i].stretch.week, name, value);
		if (value >= 0)
			frame_dot(f, i, value, "", text);
	}
	if (last >= 0)
		frame_text(f, f->right + 10,
		    frame_y(f, rate(&t->weeks[last].sum)) + 4, "start",
		    "c-strong", name);
}

static void
describe_weeks(const struct review_totals *t, struct buffer *words)
{
	for (int i = 0; i < t->weeks_len; i++) {
		const struct adherence *a = &t->weeks[i].sum;
		char day[STRETCH_DAY_SIZE];

		buffer_printf(words, "%sWeek of %s:", i > 0 ? " " : "",
		    stretch_day(t->weeks[i].stretch.from, day) + 4);
		if (answered(a) >= 0)
			buffer_printf(words, " answered %d %%", answered(a));
		if (done(a) >= 0)
			buffer_printf(words, ", done %d %%", done(a));
		buffer_putc(words, '.');
	}
}

void
chart_weeks(struct buffer *svg, const struct review_totals *totals,
    const struct chart_look *look)
{
	struct frame f = { .svg = svg,
		.width = 460,
		.height = 190,
		.left = 44,
		.right = 380,
		.top = 12,
		.bottom = 160,
		.from = 0,
		.until = totals->weeks_len - 1,
		.low = 0,
		.high = 100 };
	struct buffer words = { 0 };
	int step = (totals->weeks_len + 7) / 8;

	describe_weeks(totals, &words);
	frame_begin(
	    &f, look, "Answered and done, by week", buffer_text(&words));
	frame_grid(&f, 50, " %");
	for (int i = 0; i < totals->weeks_len; i += step) {
		char day[STRETCH_DAY_SIZE];

		stretch_day(totals->weeks[i].stretch.from, day);
		frame_text(
		    &f, frame_x(&f, i), f.bottom + 18, "middle", "", day + 4);
	}
	draw_rate(&f, totals, answered, "", "answered");
	draw_rate(&f, totals, done, "c-other", "done");
	frame_end(&f);
	buffer_free(&words);
}

/* The last week that has scores. */
static int
last_week(const struct review_totals *t)
{
	int last = 0;

	for (int i = 0; i < TOTALS_WEEKS; i++)
		if (t->scores[i] > 0)
			last = i;
	return last;
}

static void
describe_cohort(const struct review_totals *t, struct buffer *words)
{
	char median[FORM_MEDIAN_SIZE];

	for (int i = 0; i < TOTALS_WEEKS; i++)
		if (t->scores[i] > 0)
			buffer_printf(words, "%sWeek %d: %s of %d scores.",
			    words->len > 0 ? " " : "", i,
			    form_median(t->median[i], median), t->scores[i]);
}

void
chart_cohort(struct buffer *svg, const struct review_totals *totals,
    const struct chart_look *look)
{
	int last = last_week(totals);
	struct frame f = { .svg = svg,
		.width = 460,
		.height = 190,
		.left = 44,
		.right = 440,
		.top = 12,
		.bottom = 150,
		.from = 0,
		.until = last > 0 ? last : 1,
		.low = 0,
		.high = 10 };
	struct frame_line line = { &f, "", false };
	struct buffer words = { 0 };
	int step = last / 10 + 1;

	describe_cohort(totals, &words);
	frame_begin(&f, look, "Median pain by weeks since enrolment",
	    buffer_text(&words));
	frame_grid(&f, 5, "");
	for (int i = 0; i <= last; i++)
		if (totals->scores[i] > 0)
			frame_line_to(&line, i, totals->median[i] / 2.0);
		else
			frame_line_gap(&line);
	frame_line_gap(&line);
	for (int i = 0; i <= last; i++) {
		char text[48], median[FORM_MEDIAN_SIZE];

		snprintf(text, sizeof(text), "%d", i);
		if (i % step == 0)
			frame_text(&f, frame_x(&f, i), f.bottom + 18, "middle",
			    "", text);
		snprintf(text, sizeof(text), "week %d: %s", i,
		    form_median(totals->median[i], median));
		if (totals->scores[i] > 0)
			frame_dot(&f, i, totals->median[i] / 2.0, "", text);
	}
	frame_text(&f, (f.left + f.right) / 2.0, f.bottom + 36, "middle", "",
	    "weeks since enrolment");
	frame_end(&f);
	buffer_free(&words);
}
