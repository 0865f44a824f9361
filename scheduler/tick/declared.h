/*
 * NAME
 *	declared - what the desk vouches for: consent, screening, age
 *
 * A date with a word on how it came about. What is declared is checked here
 * for enrolment and for every later edit alike, and consent is put on record
 * as an event, which nothing changes afterwards.
 */
#ifndef TICK_DECLARED_H
#define TICK_DECLARED_H

#include "tick/enrol.h"

/* Check these parts of a form, and take them over into the patient's record.
 * BAD_DATA says what is missing or wrong. today is the patient's. */
enum status declared_check(struct practice *practice,
    const struct enrolment_form *form, struct date today,
    struct patient *patient, struct why *why);

/* Put the patient's consent, or that there is none, on record as it stands
 * now. Inside a transaction. */
enum status declared_note_consent(struct practice *practice,
    const struct patient *patient, struct why *why);

#endif
