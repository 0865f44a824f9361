/*
 * NAME
 *	plan_draw - a plan as a picture: its stages, its ways, its weeks
 *
 * An SVG of real text, or a page around it, which a browser shows and prints
 * without anything else; light or dark as the reader likes it.
 */
#ifndef COMMANDS_PLAN_DRAW_H
#define COMMANDS_PLAN_DRAW_H

#include <stdio.h>

#include "base/status.h"
#include "care/plan.h"

enum plan_drawing {
	PLAN_DRAWING_TEXT,
	PLAN_DRAWING_SVG,
	PLAN_DRAWING_HTML,
	PLAN_DRAWING__MAX
};

/* "svg"; NULL is text. USAGE. */
enum status plan_draw_format(
    const char *name, enum plan_drawing *drawing, struct why *why);

void plan_draw(FILE *out, const struct plan *plan, enum plan_drawing drawing);

#endif
