/*
 * NAME
 *	text_names - the values that a text names, and that there are
 */
#ifndef SETTINGS_TEXT_NAMES_H
#define SETTINGS_TEXT_NAMES_H

#include "base/json.h"
#include "settings/complaints.h"
#include "settings/text_source.h"

/* Complain of each name that is none of the values, with the one that was
 * meant; false where there was one. */
bool text_names_check(const struct text_source *source, enum channel channel,
    json_t *values, struct complaints *complaints);

#endif
