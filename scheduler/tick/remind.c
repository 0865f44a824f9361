/*
 * remind - turn slots that are due into messages
 *
 * A patient gets at most one message out of all that is due: the newest tip
 * and the newest question, joined. What came due before those, or can't go
 * for any other reason, is recorded as missed, with the reason. Taking the
 * slot and queueing its message are one transaction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/calendar.h"
#include "care/limits.h"
#include "care/quiet.h"
#include "store/inbox.h"
#include "store/slots.h"
#include "tick/batch.h"
#include "tick/course.h"
#include "tick/follow.h"
#include "tick/nudge.h"
#include "tick/queue.h"
#include "tick/steps.h"

#define MISSED_AT_ONCE 400 /* occurrences of one reminder after an outage */
#define COUNTED_BACK 64
#define NEEDED_AHEAD 32
#define WEEK_AHEAD_S ((int64_t)6 * 24 * 60 * 60)

/* A reminder that is due, at its newest occurrence. */
struct candidate {
	const struct schedule *schedule;
	const struct reminder *reminder;
	struct occurrence newest;
	char *key; /* "calm/move" */
	int64_t expires_at;
	const char *missed; /* why it can't go; NULL: it can so far */
};

/* Everything about the one patient whose slots are looked at. */
struct due {
	struct patient patient;
	const struct plan *plan;
	const struct stage *stage;
	struct zone *zone;
	struct schedule *schedule;
	int schedule_len;
	struct candidate *list;
	int len;
};

static void
due_free(struct due *due)
{
	for (int i = 0; i < due->len; i++)
		free(due->list[i].key);
	free(due->list);
	schedule_list_free(due->schedule, due->schedule_len);
	zone_free(due->zone);
	patient_free(&due->patient);
}

static enum status
take_slot(struct practice *practice, const struct due *due,
    const struct candidate *candidate, const struct occurrence *occurrence,
    const char *parcel, const char *template, const char *because, bool *taken,
    struct why *why)
{
	struct slot slot = { .enrolment_id = due->patient.enrolment_id,
		.reminder = candidate->key,
		.local_date = occurrence->date,
		.local_minute = occurrence->minute,
		.due_at = occurrence->at,
		.taken_at = practice->now,
		.parcel = xstrdup(parcel),
		.template = xstrdup(template),
		.because = xstrdup(because) };
	enum status status = slot_take(practice->store, &slot, taken, why);
	free(slot.parcel);
	free(slot.template);
	free(slot.because);
	return status;
}

static enum status
miss(struct practice *practice, const struct due *due,
    const struct candidate *candidate, const struct occurrence *occurrence,
    const char *because, struct why *why)
{
	bool taken = false;
	enum status status = take_slot(practice, due, candidate, occurrence,
	    NULL, NULL, because, &taken, why);
	if (status == STATUS_OK && taken)
		status = event_add(practice->store, practice->now,
		    due->patient.patient_id, "missed", candidate->key, why,
		    "%s", because);
	return status;
}

/* Step to the newest occurrence that has come; those passed by are missed. */
static enum status
find_newest(struct practice *practice, struct due *due,
    struct candidate *candidate, struct why *why)
{
	const struct schedule *schedule = candidate->schedule;
	struct date from = *schedule->stage == '\0'
			       ? due->patient.began_on
			       : due->patient.stage_since_on;
	candidate->newest = (struct occurrence){ .date = schedule->local_date,
		.minute = schedule->local_minute,
		.at = schedule->due_at };
	for (int i = 0; i < MISSED_AT_ONCE; i++) {
		struct occurrence next;
		if (!calendar_next(candidate->reminder->repeat, from,
			candidate->reminder->at_minute, due->zone,
			candidate->newest.at, &next) ||
		    next.at > practice->now)
			return STATUS_OK;
		enum status status =
		    miss(practice, due, candidate, &candidate->newest,
			"late: a newer one was due as well", why);
		if (status != STATUS_OK)
			return status;
		candidate->newest = next;
	}
	return STATUS_OK;
}

