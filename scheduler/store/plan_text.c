/*
 * plan_text.c - see plan_text.h
 *
 * Each text is preceded by its length, so that no two plans run together to
 * the same line, whatever characters their texts have.
 */
#include "store/plan_text.h"

#include <string.h>

#include "base/buffer.h"

static void
add_text(struct buffer *b, const char *text)
{
	if (text == NULL)
		buffer_puts(b, "-,");
	else
		buffer_printf(b, "%zu:%s,", strlen(text), text);
}

static void
add_whole(struct buffer *b, int64_t value)
{
	buffer_printf(b, "%lld,", (long long)value);
}

static void
add_rule(struct buffer *b, const struct rule *rule)
{
	add_whole(b, rule->given);
	if (!rule->given)
		return;
	add_text(b, rule->to);
	add_whole(b, rule->readings);
	add_whole(b, rule->pain_at_most);
	add_whole(b, rule->pain_at_least);
	add_whole(b, rule->or_down_by);
	add_whole(b, rule->and_at_most);
	add_whole(b, rule->settled);
	add_whole(b, rule->not_worse);
	add_whole(b, rule->confirm);
}

static void
add_reminders(struct buffer *b, const struct reminder *list, int len)
{
	add_whole(b, len);
	for (const struct reminder *r = list; r < list + len; r++) {
		add_text(b, r->id);
		add_whole(b, r->messages_len);
		for (int i = 0; i < r->messages_len; i++)
			add_text(b, r->messages[i]);
		add_text(b, r->repeat);
		add_whole(b, r->at_minute);
		add_text(b, asks_names[r->asks]);
		add_whole(b, r->answer_within_s);
		add_whole(b, r->nudge_after_s);
		add_whole(b, r->need);
		add_text(b, r->unless);
		add_text(b, r->when);
	}
}

static void
add_stage(struct buffer *b, const struct stage *stage)
{
	add_text(b, stage->id);
	add_text(b, stage->title);
	add_whole(b, stage->min_days);
	add_whole(b, stage->stalled_after);
	add_reminders(b, stage->reminders, stage->reminders_len);
	add_rule(b, &stage->advance);
	add_rule(b, &stage->retreat);
	add_rule(b, &stage->finish);
	add_rule(b, &stage->alert);
	/* Left out where there are none: a plan is the same as it was before
	 * there could be any. */
	for (int i = 0; i < stage->was_len; i++)
		add_text(b, stage->was[i]);
}

void
plan_fingerprint(const struct plan *plan, const struct plans_about *about,
    int about_len, char out[HASH_SIZE])
{
	struct buffer b = { 0 };

	add_text(&b, plan->id);
	add_text(&b, plan->title);
	add_text(&b, plan->welcome);
	add_whole(&b, plan->silent_after);
	add_whole(&b, plan->silent_weekly_limit);
	add_whole(&b, plan->worse_by);
	add_whole(&b, plan->email_fallback);
	add_whole(&b, plan->weekly_limit);
	add_whole(&b, plan->about_len);
	for (int i = 0; i < plan->about_len; i++) {
		add_text(&b, plan->about[i]);
		add_text(
		    &b, plan_about_known(about, about_len, plan->about[i]));
	}
	add_whole(&b, plan->stages_len);
	for (int i = 0; i < plan->stages_len; i++)
		add_stage(&b, &plan->stages[i]);
	add_reminders(&b, plan->always, plan->always_len);
	if (b.over)
		panic("plan %s is past all measure", plan->id);
	hash_hex(buffer_text(&b), b.len, out);
	buffer_free(&b);
}

const char *
plan_about_known(
    const struct plans_about *about, int about_len, const char *key)
{
	for (int i = 0; i < about_len; i++)
		if (strcmp(about[i].key, key) == 0)
			return about[i].known == NULL ? "" : about[i].known;
	return "";
}
