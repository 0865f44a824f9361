/*
 * settle.c - how a message went; see outbox.h
 *
 * Answers, lookups and receipts come in any order and more than once, so a
 * state is only ever replaced by one that knows more.
 */
#include "store/outbox_rows.h"

/* How much each state knows: nothing yet, that it was taken, how it ended. */
static int
rank(enum message_state state)
{
	switch (state) {
	case MESSAGE_QUEUED:
	case MESSAGE_SENDING:
	case MESSAGE_UNKNOWN:
		return 0;
	case MESSAGE_ACCEPTED:
		return 1;
	default:
		return 2;
	}
}

/* What settling asks of a row. */
struct standing {
	int64_t message_id;
	enum message_state state;
	int64_t claimed_at, accepted_at, settled_at;
};

static enum status
read_standing(struct store *store, struct standing *m, struct why *why)
{
	struct query *q = room_read(store, SQL_OUTBOX_STANDING);
	enum status status;

	query_whole(q, ":id", m->message_id);
	status = query_step(q, why);
	if (status == STATUS_NONE)
		panic("there is no message %lld", (long long)m->message_id);
	if (status != STATUS_OK)
		return status;
	m->state = (enum message_state)room_column_name(
	    q, 0, message_state_names, MESSAGE__MAX);
	m->claimed_at = query_column_whole(q, 1, 0);
	m->accepted_at = query_column_whole(q, 2, 0);
	m->settled_at = query_column_whole(q, 3, 0);
	query_done(q);
	return STATUS_OK;
}

static bool
may_move(const struct standing *m, enum message_state to)
{
	switch (to) {
	case MESSAGE_CANCELLED:
	case MESSAGE_EXPIRED:
		/* What may have left can't be called back. */
		return m->state == MESSAGE_QUEUED;
	case MESSAGE_UNKNOWN:
		/* For good: nobody will be asked again, but a receipt may
		 * still come. */
		return m->state == MESSAGE_SENDING ||
		       (m->state == MESSAGE_UNKNOWN && m->settled_at == 0);
	case MESSAGE_QUEUED:
	case MESSAGE_SENDING:
		panic(
		    "a message is not settled as %s", message_state_names[to]);
	default:
		return rank(to) > rank(m->state);
	}
}

/*
 * When the provider took it. One whose answer was lost was taken about when it
 * was sent, and not when somebody found out: limits count from then, and a
 * list of receipts is asked for from then.
 */
static int64_t
accepted_at(const struct standing *m, enum message_state to, int64_t now)
{
	bool found_out = m->state == MESSAGE_UNKNOWN || to != MESSAGE_ACCEPTED;

	if (m->accepted_at != 0)
		return m->accepted_at;
	if (to != MESSAGE_ACCEPTED && to != MESSAGE_DELIVERED &&
	    to != MESSAGE_UNDELIVERED)
		return 0;
	return found_out && m->claimed_at != 0 ? m->claimed_at : now;
}

/* A provider's id stands on one message of the gateway only. */
static enum status
given_twice(enum status status, const char *provider_id, struct why *why)
{
	if (status != STATUS_BAD_DATA || provider_id == NULL)
		return status;
	return why_set(why, STATUS_BAD_DATA,
	    "the gateway gave the id %s to two messages", provider_id);
}

static enum status
write_state(struct store *store, const struct standing *m,
    enum message_state to, const char *provider_id, const char *code,
    const char *because, int64_t now, struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_SETTLE);

	query_whole(q, ":id", m->message_id);
	query_text(q, ":state", message_state_names[to]);
	query_text(q, ":provider_id", provider_id);
	query_text(q, ":code", code);
	query_text(q, ":because", because);
	query_whole_or_null(q, ":accepted_at", accepted_at(m, to, now), 0);
	query_whole_or_null(
	    q, ":settled_at", to == MESSAGE_ACCEPTED ? 0 : now, 0);
	return given_twice(query_run(q, NULL, why), provider_id, why);
}

/* What nearly always happens, in one statement: the provider took what was
 * being sent. *moved: it was so. */
static enum status
accept_sending(struct store *store, int64_t message_id, const char *provider_id,
    const char *because, int64_t now, bool *moved, struct why *why)
{
	struct query *q = room_change(store, SQL_OUTBOX_ACCEPT);
	int64_t changed = 0;
	enum status status;

	query_whole(q, ":id", message_id);
	query_text(q, ":provider_id", provider_id);
	query_text(q, ":because", because);
	query_whole(q, ":now", now);
	status = given_twice(query_run(q, &changed, why), provider_id, why);
	*moved = status == STATUS_OK && changed > 0;
	return status;
}

enum status
outbox_settle(struct store *store, int64_t message_id, enum message_state state,
    const char *provider_id, const char *code, const char *because, int64_t now,
    bool *moved, struct why *why)
{
	struct standing m = { .message_id = message_id };
	enum status status = STATUS_OK;
	bool forward = false;

	if (store->depth == 0)
		panic("a message is settled outside a transaction");
	if (state == MESSAGE_ACCEPTED && code == NULL)
		status = accept_sending(store, message_id, provider_id, because,
		    now, &forward, why);
	if (status != STATUS_OK || forward) {
		*moved = forward;
		return status;
	}
	status = read_standing(store, &m, why);
	if (status != STATUS_OK)
		return status;
	forward = may_move(&m, state);
	if (forward)
		status = write_state(
		    store, &m, state, provider_id, code, because, now, why);
	if (status == STATUS_OK)
		*moved = forward;
	return status;
}
