/*
 * plan_graph.c - see plan_graph.h
 *
 * Plans have a handful of stages: going round until nothing changes is quick.
 */
#include "settings/plan_graph.h"

#include <stddef.h>
#include <string.h>

#include "base/memory.h"

int
plan_graph_find(const struct plan *plan, const char *id)
{
	for (int i = 0; i < plan->stages_len && id != NULL; i++)
		if (plan->stages[i].id != NULL &&
		    strcmp(plan->stages[i].id, id) == 0)
			return i;
	return -1;
}

/* The stage that a rule leads to, or -1. */
static int
leads_to(const struct plan *plan, const struct rule *rule)
{
	return rule->given ? plan_graph_find(plan, rule->to) : -1;
}

static bool
mark(bool *marks, int i)
{
	if (i < 0 || marks[i])
		return false;
	marks[i] = true;
	return true;
}

bool *
plan_graph_reached(const struct plan *plan)
{
	bool *reached = xcalloc((size_t)plan->stages_len + 1, sizeof(bool));
	bool more = plan->stages_len > 0 && mark(reached, 0);

	while (more) {
		more = false;
		for (int i = 0; i < plan->stages_len; i++) {
			const struct stage *stage = &plan->stages[i];

			if (!reached[i])
				continue;
			if (mark(reached, leads_to(plan, &stage->advance)))
				more = true;
			if (mark(reached, leads_to(plan, &stage->retreat)))
				more = true;
		}
	}
	return reached;
}

bool *
plan_graph_ends(const struct plan *plan)
{
	bool *ends = xcalloc((size_t)plan->stages_len + 1, sizeof(bool));
	bool more = true;

	while (more) {
		more = false;
		for (int i = 0; i < plan->stages_len; i++) {
			const struct stage *stage = &plan->stages[i];
			int to = leads_to(plan, &stage->advance);

			if ((stage->finish.given || (to >= 0 && ends[to])) &&
			    mark(ends, i))
				more = true;
		}
	}
	return ends;
}
