/*
 * week.c - see week.h
 */
#include "store/week.h"

#include <stdlib.h>

#include "store/room.h"

/* The statement for everybody or that for one patient, its stretch bound. */
static struct query *
span_query(struct store *store, const struct week_span *span,
    enum statement everybody, enum statement one)
{
	struct query *q =
	    room_read(store, span->patient_id != 0 ? one : everybody);

	if (span->patient_id != 0)
		query_whole(q, ":patient", span->patient_id);
	query_whole(q, ":from", span->from_at);
	return q;
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
read_patient(const struct query *q, void *record)
{
	struct week_patient *p = record;

	p->patient_id = query_column_whole(q, 0, 0);
	p->enrolment_id = query_column_whole(q, 1, 0);
	p->plan_id = query_column_whole(q, 2, 0);
	room_column_text(q, 3, p->ref, sizeof(p->ref));
	p->name = query_column_copy(q, 4);
	p->clinician = query_column_copy(q, 5);
	p->baseline = (int)query_column_whole(q, 6, PAIN_NONE);
	p->first_pain = (int)query_column_whole(q, 7, PAIN_NONE);
	p->first_pain_at = query_column_whole(q, 8, 0);
	p->last_pain = (int)query_column_whole(q, 9, PAIN_NONE);
	p->began_on = room_column_date(q, 10);
	p->state = patient_state_parse(query_column_text(q, 11));
	p->paused_by = query_column_copy(q, 12);
	p->stage = query_column_copy(q, 13);
	p->stage_since_at = query_column_whole(q, 14, 0);
	p->stage_since_on = room_column_date(q, 15);
}

static void
clear_patient(void *record)
{
	struct week_patient *p = record;

	free(p->name);
	free(p->clinician);
	free(p->paused_by);
	free(p->stage);
}

static const struct room_record patient_record = { sizeof(struct week_patient),
	read_patient, clear_patient };

void
week_patients_free(struct week_patient *list, int len)
{
	room_list_free(&patient_record, list, len);
}

enum status
week_patients(struct store *store, const struct week_span *span,
    struct week_patient **list, int *len, struct why *why)
{
	struct query *q =
	    span_query(store, span, SQL_WEEK_PATIENTS, SQL_WEEK_PATIENT_OF);

	query_whole(q, ":until", span->until_at);
	return room_list(q, &patient_record, list, len, why);
}

static void
read_question(const struct query *q, void *record)
{
	struct week_question *a = record;

	a->patient_id = query_column_whole(q, 0, 0);
	a->asks = (enum asks)room_column_name(q, 1, asks_names, ASKS__MAX);
	a->state = (enum question_state)room_column_name(
	    q, 2, question_state_names, QUESTION__MAX);
	a->asked_at = query_column_whole(q, 3, 0);
	a->closes_at = query_column_whole(q, 4, 0);
	a->answered_at = query_column_whole(q, 5, 0);
	a->undelivered = column_bool(q, 6);
	a->of = room_column_date(q, 7);
}

enum status
week_questions(struct store *store, const struct week_span *span,
    struct week_question **list, int *len, struct why *why)
{
	static const struct room_record record = { sizeof(struct week_question),
		read_question, NULL };
	struct query *q =
	    span_query(store, span, SQL_WEEK_QUESTIONS, SQL_WEEK_QUESTIONS_OF);

	query_whole(q, ":until", span->until_at);
	return room_list(q, &record, list, len, why);
}

static void
read_reading(const struct query *q, void *record)
{
	struct week_reading *r = record;

	r->patient_id = query_column_whole(q, 0, 0);
	r->reading_id = query_column_whole(q, 1, 0);
	r->at = query_column_whole(q, 2, 0);
	r->asked = (enum asks)room_column_name(q, 3, asks_names, ASKS__MAX);
	r->pain = (int)query_column_whole(q, 4, PAIN_NONE);
	r->done = column_answer(q, 5);
	r->leg = column_answer(q, 6);
	r->settled = column_answer(q, 7);
	r->stop = column_bool(q, 8);
	r->unclear = column_bool(q, 9);
	r->verified = column_bool(q, 10);
	r->of = room_column_date(q, 11);
}

enum status
week_readings(struct store *store, const struct week_span *span,
    struct week_reading **list, int *len, struct why *why)
{
	static const struct room_record record = { sizeof(struct week_reading),
		read_reading, NULL };
	struct query *q =
	    span_query(store, span, SQL_WEEK_READINGS, SQL_WEEK_READINGS_OF);

