/*
 * follow_plan.c - see follow.h
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "store/outbox.h"
#include "store/slots.h"
#include "tick/batch.h"
#include "tick/course.h"
#include "tick/follow.h"
#include "tick/settle.h"

#define CHANGED "the plan was changed: this reminder has another time, or none"

/* One patient on the way from one version to the next. */
struct change {
	struct patient patient;
	const struct plan *old;
	const struct plan *fresh;
	char *old_stage; /* owned */
	const struct zone *zone; /* lent */
	struct date today;
	struct slot *slots; /* of yesterday and today */
	int slots_len;
};

static void
change_free(struct change *change)
{
	patient_free(&change->patient);
	free(change->old_stage);
	slot_list_free(change->slots, change->slots_len);
}

static enum status
change_load(struct practice *practice, int64_t enrolment_id,
    struct change *change, struct why *why)
{
	enum status status = patient_by_enrolment(
	    practice->store, enrolment_id, &change->patient, why);
	if (status == STATUS_OK)
		status = practice_zone_named(
		    practice, change->patient.timezone, &change->zone, why);
	if (status != STATUS_OK)
		return status;
	change->old_stage = xstrdup(change->patient.stage);
	change->today = zone_local(change->zone, practice->now).date;
	struct date from = date_from_days(date_days(change->today) - 1);
	return slot_between(practice->store, enrolment_id, from, change->today,
	    &change->slots, &change->slots_len, why);
}

/* The reminder of a plan that a slot's name ("calm/move") stands for. */
static const struct reminder *
reminder_of(const struct plan *plan, const char *name)
{
	const char *slash = strchr(name, '/');
	if (slash == NULL)
		return NULL;
	char *stage = xstrndup(name, (size_t)(slash - name));
	const struct reminder *reminder = plan_reminder(
	    plan, strcmp(stage, "always") == 0 ? NULL : stage, slash + 1);
	free(stage);
	return reminder;
}

/* Is it at the same time as before? */
static bool
stays(const struct change *change, const char *name)
{
	const struct reminder *old = reminder_of(change->old, name);
	const struct reminder *fresh = reminder_of(change->fresh, name);
	return old != NULL && fresh != NULL &&
	       old->at_minute == fresh->at_minute &&
	       strcmp(old->repeat, fresh->repeat) == 0;
}

static const struct slot *
slot_of(const struct change *change, const char *parcel)
{
	for (int i = 0; i < change->slots_len; i++)
		if (change->slots[i].parcel != NULL &&
		    strcmp(change->slots[i].parcel, parcel) == 0)
			return &change->slots[i];
	return NULL;
}

/* What is queued and has lost its time must not go at the old one. */
static enum status
cancel_moved(struct practice *practice, struct change *change, struct why *why)
{
	struct message *list = NULL;
	int len = 0;
	enum status status = outbox_of_patient(
	    practice->store, change->patient.patient_id, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].state != MESSAGE_QUEUED)
			continue;
		const struct slot *slot = slot_of(change, list[i].parcel);
		if (slot != NULL && !stays(change, slot->reminder))
			status = settle_not_sent(practice, &list[i],
			    MESSAGE_CANCELLED, CHANGED, why);
	}
	message_list_free(list, len);
	return status;
}

/* Cancelling has spoilt some of them. */
static enum status
slots_again(struct practice *practice, struct change *change, struct why *why)
{
	slot_list_free(change->slots, change->slots_len);
	change->slots = NULL;
	change->slots_len = 0;
	return slot_between(practice->store, change->patient.enrolment_id,
	    change->today, change->today, &change->slots, &change->slots_len,
	    why);
}

