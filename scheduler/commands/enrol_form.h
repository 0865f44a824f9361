/*
 * NAME
 *	enrol_form - the options of enrol, which are import's column names too
 */
#ifndef COMMANDS_ENROL_FORM_H
#define COMMANDS_ENROL_FORM_H

#include "commands/command.h"
#include "tick/enrol.h"

extern const struct option_row enrol_options[];

/* Put one value into the form. BAD_DATA: too many facts; USAGE: there is no
 * such option. value is lent. */
enum status enrol_form_set(struct enrolment_form *form, const char *name,
    const char *value, struct why *why);

enum status enrol_form_fill(const struct arguments *arguments,
    struct enrolment_form *form, struct why *why);

#endif
