/*
 * moves.c - see moves.h
 */
#include "store/moves.h"

#include <stdlib.h>

#include "store/room.h"

const char *const move_state_names[MOVE__MAX] = {
	[MOVE_WAITING] = "waiting",
	[MOVE_MADE] = "made",
	[MOVE_REFUSED] = "refused",
	[MOVE_OVERTAKEN] = "overtaken",
};

void
move_free(struct move *move)
{
	free(move->from_stage);
	free(move->to_stage);
	free(move->act);
	free(move->because);
	free(move->decided_by);
	*move = (struct move){ 0 };
}

static void
read_move(const struct query *q, void *record)
{
	struct move *m = record;

	m->move_id = query_column_whole(q, 0, 0);
	m->enrolment_id = query_column_whole(q, 1, 0);
	m->from_stage = query_column_copy(q, 2);
	m->to_stage = query_column_copy(q, 3);
	m->act = query_column_copy(q, 4);
	m->because = query_column_copy(q, 5);
	m->state = (enum move_state)room_column_name(
	    q, 6, move_state_names, MOVE__MAX);
	m->at = query_column_whole(q, 7, 0);
	m->decided_at = query_column_whole(q, 8, 0);
	m->decided_by = query_column_copy(q, 9);
}

static void
clear_move(void *record)
{
	move_free(record);
}

static const struct room_record move_record = { sizeof(struct move), read_move,
	clear_move };

void
move_list_free(struct move *list, int len)
{
	room_list_free(&move_record, list, len);
}

/* What a clinician's answer changes. */
static void
bind_answer(struct query *q, const struct move *move)
{
	room_bind_word(q, ":because", move->because);
	query_text(q, ":state", move_state_names[move->state]);
	query_whole(q, ":at", move->at);
	query_whole_or_null(q, ":decided_at", move->decided_at, 0);
	query_text(q, ":decided_by", move->decided_by);
}

enum status
move_insert(struct store *store, struct move *move, struct why *why)
{
	struct query *q = room_change(store, SQL_MOVE_INSERT);

	query_whole(q, ":enrolment", move->enrolment_id);
	query_text(q, ":from", move->from_stage);
	query_text(q, ":to", move->to_stage);
	query_text(q, ":act", move->act);
	bind_answer(q, move);
	return room_whole(q, &move->move_id, why);
}

enum status
move_update(struct store *store, const struct move *move, struct why *why)
{
	struct query *q = room_change(store, SQL_MOVE_UPDATE);

	query_whole(q, ":id", move->move_id);
	bind_answer(q, move);
	return query_run(q, NULL, why);
}

enum status
move_by_id(
    struct store *store, int64_t move_id, struct move *move, struct why *why)
{
	struct query *q = room_read(store, SQL_MOVE_BY_ID);

	query_whole(q, ":id", move_id);
	return room_one(q, &move_record, move, why);
}

enum status
move_waiting_of(struct store *store, int64_t enrolment_id, struct move *move,
    struct why *why)
{
	struct query *q = room_read(store, SQL_MOVE_WAITING_OF);

	query_whole(q, ":enrolment", enrolment_id);
	return room_one(q, &move_record, move, why);
}

enum status
move_waiting(struct store *store, struct move **list, int *len, struct why *why)
{
	return room_list(
	    room_read(store, SQL_MOVE_WAITING), &move_record, list, len, why);
}

enum status
move_of_enrolment(struct store *store, int64_t enrolment_id, struct move **list,
    int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_MOVE_OF_ENROLMENT);

	query_whole(q, ":enrolment", enrolment_id);
	return room_list(q, &move_record, list, len, why);
}

enum status
move_after(struct store *store, int64_t after, struct move **list, int *len,
    struct why *why)
{
	struct query *q = room_read(store, SQL_MOVE_AFTER);

	query_whole(q, ":after", after);
	return room_list(q, &move_record, list, len, why);
}
