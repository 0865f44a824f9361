/*
 * NAME
 *	week - the rows of one stretch of time, for the review
 *
 * Each list holds what happened from one instant until before another, in the
 * order of the patients, found by an index on the time: how long the clinic's
 * history is makes no difference. Rows are small; texts are owned, and each
 * list is freed by its own x_free(list, len).
 */
#ifndef STORE_WEEK_H
#define STORE_WEEK_H

#include "base/address.h"
#include "base/civil.h"
#include "base/secret.h"
#include "care/reading.h"
#include "store/inbox.h"
#include "store/patients.h"

/* The stretch, and whose rows: patient_id 0 is everybody. */
struct week_span {
	int64_t from_at;
	int64_t until_at; /* before this */
	int64_t patient_id;
};

/* Who was on a plan then, or has an alert, a reply or a move that waits. */
struct week_patient {
	int64_t patient_id;
	int64_t enrolment_id;
	int64_t plan_id;
	char ref[REF_SIZE];
	char *name; /* "" once erased */
	char *clinician; /* or NULL */
	int baseline; /* or PAIN_NONE */
	int first_pain; /* the first score ever, or PAIN_NONE */
	int64_t first_pain_at;
	int last_pain; /* the newest before the stretch began, or PAIN_NONE */
	struct date began_on;
	enum patient_state state; /* now */
	char *paused_by; /* or NULL */
	char *stage; /* at the end of the stretch, as the next one */
	int64_t stage_since_at;
	struct date stage_since_on; /* year 0 where only the instant is known */
};
void week_patients_free(struct week_patient *list, int len);
enum status week_patients(struct store *store, const struct week_span *span,
    struct week_patient **list, int *len, struct why *why);

/* A question that went out. */
struct week_question {
	int64_t patient_id;
	enum asks asks;
	enum question_state state;
	int64_t asked_at;
	int64_t closes_at;
	int64_t answered_at; /* 0: not */
	/* every message of it came to nothing; of no answered one */
	bool undelivered;
	struct date of; /* of ASKS_DONE: the local day asked for, or year 0 */
};
enum status week_questions(struct store *store, const struct week_span *span,
    struct week_question **list, int *len, struct why *why);

/* What a reply was read as; those of strangers left out. */
struct week_reading {
	int64_t patient_id;
	int64_t reading_id;
	int64_t at;
	enum asks asked;
	int pain; /* or PAIN_NONE */
	enum answer done, leg, settled;
	bool stop, unclear, verified;
	struct date of; /* of done: the day it answers for, or year 0 */
};
enum status week_readings(struct store *store, const struct week_span *span,
    struct week_reading **list, int *len, struct why *why);

/* A local day for which the plan had something, and it was sent. */
struct week_day {
	int64_t patient_id;
	struct date date;
};
enum status week_days(struct store *store, struct date from, struct date to,
    int64_t patient_id, struct week_day **list, int *len, struct why *why);

/* A move that was made, from the stretch's beginning until now. */
struct week_move {
	int64_t patient_id;
	int64_t at;
	char *from_stage;
	char *to_stage;
	char *act;
	char *because;
};
void week_moves_free(struct week_move *list, int len);
enum status week_moves(struct store *store, const struct week_span *span,
    struct week_move **list, int *len, struct why *why);
/* When the last move before an instant was made. NONE. */
enum status week_move_before(struct store *store, int64_t enrolment_id,
    int64_t before_at, int64_t *at, struct why *why);

/* What of a patient waits for a person now. */
struct week_waiting {
	int64_t patient_id;
	bool is_move; /* a move; otherwise a reply in the inbox */
	int64_t at;
	char *to_stage; /* of a move; NULL otherwise */
};
void week_waiting_free(struct week_waiting *list, int len);
enum status week_waiting(struct store *store, int64_t patient_id,
    struct week_waiting **list, int *len, struct why *why);

/* Messages that did not arrive, of patients. */
struct week_failure {
	int64_t patient_id;
	char gateway[64]; /* "" where none took it */
	int count;
};
enum status week_failures(struct store *store, const struct week_span *span,
    struct week_failure **list, int *len, struct why *why);

/* What each gateway took. */
struct week_sent {
	char gateway[64];
	enum channel channel;
	int64_t messages;
	int64_t segments;
};
enum status week_sent(struct store *store, const struct week_span *span,
    struct week_sent **list, int *len, struct why *why);

/* The patient's last words before an instant: the caller frees. NONE. */
enum status week_last_words(struct store *store, int64_t patient_id,
    int64_t before_at, char **words, int64_t *at, struct why *why);

/* How the program ran. */
struct week_ticks {
	int64_t ticks;
	int64_t died; /* began and never ended */
	int64_t longest_gap_s; /* between two beginnings */
	int64_t gap_at; /* when that gap began */
};
enum status week_ticks(struct store *store, const struct week_span *span,
    struct week_ticks *ticks, struct why *why);

/* That somebody looked at a review; of all patients (patient_id 0) or one. */
struct week_sign_off {
	struct date from;
	struct date to;
	int64_t patient_id;
	int64_t at;
	char *by;
};
void week_sign_offs_free(struct week_sign_off *list, int len);
enum status week_sign_off_add(struct store *store,
    const struct week_sign_off *row, struct why *why);
/* Those of exactly that stretch of days. */
enum status week_sign_offs(struct store *store, struct date from,
    struct date to, struct week_sign_off **list, int *len, struct why *why);

#endif
