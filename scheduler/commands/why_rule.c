/*
 * why_rule - which rule it was, with its figures; see why_day.h
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "commands/plan_words.h"
#include "commands/why_day.h"

static char *
quiet_rule(const struct why_day *day)
{
	char from[DATE_SIZE];
	char until[DATE_SIZE];
	const struct quiet *quiet = &day->practice->config->clinic.quiet;
	return xasprintf("quiet hours are %s to %s by the patient's clock, "
			 "and nothing goes on closed days (clinic.quiet, "
			 "clinic.closed)",
	    minute_format(quiet->from_minute, from),
	    minute_format(quiet->until_minute, until));
}

static char *
daily_rule(const struct why_day *day)
{
	return xasprintf("at most %d unasked a day (clinic.daily_limit)",
	    day->practice->config->clinic.daily_limit);
}

static char *
weekly_rule(const struct why_day *day)
{
	const struct plan *plan = day->record->plan;
	bool silent = day->record->patient.silent > 0;
	int clinic = day->practice->config->clinic.weekly_limit;
	int limit = plan_weekly_limit(plan, clinic, silent);
	const char *which = "clinic.weekly_limit";
	if (limit < plan_weekly_limit(plan, clinic, false))
		which = "the plan's silent_weekly_limit, until an answer comes";
	else if (limit < clinic)
		which = "the plan's weekly_limit";
	return xasprintf("at most %d unasked in seven days (%s)", limit, which);
}

char *
why_rule_of_reason(const struct why_day *day, const char *because)
{
	static const struct {
		const char *begins;
		char *(*make)(const struct why_day *day);
		const char *words;
	} rules[] = {
		{ "quiet hours", quiet_rule, NULL },
		{ "the day's limit", daily_rule, NULL },
		{ "the limit of seven days", weekly_rule, NULL },
		{ "left out: more needed", weekly_rule, NULL },
		{ "late:", NULL,
		    "after a gap only the newest that is still of use goes" },
		{ "another who shares", NULL,
		    "of those who share an address one is asked at a time, "
		    "so that it is known who answered" },
		{ "no consent", NULL,
		    "nobody is written to who has not agreed to it "
		    "(patient edit --consent)" },
		{ "paused", NULL,
		    "a pause holds reminders, questions and nudges" },
		{ "stopped", NULL,
		    "after STOP nothing goes to that address until START" },
		{ "the stage was left", NULL,
		    "what was meant for a stage goes in that stage alone" },
		{ "the new stage was told of", NULL,
		    "the first message of a stage says what is new" },
		{ "no room beside the question", NULL,
		    "a message keeps to the segments of its template" },
		{ "no nudge: the last one", NULL,
		    "after a nudge in vain the next question has none" },
		{ "no address", NULL, "a channel needs its address" },
	};
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		if (strncmp(
			because, rules[i].begins, strlen(rules[i].begins)) != 0)
			continue;
		return rules[i].make != NULL ? rules[i].make(day)
					     : xstrdup(rules[i].words);
	}
	return NULL;
}

char *
why_rule_of_reminder(const struct why_day *day, const char *name)
{
	struct buffer text = { 0 };
	const struct reminder *reminder =
	    patient_record_reminder(day->record, name);
	if (reminder == NULL)
		return NULL;
	buffer_printf(&text, "reminder %s: ", name);
	plan_words_times(&text, reminder);
	return buffer_take(&text);
}

char *
why_rule_of_move(const struct why_day *day, const struct move *move)
{
	static const struct {
		const char *act;
		enum plan_act rule;
	} acts[] = { { "advance", PLAN_ADVANCE }, { "retreat", PLAN_RETREAT },
		{ "finish", PLAN_FINISH } };
	const struct stage *stage =
	    plan_stage(day->record->plan, move->from_stage);
	if (strcmp(move->act, "clinician") == 0)
		return xstrdup("a clinician may move anyone");
	for (size_t i = 0; i < 3 && stage != NULL; i++) {
		if (strcmp(move->act, acts[i].act) != 0)
			continue;
		struct buffer text = { 0 };
		buffer_printf(&text, "stage %s ", stage->id);
		size_t len = text.len;
		plan_words_rule(&text, stage, acts[i].rule);
		if (text.len > len)
			return buffer_take(&text);
		buffer_free(&text);
	}
	return NULL;
}

/* The reminders that one message came of, a tip and a question perhaps. */
static char *
rule_of_slots(const struct why_day *day, const struct message *message)
{
	const struct patient_record *record = day->record;
	struct buffer text = { 0 };
	for (int i = 0; i < record->slots_len; i++) {
		const struct slot *slot = &record->slots[i];
		if (slot->parcel == NULL ||
		    strcmp(slot->parcel, message->parcel) != 0)
			continue;
		char *rule = why_rule_of_reminder(day, slot->reminder);
		if (rule != NULL)
			buffer_printf(
			    &text, "%s%s", text.len > 0 ? "; " : "", rule);
		free(rule);
	}
	if (text.len > 0)
		return buffer_take(&text);
	buffer_free(&text);
	return NULL;
}

char *
why_rule_of_message(const struct why_day *day, const struct message *message)
{
	static const char *const words[KIND__MAX] = {
		[KIND_SAFETY_NET] = "a red flag is answered at once",
		[KIND_STOP_CONFIRM] = "STOP is confirmed, once",
		[KIND_ANSWER] = "it answers what the patient wrote",
		[KIND_WELCOME] = "the first message says who we are and how "
				 "to stop",
		[KIND_NUDGE] = "an unanswered question is asked once more",
	};
	char *rule = rule_of_slots(day, message);
	if (rule != NULL)
		return rule;
	if (message->kind == KIND_NOTE)
		return xstrdup(strcmp(message->template, "own-words") == 0
				   ? "a clinician wrote it"
				   : "the end of the plan is told");
	return xstrdup(words[message->kind]);
}
