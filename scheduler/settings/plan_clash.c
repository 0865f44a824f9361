/*
 * plan_clash.c - see plan_clash.h
 *
 * A rule bounds each of the newest scores alike, so if any row of scores
 * passes, one of equal scores does: those are all that need to be tried.
 */
#include "settings/plan_clash.h"

#include "care/decide.h"
#include "settings/plan_graph.h"

#define WORST 10

/* A stage's start and the score that it then stays at. */
struct course {
	int start; /* or PAIN_NONE */
	int score;
};

/* What the stage would do if it had these rules alone. */
static enum decision_act
act_of(const struct plan *plan, const struct stage *stage,
    const struct rule *rules, struct course course)
{
	struct decide_reading list[RULE_READINGS_MAX];
	struct stage alone = *stage;
	struct decide_facts facts = { .plan = plan,
		.stage = &alone,
		.days = stage->min_days,
		.start_pain = course.start,
		.readings = list,
		.readings_len = RULE_READINGS_MAX };

	for (int i = 0; i < RULE_READINGS_MAX; i++)
		list[i] = (struct decide_reading){ .pain = course.score,
			.settled = ANSWER_YES };
	alone.advance.given = rules == &stage->advance;
	alone.retreat.given = rules == &stage->retreat;
	alone.finish.given = rules == &stage->finish;
	return decide(&facts).act;
}

static bool
passes(const struct plan *plan, const struct stage *stage,
    const struct rule *rule, struct course course)
{
	return rule->given &&
	       act_of(plan, stage, rule, course) != DECISION_STAY;
}

/* The next start and score; false after the last. */
static bool
next_course(struct course *course)
{
	if (course->score < WORST) {
		course->score++;
		return true;
	}
	course->score = 0;
	return course->start++ < WORST;
}

/* Does it matter to the rule what the stage began with? */
static bool
goes_by_start(const struct rule *rule)
{
	return rule->given &&
	       (rule->not_worse || rule->or_down_by != RULE_UNSET);
}

/* Is there a course that both let pass (or the first and not the second)? */
static bool
find(const struct plan *plan, const struct stage *stage,
    const struct rule *first, const struct rule *second, bool both,
    struct course *course)
{
	bool by_start = goes_by_start(first) || goes_by_start(second);

	*course = (struct course){ .start = by_start ? 0 : WORST, .score = 0 };
	do {
		if (passes(plan, stage, first, *course) &&
		    passes(plan, stage, second, *course) == both)
			return true;
	} while (next_course(course) && course->start <= WORST);
	return false;
}

/* Forward it goes, or never. */
static void
check_forward(struct tree *tree, const struct plan *plan,
    const struct stage *stage, const struct rule *rule,
    const config_setting_t *s)
{
	static const struct rule none;
	struct course course;

	if (s == NULL || !rule->given)
		return;
	if (!find(plan, stage, rule, &none, false, &course))
		tree_complain(tree, s,
		    "can never be so: no score passes, whatever the stage "
		    "began with");
	else if (find(plan, stage, rule, &stage->retreat, true, &course))
		tree_complain(tree, s,
		    "contradicts retreat: a score of %d after a start of %d "
		    "is both on and back; leave a gap between their bounds",
		    course.score, course.start);
	else if (rule == &stage->advance && stage->finish.given &&
		 !find(plan, stage, rule, &stage->finish, false, &course))
		tree_complain(tree, s,
		    "never comes to be: finish is so whenever it is, and is "
		    "tried first");
}

/* Advance leads on, retreat leads back: a stage's place in the list. */
static void
check_direction(struct tree *tree, const struct plan *plan,
    const struct stage *stage, const struct rule *rule,
    const config_setting_t *s)
{
	int here = plan_graph_find(plan, stage->id);

	if (s == NULL || !rule->given)
		return;
	if (rule == &stage->retreat && plan_graph_find(plan, rule->to) > here)
		tree_complain(tree, config_setting_get_member(s, "to"),
		    "leads on, and retreat leads back: name an earlier stage");
	if (rule == &stage->advance && plan_graph_find(plan, rule->to) < here)
		tree_complain(tree, config_setting_get_member(s, "to"),
		    "leads back, and advance leads on: name a later stage");
}

void
plan_clash_check(struct tree *tree, const struct plan *plan,
    const struct stage *stage, const config_setting_t *group)
{
	const config_setting_t *advance =
	    config_setting_get_member(group, "advance");
	const config_setting_t *finish =
	    config_setting_get_member(group, "finish");
	const config_setting_t *stalled =
	    config_setting_get_member(group, "stalled_after");

	check_direction(tree, plan, stage, &stage->advance, advance);
	check_direction(tree, plan, stage, &stage->retreat,
	    config_setting_get_member(group, "retreat"));
	check_forward(tree, plan, stage, &stage->advance, advance);
	check_forward(tree, plan, stage, &stage->finish, finish);
	if (stalled != NULL && stage->stalled_after > 0 &&
	    stage->stalled_after <= stage->min_days)
		tree_complain(tree, stalled,
		    "must be more than min_days, before which nobody can go "
		    "on");
	if (stage->alert.given && stage->alert.pain_at_least == 0)
		tree_complain(tree, config_setting_get_member(group, "alert"),
		    "is so at every score; say from which on a clinician "
		    "should hear of it");
}
