/*
 * NAME
 *	cohort_rows - every setting of the virtual patients' file
 */
#ifndef SETTINGS_COHORT_ROWS_H
#define SETTINGS_COHORT_ROWS_H

#include "settings/cohort.h"
#include "settings/fields.h"

extern const struct field cohort_fields[];
extern const struct field cohort_shape_fields[];
extern const struct field cohort_habit_fields[];
extern const struct field cohort_event_fields[];
extern const struct field cohort_channel_fields[];
extern const struct field cohort_trouble_fields[];
/* lang, and then a row for each of enum cohort_says in its order. */
extern const struct field cohort_word_fields[];

struct cohort_section {
	const char *path; /* "" for the file itself */
	const struct field *fields;
};
/* The last has a NULL path. */
extern const struct cohort_section cohort_sections[];

#endif
