/*
 * course.c - see course.h
 */
#include "review/course.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void
add_points(const struct week_reading *list, int len, struct course *c)
{
	c->points = xcalloc((size_t)len + 1, sizeof(*c->points));
	for (int i = 0; i < len; i++) {
		const struct week_reading *r = &list[i];

		if (r->verified && r->pain != PAIN_NONE &&
		    r->at >= c->from_at && r->at < c->until_at)
			c->points[c->points_len++] =
			    (struct course_point){ r->at, r->pain };
	}
}

static const char *
title(const struct plan *plan, const char *id)
{
	const struct stage *stage = plan_stage(plan, id);

	if (stage != NULL)
		return stage->title;
	return strcmp(id, "finished") == 0 ? "Finished" : id;
}

/* The first band is the stage before the first move, or that of the end where
 * there was none. */
static void
add_bands(const struct review_patient *p, const struct week_move *list, int len,
    struct course *c)
{
	c->bands = xcalloc((size_t)len + 1, sizeof(*c->bands));
	c->bands[c->bands_len++] = (struct course_band){ c->from_at,
		len > 0 ? title(p->plan, list[0].from_stage) : review_stage(p),
		NULL };
	for (int i = 0; i < len; i++) {
		const struct week_move *m = &list[i];

		if (m->at < c->from_at || m->at >= c->until_at)
			continue;
		c->bands[c->bands_len++] = (struct course_band){ m->at,
			title(p->plan, m->to_stage), m->because };
	}
}

void
course_make(const struct review *review, const struct review_patient *patient,
    struct course *course)
{
	const struct stretch *window = &review->rows.window;
	int64_t began_at =
	    zone_day_start(review->ask.zone, patient->who->began_on);
	struct course c = { .zone = review->ask.zone,
		.from_at = window->from_at,
		.until_at = window->until_at };

	if (patient->past.from_at != 0)
		c.from_at = patient->past.from_at;
	if (began_at > c.from_at && began_at < c.until_at)
		c.from_at = began_at;
	if (patient->past.from_at != 0) {
		add_points(
		    patient->past.readings, patient->past.readings_len, &c);
		add_bands(
		    patient, patient->past.moves, patient->past.moves_len, &c);
	} else {
		add_points(
		    patient->rows.readings, patient->rows.readings_len, &c);
		add_bands(
		    patient, patient->rows.moves, patient->rows.moves_len, &c);
	}
	*course = c;
}

void
course_free(struct course *course)
{
	free(course->points);
	free(course->bands);
	*course = (struct course){ 0 };
}
