/*
 * remind - turn slots that are due into messages
 *
 * A patient gets at most one message out of all that is due: the newest tip
 * and the newest question, joined. What came due before those, or can't go
 * for any other reason, is recorded as missed, with the reason. Taking the
 * slot and queueing its message are one transaction.
 */
#include <limits.h>

#include "care/quiet.h"
#include "tick/batch.h"
#include "tick/course.h"
#include "tick/due.h"
#include "tick/follow.h"
#include "tick/join.h"
#include "tick/nudge.h"
#include "tick/steps.h"

/* Not in these hours: look again when the patient's day begins. Where
 * it would be of no use by then, it is missed. */
static enum status
wait_for_day(struct practice *practice, const struct due *due,
    struct candidate *candidate, struct why *why)
{
	if (candidate == NULL)
		return STATUS_OK;
	int64_t opens = quiet_next_open(
	    &practice->config->clinic.quiet, due->zone, practice->now);
	if (opens == 0 || opens >= candidate->expires_at) {
		candidate->missed = "quiet hours or a closed day";
		return STATUS_OK;
	}
	candidate->held = true;
	struct schedule later = *candidate->schedule;
	later.local_date = candidate->newest.date;
	later.local_minute = candidate->newest.minute;
	later.due_at = candidate->newest.at;
	later.wake_at = opens;
	return schedule_set(practice->store, &later, why);
}

/* Record what can't go, and set the next slot of each that is done with. */
static enum status
finish_slots(struct practice *practice, const struct due *due, struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < due->len && status == STATUS_OK; i++) {
		struct candidate *candidate = &due->list[i];
		if (candidate->held)
			continue;
		if (candidate->missed != NULL)
			status = due_miss(practice, due, candidate,
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
send_within_limits(struct practice *practice, struct due *due,
    struct candidate *tip, struct candidate *asking, struct why *why)
{
	if (asking == NULL && tip == NULL)
		return STATUS_OK;

	int need = INT_MAX;
	if (asking != NULL)
		need = asking->reminder->need;
	if (tip != NULL && tip->reminder->need < need)
		need = tip->reminder->need;
	const char *missed = NULL;
	enum status status = due_over_limits(practice, due, need, &missed, why);
	if (status != STATUS_OK || missed == NULL)
		return status == STATUS_OK
			   ? join_and_queue(practice, due, tip, asking, why)
			   : status;
	if (asking != NULL)
		asking->missed = missed;
	if (tip != NULL)
		tip->missed = missed;
	return STATUS_OK;
}

static enum status
take_due(struct practice *practice, struct due *due, struct why *why)
{
	struct candidate *asking = due_pick(due, true);
	struct candidate *tip = due_pick(due, false);
	enum status status = STATUS_OK;

	if (quiet_open(
		&practice->config->clinic.quiet, due->zone, practice->now)) {
		status = send_within_limits(practice, due, tip, asking, why);
	} else {
		status = wait_for_day(practice, due, asking, why);
		if (status == STATUS_OK)
			status = wait_for_day(practice, due, tip, why);
	}
	if (status == STATUS_OK)
		status = finish_slots(practice, due, why);
	return status;
}

static enum status
remind_one(struct practice *practice, void *arg, struct why *why)
{
	const struct batch_item *item = arg;
	struct due due = { 0 };
	enum status status = due_load(practice, item->id, &due, why);
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
