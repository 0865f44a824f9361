/*
 * due_limits - would one more message be too many?
 */
#include "care/limits.h"
#include "store/outbox.h"
#include "tick/due.h"

#define COUNTED_BACK 64
#define NEEDED_AHEAD 32
#define WEEK_AHEAD_S ((int64_t)6 * 24 * 60 * 60)

/* Slots of more needed reminders in the next six days, earliest first. */
static int
needed_ahead(const struct practice *practice, const struct due *due, int need,
    struct date *dates)
{
	struct traits traits = patient_traits(&due->patient);
	int len = 0;
	for (int i = 0; i < due->schedule_len; i++) {
		const struct schedule *schedule = &due->schedule[i];
		const struct reminder *reminder = plan_reminder(due->plan,
		    *schedule->stage == '\0' ? NULL : schedule->stage,
		    schedule->reminder);
		if (reminder == NULL || reminder->need >= need ||
		    !reminder_is_for(reminder, &traits))
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

enum status
due_over_limits(struct practice *practice, const struct due *due, int need,
    const char **missed, struct why *why)
{
	int64_t times[COUNTED_BACK];
	int len = COUNTED_BACK;
	enum status status =
	    outbox_counted(practice->store, due->patient.patient_id,
		practice->now - LIMITS_BACK_S, true, "", times, &len, why);
	if (status != STATUS_OK)
		return status;

	struct date sent[COUNTED_BACK];
	for (int i = 0; i < len; i++)
		sent[i] = zone_local(due->zone, times[i]).date;
	struct date needed[NEEDED_AHEAD];
	int needed_len = needed_ahead(practice, due, need, needed);
	const struct clinic *clinic = &practice->config->clinic;
	struct limits limits = { .daily = clinic->daily_limit,
		.weekly = plan_weekly_limit(
		    due->plan, clinic->weekly_limit, due->patient.silent > 0) };

	static const char *const words[LIMITS__MAX] = {
		[LIMITS_DAY] = "the day's limit: one had gone today",
		[LIMITS_WEEK] = "the limit of seven days was reached",
		[LIMITS_NEEDED] = "left out: more needed ones fill the week",
	};
	*missed = words[limits_check(&limits, sent, len,
	    zone_local(due->zone, practice->now).date, needed, needed_len)];
	return STATUS_OK;
}
