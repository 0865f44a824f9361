/*
 * alerts.c - see alerts.h
 */
#include "store/alerts.h"

#include <stdlib.h>
#include <string.h>

#include "store/room.h"

const char *const alert_kind_names[ALERT__MAX] = {
	[ALERT_RED_FLAG] = "red-flag",
	[ALERT_WORSENING] = "worsening",
	[ALERT_PAIN] = "pain",
	[ALERT_STALLED] = "stalled",
	[ALERT_SILENT] = "silent",
	[ALERT_UNDELIVERABLE] = "undeliverable",
	[ALERT_UNCLEAR] = "unclear",
	[ALERT_QUESTION] = "question",
	[ALERT_GATEWAY] = "gateway",
	[ALERT_CONFIGURATION] = "configuration",
	[ALERT_LATE_TICK] = "late-tick",
	[ALERT_WRONG_NUMBER] = "wrong-number",
	[ALERT_SHARED_NUMBER] = "shared-number",
};

const char *const alert_state_names[ALERT_STATE__MAX] = {
	[ALERT_OPEN] = "open",
	[ALERT_ACKNOWLEDGED] = "acknowledged",
	[ALERT_CLOSED] = "closed",
};

void
alert_free(struct alert *alert)
{
	free(alert->topic);
	free(alert->fault);
	free(alert->because);
	free(alert->acknowledged_by);
	free(alert->closed_by);
	free(alert->outcome);
	*alert = (struct alert){ 0 };
}

static void
read_alert(const struct query *q, void *record)
{
	struct alert *a = record;

	a->alert_id = query_column_whole(q, 0, 0);
	a->patient_id = query_column_whole(q, 1, 0);
	a->kind = (enum alert_kind)room_column_name(
	    q, 2, alert_kind_names, ALERT__MAX);
	room_column_text(q, 3, a->level, sizeof(a->level));
	a->topic = query_column_copy(q, 4);
	a->because = query_column_copy(q, 5);
	a->state = (enum alert_state)room_column_name(
	    q, 6, alert_state_names, ALERT_STATE__MAX);
	a->opened_at = query_column_whole(q, 7, 0);
	a->round = (int)query_column_whole(q, 8, 0);
	a->next_at = query_column_whole(q, 9, 0);
	a->acknowledged_at = query_column_whole(q, 10, 0);
	a->acknowledged_by = query_column_copy(q, 11);
	a->closed_at = query_column_whole(q, 12, 0);
	a->closed_by = query_column_copy(q, 13);
	a->outcome = query_column_copy(q, 14);
	a->fault = query_column_copy(q, 15);
	a->seen_at = query_column_whole(q, 16, 0);
}

static void
clear_alert(void *record)
{
	alert_free(record);
}

static const struct room_record alert_record = { sizeof(struct alert),
	read_alert, clear_alert };

void
alert_list_free(struct alert *list, int len)
{
	room_list_free(&alert_record, list, len);
}

/* What changes in an alert's life. A closed one is never sent out again. */
static void
bind_life(struct query *q, const struct alert *alert)
{
	bool closed = alert->state == ALERT_CLOSED;

	query_text(q, ":level", alert->level);
	room_bind_word(q, ":because", alert->because);
	query_text(q, ":state", alert_state_names[alert->state]);
	query_whole(q, ":seen_at", alert->seen_at);
	query_whole(q, ":round", alert->round);
	query_whole_or_null(q, ":next_at", closed ? 0 : alert->next_at, 0);
	query_whole_or_null(q, ":acknowledged_at", alert->acknowledged_at, 0);
	query_text(q, ":acknowledged_by", alert->acknowledged_by);
	query_whole_or_null(q, ":closed_at", alert->closed_at, 0);
	query_text(q, ":closed_by", alert->closed_by);
	query_text(q, ":outcome", alert->outcome);
}