/* What forbids a message to this patient at all, or NULL. */
static const char *
forbidden(const struct patient *patient)
{
	switch (patient->state) {
	case PATIENT_ACTIVE:
		return NULL;
	case PATIENT_PAUSED:
		return patient->paused_by != NULL &&
			       strcmp(patient->paused_by, "red-flag") == 0
			   ? "paused by a red flag"
			   : "paused by the clinic";
	case PATIENT_STOPPED:
		return "stopped: the patient asked for no more";
	case PATIENT_COMPLETED:
		return "the plan is completed";
	case PATIENT_DISCHARGED:
	case PATIENT__MAX:
		break;
	}
	return "discharged";
}

static enum status
find_candidates(struct practice *practice, struct due *due, struct why *why)
{
	due->list = xcalloc((size_t)due->schedule_len + 1, sizeof *due->list);
	for (int i = 0; i < due->schedule_len; i++) {
		const struct schedule *schedule = &due->schedule[i];
		if (schedule->wake_at > practice->now)
			continue;
		const char *stage =
		    *schedule->stage == '\0' ? NULL : schedule->stage;
		const struct reminder *reminder =
		    plan_reminder(due->plan, stage, schedule->reminder);
		if (reminder == NULL) {
			enum status status = schedule_drop(practice->store,
			    due->patient.enrolment_id, schedule->stage,
			    schedule->reminder, why);
			if (status != STATUS_OK)
				return status;
			continue;
		}

		struct candidate *candidate = &due->list[due->len++];
		candidate->schedule = schedule;
		candidate->reminder = reminder;
		candidate->key = xasprintf(
		    "%s/%s", stage != NULL ? stage : "always", reminder->id);
		candidate->missed = forbidden(&due->patient);
		enum status status = find_newest(practice, due, candidate, why);
		if (status != STATUS_OK)
			return status;
		enum kind kind =
		    reminder->asks != ASKS_NONE ? KIND_QUESTION : KIND_REMINDER;
		candidate->expires_at =
		    candidate->newest.at + kind_rules[kind].useful_s;
		if (candidate->missed == NULL &&
		    candidate->expires_at <= practice->now)
			candidate->missed = "late: no longer of use";
	}
	return STATUS_OK;
}

/* The newest of those that can go: a question, or a tip. */
static struct candidate *
pick(struct due *due, bool question)
{
	struct candidate *best = NULL;
	for (int i = 0; i < due->len; i++) {
		struct candidate *candidate = &due->list[i];
		if (candidate->missed != NULL ||
		    (candidate->reminder->asks != ASKS_NONE) != question)
			continue;
		bool better =
		    best == NULL || candidate->newest.at > best->newest.at ||
		    (candidate->newest.at == best->newest.at &&
			candidate->reminder->need < best->reminder->need);
		if (!better) {
			candidate->missed = "late: a newer one was due as well";
			continue;
		}
		if (best != NULL)
			best->missed = "late: a newer one was due as well";
		best = candidate;
	}
	return best;
}

/* Slots of more needed reminders in the next six days, earliest first. */
static int
needed_ahead(const struct practice *practice, const struct due *due, int need,
    struct date *dates)
{
	int len = 0;
	for (int i = 0; i < due->schedule_len; i++) {
		const struct schedule *schedule = &due->schedule[i];
		const struct reminder *reminder = plan_reminder(due->plan,
		    *schedule->stage == '\0' ? NULL : schedule->stage,
		    schedule->reminder);
		if (reminder == NULL || reminder->need >= need)
			continue;
		struct date from = *schedule->stage == '\0'
				       ? due->patient.began_on
				       : due->patient.stage_since_on;
		struct occurrence next = { .at = practice->now };
		while (len < NEEDED_AHEAD &&
		       calendar_next(reminder->repeat, from,
			   reminder->at_minute, due->zone, next.at, &next) &&
		       next.at <= practice->now + WEEK_AHEAD_S) {
			int at = len++;
			while (at > 0 &&
			       date_compare(dates[at - 1], next.date) > 0) {
				dates[at] = dates[at - 1];
				at--;
			}
			dates[at] = next.date;
		}
	}

