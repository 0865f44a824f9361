/*
 * plans.c - see plans.h
 *
 * This file writes plans and finds them; plans_load.c puts one together
 * again.
 */
#include "store/plans.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "store/plan_text.h"
#include "store/room.h"

void
plans_row_free(struct plans_row *row)
{
	plan_free(row->plan);
	for (int i = 0; i < row->about_len; i++) {
		free(row->about[i].key);
		free(row->about[i].known);
	}
	free(row->about);
	*row = (struct plans_row){ 0 };
}

static enum status
save_rule(struct store *store, int64_t plan_id, const char *stage,
    const char *act, const struct rule *rule, struct why *why)
{
	struct query *q;

	if (!rule->given)
		return STATUS_OK;
	q = room_change(store, SQL_STAGE_RULE_INSERT);
	query_whole(q, ":plan", plan_id);
	query_text(q, ":stage", stage);
	query_text(q, ":act", act);
	query_text(q, ":to", rule->to);
	query_whole(q, ":readings", rule->readings);
	query_whole_or_null(q, ":pain_at_most", rule->pain_at_most, RULE_UNSET);
	query_whole_or_null(
	    q, ":pain_at_least", rule->pain_at_least, RULE_UNSET);
	query_whole_or_null(q, ":or_down_by", rule->or_down_by, RULE_UNSET);
	query_whole_or_null(q, ":and_at_most", rule->and_at_most, RULE_UNSET);
	query_whole(q, ":settled", rule->settled);
	query_whole(q, ":not_worse", rule->not_worse);
	query_whole(q, ":confirm", rule->confirm);
	return query_run(q, NULL, why);
}

static enum status
save_messages(struct store *store, int64_t plan_id, const char *stage,
    const struct reminder *reminder, struct why *why)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < reminder->messages_len && status == STATUS_OK;
	     i++) {
		struct query *q =
		    room_change(store, SQL_REMINDER_MESSAGE_INSERT);

		query_whole(q, ":plan", plan_id);
		query_text(q, ":stage", stage);
		query_text(q, ":reminder", reminder->id);
		query_whole(q, ":position", i);
		query_text(q, ":template", reminder->messages[i]);
		status = query_run(q, NULL, why);
	}
	return status;
}

static enum status
save_reminder(struct store *store, int64_t plan_id, const char *stage,
    int position, const struct reminder *reminder, struct why *why)
{
	struct query *q = room_change(store, SQL_REMINDER_INSERT);
	enum status status;

	query_whole(q, ":plan", plan_id);
	query_text(q, ":stage", stage);
	query_text(q, ":name", reminder->id);
	query_whole(q, ":position", position);
	query_text(q, ":repeat", reminder->repeat);
	query_whole(q, ":at_minute", reminder->at_minute);
	query_text(q, ":asks", asks_names[reminder->asks]);
	query_whole(q, ":answer_within_s", reminder->answer_within_s);
	query_whole(q, ":nudge_after_s", reminder->nudge_after_s);
	query_whole(q, ":need", reminder->need);
	query_text(q, ":unless", reminder->unless);
	query_text(q, ":when", reminder->when);
	status = query_run(q, NULL, why);
	if (status != STATUS_OK)
		return status;
	return save_messages(store, plan_id, stage, reminder, why);
}

static enum status
save_reminders(struct store *store, int64_t plan_id, const char *stage,
    const struct reminder *list, int len, struct why *why)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = save_reminder(store, plan_id, stage, i, &list[i], why);
	return status;
}

static enum status
save_stage(struct store *store, int64_t plan_id, int position,
    const struct stage *stage, struct why *why)
{
	const struct {
		const char *act;
		const struct rule *rule;
	} rules[] = {
		{ "advance", &stage->advance },
		{ "retreat", &stage->retreat },
		{ "finish", &stage->finish },
		{ "alert", &stage->alert },
	};
	struct query *q = room_change(store, SQL_STAGE_INSERT);
	struct buffer was = { 0 };
	enum status status;

	query_whole(q, ":plan", plan_id);
	query_whole(q, ":position", position);
	query_text(q, ":name", stage->id);
	query_text(q, ":title", stage->title);
	query_whole(q, ":min_days", stage->min_days);
	query_whole(q, ":stalled_after", stage->stalled_after);
	for (int i = 0; i < stage->was_len; i++)
		buffer_printf(&was, "%s%s", i > 0 ? " " : "", stage->was[i]);
	query_text(q, ":was", buffer_text(&was));
	status = query_run(q, NULL, why);
	buffer_free(&was);
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (status == STATUS_OK)
			status = save_rule(store, plan_id, stage->id,
			    rules[i].act, rules[i].rule, why);
	if (status != STATUS_OK)
		return status;
	return save_reminders(store, plan_id, stage->id, stage->reminders,
	    stage->reminders_len, why);
}

