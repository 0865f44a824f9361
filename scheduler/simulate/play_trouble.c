/*
 * play_trouble.c - see play.h
 */
#include <stdlib.h>

#include "base/memory.h"
#include "simulate/play.h"

#define MINUTE_S INT64_C(60)
#define HOUR_S (60 * MINUTE_S)
#define TWELVE_WEEKS 12

static void
add(struct troubles *troubles, enum trouble_kind kind, int64_t from_at,
    int64_t length_s)
{
	troubles->list = xrealloc(
	    troubles->list, (size_t)troubles->len + 1, sizeof *troubles->list);
	troubles->list[troubles->len++] = (struct trouble){
		.kind = kind, .from_at = from_at, .until_at = from_at + length_s
	};
}

/* So many of a kind, at drawn times, of a drawn length up to the longest. */
static void
strew(struct troubles *troubles, const struct lottery *lottery,
    enum trouble_kind kind, int row, int count, int64_t begins_at, int weeks,
    int64_t longest_s)
{
	for (int i = 0; i < count; i++) {
		double when = lottery_draw(
		    lottery, LOT_GATEWAY, 100 + row, (int64_t)i * 2);
		double how = lottery_draw(
		    lottery, LOT_GATEWAY, 100 + row, (int64_t)i * 2 + 1);
		int64_t week_s = INT64_C(7) * 24 * HOUR_S;
		int64_t from_s =
		    (int64_t)((i + when) / count * weeks * (double)week_s);
		/* On a tick. */
		from_s -= from_s % SIMULATE_STEP_S;
		add(troubles, kind, begins_at + from_s,
		    (int64_t)((0.2 + 0.8 * how) * (double)longest_s));
	}
}

void
troubles_plan(struct troubles *troubles, const struct cohort *cohort,
    const struct lottery *lottery, int64_t begins_at, int weeks)
{
	const struct cohort_troubles *t = &cohort->troubles;
	const struct {
		enum trouble_kind kind;
		int count;
		int64_t longest_s;
	} rows[] = {
		{ TROUBLE_DOWN, t->gateway_down, 6 * HOUR_S },
		{ TROUBLE_FOG, t->gateway_foggy, 40 * MINUTE_S },
		{ TROUBLE_NO_TICK, t->ticks_missed, 8 * HOUR_S },
		{ TROUBLE_NO_TICK, t->long_gap, 60 * HOUR_S },
		{ TROUBLE_CLOCK_BACK, t->clock_back, 1 },
		{ TROUBLE_TWICE, t->tick_twice, 1 },
	};
	*troubles = (struct troubles){ 0 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		strew(troubles, lottery, rows[i].kind, (int)i,
		    rows[i].count * weeks / TWELVE_WEEKS, begins_at, weeks,
		    rows[i].longest_s);
}

bool
troubles_are(
    const struct troubles *troubles, enum trouble_kind kind, int64_t at)
{
	for (int i = 0; i < troubles->len; i++)
		if (troubles->list[i].kind == kind &&
		    at >= troubles->list[i].from_at &&
		    at < troubles->list[i].until_at)
			return true;
	return false;
}

void
troubles_free(struct troubles *troubles)
{
	free(troubles->list);
	*troubles = (struct troubles){ 0 };
}