/* Has that reminder become a message today, under its old stage or this? */
static bool
went_today(const struct change *change, const struct schedule *next)
{
	const char *stage = *next->stage == '\0' ? "always" : next->stage;
	const char *old = *next->stage == '\0' ? "always" : change->old_stage;
	bool went = false;
	char *names[] = { xasprintf("%s/%s", stage, next->reminder),
		xasprintf("%s/%s", old, next->reminder) };
	for (int i = 0; i < change->slots_len && !went; i++) {
		const struct slot *slot = &change->slots[i];
		went = slot->parcel != NULL && *slot->because == '\0' &&
		       date_compare(slot->local_date, change->today) == 0 &&
		       (strcmp(slot->reminder, names[0]) == 0 ||
			   strcmp(slot->reminder, names[1]) == 0);
	}
	free(names[0]);
	free(names[1]);
	return went;
}

/* What has gone today does not go again at its new time of today. */
static enum status
pass_over_today(
    struct practice *practice, struct change *change, struct why *why)
{
	struct schedule *list = NULL;
	int len = 0;
	struct date tomorrow = date_from_days(date_days(change->today) + 1);
	int64_t day_end = zone_day_start(change->zone, tomorrow) - 1;
	enum status status = slots_again(practice, change, why);
	if (status == STATUS_OK)
		status = schedule_of(practice->store,
		    change->patient.enrolment_id, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (list[i].due_at <= day_end && went_today(change, &list[i]))
			status =
			    course_schedule_next(practice, &change->patient,
				list[i].stage, list[i].reminder, day_end, why);
	schedule_list_free(list, len);
	return status;
}

static enum status
go_over(struct practice *practice, struct change *change,
    const struct plans_row *newest, const struct stage *stage, struct why *why)
{
	struct patient *patient = &change->patient;
	patient->plan_id = newest->plan_id;
	patient->decide_at = practice->now;
	replace_text(&patient->stage, stage->id);
	enum status status = cancel_moved(practice, change, why);
	if (status == STATUS_OK)
		status = patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK)
		status = schedule_drop_stage(
		    practice->store, patient->enrolment_id, NULL, why);
	if (status == STATUS_OK)
		status = course_schedule(practice, patient, true, why);
	if (status == STATUS_OK)
		status = pass_over_today(practice, change, why);
	if (status != STATUS_OK)
		return status;
	if (strcmp(change->old_stage, stage->id) == 0)
		return event_add(practice->store, practice->now,
		    patient->patient_id, "plan", newest->plan->id, why,
		    "goes on with version %lld of the plan",
		    (long long)newest->plan->version);
	return event_add(practice->store, practice->now, patient->patient_id,
	    "plan", newest->plan->id, why,
	    "goes on with version %lld of the plan: stage %s is now %s",
	    (long long)newest->plan->version, change->old_stage, stage->id);
}

static enum status
follow_plan(struct practice *practice, void *arg, struct why *why)
{
	struct batch_item *item = arg;
	struct change change = { 0 };
	struct plans_row newest = { 0 };
	const struct plans_row *present = NULL;
	enum status status = change_load(practice, item->id, &change, why);
	if (status == STATUS_OK)
		status = practice_plan(
		    practice, change.patient.plan_id, &present, why);
	if (status == STATUS_OK)
		status = plans_newest(
		    practice->store, present->plan->id, &newest, why);
	if (status != STATUS_OK)
		goto out;

	change.old = present->plan;
	change.fresh = newest.plan;
	const struct stage *stage =
	    plan_stage_after(newest.plan, change.patient.stage);
	if (stage != NULL) {
		status = go_over(practice, &change, &newest, stage, why);
		goto out;
	}
	/* setup refuses such a plan; a database of an older program may have
	 * one. */
	log_note("%s stays on version %lld of plan %s: the newest has no "
		 "stage \"%s\"; move the patient first",
	    change.patient.ref, (long long)present->plan->version,
	    present->plan->id, change.patient.stage);
	item->passed_over = true;
out:
	change_free(&change);
	plans_row_free(&newest);
	return status;
}

static enum status
plans_due(struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_on_old_plan(practice->store, ids, len, why);
}

enum status
follow_plans(struct practice *practice, struct why *why)
{
	return batch_each(
	    practice, plans_due, follow_plan, "a change of plan", why);
}
