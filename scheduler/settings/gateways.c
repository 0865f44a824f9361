/*
 * gateways.c - see gateways.h
 *
 * A gateway has the settings that all have and those of its driver's rows, as
 * text in the driver's order.
 */
#include "settings/gateways.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/config_rows.h"
#include "settings/nearest.h"

static int
rows_len(const struct setting_row *rows)
{
	int len = 0;

	while (rows[len].name != NULL)
		len++;
	return len;
}

static const struct setting_row *
row_find(const struct setting_row *rows, const char *name)
{
	for (; rows->name != NULL; rows++)
		if (strcmp(rows->name, name) == 0)
			return rows;
	return NULL;
}

/* The value as text, once it has proved to be of the row's type. */
static char *
value_as_text(
    struct tree *tree, const config_setting_t *s, enum setting_type type)
{
	char *text = NULL;
	double number;
	int64_t seconds;
	bool yes;

	switch (type) {
	case SETTING_TEXT:
		(void)value_text(tree, s, &text);
		break;
	case SETTING_SECRET:
		(void)value_secret(tree, s, &text);
		break;
	case SETTING_PATH:
		(void)value_path(tree, s, &text);
		break;
	case SETTING_NUMBER:
		if (value_number(tree, s, &number))
			text = xasprintf("%.15g", number);
		break;
	case SETTING_SECONDS:
		if (value_seconds(tree, s, &seconds))
			text = xstrdup(config_setting_get_string(s));
		break;
	case SETTING_BOOL:
		if (value_bool(tree, s, &yes))
			text = xstrdup(yes ? "true" : "false");
		break;
	case SETTING__MAX:
		break;
	}
	return text;
}

static void
unknown(struct tree *tree, const config_setting_t *s,
    const struct field *common, const struct setting_row *rows,
    const char *driver)
{
	const char *name = config_setting_name(s);
	const char *best = NULL;
	int distance = 0;

	for (const struct field *f = common; f->name != NULL; f++)
		nearest_offer(name, f->name, &best, &distance);
	for (const struct setting_row *r = rows; r->name != NULL; r++)
		nearest_offer(name, r->name, &best, &distance);
	if (best != NULL)
		tree_complain(tree, s,
		    "is no setting of driver \"%s\"; did you mean \"%s\"?",
		    driver, best);
	else
		tree_complain(tree, s,
		    "is no setting of driver \"%s\"; remove it", driver);
}

static void
read_own(struct tree *tree, const config_setting_t *group,
    const struct field *common, struct gateway *gateway)
{
	const struct setting_row *rows = driver_settings(gateway->driver);
	const char *driver = driver_name(gateway->driver);
	int len = rows_len(rows);

	gateway->settings =
	    xcalloc((size_t)len + 1, sizeof(*gateway->settings));
	for (int i = 0; i < len; i++) {
		const config_setting_t *s =
		    config_setting_get_member(group, rows[i].name);

		if (field_find(common, rows[i].name) != NULL)
			continue;
		if (s != NULL)
			gateway->settings[i] =
			    value_as_text(tree, s, rows[i].type);
		else if (rows[i].required)
			tree_complain(tree, group,
			    "%s is missing, and driver \"%s\" needs it: %s",
			    rows[i].name, driver, rows[i].help);
	}
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(s);

		if (field_find(common, name) == NULL &&
		    row_find(rows, name) == NULL)
			unknown(tree, s, common, rows, driver);
	}
}

static bool
name_is_taken(const struct gateway *gateways, int len, const char *name)
{
	for (int i = 0; i < len; i++)
		if (strcmp(gateways[i].name, name) == 0)
			return true;
	return false;
}

static void
read_name(struct tree *tree, const config_setting_t *group, const char *name,
    struct gateway *gateway)
{
	if (strlen(name) < sizeof(gateway->name))
		memcpy(gateway->name, name, strlen(name) + 1);
	else
		tree_complain(tree, config_setting_get_member(group, "name"),
		    "must be shorter than %d letters", GATEWAY_NAME_SIZE);
}

static const struct driver *
read_driver(struct tree *tree, const config_setting_t *group,
    enum channel channel, const char *name)
{
	const struct driver *driver = driver_find(channel, name);

	if (driver == NULL)
		tree_complain(tree, config_setting_get_member(group, "driver"),
		    "is \"%s\", which is no driver for %s; there are %s", name,
		    channel_names[channel], driver_names(channel));
	return driver;
}

static void
read_gateway(struct tree *tree, const config_setting_t *group,
    enum channel channel, struct gateway *gateway)
{
	const struct field *common = config_fields(channel_names[channel]);
	struct gateway_draft draft = { 0 };
	int before = tree->complaints->len;
	struct why why;

	fields_values(tree, group, common, &draft);
	gateway->rate = draft.rate;
	gateway->in_flight = draft.in_flight;
	gateway->timeout_s = draft.timeout_s;
	gateway->confirms_stop = draft.confirms_stop;
	gateway->daily_most = draft.daily_most;
	gateway->price = draft.price;
	gateway->ca_file = draft.ca_file;
	if (draft.name != NULL)
		read_name(tree, group, draft.name, gateway);
	if (draft.driver != NULL)
		gateway->driver =
		    read_driver(tree, group, channel, draft.driver);
	if (gateway->driver != NULL)
		read_own(tree, group, common, gateway);
	gateway->trouble = tree_unhad(tree);
	if (gateway->trouble == NULL && tree->complaints->len == before &&
	    gateway_check(gateway, &why) != STATUS_OK)
		tree_complain(tree, group, "can't be so: %s", why.text);
	free(draft.name);
	free(draft.driver);
}

void
gateways_read(struct tree *tree, enum channel channel,
    const struct gateway *others, int others_len, struct gateway **gateways,
    int *len)
{
	const config_setting_t *list = tree_find(tree, channel_names[channel]);
	int count = fields_groups(tree, list);
	struct gateway *all;

	if (count == 0)
		return;
	all = xcalloc((size_t)count, sizeof(*all));
	for (int i = 0; i < count; i++) {
		const config_setting_t *group =
		    config_setting_get_elem(list, (unsigned)i);
		const char *name = all[i].name;

		read_gateway(tree, group, channel, &all[i]);
		if (*name != '\0' &&
		    (name_is_taken(all, i, name) ||
			name_is_taken(others, others_len, name)))
			tree_complain(tree,
			    config_setting_get_member(group, "name"),
			    "is \"%s\", like another gateway's; give each "
			    "its own",
			    name);
	}
	*gateways = all;
	*len = count;
}