static enum status
save_about(struct store *store, int64_t plan_id, int position, const char *key,
    const char *known, struct why *why)
{
	struct query *q = room_change(store, SQL_PLAN_ABOUT_INSERT);

	query_whole(q, ":plan", plan_id);
	query_whole(q, ":position", position);
	query_text(q, ":key", key);
	query_text(q, ":known", known);
	return query_run(q, NULL, why);
}

/* The plan's own row; *plan_id becomes its number. */
static enum status
save_plan(struct store *store, const struct plan *plan, int64_t version,
    const char *fingerprint, int64_t now, int64_t *plan_id, struct why *why)
{
	struct query *q = room_change(store, SQL_PLAN_INSERT);

	query_text(q, ":name", plan->id);
	query_whole(q, ":version", version);
	query_text(q, ":fingerprint", fingerprint);
	query_text(q, ":title", plan->title);
	query_text(q, ":welcome", plan->welcome);
	query_whole(q, ":silent_after", plan->silent_after);
	query_whole(q, ":silent_weekly_limit", plan->silent_weekly_limit);
	query_whole(q, ":worse_by", plan->worse_by);
	query_whole(q, ":email_fallback", plan->email_fallback);
	query_whole(q, ":weekly_limit", plan->weekly_limit);
	query_whole(q, ":now", now);
	return room_whole(q, plan_id, why);
}

static enum status
save_parts(struct store *store, const struct plan *plan,
    const struct plans_about *about, int about_len, int64_t plan_id,
    struct why *why)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < plan->about_len && status == STATUS_OK; i++)
		status = save_about(store, plan_id, i, plan->about[i],
		    plan_about_known(about, about_len, plan->about[i]), why);
	for (int i = 0; i < plan->stages_len && status == STATUS_OK; i++)
		status = save_stage(store, plan_id, i, &plan->stages[i], why);
	if (status != STATUS_OK)
		return status;
	return save_reminders(
	    store, plan_id, "", plan->always, plan->always_len, why);
}

/* The newest version's number and fingerprint; version 0 when there is none. */
static enum status
newest(struct store *store, const char *name, int64_t *plan_id,
    int64_t *version, char fingerprint[HASH_SIZE], struct why *why)
{
	struct query *q = room_read(store, SQL_PLAN_NEWEST);
	enum status status;

	query_text(q, ":name", name);
	status = query_step(q, why);
	if (status == STATUS_OK) {
		*plan_id = query_column_whole(q, 0, 0);
		*version = query_column_whole(q, 1, 0);
		room_column_text(q, 2, fingerprint, HASH_SIZE);
	}
	query_done(q);
	return status;
}

enum status
plans_save(struct store *store, const struct plan *plan,
    const struct plans_about *about, int about_len, int64_t now,
    int64_t *plan_id, bool *is_new, struct why *why)
{
	char fingerprint[HASH_SIZE], known[HASH_SIZE] = "";
	int64_t id = 0, version = 0;
	enum status status;

	plan_fingerprint(plan, about, about_len, fingerprint);
	status = newest(store, plan->id, &id, &version, known, why);
	if (status != STATUS_OK && status != STATUS_NONE)
		return status;
	if (strcmp(fingerprint, known) == 0) {
		*plan_id = id;
		*is_new = false;
		return STATUS_OK;
	}
	status =
	    save_plan(store, plan, version + 1, fingerprint, now, &id, why);
	if (status == STATUS_OK)
		status = save_parts(store, plan, about, about_len, id, why);
	if (status != STATUS_OK)
		return status;
	*plan_id = id;
	*is_new = true;
	return STATUS_OK;
}

enum status
plans_newest(struct store *store, const char *name, struct plans_row *row,
    struct why *why)
{
	char fingerprint[HASH_SIZE];
	int64_t plan_id = 0, version;
	enum status status =
	    newest(store, name, &plan_id, &version, fingerprint, why);

	if (status != STATUS_OK)
		return status;
	return plans_load(store, plan_id, row, why);
}

static void
read_name(const struct query *q, void *record)
{
	*(char **)record = query_column_copy(q, 0);
}

static void
clear_name(void *record)
{
	free(*(char **)record);
}

static const struct room_record name_record = { sizeof(char *), read_name,
	clear_name };

enum status
plans_names(struct store *store, char ***names, int *len, struct why *why)
{
	return room_list(
	    room_read(store, SQL_PLAN_NAMES), &name_record, names, len, why);
}

static void
read_use(const struct query *q, void *record)
{
	struct plans_use *use = record;

	use->stage = query_column_copy(q, 0);
	use->patients = query_column_whole(q, 1, 0);
}

static void
clear_use(void *record)
{
	free(((struct plans_use *)record)->stage);
}

static const struct room_record use_record = { sizeof(struct plans_use),
	read_use, clear_use };

enum status
plans_in_use(struct store *store, const char *name, struct plans_use **list,
    int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_PLAN_USE);

	query_text(q, ":name", name);
	return room_list(q, &use_record, list, len, why);
}

void
plans_use_free(struct plans_use *list, int len)
{
	room_list_free(&use_record, list, len);
}
