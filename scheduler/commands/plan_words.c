#include "commands/plan_words.h"

#include <string.h>

#include "base/civil.h"
#include "care/calendar.h"

const struct rule *
plan_words_rule_of(const struct stage *stage, enum plan_act act)
{
	switch (act) {
	case PLAN_ADVANCE:
		return &stage->advance;
	case PLAN_RETREAT:
		return &stage->retreat;
	case PLAN_FINISH:
		return &stage->finish;
	case PLAN_ALERT:
	case PLAN_ACT__MAX:
		break;
	}
	return &stage->alert;
}

static void
add_lead(struct buffer *out, const struct rule *rule, enum plan_act act)
{
	switch (act) {
	case PLAN_ADVANCE:
		buffer_printf(out, "goes on to %s", rule->to);
		break;
	case PLAN_RETREAT:
		buffer_printf(out, "goes back to %s", rule->to);
		break;
	case PLAN_FINISH:
		buffer_puts(out, "the plan ends");
		break;
	case PLAN_ALERT:
	case PLAN_ACT__MAX:
		buffer_puts(out, "a clinician is told");
		break;
	}
}

/* " and ", or " when " for the first. */
static void
join(struct buffer *out, int *conditions)
{
	buffer_puts(out, (*conditions)++ == 0 ? " when " : " and ");
}

static void
add_last(struct buffer *out, int readings, const char *what)
{
	if (readings <= 1)
		buffer_printf(out, "the last %s is", what);
	else
		buffer_printf(out, "the last %d %ss are", readings, what);
}

static void
add_scores(struct buffer *out, const struct rule *rule, int *conditions)
{
	if (rule->pain_at_most != RULE_UNSET) {
		join(out, conditions);
		add_last(out, rule->readings, "score");
		buffer_printf(out, " %d or less", rule->pain_at_most);
	}
	if (rule->or_down_by != RULE_UNSET) {
		if (rule->pain_at_most != RULE_UNSET) {
			buffer_puts(out, ", or");
		} else {
			join(out, conditions);
			add_last(out, rule->readings, "score");
		}
		buffer_printf(out, " down by %d %% since the stage began",
		    rule->or_down_by);
		if (rule->and_at_most != RULE_UNSET)
			buffer_printf(
			    out, " and %d or less", rule->and_at_most);
		buffer_putc(out, ',');
	}
	if (rule->pain_at_least != RULE_UNSET) {
		join(out, conditions);
		add_last(out, rule->readings, "score");
		buffer_printf(out, " %d or more", rule->pain_at_least);
	}
	if (rule->not_worse) {
		join(out, conditions);
		add_last(out, rule->readings, "score");
		buffer_puts(out, " no worse than at the stage's start");
	}
}

void
plan_words_rule(
    struct buffer *out, const struct stage *stage, enum plan_act act)
{
	const struct rule *rule = plan_words_rule_of(stage, act);
	int conditions = 0;
	if (!rule->given)
		return;
	add_lead(out, rule, act);
	add_scores(out, rule, &conditions);
	if (rule->settled > 0) {
		join(out, &conditions);
		buffer_printf(out,
		    rule->settled == 1 ? "the last morning after was settled"
				       : "the last %d mornings after were "
					 "settled",
		    rule->settled);
	}
	if (conditions == 0)
		buffer_printf(out, " after %d score%s, whatever %s",
		    rule->readings, rule->readings == 1 ? "" : "s",
		    rule->readings == 1 ? "it is" : "they are");
	if ((act == PLAN_ADVANCE || act == PLAN_FINISH) &&
	    stage->min_days > 0) {
		if (out->len > 0 && out->data[out->len - 1] == ',')
			out->data[--out->len] = '\0';
		buffer_printf(
		    out, ", after %d days at the earliest", stage->min_days);
	}
	if (out->len > 0 && out->data[out->len - 1] == ',')
		out->data[--out->len] = '\0';
	if (rule->confirm)
		buffer_puts(out, ", and a clinician says yes");
}

/* BYDAY of a plain week: "MO,WE,FR", or NULL where it is anything else. */
static const char *
plain_week(const char *repeat)
{
	static const char lead[] = "FREQ=WEEKLY;BYDAY=";
	size_t len = sizeof lead - 1;
	if (strncmp(repeat, lead, len) != 0 ||
	    strchr(repeat + len, ';') != NULL)
		return NULL;
	return repeat + len;
}

static const char *
day_name(const char *two_letters)
{
	static const char *const names[][2] = { { "MO", "Mon" },
		{ "TU", "Tue" }, { "WE", "Wed" }, { "TH", "Thu" },
		{ "FR", "Fri" }, { "SA", "Sat" }, { "SU", "Sun" } };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strncmp(names[i][0], two_letters, 2) == 0)
			return names[i][1];
	return "?";
}

void
plan_words_times(struct buffer *out, const struct reminder *reminder)
{
	char at[DATE_SIZE];
	const char *days = plain_week(reminder->repeat);
	if (days != NULL) {
		for (const char *p = days; *p != '\0';) {
			bool last = strchr(p, ',') == NULL;
			buffer_printf(out, "%s%s",
			    p == days ? ""
			    : last    ? " and "
				      : ", ",
			    day_name(p));
			p += strcspn(p, ",");
			p += *p == ',';
		}
	} else if (strcmp(reminder->repeat, "FREQ=DAILY") == 0) {
		buffer_puts(out, "every day");
	} else {
		buffer_puts(out, reminder->repeat);
	}
	buffer_printf(out, " at %s", minute_format(reminder->at_minute, at));
}

const char *
plan_words_trait(const char *name)
{
	static const char *const words[TRAIT__MAX] = {
		[TRAIT_NO_RUNNING] = "who may not run",
		[TRAIT_NERVE] = "with a leg or arm symptom",
	};
	enum trait trait = trait_parse(name);
	return trait != TRAIT__MAX ? words[trait] : name;
}

void
plan_words_whom(struct buffer *out, const struct reminder *reminder)
{
	const char *when = reminder->when;
	const char *unless = reminder->unless;
	if (when != NULL)
		buffer_printf(out, "those %s alone", plan_words_trait(when));
	if (unless != NULL)
		buffer_printf(out, "%s those %s",
		    when != NULL ? ", but not" : "all but",
		    plan_words_trait(unless));
	if (when == NULL && unless == NULL)
		buffer_puts(out, "everyone");
}

void
plan_words_duration(struct buffer *out, int64_t seconds)
{
	static const struct {
		int64_t s;
		const char *one;
	} units[] = { { 86400, "day" }, { 3600, "hour" }, { 60, "minute" },
		{ 1, "second" } };
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (seconds % units[i].s != 0)
			continue;
		long long n = seconds / units[i].s;
		buffer_printf(
		    out, "%lld %s%s", n, units[i].one, n == 1 ? "" : "s");
		return;
	}
}

/* A Monday; which one does not matter to a rule that is a plain week. */
static const struct date first_monday = { 2026, 3, 2 };

void
plan_words_weekdays(const struct reminder *reminder, int counts[7])
{
	int64_t end = date_days(first_monday) + (int64_t)PLAN_WORDS_WEEKS * 7;
	struct date on = first_monday;
	struct date next;
	memset(counts, 0, 7 * sizeof *counts);
	while (calendar_next_date(reminder->repeat, first_monday, on, &next) &&
	       date_days(next) < end) {
		counts[date_weekday(next) - 1]++;
		on = date_from_days(date_days(next) + 1);
	}
}