enum status
alert_standing(struct store *store, enum alert_kind kind, const char *topic,
    int64_t patient_id, struct alert **list, int *len, struct why *why)
{
	struct query *q = room_read(store,
	    patient_id != 0 ? SQL_ALERT_STANDING_OF : SQL_ALERT_STANDING);

	if (patient_id != 0)
		query_whole(q, ":patient", patient_id);
	query_text(q, ":kind", alert_kind_names[kind]);
	query_text(q, ":topic", topic);
	return room_list(q, &alert_record, list, len, why);
}

/* The one that kept another from being opened. */
static enum status
find_same(struct store *store, struct alert *alert, struct why *why)
{
	const char *fault = alert->fault == NULL ? "" : alert->fault;
	struct alert *list = NULL;
	int len = 0;
	enum status status = alert_standing(store, alert->kind,
	    alert->topic == NULL ? "" : alert->topic, alert->patient_id, &list,
	    &len, why);

	alert->alert_id = 0;
	for (int i = 0; i < len; i++)
		if (strcmp(list[i].fault, fault) == 0)
			alert->alert_id = list[i].alert_id;
	if (status == STATUS_OK && alert->alert_id == 0)
		panic("an alert that is open can't be found");
	alert_list_free(list, len);
	return status;
}

enum status
alert_insert(
    struct store *store, struct alert *alert, bool *is_new, struct why *why)
{
	struct query *q = room_change(store, SQL_ALERT_INSERT);
	enum status status;

	query_whole_or_null(q, ":patient", alert->patient_id, 0);
	query_text(q, ":kind", alert_kind_names[alert->kind]);
	room_bind_word(q, ":topic", alert->topic);
	room_bind_word(q, ":fault", alert->fault);
	query_whole(q, ":opened_at", alert->opened_at);
	bind_life(q, alert);
	status = room_whole(q, &alert->alert_id, why);
	if (status == STATUS_OK)
		*is_new = true;
	if (status != STATUS_NONE)
		return status;
	status = find_same(store, alert, why);
	if (status == STATUS_OK)
		*is_new = false;
	return status;
}

enum status
alert_update(struct store *store, const struct alert *alert, struct why *why)
{
	struct query *q = room_change(store, SQL_ALERT_UPDATE);

	query_whole(q, ":id", alert->alert_id);
	bind_life(q, alert);
	return query_run(q, NULL, why);
}

enum status
alert_by_id(
    struct store *store, int64_t alert_id, struct alert *alert, struct why *why)
{
	struct query *q = room_read(store, SQL_ALERT_BY_ID);

	query_whole(q, ":id", alert_id);
	return room_one(q, &alert_record, alert, why);
}

enum status
alert_all(struct store *store, bool with_closed, struct alert **list, int *len,
    struct why *why)
{
	struct query *q =
	    room_read(store, with_closed ? SQL_ALERT_ALL : SQL_ALERT_UNCLOSED);

	return room_list(q, &alert_record, list, len, why);
}

enum status
alert_of_patient(struct store *store, int64_t patient_id, struct alert **list,
    int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_ALERT_OF_PATIENT);

	query_whole(q, ":patient", patient_id);
	return room_list(q, &alert_record, list, len, why);
}

enum status
alert_between(struct store *store, int64_t from_at, int64_t until_at,
    int64_t patient_id, struct alert **list, int *len, struct why *why)
{
	struct query *q = room_read(
	    store, patient_id != 0 ? SQL_WEEK_ALERTS_OF : SQL_WEEK_ALERTS);

	if (patient_id != 0)
		query_whole(q, ":patient", patient_id);
	query_whole(q, ":from", from_at);
	query_whole(q, ":until", until_at);
	return room_list(q, &alert_record, list, len, why);
}

enum status
alert_due(struct store *store, int64_t now, struct alert **list, int *len,
    struct why *why)
{
	struct query *q = room_read(store, SQL_ALERT_DUE);

	query_whole(q, ":now", now);
	return room_list(q, &alert_record, list, len, why);
}

enum status
alert_after(struct store *store, int64_t after, struct alert **list, int *len,
    struct why *why)
{
	struct query *q = room_read(store, SQL_ALERT_AFTER);

	query_whole(q, ":after", after);
	return room_list(q, &alert_record, list, len, why);
}
