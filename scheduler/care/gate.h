/*
 * NAME
 *	gate - what holds a plan's rule back, and what speaks for it
 *
 * A rule is asked two things: what is the first thing that holds it back, and,
 * when nothing does, what speaks for it. Each answer is said in a sentence.
 */
#ifndef CARE_GATE_H
#define CARE_GATE_H

#include "care/decide.h"
#include "care/sentence.h"

/* The first thing in the readings that holds the rule back is said, and true;
 * or nothing, and false. */
bool gate_lacks(const struct decide_facts *facts, const struct rule *rule,
    struct sentence *s);

/* The same for advance and finish, which also wait for legs and days. */
bool gate_forward_lacks(const struct decide_facts *facts,
    const struct rule *rule, struct sentence *s);

/* "pain 4 and 3 at the last two check-ins, 5 days in Calm": for a rule that
 * nothing holds back. */
void gate_say_forward(struct sentence *s, const struct decide_facts *facts,
    const struct rule *rule);

int gate_readings(const struct rule *rule); /* how many it asks; at least 1 */

/* "pain 4 and 3 at the last two check-ins", in the order they came; there
 * must be n. "5 days in Calm", "first day in Calm". */
void gate_say_pains(
    struct sentence *s, const struct decide_facts *facts, int n);
void gate_say_days(struct sentence *s, const struct decide_facts *facts);

#endif
