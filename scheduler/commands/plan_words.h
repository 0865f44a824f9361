/*
 * NAME
 *	plan_words - a plan's rules as sentences
 */
#ifndef COMMANDS_PLAN_WORDS_H
#define COMMANDS_PLAN_WORDS_H

#include "base/buffer.h"
#include "care/plan.h"

enum plan_act {
	PLAN_ADVANCE,
	PLAN_RETREAT,
	PLAN_FINISH,
	PLAN_ALERT,
	PLAN_ACT__MAX
};
const struct rule *plan_words_rule_of(
    const struct stage *stage, enum plan_act act);

/* "goes on to adjust when the last two scores are 3 or less, ..., from day 7
 * on"; nothing where the rule is not given. */
void plan_words_rule(
    struct buffer *out, const struct stage *stage, enum plan_act act);

/* "Mon and Fri at 16:30"; a rule that is no plain week as it is written. */
void plan_words_times(struct buffer *out, const struct reminder *reminder);

/* "with a leg or arm symptom": of whom a trait is so, by its name. */
const char *plan_words_trait(const char *name);

/* Whom a reminder is for: "everyone", "those with a leg or arm symptom alone",
 * "all but those who may not run". */
void plan_words_whom(struct buffer *out, const struct reminder *reminder);

/* On how many of so many weeks a reminder falls on each weekday, 0 Monday. */
#define PLAN_WORDS_WEEKS 4
void plan_words_weekdays(const struct reminder *reminder, int counts[7]);

/* "20 hours", "90 minutes" */
void plan_words_duration(struct buffer *out, int64_t seconds);

#endif
