/*
 * due.c - who is to be looked at; see patients.h
 */
#include "store/patients.h"
#include "store/room.h"

#define DAY_S 86400
#define EASTERNMOST_S (14 * 3600) /* Kiritimati, where each day begins */

static enum status
due(struct store *store, enum statement statement, int64_t now, int64_t *ids,
    int *len, struct why *why)
{
	struct query *q = room_read(store, statement);

	query_whole(q, ":now", now);
	query_whole(q, ":limit", *len);
	return room_ids(q, ids, len, why);
}

enum status
patient_due_decide(
    struct store *store, int64_t now, int64_t *ids, int *len, struct why *why)
{
	return due(store, SQL_DUE_DECIDE, now, ids, len, why);
}

enum status
patient_due_watch(
    struct store *store, int64_t now, int64_t *ids, int *len, struct why *why)
{
	return due(store, SQL_DUE_WATCH, now, ids, len, why);
}

enum status
patient_due_resume(
    struct store *store, int64_t now, int64_t *ids, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_DUE_RESUME);

	room_bind_date(q, ":today",
	    date_from_days((now + (int64_t)EASTERNMOST_S) / DAY_S));
	query_whole(q, ":limit", *len);
	return room_ids(q, ids, len, why);
}

enum status
patient_on_old_plan(
    struct store *store, int64_t *ids, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_ON_OLD_PLAN);

	query_whole(q, ":limit", *len);
	return room_ids(q, ids, len, why);
}
