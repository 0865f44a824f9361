/*
 * cancel.c - messages that never go; see outbox.h
 *
 * A slot whose message came to nothing says why, and a question that was
 * never asked is void; unless another row of the same parcel went, or may.
 */
#include <stdlib.h>

#include "store/outbox_rows.h"

static enum status
spoil_parcel(struct store *store, const char *parcel, const char *because,
    struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_SPOIL_SLOT);
	enum status status;

	query_text(q, ":parcel", parcel);
	query_text(q, ":because", because);
	status = query_run(q, NULL, why);
	if (status != STATUS_OK)
		return status;
	q = room_change(store, SQL_OUTBOX_SPOIL_QUESTION);
	query_text(q, ":parcel", parcel);
	return query_run(q, NULL, why);
}

static void
read_parcel(const struct query *q, void *record)
{
	room_column_text(q, 0, record, KEY_SIZE);
}

/* Run a statement that returns the parcels it changed, and spoil them. */
static enum status
end_parcels(struct store *store, struct query *q, const char *because,
    int64_t *count, struct why *why)
{
	static const struct room_record kind = { KEY_SIZE, read_parcel, NULL };
	char(*parcels)[KEY_SIZE] = NULL;
	int len = 0;
	enum status status = room_list(q, &kind, &parcels, &len, why);

	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = spoil_parcel(store, parcels[i], because, why);
	free(parcels);
	if (status == STATUS_OK)
		*count += len;
	return status;
}

enum status
outbox_expire(struct store *store, int64_t now, int64_t *count, struct why *why)
{
	static const char because[] = "too late to be of use";
	struct query *q = room_change(store, SQL_OUTBOX_EXPIRE);
	int64_t expired = 0;
	enum status status;

	query_whole(q, ":now", now);
	query_text(q, ":because", because);
	status = end_parcels(store, q, because, &expired, why);
	if (status == STATUS_OK && count != NULL)
		*count = expired;
	return status;
}

static enum status
cancel_kind(struct store *store, int64_t patient_id, enum kind kind,
    const char *stage, const char *because, int64_t now, int64_t *count,
    struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_CANCEL);

	query_whole(q, ":patient", patient_id);
	query_text(q, ":kind", kind_rules[kind].name);
	query_text(q, ":stage", stage);
	query_text(q, ":because", because);
	query_whole(q, ":now", now);
	return end_parcels(store, q, because, count, why);
}

enum status
outbox_cancel(struct store *store, int64_t patient_id, bool stop,
    const char *stage, const char *because, int64_t now, int64_t *count,
    struct why *why)
{
	enum status status = STATUS_OK;
	int64_t cancelled = 0;

	if (because == NULL)
		because = "";
	for (int kind = 0; kind < KIND__MAX && status == STATUS_OK; kind++)
		if (stop ? kind_rules[kind].blocked_by_stop
			 : kind_rules[kind].paused)
			status = cancel_kind(store, patient_id, (enum kind)kind,
			    stage, because, now, &cancelled, why);
	if (status == STATUS_OK && count != NULL)
		*count = cancelled;
	return status;
}
