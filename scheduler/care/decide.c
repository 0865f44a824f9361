/*
 * decide.c - see decide.h
 */
#include <string.h>

#include "care/decide.h"
#include "care/gate.h"
#include "care/scores.h"

static const struct stage *
stage_before(const struct plan *plan, const struct stage *stage)
{
	for (int i = 1; i < plan->stages_len; i++)
		if (&plan->stages[i] == stage)
			return &plan->stages[i - 1];
	return NULL;
}

/*
 * A retreat is worth having only as a bound that was passed: a rule without
 * pain_at_least would send everyone back, and is taken as none.
 */
static bool
try_retreat(const struct decide_facts *facts, struct decision *decision)
{
	const struct rule *rule = &facts->stage->retreat;
	struct sentence s = sentence_start(decision->because);
	const struct stage *to = plan_stage(facts->plan, rule->to);

	if (!rule->given || rule->pain_at_least == RULE_UNSET || to == NULL ||
	    gate_lacks(facts, rule, &s))
		return false;
	decision->act = DECISION_RETREAT;
	decision->to = to;
	decision->confirm = rule->confirm;
	gate_say_pains(&s, facts, gate_readings(rule));
	if (to == stage_before(facts->plan, facts->stage))
		sentence_say(&s, ": one step easier");
	else
		sentence_say(&s, ": back to %s", to->title);
	return true;
}

/* Advance or finish; when not, because says what held it back. */
static bool
try_forward(const struct decide_facts *facts, const struct rule *rule,
    enum decision_act act, struct decision *decision)
{
	const struct stage *to = NULL;
	struct sentence s;

	if (!rule->given)
		return false;
	s = sentence_start(decision->because);
	sentence_say(&s, "stays: ");
	if (act == DECISION_ADVANCE) {
		to = plan_stage(facts->plan, rule->to);
		if (to == NULL) {
			sentence_say(&s, "the plan has no stage to go to");
			return false;
		}
	}
	if (gate_forward_lacks(facts, rule, &s))
		return false;
	s = sentence_start(decision->because);
	decision->act = act;
	decision->to = to;
	decision->confirm = rule->confirm;
	gate_say_forward(&s, facts, rule);
	return true;
}

/*
 * Finish is tried before advance: it asks for more, and a stage that has both
 * would never come to it otherwise.
 */
struct decision
decide(const struct decide_facts *facts)
{
	const struct stage *stage = facts->stage;
	struct decision decision = { .act = DECISION_STAY };
	struct sentence s;

	if (try_retreat(facts, &decision) ||
	    try_forward(facts, &stage->finish, DECISION_FINISH, &decision) ||
	    try_forward(facts, &stage->advance, DECISION_ADVANCE, &decision))
		return decision;
	if (!stage->finish.given && !stage->advance.given) {
		s = sentence_start(decision.because);
		sentence_say(&s, "stays: only a clinician moves on from %s",
		    stage->title);
	}
	return decision;
}

static bool
concern_pain(const struct decide_facts *facts, struct sentence *s)
{
	const struct rule *rule = &facts->stage->alert;
	char lacking[BECAUSE_SIZE];
	struct sentence unsaid = sentence_start(lacking);

	if (!rule->given || rule->pain_at_least == RULE_UNSET ||
	    gate_lacks(facts, rule, &unsaid))
		return false;
	gate_say_pains(s, facts, gate_readings(rule));
	sentence_say(
	    s, ", %d or more in %s", rule->pain_at_least, facts->stage->title);
	return true;
}

static bool
concern_worsening(const struct decide_facts *facts, struct sentence *s)
{
	int worse_by = facts->plan->worse_by;
	int start = scores_start(facts);

	if (worse_by <= 0 || scores_pains(facts) < 2 ||
	    scores_pain(facts, 0) < start + worse_by ||
	    scores_pain(facts, 1) < start + worse_by)
		return false;
	gate_say_pains(s, facts, 2);
	sentence_say(s, ", at least %d above %d at the start of %s", worse_by,
	    start, facts->stage->title);
	return true;
}

static bool
concern_stalled(const struct decide_facts *facts, struct sentence *s)
{
	const struct stage *stage = facts->stage;
	struct decision decision;

	if (stage->stalled_after <= 0 || facts->days <= stage->stalled_after)
		return false;
	gate_say_days(s, facts);
	sentence_say(s, ", more than %d", stage->stalled_after);
	decision = decide(facts);
	if (decision.act == DECISION_STAY)
		sentence_say(s, ": %s", decision.because);
	return true;
}

bool
decide_concern(const struct decide_facts *facts, enum concern concern,
    char because[BECAUSE_SIZE])
{
	char words[BECAUSE_SIZE];
	struct sentence s = sentence_start(words);
	bool so = false;

	switch (concern) {
	case CONCERN_PAIN:
		so = concern_pain(facts, &s);
		break;
	case CONCERN_WORSENING:
		so = concern_worsening(facts, &s);
		break;
	case CONCERN_STALLED:
		so = concern_stalled(facts, &s);
		break;
	case CONCERN__MAX:
		panic("no such concern");
	}
	if (so)
		memcpy(because, words, sizeof(words));
	return so;
}
