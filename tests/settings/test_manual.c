/*
 * The manual page, the example and the table of settings say the same. Run
 * from the top of the source.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "settings/config_rows.h"

#include "scratch.h"

static char *
manual(void)
{
	struct buffer b = { 0 };
	struct why why;

	if (buffer_read_file(&b, "config/keepmoving.cfg.5", &why) != STATUS_OK)
		fail_msg("%s", why.text);
	return buffer_take(&b);
}

/* The entry of a setting: the lines from its .It to the next one. */
static char *
entry(const char *text, const char *name)
{
	char *head = xasprintf(".It Ic %s", name);
	char *found = xstrdup("");
	size_t len = strlen(head);

	for (const char *p = text; (p = strstr(p, head)) != NULL; p += len) {
		const char *end = strstr(p + 1, "\n.It ");
		char *more;

		if (p[len] != ' ' && p[len] != '\n')
			continue;
		if (end == NULL)
			end = p + strlen(p);
		more = xasprintf("%s%.*s", found, (int)(end - p), p);
		free(found);
		found = more;
	}
	free(head);
	return found;
}

static void
expect_in(const char *found, const char *name, const char *what)
{
	if (strstr(found, what) == NULL)
		fail_msg("%s: the manual does not say %s", name, what);
}

static void
test_every_setting(void **state)
{
	char *text = manual();

	(void)state;
	for (const struct config_section *s = config_sections; s->path; s++)
		for (const struct field *f = s->fields; f->name; f++) {
			char *found = entry(text, f->name);

			expect_in(found, f->name, f->name);
			if (f->type != FIELD_GROUP && f->type != FIELD_LIST)
				expect_in(
				    found, f->name, field_type_names[f->type]);
			if (f->required)
				expect_in(found, f->name, "required");
			if (f->otherwise != NULL && f->type != FIELD_TEXTS) {
				expect_in(found, f->name, "default is");
				expect_in(found, f->name, f->otherwise);
			}
			free(found);
		}
	free(text);
}

static void
test_every_driver_setting(void **state)
{
	static const struct {
		enum channel channel;
		const char *name;
	} drivers[] = { { CHANNEL_SMS, "spool" }, { CHANNEL_SMS, "twilio" },
		{ CHANNEL_SMS, "kannel" }, { CHANNEL_EMAIL, "spool" },
		{ CHANNEL_EMAIL, "smtp" } };
	char *text = manual();

	(void)state;
	for (size_t i = 0; i < sizeof(drivers) / sizeof(*drivers); i++) {
		const struct driver *d =
		    driver_find(drivers[i].channel, drivers[i].name);

		for (const struct setting_row *r = driver_settings(d); r->name;
		     r++) {
			char *found = entry(text, r->name);

			expect_in(found, r->name, r->name);
			if (r->required)
				expect_in(found, r->name, "required");
			if (r->otherwise != NULL)
				expect_in(found, r->name, r->otherwise);
			free(found);
		}
	}
	free(text);
}

/* A setting by that name, anywhere. */
static bool
known(const char *name)
{
	for (const struct config_section *s = config_sections; s->path; s++)
		if (field_find(s->fields, name) != NULL)
			return true;
	for (int channel = 0; channel < CHANNEL__MAX; channel++) {
		char *names = xstrdup(driver_names((enum channel)channel));

		for (char *n = strtok(names, ", "); n; n = strtok(NULL, ", ")) {
			const struct driver *d =
			    driver_find((enum channel)channel, n);
			const struct setting_row *r =
			    d != NULL ? driver_settings(d) : NULL;

			for (; r != NULL && r->name != NULL; r++)
				if (strcmp(r->name, name) == 0) {
					free(names);
					return true;
				}
		}
		free(names);
	}
	return false;
}

static void
test_nothing_else(void **state)
{
	char *text = manual();
	const char *p = text;

	(void)state;
	while ((p = strstr(p, ".It Ic ")) != NULL) {
		char *name;

		p += strlen(".It Ic ");
		name = xstrndup(p, strcspn(p, " \n"));
		if (!known(name))
			fail_msg("the manual has %s, the program not", name);
		free(name);
	}
	free(text);
}

/* The example that is installed works as it is. */
static void
test_example(void **state)
{
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };

	(void)state;
	if (config_load("config/keepmoving.cfg", &c, &complaints, &why) !=
	    STATUS_OK)
		fail_msg("%s", why.text);
	assert_int_equal(c->sms_len, 1);
	assert_int_equal(c->email_len, 1);
	config_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_setting),
		cmocka_unit_test(test_every_driver_setting),
		cmocka_unit_test(test_nothing_else),
		cmocka_unit_test(test_example),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
