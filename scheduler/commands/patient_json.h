/*
 * NAME
 *	patient_json - a patient's record as other programs read it
 *
 * The members that keepmoving(1) promises and some more; objects of alerts and
 * moves are the same wherever they are shown.
 */
#ifndef COMMANDS_PATIENT_JSON_H
#define COMMANDS_PATIENT_JSON_H

#include "base/json.h"
#include "commands/patient_record.h"

json_t *patient_json(const struct patient_record *record);

/* ref may be NULL: an alert about no patient. */
json_t *patient_json_alert(const struct alert *alert, const char *ref);
json_t *patient_json_move(const struct move *move, const char *ref);

/* Take the reference out again: within a patient it says nothing. */
json_t *patient_json_without_ref(json_t *object);

#endif
