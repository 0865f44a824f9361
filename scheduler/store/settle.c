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

static bool
may_move(const struct message *m, enum message_state to)
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

/* Does that id of the provider's stand on another message of the gateway? */
static enum status
check_provider_id(struct store *store, const struct message *m,
    const char *provider_id, struct why *why)
{
	struct message other = { 0 };
	bool same;
	enum status status;

	if (provider_id == NULL || m->gateway == NULL)
		return STATUS_OK;
	status =
	    outbox_by_provider_id(store, m->gateway, provider_id, &other, why);
	if (status == STATUS_NONE)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	same = other.message_id == m->message_id;
	message_free(&other);
	if (same)
		return STATUS_OK;
	return why_set(why, STATUS_BAD_DATA,
	    "gateway %s gave the id %s to two messages", m->gateway,
	    provider_id);
}

/*
 * When the provider took it. One whose answer was lost was taken about when it
 * was sent, and not when somebody found out: limits count from then, and a
 * list of receipts is asked for from then.
 */
static int64_t
accepted_at(const struct message *m, enum message_state to, int64_t now)
{
	bool found_out = m->state == MESSAGE_UNKNOWN || to != MESSAGE_ACCEPTED;

	if (m->accepted_at != 0)
		return m->accepted_at;
	if (to != MESSAGE_ACCEPTED && to != MESSAGE_DELIVERED &&
	    to != MESSAGE_UNDELIVERED)
		return 0;
	return found_out && m->claimed_at != 0 ? m->claimed_at : now;
}

static enum status
write_state(struct store *store, const struct message *m, enum message_state to,
    const char *provider_id, const char *code, const char *because, int64_t now,
    struct why *why)
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
	return query_run(q, NULL, why);
}

enum status
outbox_settle(struct store *store, int64_t message_id, enum message_state state,
    const char *provider_id, const char *code, const char *because, int64_t now,
    bool *moved, struct why *why)
{
	struct message m = { 0 };
	enum status status;
	bool forward;

	if (store->depth == 0)
		panic("a message is settled outside a transaction");
	status = outbox_by_id(store, message_id, &m, why);
	if (status == STATUS_NONE)
		panic("there is no message %lld", (long long)message_id);
	if (status != STATUS_OK)
		return status;
	forward = may_move(&m, state);
	status = check_provider_id(store, &m, provider_id, why);
	if (status == STATUS_OK && forward)
		status = write_state(
		    store, &m, state, provider_id, code, because, now, why);
	if (status == STATUS_OK)
		*moved = forward;
	message_free(&m);
	return status;
}
