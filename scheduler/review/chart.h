/*
 * NAME
 *	chart - figures drawn as SVG, with real text in it
 *
 * Each is one <svg> element that tells in a <title> and a <desc> what it
 * shows. Inside a page its colours are those of the page's style, light or
 * dark (chart_style() is the part of it that charts need); standing alone, as
 * for a mail, it brings its own light ones.
 */
#ifndef REVIEW_CHART_H
#define REVIEW_CHART_H

#include "base/buffer.h"
#include "review/course.h"
#include "review/totals.h"

struct chart_look {
	bool alone; /* with its own colours and size */
	bool wide; /* as wide as the page, not half of it */
	int number; /* different for each chart of a page */
};

/* Pain by day, the stages as bands, each move marked. */
void chart_course(struct buffer *svg, const struct course *course,
    const char *name, const struct chart_look *look);

/* Answered and done by week, in per cent. */
void chart_weeks(struct buffer *svg, const struct review_totals *totals,
    const struct chart_look *look);

/* Median pain by weeks since enrolment. */
void chart_cohort(struct buffer *svg, const struct review_totals *totals,
    const struct chart_look *look);

/* A course in the room of a word. */
void chart_spark(struct buffer *svg, const struct course *course);

/* The rules of style for what is inside charts, with the page's colours as
 * custom properties (--ink, --muted, --line, --accent, --band, --bad). */
extern const char chart_style[];

#endif
