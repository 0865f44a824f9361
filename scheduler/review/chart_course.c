/*
 * chart_course.c - one patient's pain by day; see chart.h
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "review/attention.h"
#include "review/chart_frame.h"

#define SILENCE_S INT64_C(864000) /* ten days */
#define CHARACTER 6.2 /* units, of the words in a chart */

/* A title in so much room, or its beginning with dots, or nothing at all. */
static void
fit(const char *title, double room, char *out, size_t size)
{
	const char *p = title, *end = title + strlen(title);
	int most = (int)(room / CHARACTER);
	int n = 0;

	out[0] = '\0';
	if (most < 4)
		return;
	while (p < end && n < most) {
		(void)utf8_next(&p, end);
		n++;
	}
	if (p == end) {
		snprintf(out, size, "%s", title);
		return;
	}
	for (p = title, n = 0; n < most - 1; n++)
		(void)utf8_next(&p, end);
	snprintf(out, size, "%.*s\xe2\x80\xa6", (int)(p - title), title);
}

static void
draw_bands(const struct frame *f, const struct course *c)
{
	for (int i = 0; i < c->bands_len; i++) {
		const struct course_band *band = &c->bands[i];
		bool last = i + 1 == c->bands_len;
		int64_t until_at = last ? c->until_at : band[1].from_at;
		double x = frame_x(f, (double)band->from_at);
		double room = frame_x(f, (double)until_at) - x;
		char text[160];

		if (i % 2 == 0)
			buffer_printf(f->svg,
			    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\""
			    " height=\"%d\" class=\"c-band\"/>\n",
			    x, f->top - 18, room, f->bottom - f->top + 18);
		fit(band->title, room - 10, text, sizeof(text));
		if (*text != '\0')
			frame_text(f, x + 6, f->top - 6, "start", "", text);
	}
}

static void
draw_moves(const struct frame *f, const struct course *c)
{
	for (int i = 1; i < c->bands_len; i++) {
		double x = frame_x(f, (double)c->bands[i].from_at);

		buffer_printf(f->svg,
		    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\""
		    " class=\"c-move\"/>"
		    "<path d=\"M%.1f %dl-4 7h8z\" class=\"c-mark\"/>\n",
		    x, x, f->top - 18, f->bottom, x, f->bottom);
	}
}

/* Mondays, as many as there is room for. */
static void
draw_days(const struct frame *f, const struct course *c)
{
	struct date from = zone_local(c->zone, c->from_at).date;
	int64_t monday = date_days(date_week_start(from));
	int64_t last = date_days(zone_local(c->zone, c->until_at - 1).date);
	int64_t weeks = (last - monday) / 7 + 1;
	int64_t most = f->width / 70;
	int64_t step = (weeks + most - 1) / most * 7;

	for (; monday <= last; monday += step) {
		struct date date = date_from_days(monday);
		int64_t at = zone_day_start(c->zone, date);
		char text[STRETCH_DAY_SIZE];
		double x;

		if (at < c->from_at)
			continue;
		x = frame_x(f, (double)at);
		if (x > f->right - 24)
			continue;
		stretch_day(date, text);
		frame_text(f, x, f->bottom + 20, "start", "", text + 4);
	}
}

static void
draw_scores(const struct frame *f, const struct course *c)
{
	struct frame_line line = { f, "", false };

	/* A long silence is no line. */
	for (int i = 0; i < c->points_len; i++) {
		if (i > 0 && c->points[i].at - c->points[i - 1].at > SILENCE_S)
			frame_line_gap(&line);
		frame_line_to(
		    &line, (double)c->points[i].at, c->points[i].pain);
	}
	frame_line_gap(&line);
	for (int i = 0; i < c->points_len; i++) {
		const struct course_point *p = &c->points[i];
		char day[STRETCH_DAY_SIZE], text[80];

		snprintf(text, sizeof(text), "%s: %d",
		    stretch_day(zone_local(c->zone, p->at).date, day), p->pain);
		frame_dot(f, (double)p->at, p->pain,
		    p->pain >= ATTENTION_SEVERE ? "c-high" : "", text);
	}
}

/* The same in words, for those who do not see it. */
static void
describe(const struct course *c, struct buffer *words)
{
	char day[STRETCH_DAY_SIZE];

	if (c->points_len == 0)
		buffer_puts(words, "No scores.");
	else
		buffer_puts(words, "Scores:");
	for (int i = 0; i < c->points_len; i++)
		buffer_printf(
		    words, "%s %d", i > 0 ? "," : "", c->points[i].pain);
	for (int i = 0; i < c->bands_len; i++)
		buffer_printf(words, "%s %s from %s",
		    i > 0		? ","
		    : c->points_len > 0 ? ". Stages:"
					: " Stages:",
		    c->bands[i].title,
		    stretch_day(
			zone_local(c->zone, c->bands[i].from_at).date, day));
	buffer_putc(words, '.');
}

void
chart_course(struct buffer *svg, const struct course *course, const char *name,
    const struct chart_look *look)
{
	struct frame f = { .svg = svg,
		.width = look->wide ? 1040 : 560,
		.height = 150,
		.left = 28,
		.right = look->wide ? 1032 : 552,
		.top = 26,
		.bottom = 124,
		.from = (double)course->from_at,
		.until = (double)course->until_at,
		.low = 0,
		.high = 10 };
	struct buffer words = { 0 };
	char title[240];

	snprintf(title, sizeof(title), "Pain by day%s%s",
	    *name != '\0' ? ", " : "", name);
	describe(course, &words);
	frame_begin(&f, look, title, buffer_text(&words));
	draw_bands(&f, course);
	frame_grid(&f, 5, "");
	draw_moves(&f, course);
	draw_days(&f, course);
	draw_scores(&f, course);
	frame_end(&f);
	buffer_free(&words);
}

void
chart_spark(struct buffer *svg, const struct course *course)
{
	struct frame f = { .svg = svg,
		.width = 72,
		.height = 18,
		.left = 2,
		.right = 70,
		.top = 3,
		.bottom = 15,
		.from = (double)course->from_at,
		.until = (double)course->until_at,
		.low = 0,
		.high = 10 };
	struct frame_line line = { &f, "", false };

	buffer_puts(svg, "<svg class=\"spark\" viewBox=\"0 0 72 18\""
			 " aria-hidden=\"true\">");
	for (int i = 0; i < course->points_len; i++)
		frame_line_to(&line, (double)course->points[i].at,
		    course->points[i].pain);
	frame_line_gap(&line);
	buffer_puts(svg, "</svg>");
}
