/*
 * why_plan - what that day still brings, or why it brings nothing; see
 * why_day.h
 *
 * The plan is asked, not the schedule: that knows only the next slot of each
 * reminder.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/calendar.h"
#include "commands/print.h"
#include "commands/why_day.h"

/* The stage that a patient was in at the end of that day, and since when. */
struct then {
	const struct stage *stage;
	struct date since;
	int64_t since_at;
	bool over; /* the plan had ended */
};

static struct then
stage_then(const struct why_day *day)
{
	const struct patient_record *record = day->record;
	const char *id = NULL;
	struct then then = { .since = record->patient.began_on,
		.since_at = record->patient.began_at };
	for (int i = 0; i < record->moves_len; i++) {
		const struct move *move = &record->moves[i];
		if (move->state != MOVE_MADE)
			continue;
		if (move->at >= day->end_at) {
			if (id == NULL)
				id = move->from_stage;
			break;
		}
		id = move->to_stage;
		then.since = zone_local(record->zone, move->at).date;
		then.since_at = move->at;
	}
	if (id == NULL)
		id = record->patient.stage;
	then.over = strcmp(id, "finished") == 0;
	then.stage = plan_stage(record->plan, id);
	return then;
}

static bool
has_slot(const struct why_day *day, const char *name)
{
	for (int i = 0; i < day->record->slots_len; i++) {
		const struct slot *slot = &day->record->slots[i];
		if (strcmp(slot->reminder, name) == 0 &&
		    date_compare(slot->local_date, day->date) == 0)
			return true;
	}
	return false;
}

static const struct schedule *
scheduled(const struct why_day *day, const char *stage, const char *id)
{
	for (int i = 0; i < day->record->schedule_len; i++) {
		const struct schedule *next = &day->record->schedule[i];
		if (strcmp(next->stage, stage) == 0 &&
		    strcmp(next->reminder, id) == 0 &&
		    date_compare(next->local_date, day->date) == 0)
			return next;
	}
	return NULL;
}

/* Why it is for others, as the patient is now; or NULL. */
static const char *
left_out(const struct patient *patient, const struct reminder *reminder)
{
	struct traits traits = patient_traits(patient);
	if (reminder_is_for(reminder, &traits))
		return NULL;
	traits.so[TRAIT_NO_RUNNING] = false;
	return reminder_is_for(reminder, &traits)
		   ? "left out: no running for this patient"
		   : "left out, it is for others";
}

/* Why it does not go that day though the plan has it; or NULL. */
static const char *
against(const struct patient *patient, const struct reminder *reminder)
{
	const char *others = left_out(patient, reminder);
	if (others != NULL)
		return others;
	switch (patient->state) {
	case PATIENT_PAUSED:
		return "paused";
	case PATIENT_STOPPED:
		return "stopped: the patient asked for no more";
	case PATIENT_COMPLETED:
		return "the plan is completed";
	case PATIENT_DISCHARGED:
		return "discharged";
	case PATIENT_ACTIVE:
	case PATIENT__MAX:
		break;
	}
	return NULL;
}

/* Slots before the stage began don't exist. */
static void
say_too_early(struct why_day *day, const char *what, const char *name,
    int64_t at, int64_t since_at)
{
	char clock[PRINT_WHEN_SIZE];
	why_day_add(day, at, "not-sent", NULL,
	    "The %s %s did not come up: %s at %s.", what, name,
	    since_at == day->record->patient.began_at
		? "the patient was enrolled"
		: "the stage began",
	    print_clock(day->record->zone, since_at, clock));
}

