/*
 * optouts.c - addresses to which nothing goes; see patients.h
 *
 * An address is the same in upper and lower case: Ann@example.org wrote STOP,
 * and ann@example.org is left alone. Erasing a patient leaves these: who
 * said STOP stays unwritten to, also when enrolled again.
 */
#include "store/patients.h"
#include "store/room.h"

enum status
optout_set(struct store *store, const char *address, int64_t at, bool *was_set,
    struct why *why)
{
	struct query *q = room_change(store, SQL_OPTOUT_SET);
	int64_t changed = 0;
	enum status status;

	query_text(q, ":address", address);
	query_whole(q, ":at", at);
	status = query_run(q, &changed, why);
	if (status == STATUS_OK)
		*was_set = changed == 0;
	return status;
}

enum status
optout_lift(struct store *store, const char *address, struct why *why)
{
	struct query *q = room_change(store, SQL_OPTOUT_LIFT);

	query_text(q, ":address", address);
	return query_run(q, NULL, why);
}

enum status
optout_is(struct store *store, const char *address, bool *is, struct why *why)
{
	struct query *q = room_read(store, SQL_OPTOUT_IS);

	query_text(q, ":address", address);
	return room_exists(q, is, why);
}
