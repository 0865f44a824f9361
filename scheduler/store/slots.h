/*
 * NAME
 *	slots - what is next for each reminder, and what became of each slot
 */
#ifndef STORE_SLOTS_H
#define STORE_SLOTS_H

#include "base/civil.h"
#include "store/store.h"

struct schedule {
	int64_t enrolment_id;
	char *stage; /* "" for always */
	char *reminder;
	struct date local_date;
	int local_minute;
	int64_t due_at;
	int64_t wake_at; /* look at it then: due_at, or later */
};
void schedule_list_free(struct schedule *list, int len);

/* Insert or replace the next slot of a reminder. */
enum status schedule_set(struct store *store, const struct schedule *next,
    struct why *why);
enum status schedule_drop(struct store *store, int64_t enrolment_id,
    const char *stage, const char *reminder, struct why *why);
/* Drop those of a stage, or all of them (stage NULL). */
enum status schedule_drop_stage(struct store *store, int64_t enrolment_id,
    const char *stage, struct why *why);
/* Enrolments with a slot to look at: wake_at not after now, earliest first,
 * each id once. *len in: room, out: found. */
enum status schedule_due(struct store *store, int64_t now, int64_t *ids,
    int *len, struct why *why);
/* All of one enrolment, earliest due first. */
enum status schedule_of(struct store *store, int64_t enrolment_id,
    struct schedule **list, int *len, struct why *why);

struct slot {
	int64_t slot_id;
	int64_t enrolment_id;
	char *reminder; /* "calm/move", "always/keep-moving" */
	struct date local_date;
	int local_minute;
	int64_t due_at;
	int64_t taken_at;
	char *parcel;	/* NULL: missed */
	char *template; /* or NULL */
	char *because;	/* why missed, or "" */
};
void slot_list_free(struct slot *list, int len);

/*
 * Take a slot: the one place where a reminder may become a message. *taken is
 * false when this slot was taken before (nothing is changed then).
 */
enum status slot_take(struct store *store, const struct slot *slot,
    bool *taken, struct why *why);
/* How often a reminder became a message: whose turn it is. One that was spoilt
 * does not count: nobody read it. */
enum status slot_turn(struct store *store, int64_t enrolment_id,
    const char *reminder, int64_t *times, struct why *why);
/* Slots of an enrolment with a local date in [from, to], oldest first. */
enum status slot_between(struct store *store, int64_t enrolment_id,
    struct date from, struct date to, struct slot **list, int *len,
    struct why *why);
/* Those taken after that one, in their order; 0: all. */
enum status slot_after(struct store *store, int64_t after, struct slot **list,
    int *len, struct why *why);
/* A slot's message came to nothing after all: why. By parcel. */
enum status slot_spoil(struct store *store, const char *parcel,
    const char *because, struct why *why);

#endif
