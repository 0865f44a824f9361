/*
 * fields.c - see fields.h
 */
#include "settings/fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/memory.h"
#include "settings/nearest.h"

const char *const field_type_names[FIELD__MAX] = {
	[FIELD_TEXT] = "text",
	[FIELD_TEXTS] = "texts",
	[FIELD_SECRET] = "secret",
	[FIELD_PATH] = "path",
	[FIELD_WHOLE] = "whole number",
	[FIELD_NUMBER] = "number",
	[FIELD_SECONDS] = "duration",
	[FIELD_MINUTE] = "time",
	[FIELD_BOOL] = "true or false",
	[FIELD_GROUP] = "group",
	[FIELD_LIST] = "list of groups",
};

const struct field *
field_find(const struct field *fields, const char *name)
{
	for (const struct field *f = fields; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

static void
unknown(
    struct tree *tree, const config_setting_t *s, const struct field *fields)
{
	const char *best = NULL;
	int distance = 0;

	for (const struct field *f = fields; f->name != NULL; f++)
		nearest_offer(
		    config_setting_name(s), f->name, &best, &distance);
	if (best != NULL)
		tree_complain(
		    tree, s, "is no setting; did you mean \"%s\"?", best);
	else
		tree_complain(tree, s, "is no setting; remove it");
}

static void
read_value(struct tree *tree, const config_setting_t *s, const struct field *f,
    char *base)
{
	void *at = base + f->at;
	double *number = at;

	switch (f->type) {
	case FIELD_TEXT:
		(void)value_text(tree, s, at);
		return;
	case FIELD_TEXTS:
		(void)value_texts(
		    tree, s, at, (int *)(void *)(base + f->len_at));
		return;
	case FIELD_SECRET:
		(void)value_secret(tree, s, at);
		return;
	case FIELD_PATH:
		(void)value_path(tree, s, at);
		return;
	case FIELD_WHOLE:
		(void)value_whole(tree, s, f->min, f->max, at);
		return;
	case FIELD_NUMBER:
		if (value_number(tree, s, number) && *number < 0)
			tree_complain(tree, s, "must not be negative");
		return;
	case FIELD_SECONDS:
		(void)value_seconds(tree, s, at);
		return;
	case FIELD_MINUTE:
		(void)value_minute(tree, s, at);
		return;
	case FIELD_BOOL:
		(void)value_bool(tree, s, at);
		return;
	case FIELD_GROUP:
	case FIELD_LIST:
	case FIELD__MAX:
		return;
	}
}

/* Our own table's words: what can't be read there is our bug. */
static void
read_default(const struct field *f, char *base)
{
	void *at = base + f->at;
	enum status status = STATUS_OK;

	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_PATH:
	case FIELD_SECRET:
		*(char **)at = xstrdup(f->otherwise);
		return;
	case FIELD_WHOLE:
		*(int *)at = (int)strtol(f->otherwise, NULL, 10);
		return;
	case FIELD_NUMBER:
		*(double *)at = strtod(f->otherwise, NULL);
		return;
	case FIELD_SECONDS:
		status = duration_parse(f->otherwise, at, NULL);
		break;
	case FIELD_MINUTE:
		status = minute_parse(f->otherwise, at, NULL);
		break;
	case FIELD_BOOL:
		*(bool *)at = strcmp(f->otherwise, "true") == 0;
		return;
	case FIELD_TEXTS: /* a default of several is the caller's affair */
	case FIELD_GROUP:
	case FIELD_LIST:
	case FIELD__MAX:
		return;
	}
	if (status != STATUS_OK)
		panic("the default of %s can't be read", f->name);
}

static void
missing(struct tree *tree, const config_setting_t *group, const struct field *f)
{
	char *above = tree_name(group);

	complain(tree->complaints, tree_file(tree, group),
	    tree_line(tree, group), "%s%s%s is missing: %s", above,
	    *above != '\0' ? "." : "", f->name, f->help);
	free(above);
}

static void
read_field(struct tree *tree, const config_setting_t *group,
    const struct field *f, void *base)
{
	const config_setting_t *s =
	    group != NULL ? config_setting_get_member(group, f->name) : NULL;

	if (s != NULL)
		read_value(tree, s, f, base);
	else if (group != NULL && f->required)
		missing(tree, group, f);
	else if (f->otherwise != NULL)
		read_default(f, base);
}

void
fields_values(struct tree *tree, const config_setting_t *group,
    const struct field *fields, void *base)
{
	for (const struct field *f = fields; f->name != NULL; f++)
		read_field(tree, group, f, base);
}

void
fields_read(struct tree *tree, const config_setting_t *group,
    const struct field *fields, void *base)
{
	int len = group != NULL ? config_setting_length(group) : 0;

	for (int i = 0; i < len; i++) {
		const config_setting_t *s =
		    config_setting_get_elem(group, (unsigned)i);

		if (field_find(fields, config_setting_name(s)) == NULL)
			unknown(tree, s, fields);
	}
	fields_values(tree, group, fields, base);
}

int
fields_groups(struct tree *tree, const config_setting_t *list)
{
	int len;

	if (list == NULL)
		return 0;
	if (!config_setting_is_list(list)) {
		/* An empty array can only mean an empty list. */
		if (!config_setting_is_array(list) ||
		    config_setting_length(list) > 0)
			tree_complain(tree, list,
			    "must be a list of groups: ( { ... }, { ... } )");
		return 0;
	}
	len = config_setting_length(list);
	for (int i = 0; i < len; i++) {
		const config_setting_t *s =
		    config_setting_get_elem(list, (unsigned)i);

		if (!config_setting_is_group(s)) {
			tree_complain(tree, s,
			    "must be a list of groups: ( { ... }, { ... } )");
			return 0;
		}
	}
	return len;
}

const config_setting_t *
fields_group(struct tree *tree, const config_setting_t *group, const char *name)
{
	const config_setting_t *s =
	    group != NULL ? config_setting_get_member(group, name) : NULL;

	if (s == NULL || config_setting_is_group(s))
		return s;
	tree_complain(tree, s, "must be a group: %s = { ... };", name);
	return NULL;
}
