/*
 * NAME
 *	plan_rows - every setting of a plan, in tables
 */
#ifndef SETTINGS_PLAN_ROWS_H
#define SETTINGS_PLAN_ROWS_H

#include "care/plan.h"
#include "settings/fields.h"

struct reminder_draft {
	struct reminder reminder;
	char *asks;
};

extern const struct field plan_fields[]; /* of a struct plan */
extern const struct field stage_fields[]; /* of a struct stage */
extern const struct field reminder_fields[]; /* of a struct reminder_draft */
extern const struct field rule_fields[]; /* of a struct rule */

/* The tables with what they are called in the manual: "", "stages",
 * "reminders" (which always has too) and "advance" for all four rules. The
 * last has a NULL path. */
struct plan_section {
	const char *path;
	const struct field *fields;
};
extern const struct plan_section plan_sections[];

#endif