	/* Two on one day go out as one message. */
	int kept = 0;
	for (int i = 0; i < len; i++)
		if (kept == 0 || date_compare(dates[kept - 1], dates[i]) != 0)
			dates[kept++] = dates[i];
	return kept;
}

/* Why the limits forbid one more today, or NULL. */
static enum status
over_limits(struct practice *practice, const struct due *due, int need,
    const char **missed, struct why *why)
{
	int64_t times[COUNTED_BACK];
	int len = COUNTED_BACK;
	enum status status =
	    outbox_counted(practice->store, due->patient.patient_id,
		practice->now - WEEK_AHEAD_S * 2, true, "", times, &len, why);
	if (status != STATUS_OK)
		return status;

	struct date sent[COUNTED_BACK];
	for (int i = 0; i < len; i++)
		sent[i] = zone_local(due->zone, times[i]).date;
	struct date needed[NEEDED_AHEAD];
	int needed_len = needed_ahead(practice, due, need, needed);
	const struct clinic *clinic = &practice->config->clinic;
	struct limits limits = { .daily = clinic->daily_limit,
		.weekly = clinic->weekly_limit };
	if (due->plan->weekly_limit > 0 &&
	    due->plan->weekly_limit < limits.weekly)
		limits.weekly = due->plan->weekly_limit;

	static const char *const words[LIMITS__MAX] = {
		[LIMITS_DAY] = "the day's limit: one had gone today",
		[LIMITS_WEEK] = "the limit of seven days was reached",
		[LIMITS_NEEDED] = "left out: more needed ones fill the week",
	};
	*missed = words[limits_check(&limits, sent, len,
	    zone_local(due->zone, practice->now).date, needed, needed_len)];
	return STATUS_OK;
}

/* The first reminder of a new stage tells of it, unless an answer has. */
static enum status
announcement(struct practice *practice, const struct due *due, char **name,
    struct why *why)
{
	*name = NULL;
	if (due->patient.visit <= 1)
		return STATUS_OK;

	struct templates *templates = NULL;
	const struct template *found = NULL;
	bool told = false;
	char *stage = course_stage_template(due->stage->id, DECISION_ADVANCE);
	enum status status =
	    outbox_has(practice->store, due->patient.patient_id, NULL, stage,
		due->patient.stage_since_at, &told, why);
	if (status == STATUS_OK && !told)
		status = outbox_has(practice->store, due->patient.patient_id,
		    NULL, "stage/easier", due->patient.stage_since_at, &told,
		    why);
	if (status == STATUS_OK && !told)
		status = practice_templates(practice, &templates, why);
	if (status == STATUS_OK && !told) {
		status = templates_find(
		    templates, due->patient.language, stage, &found, why);
		if (status == STATUS_NONE)
			status = STATUS_OK;
	}
	if (status == STATUS_OK && found != NULL)
		*name = stage;
	else
		free(stage);
	return status;
}

static enum status
whose_turn(struct practice *practice, const struct due *due,
    const struct candidate *candidate, const char **template, struct why *why)
{
	int64_t times = 0;
	enum status status = slot_turn(practice->store,
	    due->patient.enrolment_id, candidate->key, &times, why);
	*template = candidate->reminder
			->messages[times % candidate->reminder->messages_len];
	return status;
}

