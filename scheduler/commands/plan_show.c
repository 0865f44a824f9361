/*
 * plan show - a plan at a glance: its stages, its week, its rules
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "commands/plan.h"
#include "commands/plan_desk.h"
#include "commands/plan_draw.h"
#include "commands/plan_words.h"
#include "commands/print.h"

#define NAME_COLUMNS 18
#define DAY_COLUMNS 7

static void
print_reminder(const struct reminder *reminder)
{
	char at[DATE_SIZE];
	int counts[7];
	plan_words_weekdays(reminder, counts);
	minute_format(reminder->at_minute, at);
	printf("    ");
	print_padded(stdout, NAME_COLUMNS, reminder->id);
	for (int day = 0; day < 7; day++) {
		char cell[DATE_SIZE + 2] = "  -";
		if (counts[day] >= PLAN_WORDS_WEEKS)
			snprintf(cell, sizeof cell, "%s", at);
		else if (counts[day] > 0)
			snprintf(cell, sizeof cell, "(%s)", at);
		print_padded(stdout, DAY_COLUMNS, cell);
	}
	printf("%s\n",
	    reminder->asks != ASKS_NONE ? asks_names[reminder->asks] : "tip");
	if (reminder->when != NULL || reminder->unless != NULL) {
		struct buffer whom = { 0 };
		plan_words_whom(&whom, reminder);
		printf("      for %s\n", buffer_text(&whom));
		buffer_free(&whom);
	}
}

static void
print_week(const struct reminder *reminders, int len)
{
	if (len == 0)
		return;
	printf("    ");
	print_padded(stdout, NAME_COLUMNS, "");
	for (int day = 1; day <= 7; day++) {
		char name[4];
		snprintf(name, sizeof name, "%.3s", print_weekdays[day]);
		print_padded(stdout, DAY_COLUMNS, name);
	}
	puts("asks");
	for (int i = 0; i < len; i++)
		print_reminder(&reminders[i]);
}

static void
print_rules(const struct stage *stage)
{
	struct buffer words = { 0 };
	for (int act = 0; act < PLAN_ACT__MAX; act++) {
		plan_words_rule(&words, stage, (enum plan_act)act);
		if (words.len > 0)
			print_hanging(stdout, "    -", 6, buffer_text(&words));
		buffer_clear(&words);
	}
	if (stage->stalled_after > 0)
		print_hanging_f(stdout, "    -", 6,
		    "a clinician is asked after %d days in it",
		    stage->stalled_after);
	buffer_free(&words);
}

static void
print_plan(const struct plan_desk *desk, const struct plan_about *about)
{
	const struct plan *plan = desk->plan;
	printf("%s (%s)\n\n", plan->title, plan->id);
	for (int i = 0; i < plan->about_len; i++) {
		struct buffer values = { 0 };
		for (int v = 0; v < about[i].values_len; v++)
			buffer_printf(&values, "%s%s", v > 0 ? ", " : "",
			    about[i].values[v]);
		print_hanging_f(stdout, "  About", 12, "%s: %s", plan->about[i],
		    values.len > 0 ? buffer_text(&values) : "anything");
		buffer_free(&values);
	}
	print_hanging_f(stdout, "  Alerts", 12,
	    "a clinician is told after %d unanswered questions in a row, and "
	    "of a rise of %d over a stage's start",
	    plan->silent_after, plan->worse_by);
	if (plan->weekly_limit > 0)
		print_hanging_f(stdout, "  Limit", 12,
		    "%d messages in seven days at most", plan->weekly_limit);
	for (int i = 0; i < plan->stages_len; i++) {
		const struct stage *stage = &plan->stages[i];
		printf("\n  %d. %s (%s)\n", i + 1, stage->title, stage->id);
		print_week(stage->reminders, stage->reminders_len);
		print_rules(stage);
	}
	puts("\n  Through all of it");
	print_week(plan->always, plan->always_len);
}

static json_t *
reminders_array(const struct reminder *reminders, int len)
{
	json_t *array = json_array();
	for (int i = 0; i < len; i++) {
		char at[DATE_SIZE];
		json_t *object = json_object();
		json_t *messages = json_array();
		for (int m = 0; m < reminders[i].messages_len; m++)
			json_array_append_new(
			    messages, json_string(reminders[i].messages[m]));
		json_put_text(object, "id", reminders[i].id);
		json_put_text(object, "repeat", reminders[i].repeat);
		json_put_text(
		    object, "at", minute_format(reminders[i].at_minute, at));
		json_put_text(object, "asks", asks_names[reminders[i].asks]);
		json_put_text(object, "when", reminders[i].when);
		json_put_text(object, "unless", reminders[i].unless);
		json_object_set_new(object, "messages", messages);
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *
stage_object(const struct stage *stage)
{
	static const char *const acts[PLAN_ACT__MAX] = { "advance", "retreat",
		"finish", "alert" };
	json_t *object = json_object();
	json_put_text(object, "id", stage->id);
	json_put_text(object, "title", stage->title);
	json_put_whole(object, "min_days", stage->min_days);
	json_put_whole(object, "stalled_after", stage->stalled_after);
	for (int act = 0; act < PLAN_ACT__MAX; act++) {
		struct buffer words = { 0 };
		plan_words_rule(&words, stage, (enum plan_act)act);
		json_put_text(object, acts[act],
		    words.len > 0 ? buffer_text(&words) : NULL);
		buffer_free(&words);
	}
	json_object_set_new(object, "reminders",
	    reminders_array(stage->reminders, stage->reminders_len));
	return object;
}

static json_t *
plan_object(const struct plan *plan)
{
	json_t *object = json_object();
	json_t *stages = json_array();
	for (int i = 0; i < plan->stages_len; i++)
		json_array_append_new(stages, stage_object(&plan->stages[i]));
	json_put_text(object, "id", plan->id);
	json_put_text(object, "title", plan->title);
	json_put_text(object, "welcome", plan->welcome);
	json_put_whole(object, "silent_after", plan->silent_after);
	json_put_whole(object, "worse_by", plan->worse_by);
	json_object_set_new(object, "stages", stages);
	json_object_set_new(
	    object, "always", reminders_array(plan->always, plan->always_len));
	return object;
}

enum status
plan_run_show(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct plan_desk desk;
	enum status status = plan_desk_open(session, &desk, why);
	if (status == STATUS_OK)
		status = plan_desk_pick(&desk, arguments->words[1], why);
	const char *format = argument(arguments, "format");
	enum plan_drawing drawing = PLAN_DRAWING_TEXT;
	if (status == STATUS_OK)
		status = plan_draw_format(format, &drawing, why);
	if (status == STATUS_OK && drawing != PLAN_DRAWING_TEXT) {
		plan_draw(stdout, desk.plan, drawing);
	} else if (status == STATUS_OK && argument_given(arguments, "json")) {
		json_print(stdout, plan_object(desk.plan));
	} else if (status == STATUS_OK) {
		struct plan_about *about = NULL;
		plan_desk_about(&desk, &about);
		print_plan(&desk, about);
		plan_about_free(about, desk.plan->about_len);
	}
	plan_desk_close(&desk);
	return status;
}
