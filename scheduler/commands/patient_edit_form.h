/*
 * NAME
 *	patient_edit_form - who a patient would be with some options said anew
 */
#ifndef COMMANDS_PATIENT_EDIT_FORM_H
#define COMMANDS_PATIENT_EDIT_FORM_H

#include "commands/arguments.h"
#include "tick/enrol.h"

/*
 * Check what the options say anew of that patient, with all else as it is.
 * BAD_DATA says what is missing or wrong, in enrolment's words. checked is the
 * caller's to free.
 */
enum status patient_edit_check(struct practice *practice,
    const struct arguments *arguments, const struct patient *patient,
    struct patient *checked, struct why *why);

#endif
