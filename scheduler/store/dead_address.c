/*
 * dead_address.c - addresses that take nothing; see patients.h
 *
 * A landline, a number that is not in use, a mailbox that is no more: each try
 * would cost money and reach nobody. Unlike an opt-out it is nobody's wish, so
 * it ends when a person has looked at it, and when a reply comes from there.
 */
#include "store/patients.h"
#include "store/room.h"

enum status
deadaddress_set(
    struct store *store, const char *address, int64_t at, struct why *why)
{
	struct query *q = room_change(store, SQL_DEAD_SET);

	query_text(q, ":address", address);
	query_whole(q, ":at", at);
	return query_run(q, NULL, why);
}

enum status
deadaddress_lift(struct store *store, const char *address, struct why *why)
{
	struct query *q = room_change(store, SQL_DEAD_LIFT);

	query_text(q, ":address", address);
	return query_run(q, NULL, why);
}

enum status
deadaddress_is(
    struct store *store, const char *address, bool *is, struct why *why)
{
	struct query *q = room_read(store, SQL_DEAD_IS);

	query_text(q, ":address", address);
	return room_exists(q, is, why);
}
