/*
 * NAME
 *	patient_record - everything that is known of one patient, in memory
 *
 * For the commands that show it: all rows, oldest first.
 */
#ifndef COMMANDS_PATIENT_RECORD_H
#define COMMANDS_PATIENT_RECORD_H

#include "store/alerts.h"
#include "store/inbox.h"
#include "store/moves.h"
#include "store/outbox.h"
#include "store/slots.h"
#include "tick/practice.h"

struct patient_record {
	struct patient patient;
	const struct plan *plan; /* lent by the practice, as the stage */
	const struct stage *stage; /* where the patient is */
	struct zone *zone; /* the patient's */
	struct message *messages;
	int messages_len;
	struct slot *slots; /* by local date */
	int slots_len;
	struct inbound *replies;
	int replies_len;
	struct reading_row *readings;
	int readings_len;
	struct move *moves;
	int moves_len;
	struct alert *alerts;
	int alerts_len;
	struct schedule *schedule; /* the next of each reminder, by time */
	int schedule_len;
	struct event *events;
	int events_len;
};

/* Takes over the patient, in any case. patient_record_free() afterwards, in
 * any case. */
enum status patient_record_load(struct practice *practice,
    struct patient *patient, struct patient_record *record, struct why *why);
void patient_record_free(struct patient_record *record);

/* The reading of a reply, or NULL when it was not read yet. Lent. */
const struct reading_row *patient_record_reading(
    const struct patient_record *record, int64_t inbound_id);

/* Did the slot come to nothing without ever being a message? */
bool patient_record_missed(
    const struct patient_record *record, const struct slot *slot);

/* The plan's reminder that a slot's name ("calm/move") stands for, or NULL. */
const struct reminder *patient_record_reminder(
    const struct patient_record *record, const char *name);

/* The title of a stage by its id; "the end" for "finished". Lent. */
const char *patient_record_title(
    const struct patient_record *record, const char *stage);

/* When a message went; where it hasn't, when it is or was due. */
int64_t patient_record_at(const struct message *message);

#endif
