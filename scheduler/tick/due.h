/*
 * NAME
 *	due - what has come due for one patient
 */
#ifndef TICK_DUE_H
#define TICK_DUE_H

#include "care/calendar.h"
#include "store/slots.h"
#include "tick/practice.h"

/* A reminder that is due, at its newest occurrence. */
struct candidate {
	const struct schedule *schedule;
	const struct reminder *reminder;
	struct occurrence newest;
	char *key; /* "calm/move" */
	int64_t expires_at;
	const char *missed; /* why it can't go; NULL: it can so far */
	bool held;	    /* it waits for the patient's day to begin */
};

/* Everything about the one patient whose slots are looked at. */
struct due {
	struct patient patient;
	const struct plan *plan;
	const struct stage *stage;
	const struct zone *zone; /* lent */
	struct schedule *schedule;
	int schedule_len;
	struct candidate *list;
	int len;
};

/* Gather what is due now: the patient, the schedule, and a candidate for each
 * reminder whose slot has come; occurrences that a newer one has overtaken
 * are recorded as missed. Inside a transaction; due_free() afterwards. */
enum status due_load(struct practice *practice, int64_t enrolment_id,
    struct due *due, struct why *why);
void due_free(struct due *due);

/* The newest candidate that can go, a question or a tip; the others are
 * marked as missed. NULL: none. Lent. */
struct candidate *due_pick(struct due *due, bool question);

/* Take a candidate's slot at an occurrence, for a parcel (template is what it
 * says), or as missed (parcel NULL) because of that. *taken is false where it
 * was taken before: a clock set back, a tick run twice. */
enum status due_take(struct practice *practice, const struct due *due,
    const struct candidate *candidate, const struct occurrence *occurrence,
    const char *parcel, const char *template, const char *because,
    bool *taken, struct why *why);

/* Record a candidate's newest occurrence as missed, with the reason. */
enum status due_miss(struct practice *practice, const struct due *due,
    const struct candidate *candidate, const struct occurrence *occurrence,
    const char *because, struct why *why);

/* Why the limits forbid one more message today that is needed so much, or
 * NULL. */
enum status due_over_limits(struct practice *practice, const struct due *due,
    int need, const char **missed, struct why *why);

#endif
