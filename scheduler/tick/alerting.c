#include "tick/alerting.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tick/rounds.h"

bool
alerting_is_red_flag(const struct alert *alert)
{
	return alert->kind == ALERT_RED_FLAG &&
	       strcmp(alert->level, "notice") != 0;
}

enum status
alerting_open(struct practice *practice, const struct alerting_topic *topic,
    int64_t *alert_id, struct why *why)
{
	struct alert alert = { .patient_id = topic->patient_id,
		.kind = topic->kind,
		.topic = xstrdup(topic->topic != NULL ? topic->topic : ""),
		.because = xstrdup(topic->because),
		.state = ALERT_OPEN,
		.opened_at = practice->now };
	strncpy(alert.level, topic->level, sizeof alert.level - 1);
	alert.next_at = rounds_begin_at(practice, &alert);

	bool is_new = false;
	enum status status =
	    alert_insert(practice->store, &alert, &is_new, why);
	if (status == STATUS_OK && alert_id != NULL)
		*alert_id = alert.alert_id;
	if (status == STATUS_OK && is_new) {
		practice->count.alerts++;
		status = event_add(practice->store, practice->now,
		    alert.patient_id, "alert", alert_kind_names[alert.kind],
		    why, "alert %lld opened: %s", (long long)alert.alert_id,
		    alert.because);
		if (status == STATUS_OK && alert.next_at <= practice->now)
			status = rounds_send(practice, &alert, why);
	}
	alert_free(&alert);
	return status;
}

static enum status
open_work(struct practice *practice, void *arg, struct why *why)
{
	return alerting_open(practice, arg, NULL, why);
}

enum status
alerting_open_now(struct practice *practice, const struct alerting_topic *topic,
    struct why *why)
{
	struct alerting_topic copy = *topic;
	return practice_transact(practice, open_work, &copy, why);
}

enum status
alerting_acknowledge(struct practice *practice, struct alert *alert,
    const char *by, struct why *why)
{
	if (alert->state == ALERT_CLOSED)
		return why_set(why, STATUS_BAD_DATA,
		    "alert %lld is closed already", (long long)alert->alert_id);
	if (alert->state == ALERT_ACKNOWLEDGED)
		return STATUS_OK;

	alert->state = ALERT_ACKNOWLEDGED;
	alert->acknowledged_at = practice->now;
	replace_text(&alert->acknowledged_by, by);
	alert->next_at = 0;
	enum status status = alert_update(practice->store, alert, why);
	if (status != STATUS_OK)
		return status;
	return event_add(practice->store, practice->now, alert->patient_id,
	    "acknowledged", alert_kind_names[alert->kind], why,
	    "alert %lld acknowledged", (long long)alert->alert_id);
}