static void
say_reminder(struct why_day *day, const char *stage,
    const struct reminder *reminder, const char *name, int64_t at)
{
	const struct schedule *next = scheduled(day, stage, reminder->id);
	int64_t now = day->practice->now;
	const char *reason = at > now || next != NULL
				 ? against(&day->record->patient, reminder)
				 : NULL;
	const char *others = left_out(&day->record->patient, reminder);
	const char *what =
	    reminder->asks != ASKS_NONE ? "question" : "reminder";
	char when[PRINT_WHEN_SIZE];
	char *rule = reason != NULL ? why_rule_of_reason(day, reason) : NULL;
	if (rule == NULL)
		rule = why_rule_of_reminder(day, name);

	if (reason != NULL)
		why_day_add(day, at, "not-sent", rule,
		    "The %s %s does not go: %s.", what, name, reason);
	else if (next != NULL && next->wake_at > now && at <= now) {
		free(rule);
		rule = why_rule_of_reason(day, "quiet hours");
		why_day_add(day, at, "planned", rule,
		    "The %s %s waits until %s: quiet hours or a closed day.",
		    what, name,
		    print_when(day->record->zone, next->wake_at, when));
	} else if (next != NULL && at <= now)
		why_day_add(day, at, "planned", rule,
		    "The %s %s is due; the next tick takes it.", what, name);
	else if (at > now)
		why_day_add(day, at, "planned", rule, "The %s %s is planned.",
		    what, name);
	else
		why_day_add(day, at, "not-sent", rule,
		    "The %s %s did not come up: %s.", what, name,
		    others != NULL ? others : "it was not scheduled then");
	free(rule);
}

/* One reminder; *falls counts those that the plan has on that day. */
static void
plan_reminder_line(struct why_day *day, const char *stage, struct date since,
    int64_t since_at, const struct reminder *reminder, int *falls)
{
	struct date on;
	if (!calendar_next_date(reminder->repeat, since, day->date, &on) ||
	    date_compare(on, day->date) != 0)
		return;
	(*falls)++;
	char *name =
	    xasprintf("%s/%s", *stage == '\0' ? "always" : stage, reminder->id);
	struct civil local = { .date = day->date,
		.second = reminder->at_minute * 60 };
	int64_t at = zone_instant(day->record->zone, local);
	if (at <= since_at && !has_slot(day, name))
		say_too_early(day,
		    reminder->asks != ASKS_NONE ? "question" : "reminder", name,
		    at, since_at);
	else if (!has_slot(day, name))
		say_reminder(day, stage, reminder, name, at);
	free(name);
}

static void
say_nothing_due(struct why_day *day, const struct then *then)
{
	char text[PRINT_WHEN_SIZE];
	if (then->over || then->stage == NULL)
		why_day_add(day, 0, "nothing", NULL,
		    "Nothing was due: the plan had ended.");
	else
		why_day_add(day, 0, "nothing", NULL,
		    "Nothing %s due on %s: no reminder of stage \"%s\" falls "
		    "on a %s.",
		    day->end_at <= day->practice->now ? "was" : "is",
		    print_day(day->date, text), then->stage->title,
		    print_weekdays[date_weekday(day->date)]);
}

void
why_day_plan(struct why_day *day)
{
	const struct patient_record *record = day->record;
	const struct patient *patient = &record->patient;
	char text[PRINT_WHEN_SIZE];
	int falls = 0;
	if (date_compare(day->date, patient->began_on) < 0) {
		why_day_add(day, 0, "nothing", NULL,
		    "Nothing was due: %s was enrolled on %s.", patient->ref,
		    print_day(patient->began_on, text));
		return;
	}

	struct then then = stage_then(day);
	if (then.stage != NULL && !then.over) {
		for (int i = 0; i < then.stage->reminders_len; i++)
			plan_reminder_line(day, then.stage->id, then.since,
			    then.since_at, &then.stage->reminders[i], &falls);
		for (int i = 0; i < record->plan->always_len; i++)
			plan_reminder_line(day, "", patient->began_on,
			    patient->began_at, &record->plan->always[i],
			    &falls);
	}
	bool any = falls > 0;
	for (int i = 0; i < record->slots_len && !any; i++)
		any = date_compare(record->slots[i].local_date, day->date) == 0;
	if (!any)
		say_nothing_due(day, &then);
}
