/*
 * readings.c - what replies were read as; see inbox.h
 */
#include <stdlib.h>

#include "store/inbox.h"
#include "store/room.h"

/* An answer is a yes, a no, or was not given: 1, 0, NULL. */
static void
bind_answer(struct query *q, const char *name, enum answer answer)
{
	query_whole_or_null(
	    q, name, answer == ANSWER_NONE ? -1 : answer == ANSWER_YES, -1);
}

static enum answer
column_answer(const struct query *q, int column)
{
	int64_t value = query_column_whole(q, column, -1);

	if (value < 0)
		return ANSWER_NONE;
	return value != 0 ? ANSWER_YES : ANSWER_NO;
}

static bool
column_bool(const struct query *q, int column)
{
	return query_column_whole(q, column, 0) != 0;
}

static void
bind_reading(struct query *q, const struct reading *r)
{
	query_whole_or_null(q, ":pain", r->pain, PAIN_NONE);
	bind_answer(q, ":done", r->done);
	bind_answer(q, ":leg", r->leg);
	bind_answer(q, ":settled", r->settled);
	query_whole(q, ":stop", r->stop);
	query_whole(q, ":start", r->start);
	query_whole(q, ":help", r->help);
	query_whole(q, ":wrong_number", r->wrong_number);
	query_whole(q, ":who", r->who);
	query_whole(q, ":pause_days", r->pause_days);
	query_whole(q, ":courtesy", r->courtesy);
	query_whole(q, ":question", r->question);
	query_whole(q, ":automatic", r->automatic);
	query_whole(q, ":unclear", r->unclear);
}

static void
read_row(const struct query *q, void *record)
{
	struct reading_row *row = record;

	row->reading_id = query_column_whole(q, 0, 0);
	row->inbound_id = query_column_whole(q, 1, 0);
	row->patient_id = query_column_whole(q, 2, 0);
	row->visit = (int)query_column_whole(q, 3, 0);
	row->at = query_column_whole(q, 4, 0);
	row->asked = (enum asks)room_column_name(q, 5, asks_names, ASKS__MAX);
	row->question_id = query_column_whole(q, 6, 0);
	row->reading = reading_none();
	row->reading.pain = (int)query_column_whole(q, 7, PAIN_NONE);
	row->reading.done = column_answer(q, 8);
	row->reading.leg = column_answer(q, 9);
	row->reading.settled = column_answer(q, 10);
	row->reading.stop = column_bool(q, 11);
	row->reading.start = column_bool(q, 12);
	row->reading.help = column_bool(q, 13);
	row->reading.wrong_number = column_bool(q, 14);
	row->reading.courtesy = column_bool(q, 15);
	row->reading.question = column_bool(q, 16);
	row->reading.automatic = column_bool(q, 17);
	row->reading.unclear = column_bool(q, 18);
	row->verified = column_bool(q, 19);
	row->advanced_at = query_column_whole(q, 20, 0);
	row->reading.who = column_bool(q, 21);
	row->reading.pause_days = (int)query_column_whole(q, 22, 0);
	row->reading.flags_len = (int)query_column_whole(q, 23, 0);
}

static const struct room_record row_record = { sizeof(struct reading_row),
	read_row, NULL };

static void
read_flag(const struct query *q, void *record)
{
	struct red_flag *flag = record;

	room_column_text(q, 0, flag->name, sizeof(flag->name));
	flag->level = (enum flag_level)room_column_name(
	    q, 1, flag_level_names, FLAG__MAX);
}

/* Few have any; flags_len says so until they are here. */
static enum status
load_flags(struct store *store, struct reading_row *row, struct why *why)
{
	static const struct room_record kind = { sizeof(struct red_flag),
		read_flag, NULL };
	struct query *q;
	struct red_flag *flags = NULL;
	int len = 0;
	enum status status;

	if (row->reading.flags_len == 0)
		return STATUS_OK;
	row->reading.flags_len = 0;
	q = room_read(store, SQL_RED_FLAGS);
	query_whole(q, ":reading", row->reading_id);
	status = room_list(q, &kind, &flags, &len, why);
	if (status != STATUS_OK)
		return status;
	for (int i = 0; i < len && i < READING_FLAGS; i++)
		row->reading.flags[row->reading.flags_len++] = flags[i];
	free(flags);
	return STATUS_OK;
}