static enum status
open_question(struct practice *practice, const struct due *due,
    const struct candidate *asking, const char *parcel, struct why *why)
{
	struct question question = { .enrolment_id = due->patient.enrolment_id,
		.asks = asking->reminder->asks,
		.visit = due->patient.visit,
		.answer_within_s = asking->reminder->answer_within_s,
		.nudge_after_s = asking->reminder->nudge_after_s,
		.state = QUESTION_WAITING };
	memcpy(question.parcel, parcel, KEY_SIZE);
	return question_insert(practice->store, &question, why);
}

/*
 * Take the slots and queue the one message they become. A slot taken before
 * (a clock set back, a tick run twice) makes no second message.
 */
static enum status
queue_slots(struct practice *practice, const struct due *due,
    struct candidate *tip, struct candidate *asking, struct outgoing *outgoing,
    struct why *why)
{
	struct candidate *both[] = { asking, tip };
	char parcel[KEY_SIZE];
	bool fresh = false;
	queue_parcel(parcel);
	for (int i = 0; i < 2; i++) {
		bool taken = false;
		if (both[i] == NULL)
			continue;
		enum status status =
		    take_slot(practice, due, both[i], &both[i]->newest, parcel,
			outgoing->names[0], "", &taken, why);
		if (status != STATUS_OK)
			return status;
		fresh = fresh || taken;
		if (both[i] == asking && !taken)
			return STATUS_OK;
	}
	if (!fresh)
		return STATUS_OK;

	bool queued = false;
	enum status status = queue_to_patient(
	    practice, &due->patient, outgoing, parcel, &queued, why);
	if (status == STATUS_OK && !queued)
		return slot_spoil(
		    practice->store, parcel, "no address to send it to", why);
	if (status == STATUS_OK && asking != NULL)
		status = open_question(practice, due, asking, parcel, why);
	return status;
}

/* Compose what goes out of a tip, a question, or both. */
static enum status
send_slots(struct practice *practice, const struct due *due,
    struct candidate *tip, struct candidate *asking, struct why *why)
{
	struct candidate *lead = asking != NULL ? asking : tip;
	const char *template = NULL;
	char *told = NULL;
	char *ask = NULL;
	enum status status =
	    whose_turn(practice, due, tip != NULL ? tip : lead, &template, why);
	if (status == STATUS_OK)
		status = announcement(practice, due, &told, why);
	if (status != STATUS_OK)
		return status;

	/* A new stage is told of in place of the tip, which comes again. */
	if (told != NULL && asking != NULL && tip != NULL) {
		tip->missed = "the new stage was told of instead";
		tip = NULL;
	}
	bool stage_bound = *lead->schedule->stage != '\0' || (told != NULL);
	struct outgoing outgoing = { .kind = asking != NULL ? KIND_QUESTION
							    : KIND_REMINDER,
		.names = { told != NULL ? told : template },
		.asks = asking != NULL ? asking->reminder->asks : ASKS_NONE,
		.stage = stage_bound ? due->stage->id : NULL,
		.expires_at = lead->expires_at };
	if (asking != NULL) {
		ask = xasprintf("ask/%s", asks_names[asking->reminder->asks]);
		outgoing.names[1] = ask;
	}

	/* Where both don't fit into one SMS, the question goes with its own
	 * words alone. */
	bool fits = true;
	if (asking != NULL && tip != NULL)
		status =
		    queue_fits(practice, &due->patient, &outgoing, &fits, why);
	if (status == STATUS_OK && !fits) {
		tip->missed = "no room beside the question";
		tip = NULL;
		status =
		    whose_turn(practice, due, asking, &outgoing.names[0], why);
	}
	if (status == STATUS_OK)
		status =
		    queue_slots(practice, due, tip, asking, &outgoing, why);
	free(told);
	free(ask);
	return status;
}

/* Not in these hours: look again when the patient's day begins. *held: it
 * waits; otherwise it would be of no use by then, and is missed. */
