/*
 * check_settings - prints every setting that the tables know, a line each
 *
 * tests/check_docs.py compares them with the manual pages: "config clinic
 * name", "config sms.twilio account_sid", "plan stages min_days".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/cohort_rows.h"
#include "settings/config_rows.h"
#include "settings/plan_rows.h"

static void
print_fields(const char *page, const char *path, const struct field *fields)
{
	for (; fields->name != NULL; fields++)
		printf("%s\t%s\t%s\n", page, path, fields->name);
}

static void
print_driver(const char *kind, const struct driver *driver)
{
	const struct setting_row *row;

	for (row = driver_settings(driver); row->name != NULL; row++)
		printf("config\t%s.%s\t%s\n", kind, driver_name(driver),
		    row->name);
}

static void
print_drivers(const char *kind, enum channel channel)
{
	char *names = xstrdup(driver_names(channel));
	char *rest = names, *name;

	while ((name = strsep(&rest, ", ")) != NULL)
		if (*name != '\0')
			print_driver(kind, driver_find(channel, name));
	free(names);
}

int
main(void)
{
	const struct config_section *c;
	const struct plan_section *p;
	const struct cohort_section *v;

	for (c = config_sections; c->path != NULL; c++)
		print_fields("config", c->path, c->fields);
	for (p = plan_sections; p->path != NULL; p++)
		print_fields("plan", p->path, p->fields);
	for (v = cohort_sections; v->path != NULL; v++)
		print_fields("cohort", v->path, v->fields);
	print_drivers("sms", CHANNEL_SMS);
	print_drivers("email", CHANNEL_EMAIL);
	return 0;
}
