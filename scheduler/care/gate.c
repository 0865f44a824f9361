/*
 * gate.c - see gate.h
 *
 * Both questions are answered from the same facts, so that the words can't
 * part from the deed.
 */
#include "care/gate.h"
#include "care/scores.h"

int
gate_readings(const struct rule *rule)
{
	return rule->readings < 1 ? 1 : rule->readings;
}

/* "pain 4 and 3 at the last two check-ins", in the order they came */
void
gate_say_pains(struct sentence *s, const struct decide_facts *facts, int n)
{
	for (int i = n - 1; i >= 0; i--) {
		if (i == n - 1)
			sentence_say(s, "pain ");
		else
			sentence_say(s, i == 0 ? " and " : ", ");
		sentence_say(s, "%d", scores_pain(facts, i));
	}
	sentence_say(s, " at ");
	sentence_last(s, n, "check-in");
}

void
gate_say_days(struct sentence *s, const struct decide_facts *facts)
{
	if (facts->days < 1)
		sentence_say(s, "first day in %s", facts->stage->title);
	else
		sentence_say(s, "%d day%s in %s", facts->days,
		    facts->days == 1 ? "" : "s", facts->stage->title);
}

/* or_down_by: far enough below the stage's start, and tolerable */
static bool
passes_down(const struct rule *rule, int start, int pain)
{
	if (rule->or_down_by == RULE_UNSET)
		return false;
	if (rule->and_at_most != RULE_UNSET && pain > rule->and_at_most)
		return false;
	return pain * 100 <= start * (100 - rule->or_down_by);
}

static bool
passes_low(const struct rule *rule, int pain)
{
	if (rule->pain_at_most == RULE_UNSET)
		return rule->or_down_by == RULE_UNSET;
	return pain <= rule->pain_at_most;
}

static bool
within(const struct rule *rule, int start, int pain)
{
	if (rule->pain_at_least != RULE_UNSET && pain < rule->pain_at_least)
		return false;
	return passes_low(rule, pain) || passes_down(rule, start, pain);
}

/* The newest n scores are all within the rule's bounds. */
static bool
all_within(const struct decide_facts *facts, const struct rule *rule)
{
	int start = scores_start(facts);

	for (int i = 0; i < gate_readings(rule); i++)
		if (!within(rule, start, scores_pain(facts, i)))
			return false;
	return true;
}

/* "needs 3 or less, or 30 % below 7 and 5 or less" */
static void
say_bounds(struct sentence *s, const struct decide_facts *facts,
    const struct rule *rule)
{
	const char *glue = "needs ";

	if (rule->pain_at_least != RULE_UNSET) {
		sentence_say(s, "%s%d or more", glue, rule->pain_at_least);
		glue = " and ";
	}
	if (rule->pain_at_most != RULE_UNSET) {
		sentence_say(s, "%s%d or less", glue, rule->pain_at_most);
		glue = ", or ";
	}
	if (rule->or_down_by == RULE_UNSET)
		return;
	sentence_say(
	    s, "%s%d %% below %d", glue, rule->or_down_by, scores_start(facts));
	if (rule->and_at_most != RULE_UNSET)
		sentence_say(s, " and %d or less", rule->and_at_most);
}

/* Too few scores to judge by; a stage never advances on silence. */
static bool
lacks_readings(const struct decide_facts *facts, const struct rule *rule,
    struct sentence *s)
{
	int have = scores_pains(facts);
	int want = gate_readings(rule);

	if (have >= want)
		return false;
	if (have == 0)
		sentence_say(s, "no pain score in %s yet, %d needed",
		    facts->stage->title, want);
	else
		sentence_say(s, "%d of %d pain scores in %s", have, want,
		    facts->stage->title);
	return true;
}

static bool
lacks_bounds(const struct decide_facts *facts, const struct rule *rule,
    struct sentence *s)
{
	if (all_within(facts, rule))
		return false;
	gate_say_pains(s, facts, gate_readings(rule));
	sentence_say(s, ", ");
	say_bounds(s, facts, rule);
	return true;
}

static bool
lacks_not_worse(const struct decide_facts *facts, const struct rule *rule,
    struct sentence *s)
{
	int start = scores_start(facts);

	if (!rule->not_worse || scores_pain(facts, 0) <= start)
		return false;
	gate_say_pains(s, facts, 1);
	sentence_say(
	    s, ", above %d at the start of %s", start, facts->stage->title);
	return true;
}

static bool
lacks_settled(const struct decide_facts *facts, const struct rule *rule,
    struct sentence *s)
{
	int have = scores_settled(facts);

	if (have >= rule->settled)
		return false;
	if (scores_last_worse(facts))
		sentence_say(s,
		    "worse on the last morning, needs %d in a row the same "
		    "or better",
		    rule->settled);
	else
		sentence_say(s, "%d of %d mornings in a row the same or better",
		    have, rule->settled);
	return true;
}

/* The first thing in the readings that holds a rule back, said; or nothing. */
bool
gate_lacks(const struct decide_facts *facts, const struct rule *rule,
    struct sentence *s)
{
	return lacks_readings(facts, rule, s) || lacks_bounds(facts, rule, s) ||
	       lacks_not_worse(facts, rule, s) || lacks_settled(facts, rule, s);
}

/* Advance and finish also wait for the legs and for their days. */
bool
gate_forward_lacks(const struct decide_facts *facts, const struct rule *rule,
    struct sentence *s)
{
	const struct stage *stage = facts->stage;

	if (scores_leg(facts)) {
		sentence_say(
		    s, "new or worse leg symptoms, a clinician looks first");
		return true;
	}
	if (facts->days < stage->min_days) {
		sentence_say(s, "%d of at least %d day%s in %s",
		    facts->days < 0 ? 0 : facts->days, stage->min_days,
		    stage->min_days == 1 ? "" : "s", stage->title);
		return true;
	}
	return gate_lacks(facts, rule, s);
}

/* ", down 40 % from 8 and 5 or less": when that is what let a score pass */
static void
say_down(struct sentence *s, const struct decide_facts *facts,
    const struct rule *rule)
{
	int start = scores_start(facts);
	int highest = -1;

	for (int i = 0; i < gate_readings(rule); i++) {
		int pain = scores_pain(facts, i);

		if (!passes_low(rule, pain) && pain > highest)
			highest = pain;
	}
	if (highest < 0 || start <= 0)
		return;
	sentence_say(
	    s, ", down %d %% from %d", (start - highest) * 100 / start, start);
	if (rule->and_at_most != RULE_UNSET)
		sentence_say(s, " and %d or less", rule->and_at_most);
}

/* What speaks for going on. */
void
gate_say_forward(struct sentence *s, const struct decide_facts *facts,
    const struct rule *rule)
{
	gate_say_pains(s, facts, gate_readings(rule));
	say_down(s, facts, rule);
	if (rule->not_worse)
		sentence_say(
		    s, ", not worse than %d at the start", scores_start(facts));
	if (rule->settled > 0) {
		sentence_say(s, ", the same or better on ");
		sentence_last(s, rule->settled, "morning");
	}
	sentence_say(s, ", ");
	gate_say_days(s, facts);
}
