/*
 * NAME
 *	plan_graph - the ways through a plan's stages
 */
#ifndef SETTINGS_PLAN_GRAPH_H
#define SETTINGS_PLAN_GRAPH_H

#include "care/plan.h"

/* The first stage of that id, or -1; minds stages without an id. */
int plan_graph_find(const struct plan *plan, const char *id);

/* For each stage: does an advance or retreat lead to it from the first?
 * The caller frees. */
bool *plan_graph_reached(const struct plan *plan);

/* For each stage: does a finish wait there, or where its advances lead?
 * The caller frees. */
bool *plan_graph_ends(const struct plan *plan);

#endif
