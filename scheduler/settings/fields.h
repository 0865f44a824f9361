/*
 * NAME
 *	fields - a group of settings into a struct, by a table of rows
 *
 * A row says what a setting is called, what it must be, what holds when it is
 * left out, and where it goes. A setting without a row is complained of, with
 * the name that was probably meant.
 */
#ifndef SETTINGS_FIELDS_H
#define SETTINGS_FIELDS_H

#include <stddef.h>

#include "settings/tree.h"

enum field_type {
	FIELD_TEXT, /* char * */
	FIELD_TEXTS, /* char **, and an int at len_at */
	FIELD_SECRET, /* char *, resolved */
	FIELD_PATH, /* char *, absolute */
	FIELD_WHOLE, /* int, from min to max */
	FIELD_NUMBER, /* double, not negative */
	FIELD_SECONDS, /* int64_t; written as a duration */
	FIELD_MINUTE, /* int; written as a time of day */
	FIELD_BOOL, /* bool */
	FIELD_GROUP, /* for the caller, who looks at it himself */
	FIELD_LIST, /* a list of groups; for the caller too */
	FIELD__MAX
};
extern const char *const field_type_names[FIELD__MAX]; /* for people */

struct field {
	const char *name; /* NULL ends a table */
	enum field_type type;
	bool required;
	const char *otherwise; /* the default, as it would be written; NULL:
				  the member stays as it was */
	const char *help; /* a phrase */
	size_t at;
	size_t len_at;
	int min;
	int max;
};

/* The row of that name, or NULL. */
const struct field *field_find(const struct field *fields, const char *name);

/* Read each setting of the group; the group may be NULL, when it was left
 * out: then defaults hold and required ones are not missed. */
void fields_read(struct tree *tree, const config_setting_t *group,
    const struct field *fields, void *base);

/* The same without a look at settings that have no row. */
void fields_values(struct tree *tree, const config_setting_t *group,
    const struct field *fields, void *base);

/* The elements of a list of groups: how many, 0 after a complaint or where
 * it was left out. */
int fields_groups(struct tree *tree, const config_setting_t *list);

/* A member that is a group; NULL after a complaint or where left out. */
const config_setting_t *fields_group(
    struct tree *tree, const config_setting_t *group, const char *name);

#endif
