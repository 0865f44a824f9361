/*
 * NAME
 *	inbox - what came in, its reading, and the questions that stand open
 */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include "base/address.h"
#include "care/reading.h"
#include "store/store.h"

struct inbound {
	int64_t inbound_id;
	char *gateway;
	char *provider_id;
	enum channel channel;
	char *sender;
	char *recipient;
	char *body; /* whole, where it came in pieces */
	char *answers; /* keys or ids of ours that it names, or NULL */
	bool automatic;
	int64_t came_at;
	int64_t stored_at;
	int64_t read_at;    /* 0: not yet */
	int64_t patient_id; /* 0: a stranger, or not read */
	char *handled;	    /* NULL, "open", "closed" */
};
void inbound_free(struct inbound *inbound);
void inbound_list_free(struct inbound *list, int len);

/* Store it once: *is_new is false when (gateway, provider_id) is known. */
enum status inbound_store(struct store *store, const struct inbound *inbound,
    bool *is_new, struct why *why);
enum status inbound_unread(struct store *store, int limit,
    struct inbound **list, int *len, struct why *why);
enum status inbound_mark_read(struct store *store, int64_t inbound_id,
    int64_t patient_id, int64_t now, struct why *why);
enum status inbound_set_handled(struct store *store, int64_t inbound_id,
    const char *handled, struct why *why);
/* Of one that is not read yet: write back its sender, and its body, which is
 * kept beside what came where that was a piece; or say that it is a piece of
 * another, and read with it. */
enum status inbound_rewrite(struct store *store, const struct inbound *inbound,
    struct why *why);
enum status inbound_set_part(struct store *store, int64_t inbound_id,
    int64_t part_of, int64_t now, struct why *why);
enum status inbound_by_id(struct store *store, int64_t inbound_id,
    struct inbound *inbound, struct why *why);
/* The one that came by that gateway under that id. NONE. */
enum status inbound_by_source(struct store *store, const char *gateway,
    const char *provider_id, struct inbound *inbound, struct why *why);
/* handled = 'open', oldest first. */
enum status inbound_open(struct store *store, struct inbound **list, int *len,
    struct why *why);
enum status inbound_of_patient(struct store *store, int64_t patient_id,
    struct inbound **list, int *len, struct why *why);

struct reading_row {
	int64_t reading_id;
	int64_t inbound_id;
	int64_t patient_id;  /* 0: a stranger */
	int visit;	     /* of the enrolment then; 0 none */
	int64_t at;
	enum asks asked;
	int64_t question_id; /* 0: answers none */
	struct reading reading;
	bool verified;
	int64_t advanced_at; /* 0: not yet */
};

enum status reading_insert(struct store *store, struct reading_row *row,
    struct why *why);
/* Not advanced yet, oldest first; an array that free() frees. */
enum status reading_new(struct store *store, int limit,
    struct reading_row **list, int *len, struct why *why);
enum status reading_mark_advanced(struct store *store, int64_t reading_id,
    int64_t now, struct why *why);
/* Of a patient, newest first; those of that visit alone when visit is not 0;
 * at most limit. free() frees the array. */
enum status reading_of_patient(struct store *store, int64_t patient_id,
    int visit, int limit, struct reading_row **list, int *len,
    struct why *why);
/* Did that patient ever answer a question from that address? */
enum status reading_answered_from(struct store *store, int64_t patient_id,
    const char *address, bool *has, struct why *why);
/* The reading of an inbound. NONE. */
enum status reading_by_inbound(struct store *store, int64_t inbound_id,
    struct reading_row *row, struct why *why);
/* Those made after that one, in their order; free() frees the array. */
enum status reading_after(struct store *store, int64_t after,
    struct reading_row **list, int *len, struct why *why);
/* Take an unverified reading as the patient's own after all, to be advanced. */
enum status reading_verify(struct store *store, int64_t reading_id,
    struct why *why);

enum question_state {
	QUESTION_WAITING, /* its message has not gone yet */
	QUESTION_OPEN,
	QUESTION_ANSWERED,
	QUESTION_UNANSWERED,
	QUESTION_VOID, /* never asked, or not of use any more */
	QUESTION__MAX
};
extern const char *const question_state_names[QUESTION__MAX];

struct question {
	int64_t question_id;
	int64_t enrolment_id;
	char parcel[17]; /* of the message that asks it */
	enum asks asks;
	int visit;
	int64_t answer_within_s;
	int64_t nudge_after_s; /* 0: no nudge */
	enum question_state state;
	int64_t asked_at;
	int64_t closes_at;
	int64_t nudge_at; /* 0: none to come */
	bool nudged;
	bool asked_again;
	int64_t answered_at;
};

enum status question_insert(struct store *store, struct question *question,
    struct why *why);
/* Write back state, times and marks. */
enum status question_update(struct store *store,
    const struct question *question, struct why *why);
/* NONE. */
enum status question_by_parcel(struct store *store, const char *parcel,
    struct question *question, struct why *why);
enum status question_by_id(struct store *store, int64_t question_id,
    struct question *question, struct why *why);
/* Newest first, at most limit; free() frees the array. */
enum status question_of_enrolment(struct store *store, int64_t enrolment_id,
    int limit, struct question **list, int *len, struct why *why);
/* Open ones whose nudge or close is due; free() frees the array. */
enum status question_due_nudge(struct store *store, int64_t now,
    struct question **list, int *len, struct why *why);
enum status question_due_close(struct store *store, int64_t now,
    struct question **list, int *len, struct why *why);
/* Waiting and open ones of an enrolment become void (stopped, discharged). */
enum status question_void_all(struct store *store, int64_t enrolment_id,
    struct why *why);

#endif