static enum status
many_readings(struct store *store, struct query *q, struct reading_row **list,
    int *len, struct why *why)
{
	struct reading_row *fresh = NULL;
	int fresh_len = 0;
	enum status status = room_list(q, &row_record, &fresh, &fresh_len, why);

	for (int i = 0; i < fresh_len && status == STATUS_OK; i++)
		status = load_flags(store, &fresh[i], why);
	if (status != STATUS_OK) {
		free(fresh);
		return status;
	}
	*list = fresh;
	*len = fresh_len;
	return STATUS_OK;
}

static enum status
insert_flags(
    struct store *store, const struct reading_row *row, struct why *why)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < row->reading.flags_len && status == STATUS_OK;
	     i++) {
		const struct red_flag *flag = &row->reading.flags[i];
		struct query *q = room_change(store, SQL_RED_FLAG_INSERT);

		query_whole(q, ":reading", row->reading_id);
		query_whole(q, ":position", i);
		query_text(q, ":name", flag->name);
		query_text(q, ":level", flag_level_names[flag->level]);
		status = query_run(q, NULL, why);
	}
	return status;
}

enum status
reading_insert(struct store *store, struct reading_row *row, struct why *why)
{
	struct query *q = room_change(store, SQL_READING_INSERT);
	enum status status;

	query_whole(q, ":inbound", row->inbound_id);
	query_whole_or_null(q, ":patient", row->patient_id, 0);
	query_whole_or_null(q, ":visit", row->visit, 0);
	query_whole(q, ":at", row->at);
	query_text(q, ":asked", asks_names[row->asked]);
	query_whole_or_null(q, ":question_id", row->question_id, 0);
	bind_reading(q, &row->reading);
	query_whole(q, ":verified", row->verified);
	query_whole_or_null(q, ":advanced_at", row->advanced_at, 0);
	status = room_whole(q, &row->reading_id, why);
	if (status != STATUS_OK)
		return status;
	return insert_flags(store, row, why);
}

enum status
reading_new(struct store *store, int limit, struct reading_row **list, int *len,
    struct why *why)
{
	struct query *q = room_read(store, SQL_READING_NEW);

	query_whole(q, ":limit", limit);
	return many_readings(store, q, list, len, why);
}

enum status
reading_mark_advanced(
    struct store *store, int64_t reading_id, int64_t now, struct why *why)
{
	struct query *q = room_change(store, SQL_READING_MARK_ADVANCED);

	query_whole(q, ":id", reading_id);
	query_whole(q, ":now", now);
	return query_run(q, NULL, why);
}

enum status
reading_of_patient(struct store *store, int64_t patient_id, int visit,
    int limit, struct reading_row **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_READING_OF_PATIENT);

	query_whole(q, ":patient", patient_id);
	query_whole(q, ":visit", visit);
	query_whole(q, ":limit", limit);
	return many_readings(store, q, list, len, why);
}

enum status
reading_by_inbound(struct store *store, int64_t inbound_id,
    struct reading_row *row, struct why *why)
{
	struct query *q = room_read(store, SQL_READING_BY_INBOUND);
	struct reading_row fresh = { 0 };
	enum status status;

	query_whole(q, ":inbound", inbound_id);
	status = room_one(q, &row_record, &fresh, why);
	if (status == STATUS_OK)
		status = load_flags(store, &fresh, why);
	if (status == STATUS_OK)
		*row = fresh;
	return status;
}

enum status
reading_answered_from(struct store *store, int64_t patient_id,
    const char *address, bool *has, struct why *why)
{
	struct query *q = room_read(store, SQL_READING_ANSWERED_FROM);

	query_whole(q, ":patient", patient_id);
	query_text(q, ":address", address);
	return room_exists(q, has, why);
}

enum status
reading_verify(struct store *store, int64_t reading_id, struct why *why)
{
	struct query *q = room_change(store, SQL_READING_VERIFY);

	query_whole(q, ":id", reading_id);
	return query_run(q, NULL, why);
}

enum status
reading_after(struct store *store, int64_t after, struct reading_row **list,
    int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_READING_AFTER);

	query_whole(q, ":after", after);
	return many_readings(store, q, list, len, why);
}
