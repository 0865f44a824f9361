/*
 * questions.c - what was asked and for how long it stands open; see inbox.h
 */
#include "store/inbox.h"
#include "store/room.h"

const char *const question_state_names[QUESTION__MAX] = {
	[QUESTION_WAITING] = "waiting",
	[QUESTION_OPEN] = "open",
	[QUESTION_ANSWERED] = "answered",
	[QUESTION_UNANSWERED] = "unanswered",
	[QUESTION_VOID] = "void",
};

static void
read_question(const struct query *q, void *record)
{
	struct question *x = record;

	x->question_id = query_column_whole(q, 0, 0);
	x->enrolment_id = query_column_whole(q, 1, 0);
	room_column_text(q, 2, x->parcel, sizeof(x->parcel));
	x->asks = (enum asks)room_column_name(q, 3, asks_names, ASKS__MAX);
	x->visit = (int)query_column_whole(q, 4, 0);
	x->answer_within_s = query_column_whole(q, 5, 0);
	x->nudge_after_s = query_column_whole(q, 6, 0);
	x->state = (enum question_state)room_column_name(
	    q, 7, question_state_names, QUESTION__MAX);
	x->asked_at = query_column_whole(q, 8, 0);
	x->closes_at = query_column_whole(q, 9, 0);
	x->nudge_at = query_column_whole(q, 10, 0);
	x->nudged = query_column_whole(q, 11, 0) != 0;
	x->asked_again = query_column_whole(q, 12, 0) != 0;
	x->answered_at = query_column_whole(q, 13, 0);
}

static const struct room_record question_record = { sizeof(struct question),
	read_question, NULL };

static void
bind_life(struct query *q, const struct question *x)
{
	query_text(q, ":state", question_state_names[x->state]);
	query_whole_or_null(q, ":asked_at", x->asked_at, 0);
	query_whole_or_null(q, ":closes_at", x->closes_at, 0);
	query_whole_or_null(q, ":nudge_at", x->nudge_at, 0);
	query_whole(q, ":nudged", x->nudged);
	query_whole(q, ":asked_again", x->asked_again);
	query_whole_or_null(q, ":answered_at", x->answered_at, 0);
}

enum status
question_insert(struct store *store, struct question *question, struct why *why)
{
	struct query *q = room_change(store, SQL_QUESTION_INSERT);

	query_whole(q, ":enrolment", question->enrolment_id);
	query_text(q, ":parcel", question->parcel);
	query_text(q, ":asks", asks_names[question->asks]);
	query_whole(q, ":visit", question->visit);
	query_whole(q, ":answer_within_s", question->answer_within_s);
	query_whole(q, ":nudge_after_s", question->nudge_after_s);
	bind_life(q, question);
	return room_whole(q, &question->question_id, why);
}

enum status
question_update(
    struct store *store, const struct question *question, struct why *why)
{
	struct query *q = room_change(store, SQL_QUESTION_UPDATE);

	query_whole(q, ":id", question->question_id);
	bind_life(q, question);
	return query_run(q, NULL, why);
}

enum status
question_by_parcel(struct store *store, const char *parcel,
    struct question *question, struct why *why)
{
	struct query *q = room_read(store, SQL_QUESTION_BY_PARCEL);

	query_text(q, ":parcel", parcel);
	return room_one(q, &question_record, question, why);
}

enum status
question_by_id(struct store *store, int64_t question_id,
    struct question *question, struct why *why)
{
	struct query *q = room_read(store, SQL_QUESTION_BY_ID);

	query_whole(q, ":id", question_id);
	return room_one(q, &question_record, question, why);
}

enum status
question_of_enrolment(struct store *store, int64_t enrolment_id, int limit,
    struct question **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_QUESTION_OF_ENROLMENT);

	query_whole(q, ":enrolment", enrolment_id);
	query_whole(q, ":limit", limit);
	return room_list(q, &question_record, list, len, why);
}

static enum status
due(struct store *store, enum statement statement, int64_t now,
    struct question **list, int *len, struct why *why)
{
	struct query *q = room_read(store, statement);

	query_whole(q, ":now", now);
	return room_list(q, &question_record, list, len, why);
}

enum status
question_due_nudge(struct store *store, int64_t now, struct question **list,
    int *len, struct why *why)
{
	return due(store, SQL_QUESTION_DUE_NUDGE, now, list, len, why);
}

enum status
question_due_close(struct store *store, int64_t now, struct question **list,
    int *len, struct why *why)
{
	return due(store, SQL_QUESTION_DUE_CLOSE, now, list, len, why);
}

enum status
question_void_all(struct store *store, int64_t enrolment_id, struct why *why)
{
	struct query *q = room_change(store, SQL_QUESTION_VOID_ALL);

	query_whole(q, ":enrolment", enrolment_id);
	return query_run(q, NULL, why);
}
