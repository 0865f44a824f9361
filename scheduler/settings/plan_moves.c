/*
 * plan_moves.c - see plan_moves.h
 */
#include "settings/plan_moves.h"

#include <string.h>

#include "settings/nearest.h"
#include "settings/plan_graph.h"

static const config_setting_t *
member(const config_setting_t *group, const char *name)
{
	return config_setting_get_member(group, name);
}

static bool
some_ask(const struct reminder *reminders, int len, enum asks asks)
{
	for (int i = 0; i < len; i++)
		if (reminders[i].asks == asks)
			return true;
	return false;
}

/* One rule of a stage, and what is complained of at which line. */
struct case_ {
	struct tree *tree;
	const struct plan *plan;
	const struct stage *stage;
	const struct rule *rule;
	const config_setting_t *group;
	bool moves; /* advance or retreat: it has a stage to go to */
	bool back; /* retreat or alert: it is about getting worse */
};

static bool
stage_asks(const struct case_ *c, enum asks asks)
{
	return some_ask(c->stage->reminders, c->stage->reminders_len, asks) ||
	       some_ask(c->plan->always, c->plan->always_len, asks);
}

static void
check_to(const struct case_ *c)
{
	const config_setting_t *s = member(c->group, "to");
	const char *best = NULL, *to = c->rule->to;
	int distance = 0;

	if (!c->moves && s != NULL)
		tree_complain(
		    c->tree, s, "leads nowhere: only advance and retreat move");
	if (!c->moves || (s != NULL && to == NULL))
		return;
	if (s == NULL) {
		tree_complain(
		    c->tree, c->group, "must say where: to = \"STAGE\";");
		return;
	}
	if (c->stage->id != NULL && strcmp(to, c->stage->id) == 0)
		tree_complain(c->tree, s,
		    "is \"%s\", the stage that it is in; name "
		    "another",
		    to);
	if (plan_graph_find(c->plan, to) >= 0)
		return;
	for (int i = 0; i < c->plan->stages_len; i++)
		if (c->plan->stages[i].id != NULL)
			nearest_offer(
			    to, c->plan->stages[i].id, &best, &distance);
	if (best != NULL)
		tree_complain(c->tree, s,
		    "is \"%s\", and there is no such stage; did you mean "
		    "\"%s\"?",
		    to, best);
	else
		tree_complain(
		    c->tree, s, "is \"%s\", and there is no such stage", to);
}

/* A rule about getting worse goes by pain_at_least alone. */
static void
check_back(const struct case_ *c)
{
	static const char *const others[] = { "pain_at_most", "or_down_by",
		"and_at_most", "settled", "not_worse" };

	if (member(c->group, "pain_at_least") == NULL)
		tree_complain(c->tree, c->group,
		    "must say from which score on: pain_at_least = 6;");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (member(c->group, others[i]) != NULL)
			tree_complain(c->tree, member(c->group, others[i]),
			    "has no part in this; it goes by pain_at_least");
}

static void
check_bounds(const struct case_ *c)
{
	const struct rule *rule = c->rule;

	if (rule->pain_at_most != RULE_UNSET &&
	    rule->pain_at_least > rule->pain_at_most)
		tree_complain(c->tree, member(c->group, "pain_at_least"),
		    "is above pain_at_most, so no score passes");
	if (rule->and_at_most == RULE_UNSET)
		return;
	if (member(c->group, "or_down_by") == NULL)
		tree_complain(c->tree, member(c->group, "and_at_most"),
		    "needs or_down_by, which it bounds");
	else if (rule->and_at_most <= rule->pain_at_most)
		tree_complain(c->tree, member(c->group, "and_at_most"),
		    "is not above pain_at_most, so or_down_by lets nothing "
		    "more pass");
}

/* A step up that any answer makes, be it a 10, is nobody's wish. */
static void
check_any(const struct case_ *c)
{
	const struct rule *rule = c->rule;

	if (rule->pain_at_most == RULE_UNSET &&
	    rule->pain_at_least == RULE_UNSET &&
	    rule->or_down_by == RULE_UNSET && rule->settled == 0 &&
	    !rule->not_worse && !rule->confirm)
		tree_complain(c->tree, c->group,
		    "is met by any score, even a 10; say pain_at_most = 3; "
		    "or not_worse = true; or let a clinician decide: "
		    "confirm = true;");
}

/* What nobody asks for is not known, so the rule would wait for ever. */
static void
check_asked(const struct case_ *c)
{
	if (!stage_asks(c, ASKS_PAIN))
		tree_complain(c->tree, c->group,
		    "goes by the score, and no reminder of this stage asks "
		    "for it (asks = \"pain\"), so it can never happen");
	if (c->rule->settled > 0 && !stage_asks(c, ASKS_SETTLED))
		tree_complain(c->tree, member(c->group, "settled"),
		    "waits for mornings after, and no reminder of this stage "
		    "asks for them (asks = \"settled\"), so it can never "
		    "happen");
}

void
plan_move_check(struct tree *tree, const struct plan *plan,
    const struct stage *stage, const config_setting_t *above, const char *name,
    const struct rule *rule)
{
	struct case_ c = {
		.tree = tree,
		.plan = plan,
		.stage = stage,
		.rule = rule,
		.group = member(above, name),
		.moves = rule == &stage->advance || rule == &stage->retreat,
		.back = rule == &stage->retreat || rule == &stage->alert,
	};

	if (!rule->given)
		return;
	check_to(&c);
	if (c.back)
		check_back(&c);
	else
		check_any(&c);
	check_bounds(&c);
	check_asked(&c);
	if (rule == &stage->alert && rule->confirm)
		tree_complain(tree, member(c.group, "confirm"),
		    "has no part in this: an alert moves nobody");
}
