/*
 * plans_load.c - see plans.h
 *
 * A plan is put together from one list for each kind of part: all its stages,
 * then all their rules, reminders and templates, each hung where it belongs.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/plans.h"
#include "store/room.h"

static struct query *
parts(struct store *store, enum statement statement, int64_t plan_id)
{
	struct query *q = room_read(store, statement);

	query_whole(q, ":plan", plan_id);
	return q;
}

static enum status
load_plan(
    struct store *store, int64_t plan_id, struct plan *plan, struct why *why)
{
	struct query *q = parts(store, SQL_PLAN_BY_ID, plan_id);
	enum status status = query_step(q, why);

	if (status != STATUS_OK)
		return status;
	plan->id = query_column_copy(q, 0);
	plan->version = query_column_whole(q, 1, 0);
	plan->title = query_column_copy(q, 2);
	plan->welcome = query_column_copy(q, 3);
	plan->silent_after = (int)query_column_whole(q, 4, 0);
	plan->worse_by = (int)query_column_whole(q, 5, 0);
	plan->email_fallback = query_column_whole(q, 6, 0) != 0;
	plan->weekly_limit = (int)query_column_whole(q, 7, 0);
	plan->silent_weekly_limit = (int)query_column_whole(q, 8, 0);
	query_done(q);
	return STATUS_OK;
}

/* The end of a list is no failure. */
static enum status
ended(enum status status)
{
	return status == STATUS_NONE ? STATUS_OK : status;
}

static enum status
load_about(struct store *store, struct plans_row *row, struct why *why)
{
	struct query *q = parts(store, SQL_PLAN_ABOUT, row->plan_id);
	struct plan *plan = row->plan;
	enum status status;

	while ((status = query_step(q, why)) == STATUS_OK) {
		size_t n = (size_t)row->about_len + 1;

		row->about = xrealloc(row->about, n, sizeof(*row->about));
		plan->about = xrealloc(plan->about, n, sizeof(*plan->about));
		row->about[n - 1].key = query_column_copy(q, 0);
		row->about[n - 1].known = query_column_copy(q, 1);
		plan->about[n - 1] = query_column_copy(q, 0);
		row->about_len = plan->about_len = (int)n;
	}
	return ended(status);
}

static const struct rule rule_unset = { .pain_at_most = RULE_UNSET,
	.pain_at_least = RULE_UNSET,
	.or_down_by = RULE_UNSET,
	.and_at_most = RULE_UNSET };

/* Words that are separated by spaces, each on its own. */
static void
split_words(const char *text, char ***words, int *len)
{
	while (*text != '\0') {
		size_t span = strcspn(text, " ");

		*words = xrealloc(*words, (size_t)*len + 1, sizeof(**words));
		(*words)[(*len)++] = xstrndup(text, span);
		text += span;
		text += *text == ' ';
	}
}

static enum status
load_stages(struct store *store, struct plans_row *row, struct why *why)
{
	struct query *q = parts(store, SQL_STAGES, row->plan_id);
	struct plan *plan = row->plan;
	enum status status;

	while ((status = query_step(q, why)) == STATUS_OK) {
		size_t n = (size_t)plan->stages_len + 1;

		plan->stages = xrealloc(plan->stages, n, sizeof(*plan->stages));
		plan->stages[n - 1] = (struct stage){
			.id = query_column_copy(q, 0),
			.title = query_column_copy(q, 1),
			.min_days = (int)query_column_whole(q, 2, 0),
			.stalled_after = (int)query_column_whole(q, 3, 0),
			.advance = rule_unset,
			.retreat = rule_unset,
			.finish = rule_unset,
			.alert = rule_unset,
		};
		plan->stages_len = (int)n;
		split_words(query_column_text(q, 4), &plan->stages[n - 1].was,
		    &plan->stages[n - 1].was_len);
	}
	return ended(status);
}

/* The stage that a part names; the schema's references see to it. */
static struct stage *
stage_of(struct plan *plan, const char *name)
{
	for (int i = 0; i < plan->stages_len; i++)
		if (strcmp(plan->stages[i].id, name) == 0)
			return &plan->stages[i];
	panic("plan %s has no stage %s", plan->id, name);
}

static struct rule *
rule_of(struct stage *stage, const char *act)
{
	if (strcmp(act, "advance") == 0)
		return &stage->advance;
	if (strcmp(act, "retreat") == 0)
		return &stage->retreat;
	if (strcmp(act, "finish") == 0)
		return &stage->finish;
	return &stage->alert;
}

