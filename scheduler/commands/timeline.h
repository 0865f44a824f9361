/*
 * NAME
 *	timeline - what happened to a patient, in the order in which it did
 *
 * The conversation word for word, and between its lines the moves, the
 * alerts and what never came to be.
 */
#ifndef COMMANDS_TIMELINE_H
#define COMMANDS_TIMELINE_H

#include <stdio.h>

#include "commands/patient_record.h"

/* In the order in which they stand when they fall on one second: what was
 * written comes before what follows from it. */
enum timeline_kind {
	TIMELINE_REPLY,
	TIMELINE_EVENT,
	TIMELINE_ALERT,
	TIMELINE_MOVE,
	TIMELINE_MESSAGE,
	TIMELINE_MISSED,
	TIMELINE__MAX
};

struct timeline_entry {
	int64_t at;
	enum timeline_kind kind;
	int index; /* of its row in the record */
};

struct timeline {
	struct timeline_entry *list; /* owned */
	int len;
};

/* Everything that falls into [from_at, until_at). timeline_free() it. */
void timeline_make(const struct patient_record *record, int64_t from_at,
    int64_t until_at, struct timeline *timeline);
void timeline_free(struct timeline *timeline);

/* In the patient's local time, under a heading for each day. */
void timeline_print(FILE *out, const struct patient_record *record,
    const struct timeline *timeline);

#endif
