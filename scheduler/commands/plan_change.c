#include "commands/plan_change.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "commands/plan_words.h"
#include "commands/print.h"

enum status
plan_change_check(struct store *store, const struct plan *plan,
    const char *path, struct complaints *complaints, struct why *why)
{
	struct plans_use *list = NULL;
	int len = 0;
	enum status status = plans_in_use(store, plan->id, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (plan_stage_after(plan, list[i].stage) == NULL)
			complain(complaints, path, 0,
			    "stage \"%s\" is no more, and %lld of the "
			    "patients are in it: say in the stage that takes "
			    "them: was = \"%s\";",
			    list[i].stage, (long long)list[i].patients,
			    list[i].stage);
	plans_use_free(list, len);
	return status;
}

/* A line of what is different: of a stage, or of the plan (NULL). */
static void
say(bool *any, char sign, const char *stage, const struct buffer *words)
{
	char lead[8];
	*any = true;
	snprintf(lead, sizeof lead, "  %c", sign);
	print_hanging_f(stdout, lead, 4, "%s%s%s", stage != NULL ? stage : "",
	    stage != NULL ? ": " : "", buffer_text(words));
}

static void
compare_texts(bool *any, const char *stage, const char *what, const char *old,
    const char *fresh)
{
	struct buffer words = { 0 };
	old = old != NULL ? old : "";
	fresh = fresh != NULL ? fresh : "";
	if (strcmp(old, fresh) == 0)
		return;
	buffer_printf(&words, "%s was \"%s\", now \"%s\"", what, old, fresh);
	say(any, '~', stage, &words);
	buffer_free(&words);
}

static void
compare_whole(
    bool *any, const char *stage, const char *what, int64_t old, int64_t fresh)
{
	struct buffer words = { 0 };
	if (old == fresh)
		return;
	buffer_printf(&words, "%s was %lld, now %lld", what, (long long)old,
	    (long long)fresh);
	say(any, '~', stage, &words);
	buffer_free(&words);
}

static void
compare_rules(bool *any, const struct stage *old, const struct stage *fresh)
{
	for (int act = 0; act < PLAN_ACT__MAX; act++) {
		struct buffer was = { 0 };
		struct buffer now = { 0 };
		struct buffer words = { 0 };
		plan_words_rule(&was, old, (enum plan_act)act);
		plan_words_rule(&now, fresh, (enum plan_act)act);
		if (strcmp(buffer_text(&was), buffer_text(&now)) != 0) {
			buffer_printf(&words, "was: %s; now: %s",
			    was.len > 0 ? buffer_text(&was) : "no such rule",
			    now.len > 0 ? buffer_text(&now) : "no such rule");
			say(any, '~', fresh->id, &words);
		}
		buffer_free(&was);
		buffer_free(&now);
		buffer_free(&words);
	}
}

static void
list_messages(struct buffer *out, const struct reminder *reminder)
{
	for (int i = 0; i < reminder->messages_len; i++)
		buffer_printf(
		    out, "%s%s", i > 0 ? ", " : "", reminder->messages[i]);
}

static void
say_asks(struct buffer *out, const struct reminder *reminder)
{
	buffer_puts(out, asks_names[reminder->asks]);
}

static void
say_answer_within(struct buffer *out, const struct reminder *reminder)
{
	if (reminder->asks != ASKS_NONE)
		plan_words_duration(out, reminder->answer_within_s);
}

static void
say_nudge(struct buffer *out, const struct reminder *reminder)
{
	if (reminder->nudge_after_s > 0)
		plan_words_duration(out, reminder->nudge_after_s);
	else
		buffer_puts(out, "never");
}

static void
say_need(struct buffer *out, const struct reminder *reminder)
{
	buffer_printf(out, "%d", reminder->need);
}

/* What a reminder says of itself, each in words. */
static void
compare_reminder(bool *any, const char *stage, const struct reminder *old,
    const struct reminder *fresh)
{
	static const struct {
		const char *what;
		void (*say)(struct buffer *out, const struct reminder *);
	} rows[] = { { "", plan_words_times }, { ", messages", list_messages },
		{ ", asks", say_asks }, { ", for", plan_words_whom },
		{ ", answer_within", say_answer_within },
		{ ", nudge_after", say_nudge }, { ", need", say_need } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer was = { 0 };
		struct buffer now = { 0 };
		struct buffer what = { 0 };
		buffer_printf(&what, "reminder %s%s", fresh->id, rows[i].what);
		rows[i].say(&was, old);
		rows[i].say(&now, fresh);
		compare_texts(any, stage, buffer_text(&what), buffer_text(&was),
		    buffer_text(&now));
		buffer_free(&was);
		buffer_free(&now);
		buffer_free(&what);
	}
}

static const struct reminder *
find(const struct reminder *list, int len, const char *id)
{
	for (int i = 0; i < len; i++)
		if (strcmp(list[i].id, id) == 0)
			return &list[i];
	return NULL;
}

static void
say_reminder(
    bool *any, char sign, const char *stage, const struct reminder *reminder)
{
	struct buffer words = { 0 };
	buffer_printf(&words, "reminder %s, ", reminder->id);
	plan_words_times(&words, reminder);
	if (reminder->when != NULL || reminder->unless != NULL) {
		buffer_puts(&words, ", for ");
		plan_words_whom(&words, reminder);
	}
	say(any, sign, stage, &words);
	buffer_free(&words);
}

static void
compare_reminders(bool *any, const char *stage, const struct reminder *old,
    int old_len, const struct reminder *fresh, int fresh_len)
{
	for (int i = 0; i < old_len; i++)
		if (find(fresh, fresh_len, old[i].id) == NULL)
			say_reminder(any, '-', stage, &old[i]);
	for (int i = 0; i < fresh_len; i++) {
		const struct reminder *before = find(old, old_len, fresh[i].id);
		if (before == NULL)
			say_reminder(any, '+', stage, &fresh[i]);
		else
			compare_reminder(any, stage, before, &fresh[i]);
	}
}

static void
compare_stage(bool *any, const struct stage *old, const struct stage *fresh)
{
	compare_texts(any, fresh->id, "title", old->title, fresh->title);
	compare_whole(
	    any, fresh->id, "min_days", old->min_days, fresh->min_days);
	compare_whole(any, fresh->id, "stalled_after", old->stalled_after,
	    fresh->stalled_after);
	compare_rules(any, old, fresh);
	compare_reminders(any, fresh->id, old->reminders, old->reminders_len,
	    fresh->reminders, fresh->reminders_len);
}

/* The stage of the old version that this one is, or takes the place of. */
static const struct stage *
stage_before(const struct plan *old, const struct stage *fresh)
{
	const struct stage *same = plan_stage(old, fresh->id);
	for (int i = 0; i < fresh->was_len && same == NULL; i++)
		same = plan_stage(old, fresh->was[i]);
	return same;
}

static void
compare_stages(bool *any, const struct plan *old, const struct plan *fresh)
{
	struct buffer words = { 0 };
	for (int i = 0; i < old->stages_len; i++) {
		const char *id = old->stages[i].id;
		const struct stage *after = plan_stage_after(fresh, id);
		if (after != NULL && strcmp(after->id, id) == 0)
			continue;
		buffer_clear(&words);
		if (after != NULL)
			buffer_printf(&words,
			    "is no more; its patients go on in %s", after->id);
		else
			buffer_puts(&words, "is no more");
		say(any, '-', id, &words);
	}
	for (int i = 0; i < fresh->stages_len; i++) {
		const struct stage *stage = &fresh->stages[i];
		const struct stage *before = stage_before(old, stage);
		if (before != NULL) {
			compare_stage(any, before, stage);
			continue;
		}
		buffer_clear(&words);
		buffer_printf(&words, "a new stage, %s", stage->title);
		say(any, '+', stage->id, &words);
	}
	buffer_free(&words);
}

static const struct plans_about *
find_about(const struct plans_about *list, int len, const char *key)
{
	for (int i = 0; i < len; i++)
		if (strcmp(list[i].key, key) == 0)
			return &list[i];
	return NULL;
}

/* What enrolment must say, and which values of it the texts know. */
static void
compare_about(bool *any, const struct plans_about *old, int old_len,
    const struct plans_about *fresh, int fresh_len)
{
	struct buffer words = { 0 };
	for (int i = 0; i < fresh_len; i++) {
		const struct plans_about *before =
		    find_about(old, old_len, fresh[i].key);
		buffer_clear(&words);
		buffer_printf(&words, "about %s", fresh[i].key);
		if (before == NULL)
			say(any, '+', NULL, &words);
		else
			compare_texts(any, NULL, buffer_text(&words),
			    before->known, fresh[i].known);
	}
	for (int i = 0; i < old_len; i++) {
		if (find_about(fresh, fresh_len, old[i].key) != NULL)
			continue;
		buffer_clear(&words);
		buffer_printf(&words, "about %s", old[i].key);
		say(any, '-', NULL, &words);
	}
	buffer_free(&words);
}

bool
plan_change_print(const struct plans_row *row, const struct plan *fresh,
    const struct plans_about *about)
{
	const struct plan *old = row->plan;
	bool any = false;
	compare_texts(&any, NULL, "title", old->title, fresh->title);
	compare_texts(&any, NULL, "welcome", old->welcome, fresh->welcome);
	compare_whole(
	    &any, NULL, "silent_after", old->silent_after, fresh->silent_after);
	compare_whole(&any, NULL, "silent_weekly_limit",
	    old->silent_weekly_limit, fresh->silent_weekly_limit);
	compare_whole(&any, NULL, "worse_by", old->worse_by, fresh->worse_by);
	compare_whole(
	    &any, NULL, "weekly_limit", old->weekly_limit, fresh->weekly_limit);
	compare_whole(&any, NULL, "email_fallback", old->email_fallback,
	    fresh->email_fallback);
	compare_about(
	    &any, row->about, row->about_len, about, fresh->about_len);
	compare_stages(&any, old, fresh);
	compare_reminders(&any, "always", old->always, old->always_len,
	    fresh->always, fresh->always_len);
	return any;
}