static enum status
load_rules(struct store *store, struct plans_row *row, struct why *why)
{
	struct query *q = parts(store, SQL_STAGE_RULES, row->plan_id);
	enum status status;

	while ((status = query_step(q, why)) == STATUS_OK) {
		struct stage *stage =
		    stage_of(row->plan, query_column_text(q, 0));

		*rule_of(stage, query_column_text(q, 1)) = (struct rule){
			.given = true,
			.to = query_column_copy(q, 2),
			.readings = (int)query_column_whole(q, 3, 0),
			.pain_at_most =
			    (int)query_column_whole(q, 4, RULE_UNSET),
			.pain_at_least =
			    (int)query_column_whole(q, 5, RULE_UNSET),
			.or_down_by = (int)query_column_whole(q, 6, RULE_UNSET),
			.and_at_most =
			    (int)query_column_whole(q, 7, RULE_UNSET),
			.settled = (int)query_column_whole(q, 8, 0),
			.not_worse = query_column_whole(q, 9, 0) != 0,
			.confirm = query_column_whole(q, 10, 0) != 0,
		};
	}
	return ended(status);
}

/* The list that a stage's reminders stand in; '' is always. */
static struct reminder **
reminders_of(struct plan *plan, const char *stage_name, int **len)
{
	struct stage *stage;

	if (*stage_name == '\0') {
		*len = &plan->always_len;
		return &plan->always;
	}
	stage = stage_of(plan, stage_name);
	*len = &stage->reminders_len;
	return &stage->reminders;
}

static enum status
load_reminders(struct store *store, struct plans_row *row, struct why *why)
{
	struct query *q = parts(store, SQL_REMINDERS, row->plan_id);
	enum status status;

	while ((status = query_step(q, why)) == STATUS_OK) {
		int *len;
		struct reminder **list =
		    reminders_of(row->plan, query_column_text(q, 0), &len);

		*list = xrealloc(*list, (size_t)*len + 1, sizeof(**list));
		(*list)[(*len)++] = (struct reminder){
			.id = query_column_copy(q, 1),
			.repeat = query_column_copy(q, 2),
			.at_minute = (int)query_column_whole(q, 3, 0),
			.asks = (enum asks)room_column_name(
			    q, 4, asks_names, ASKS__MAX),
			.answer_within_s = query_column_whole(q, 5, 0),
			.nudge_after_s = query_column_whole(q, 6, 0),
			.need = (int)query_column_whole(q, 7, 0),
			.unless = query_column_copy(q, 8),
			.when = query_column_copy(q, 9),
		};
	}
	return ended(status);
}

static void
add_message(struct reminder *reminder, char *template)
{
	size_t n = (size_t)reminder->messages_len + 1;

	reminder->messages =
	    xrealloc(reminder->messages, n, sizeof(*reminder->messages));
	reminder->messages[n - 1] = template;
	reminder->messages_len = (int)n;
}

static enum status
load_messages(struct store *store, struct plans_row *row, struct why *why)
{
	struct query *q = parts(store, SQL_REMINDER_MESSAGES, row->plan_id);
	enum status status;

	while ((status = query_step(q, why)) == STATUS_OK) {
		int *len;
		struct reminder *list =
		    *reminders_of(row->plan, query_column_text(q, 0), &len);

		for (int i = 0; i < *len; i++)
			if (strcmp(list[i].id, query_column_text(q, 1)) == 0)
				add_message(&list[i], query_column_copy(q, 2));
	}
	return ended(status);
}

enum status
plans_load(struct store *store, int64_t plan_id, struct plans_row *row,
    struct why *why)
{
	struct plans_row fresh = { .plan_id = plan_id };
	enum status status;

	fresh.plan = xcalloc(1, sizeof(*fresh.plan));
	status = load_plan(store, plan_id, fresh.plan, why);
	if (status == STATUS_OK)
		status = load_about(store, &fresh, why);
	if (status == STATUS_OK)
		status = load_stages(store, &fresh, why);
	if (status == STATUS_OK)
		status = load_rules(store, &fresh, why);
	if (status == STATUS_OK)
		status = load_reminders(store, &fresh, why);
	if (status == STATUS_OK)
		status = load_messages(store, &fresh, why);
	if (status != STATUS_OK) {
		plans_row_free(&fresh);
		return status;
	}
	*row = fresh;
	return STATUS_OK;
}
