/*
 * NAME
 *	patient_words - a patient's state of things, in words
 */
#ifndef COMMANDS_PATIENT_WORDS_H
#define COMMANDS_PATIENT_WORDS_H

#include "base/buffer.h"
#include "commands/patient_record.h"

/* "pain 4, done", "red flag: saddle-numbness (emergency)". */
void patient_words_reading(struct buffer *out, const struct reading_row *row);

/* "paused by a red flag, until it is closed or resumed". */
void patient_words_state(struct buffer *out, const struct patient *patient);

/* "Wed 18 Mar 2026 16:30, the question adjust/setup"; "nothing". */
void patient_words_next(
    struct buffer *out, const struct patient_record *record);

/* "question by sms, delivered" */
void patient_words_message(struct buffer *out, const struct message *message);

/* What came of an alert; "erased" where that is forgotten. Lent. */
const char *patient_words_outcome(const struct alert *alert);

/*
 * What a person should see to, gravest first: an alert that is not closed, a
 * move that waits, a pause by a red flag. Adds nothing where all is well. The
 * lists may hold other patients' too.
 */
void patient_words_attention(struct buffer *out, const struct patient *patient,
    const struct alert *alerts, int alerts_len, const struct move *waiting,
    int waiting_len);

#endif
