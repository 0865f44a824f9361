/*
 * chart_frame.c - see chart_frame.h
 */
#include "review/chart_frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/escape.h"

const char chart_style[] =
    ".c-text{fill:var(--muted);font:11px system-ui,sans-serif}\n"
    ".c-strong{fill:var(--ink);font-weight:600}\n"
    ".c-grid{stroke:var(--line);stroke-width:1}\n"
    ".c-band{fill:var(--band)}\n"
    ".c-move{stroke:var(--muted);stroke-width:1;stroke-dasharray:3 3}\n"
    ".c-line{fill:none;stroke:var(--accent);stroke-width:2;"
    "stroke-linejoin:round;stroke-linecap:round}\n"
    ".c-other{stroke:var(--ink);stroke-dasharray:6 4}\n"
    ".c-dot{fill:var(--accent);stroke:var(--paper);stroke-width:1.5}\n"
    ".c-high{fill:var(--bad)}\n"
    ".c-mark{fill:var(--muted)}\n";

/* A renderer without custom properties gets the light colours themselves. */
static const char alone_style[] =
    ".c-text{fill:#55606e;font:11px DejaVu Sans,sans-serif}"
    ".c-strong{fill:#1a222d;font-weight:bold}"
    ".c-grid{stroke:#d5dbe3;stroke-width:1}.c-band{fill:#eef3f4}"
    ".c-move{stroke:#55606e;stroke-width:1;stroke-dasharray:3 3}"
    ".c-line{fill:none;stroke:#0a6b6b;stroke-width:2;"
    "stroke-linejoin:round;stroke-linecap:round}"
    ".c-other{stroke:#1a222d;stroke-dasharray:6 4}"
    ".c-dot{fill:#0a6b6b;stroke:#fff;stroke-width:1.5}"
    ".c-high{fill:#b3261e}.c-mark{fill:#55606e}";

double
frame_x(const struct frame *frame, double at)
{
	double span = frame->until - frame->from;

	return frame->left + (span > 0 ? (at - frame->from) / span : 0.5) *
				 (frame->right - frame->left);
}

double
frame_y(const struct frame *frame, double value)
{
	double span = frame->high - frame->low;

	return frame->bottom -
	       (value - frame->low) / span * (frame->bottom - frame->top);
}

static void
add_escaped(struct buffer *svg, const char *text)
{
	escape_add(svg, ESCAPE_HTML, text);
}

void
frame_begin(const struct frame *frame, const struct chart_look *look,
    const char *title, const char *desc)
{
	struct buffer *svg = frame->svg;
	int n = look->number;

	buffer_printf(svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\""
	    " viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"c%dt"
	    " c%dd\"",
	    frame->width, frame->height, n, n);
	if (look->alone)
		buffer_printf(svg, " width=\"%d\" height=\"%d\"", frame->width,
		    frame->height);
	buffer_printf(svg, ">\n<title id=\"c%dt\">", n);
	add_escaped(svg, title);
	buffer_printf(svg, "</title><desc id=\"c%dd\">", n);
	add_escaped(svg, desc);
	buffer_puts(svg, "</desc>\n");
	if (look->alone)
		buffer_printf(svg,
		    "<style>%s</style><rect width=\"%d\" height=\"%d\""
		    " fill=\"#fff\"/>\n",
		    alone_style, frame->width, frame->height);
}

void
frame_end(const struct frame *frame)
{
	buffer_puts(frame->svg, "</svg>\n");
}

void
frame_text(const struct frame *frame, double x, double y, const char *anchor,
    const char *class, const char *text)
{
	buffer_printf(frame->svg,
	    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\""
	    " class=\"c-text %s\">",
	    x, y, anchor, class);
	add_escaped(frame->svg, text);
	buffer_puts(frame->svg, "</text>\n");
}

void
frame_grid(const struct frame *frame, int step, const char *unit)
{
	for (int v = (int)frame->low; v <= (int)frame->high; v += step) {
		double y = frame_y(frame, v);
		char text[24];

		buffer_printf(frame->svg,
		    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\""
		    " class=\"c-grid\"/>",
		    frame->left, frame->right, y, y);
		snprintf(text, sizeof(text), "%d%s", v, unit);
		frame_text(frame, frame->left - 6, y + 4, "end", "", text);
	}
}

void
frame_line_to(struct frame_line *line, double at, double value)
{
	const struct frame *frame = line->frame;

	if (!line->open)
		buffer_printf(
		    frame->svg, "<path class=\"c-line %s\" d=\"M", line->class);
	buffer_printf(frame->svg, "%s%.1f %.1f", line->open ? "L" : "",
	    frame_x(frame, at), frame_y(frame, value));
	line->open = true;
}

void
frame_line_gap(struct frame_line *line)
{
	if (line->open)
		buffer_puts(line->frame->svg, "\"/>\n");
	line->open = false;
}

void
frame_dot(const struct frame *frame, double at, double value, const char *class,
    const char *title)
{
	buffer_printf(frame->svg,
	    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"c-dot %s\">"
	    "<title>",
	    frame_x(frame, at), frame_y(frame, value), class);
	add_escaped(frame->svg, title);
	buffer_puts(frame->svg, "</title></circle>\n");
}
