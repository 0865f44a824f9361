/*
 * NAME
 *	chart_frame - what the files that draw charts share: scale, grid, words
 */
#ifndef REVIEW_CHART_FRAME_H
#define REVIEW_CHART_FRAME_H

#include "review/chart.h"

/* A drawing of so many units, with the plot inside it. */
struct frame {
	struct buffer *svg;
	int width, height;
	int left, right, top, bottom; /* of the plot */
	double from, until; /* of what runs from left to right */
	double low, high; /* of what runs from bottom to top */
};

double frame_x(const struct frame *frame, double at);
double frame_y(const struct frame *frame, double value);

/* The element, its title and description, and the grid at these values. */
void frame_begin(const struct frame *frame, const struct chart_look *look,
    const char *title, const char *desc);
void frame_grid(const struct frame *frame, int step, const char *unit);
void frame_end(const struct frame *frame);

/* Words at a place; anchor is "start", "middle" or "end". Escaped. */
void frame_text(const struct frame *frame, double x, double y,
    const char *anchor, const char *class, const char *text);

/* One line through points, given one by one; a gap ends it and begins anew. */
struct frame_line {
	const struct frame *frame;
	const char *class;
	bool open;
};
void frame_line_to(struct frame_line *line, double at, double value);
void frame_line_gap(struct frame_line *line); /* and at the end */
void frame_dot(const struct frame *frame, double at, double value,
    const char *class, const char *title);

#endif