	query_whole(q, ":until", span->until_at);
	return room_list(q, &record, list, len, why);
}

static void
read_day(const struct query *q, void *record)
{
	struct week_day *d = record;

	d->patient_id = query_column_whole(q, 0, 0);
	d->date = room_column_date(q, 1);
}

enum status
week_days(struct store *store, struct date from, struct date to,
    int64_t patient_id, struct week_day **list, int *len, struct why *why)
{
	static const struct room_record record = { sizeof(struct week_day),
		read_day, NULL };
	struct query *q = room_read(
	    store, patient_id != 0 ? SQL_WEEK_DAYS_OF : SQL_WEEK_DAYS);

	if (patient_id != 0)
		query_whole(q, ":patient", patient_id);
	room_bind_date(q, ":from", from);
	room_bind_date(q, ":to", to);
	return room_list(q, &record, list, len, why);
}

static void
read_move(const struct query *q, void *record)
{
	struct week_move *m = record;

	m->patient_id = query_column_whole(q, 0, 0);
	m->at = query_column_whole(q, 1, 0);
	m->from_stage = query_column_copy(q, 2);
	m->to_stage = query_column_copy(q, 3);
	m->act = query_column_copy(q, 4);
	m->because = query_column_copy(q, 5);
}

static void
clear_move(void *record)
{
	struct week_move *m = record;

	free(m->from_stage);
	free(m->to_stage);
	free(m->act);
	free(m->because);
}

static const struct room_record move_record = { sizeof(struct week_move),
	read_move, clear_move };

void
week_moves_free(struct week_move *list, int len)
{
	room_list_free(&move_record, list, len);
}

enum status
week_moves(struct store *store, const struct week_span *span,
    struct week_move **list, int *len, struct why *why)
{
	return room_list(
	    span_query(store, span, SQL_WEEK_MOVES, SQL_WEEK_MOVES_OF),
	    &move_record, list, len, why);
}

enum status
week_move_before(struct store *store, int64_t enrolment_id, int64_t before_at,
    int64_t *at, struct why *why)
{
	struct query *q = room_read(store, SQL_WEEK_MOVE_BEFORE);

	query_whole(q, ":enrolment", enrolment_id);
	query_whole(q, ":before", before_at);
	return room_whole(q, at, why);
}

static void
read_waiting(const struct query *q, void *record)
{
	struct week_waiting *w = record;

	w->patient_id = query_column_whole(q, 0, 0);
	w->is_move = column_bool(q, 1);
	w->at = query_column_whole(q, 2, 0);
	w->to_stage = query_column_copy(q, 3);
}

static void
clear_waiting(void *record)
{
	struct week_waiting *w = record;

	free(w->to_stage);
}

static const struct room_record waiting_record = { sizeof(struct week_waiting),
	read_waiting, clear_waiting };

void
week_waiting_free(struct week_waiting *list, int len)
{
	room_list_free(&waiting_record, list, len);
}

enum status
week_waiting(struct store *store, int64_t patient_id,
    struct week_waiting **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_WEEK_WAITING);

	query_whole(q, ":patient", patient_id);
	return room_list(q, &waiting_record, list, len, why);
}

enum status
week_last_words(struct store *store, int64_t patient_id, int64_t before_at,
    char **words, int64_t *at, struct why *why)
{
	struct query *q = room_read(store, SQL_WEEK_LAST_WORDS);
	enum status status;

	query_whole(q, ":patient", patient_id);
	query_whole(q, ":before", before_at);
	status = query_step(q, why);
	if (status == STATUS_OK) {
		*words = query_column_copy(q, 0);
		*at = query_column_whole(q, 1, 0);
	}
	query_done(q);
	return status;
}

static void
read_sign_off(const struct query *q, void *record)
{
	struct week_sign_off *s = record;

	s->from = room_column_date(q, 0);
	s->to = room_column_date(q, 1);
	s->patient_id = query_column_whole(q, 2, 0);
	s->at = query_column_whole(q, 3, 0);
	s->by = query_column_copy(q, 4);
}

static void
clear_sign_off(void *record)
{
	struct week_sign_off *s = record;

	free(s->by);
}

static const struct room_record sign_off_record = {
	sizeof(struct week_sign_off), read_sign_off, clear_sign_off
};

void
week_sign_offs_free(struct week_sign_off *list, int len)
{
	room_list_free(&sign_off_record, list, len);
}

enum status
week_sign_off_add(
    struct store *store, const struct week_sign_off *row, struct why *why)
{
	struct query *q = room_change(store, SQL_SIGN_OFF_ADD);

	room_bind_date(q, ":from", row->from);
	room_bind_date(q, ":to", row->to);
	query_whole_or_null(q, ":patient", row->patient_id, 0);
	query_whole(q, ":at", row->at);
	query_text(q, ":by", row->by);
	return query_run(q, NULL, why);
}

enum status
week_sign_offs(struct store *store, struct date from, struct date to,
    struct week_sign_off **list, int *len, struct why *why)
{
	struct query *q = room_read(store, SQL_SIGN_OFFS);

	room_bind_date(q, ":from", from);
	room_bind_date(q, ":to", to);
	return room_list(q, &sign_off_record, list, len, why);
}