static enum status
wait_for_day(struct practice *practice, const struct due *due,
    struct candidate *candidate, bool *held, struct why *why)
{
	*held = false;
	if (candidate == NULL)
		return STATUS_OK;
	int64_t opens = quiet_next_open(
	    &practice->config->clinic.quiet, due->zone, practice->now);
	if (opens == 0 || opens >= candidate->expires_at) {
		candidate->missed = "quiet hours or a closed day";
		return STATUS_OK;
	}
	*held = true;
	struct schedule later = *candidate->schedule;
	later.local_date = candidate->newest.date;
	later.local_minute = candidate->newest.minute;
	later.due_at = candidate->newest.at;
	later.wake_at = opens;
	return schedule_set(practice->store, &later, why);
}

/* Record what can't go, and set the next slot of each that is done with. */
static enum status
finish_slots(struct practice *practice, const struct due *due, const bool *held,
    struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < due->len && status == STATUS_OK; i++) {
		struct candidate *candidate = &due->list[i];
		if (held[i])
			continue;
		if (candidate->missed != NULL)
			status = miss(practice, due, candidate,
			    &candidate->newest, candidate->missed, why);
		if (status == STATUS_OK)
			status = course_schedule_next(practice, &due->patient,
			    candidate->schedule->stage,
			    candidate->schedule->reminder, candidate->newest.at,
			    why);
	}
	return status;
}

static enum status
take_due(struct practice *practice, struct due *due, struct why *why)
{
	bool *held = xcalloc((size_t)due->len + 1, sizeof *held);
	struct candidate *asking = pick(due, true);
	struct candidate *tip = pick(due, false);
	enum status status = STATUS_OK;

	if (!quiet_open(
		&practice->config->clinic.quiet, due->zone, practice->now)) {
		for (int i = 0; i < due->len && status == STATUS_OK; i++)
			if (&due->list[i] == asking || &due->list[i] == tip)
				status = wait_for_day(practice, due,
				    &due->list[i], &held[i], why);
		asking = tip = NULL;
	}

	if (status == STATUS_OK && (asking != NULL || tip != NULL)) {
		int need = asking != NULL ? asking->reminder->need
					  : tip->reminder->need;
		if (asking != NULL && tip != NULL && tip->reminder->need < need)
			need = tip->reminder->need;
		const char *missed = NULL;
		status = over_limits(practice, due, need, &missed, why);
		if (status == STATUS_OK && missed != NULL) {
			if (asking != NULL)
				asking->missed = missed;
			if (tip != NULL)
				tip->missed = missed;
		} else if (status == STATUS_OK) {
			status = send_slots(practice, due, tip, asking, why);
		}
	}
	if (status == STATUS_OK)
		status = finish_slots(practice, due, held, why);
	free(held);
	return status;
}

static enum status
remind_one(struct practice *practice, void *arg, struct why *why)
{
	const struct batch_item *item = arg;
	struct due due = { 0 };
	enum status status =
	    patient_by_enrolment(practice->store, item->id, &due.patient, why);
	if (status == STATUS_OK)
		status = practice_stage(
		    practice, &due.patient, &due.plan, &due.stage, why);
	if (status == STATUS_OK)
		status = zone_open(due.patient.timezone, &due.zone, why);
	if (status == STATUS_OK)
		status = schedule_of(practice->store, item->id, &due.schedule,
		    &due.schedule_len, why);
	if (status == STATUS_OK)
		status = find_candidates(practice, &due, why);
	if (status == STATUS_OK)
		status = take_due(practice, &due, why);
	due_free(&due);
	return status;
}

static enum status
slots_due(struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return schedule_due(practice->store, practice->now, ids, len, why);
}

enum status
tick_remind(struct practice *practice, struct why *why)
{
	enum status status = follow_plans(practice, why);
	if (status == STATUS_OK)
		status = follow_pauses(practice, why);
	if (status == STATUS_OK)
		status = batch_each(
		    practice, slots_due, remind_one, "a reminder", why);
	if (status == STATUS_OK)
		status = nudge_questions(practice, why);
	return status;
}
