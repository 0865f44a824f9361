#include "tick/due.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/kinds.h"
#include "tick/course.h"

#define MISSED_AT_ONCE 400 /* occurrences of one reminder after an outage */

void
due_free(struct due *due)
{
	for (int i = 0; i < due->len; i++)
		free(due->list[i].key);
	free(due->list);
	schedule_list_free(due->schedule, due->schedule_len);
	patient_free(&due->patient);
}

enum status
due_take(struct practice *practice, const struct due *due,
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
		// cppcheck-suppress nullPointer ; xstrdup() takes NULL
		.parcel = xstrdup(parcel),
		.template = xstrdup(template),
		.because = xstrdup(because) };
	enum status status = slot_take(practice->store, &slot, taken, why);
	free(slot.parcel);
	free(slot.template);
	free(slot.because);
	return status;
}

enum status
due_miss(struct practice *practice, const struct due *due,
    const struct candidate *candidate, const struct occurrence *occurrence,
    const char *because, struct why *why)
{
	bool taken = false;
	enum status status = due_take(practice, due, candidate, occurrence,
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
		    due_miss(practice, due, candidate, &candidate->newest,
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
	struct traits traits = patient_traits(&due->patient);
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
		/* Whom it is for may change with any answer: it is asked
		 * when the slot has come, and there is none for others. */
		if (!reminder_is_for(reminder, &traits)) {
			enum status status = course_schedule_next(practice,
			    &due->patient, schedule->stage, schedule->reminder,
			    practice->now, why);
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

enum status
due_load(struct practice *practice, int64_t enrolment_id, struct due *due,
    struct why *why)
{
	enum status status = patient_by_enrolment(
	    practice->store, enrolment_id, &due->patient, why);
	if (status == STATUS_OK)
		status = practice_stage(
		    practice, &due->patient, &due->plan, &due->stage, why);
	if (status == STATUS_OK)
		status = practice_zone_named(
		    practice, due->patient.timezone, &due->zone, why);
	if (status == STATUS_OK)
		status = schedule_of(practice->store, enrolment_id,
		    &due->schedule, &due->schedule_len, why);
	if (status == STATUS_OK)
		status = find_candidates(practice, due, why);
	return status;
}

/* The newest of those that can go: a question, or a tip. */
struct candidate *
due_pick(struct due *due, bool question)
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
