/*
 * Templates become messages: what goes out, and what is said of a bad file.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compose/day_names.h"
#include "compose/message.h"

#include "../settings/scratch.h"

static const struct clinic_facts clinic = {
	.name = "Riverside Physiotherapy",
	.sms_name = "Riverside",
	.phone = "+441632960001",
	.emergency = "999",
	.urgent = "111",
	.crisis = "116 123",
	.hours = "Mon-Fri 9-17",
};

static struct patient_facts
jane(void)
{
	return (struct patient_facts){ .name = "Jane Smith",
		.stage_title = "Calm it",
		.about_keys = { "aggravator" },
		.about_values = { "sitting" },
		.about_len = 1,
		.asks = ASKS_PAIN,
		.pain = PAIN_NONE };
}

struct fixture {
	struct scratch s;
	struct templates *templates;
};

static int
set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	scratch_make(&f->s);
	scratch_write(&f->s, "en/net.md",
	    "subject: Net\n---\nNumb? Call {{emergency}}.\n--- email\n"
	    "**Numb?** Call {{emergency}}.\n");
	scratch_write(&f->s, "en/tip.md",
	    "subject: A tip, {{first_name}}\nsegments: 1\n---\n\n"
	    "Hi {{first_name}}, {{clinic}} here.\n"
	    "{{#aggravator.sitting}}\nStand up.\n{{/aggravator.sitting}}\n"
	    "{{#aggravator.standing}}\nSit down.\n{{/aggravator.standing}}\n"
	    "\n--- email\nHello {{first_name}},\n\n"
	    "{{^aggravator.standing}}\n*Stand* up.\n{{/aggravator.standing}}\n"
	    "{{> net}}\n");
	scratch_write(&f->s, "en/ask/pain.md",
	    "subject: Your check-in\n---\nWorst pain today?\n");
	if (templates_open(f->s.dir, "en", &f->templates, NULL) != STATUS_OK)
		abort();
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	templates_free(f->templates);
	scratch_remove(&f->s);
	free(f);
	return 0;
}

static enum status
compose(struct fixture *f, const char *lang, enum channel channel,
    const struct patient_facts *patient, const char *one, const char *two,
    struct composed *out, struct why *why)
{
	const char *names[] = { one, two };
	json_t *values = facts_values(channel, &clinic, patient, NULL);
	enum status status = message_compose(f->templates, lang, channel, names,
	    two != NULL ? 2 : 1, values, out, why);

	json_decref(values);
	return status;
}

static void
test_sms(void **state)
{
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	if (compose(*state, "en", CHANNEL_SMS, &patient, "tip", "ask/pain",
		&out, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	assert_string_equal(
	    out.body, "Hi Jane, Riverside here.\nStand up.\nWorst pain today?");
	assert_null(out.subject);
	assert_null(out.html);
	assert_int_equal(out.count.segments, 1);
	assert_false(out.count.ucs2);
	/* the question allows two, whatever the tip does */
	assert_int_equal(out.segments_limit, 2);
	composed_free(&out);
}

static void
test_email(void **state)
{
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	patient.name = "<b>Jane* Smith";
	if (compose(*state, "en", CHANNEL_EMAIL, &patient, "tip", "ask/pain",
		&out, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	assert_string_equal(out.subject, "A tip, <b>Jane*");
	assert_non_null(strstr(out.body, "Hello <b>Jane*,"));
	assert_non_null(strstr(out.body, "Numb? Call 999."));
	assert_non_null(strstr(out.body, "Worst pain today?"));
	assert_non_null(strstr(out.html, "<strong>Numb?</strong> Call 999."));
	assert_non_null(strstr(out.html, "&lt;b&gt;Jane*"));
	assert_null(strstr(out.html, "<b>Jane"));
	composed_free(&out);
}

/* The plan's own piece, within a text that all plans share. */
static void
test_a_plan_has_its_own(void **state)
{
	struct fixture *f = *state;
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	scratch_write(
	    &f->s, "en/knee/net.md", "subject: A\n---\nHot? {{plan}}");
	scratch_write(&f->s, "en/shared.md", "subject: S\n---\nGo.\n{{> net}}");
	scratch_write(&f->s, "es/net.md", "subject: N\n---\nLlame.");
	patient.plan = "knee";
	assert_int_equal(
	    compose(f, "en", CHANNEL_SMS, &patient, "shared", NULL, &out, &why),
	    STATUS_OK);
	assert_string_equal(out.body, "Go.\nHot? knee");
	composed_free(&out);
	/* The right words in the wrong language, not the other way round. */
	assert_int_equal(
	    compose(f, "es", CHANNEL_SMS, &patient, "shared", NULL, &out, &why),
	    STATUS_OK);
	assert_string_equal(out.body, "Go.\nHot? knee");
	composed_free(&out);
	patient.plan = "neck";
	assert_int_equal(
	    compose(f, "en", CHANNEL_SMS, &patient, "shared", NULL, &out, &why),
	    STATUS_OK);
	assert_string_equal(out.body, "Go.\nNumb? Call 999.");
	composed_free(&out);
}

/* Opening hours in the days of the reader's language. */
static void
test_days(void **state)
{
	struct fixture *f = *state;
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	scratch_write(&f->s, "en/open.md", "subject: A\n---\n{{hours}}.");
	scratch_write(&f->s, "es/open.md", "subject: A\n---\nAbre {{hours}}.");
	scratch_write(
	    &f->s, "es/days.md", "---\nlun mar mi\303\251\njue vie sab dom");
	scratch_write(&f->s, "fr/open.md", "subject: A\n---\n{{hours}}!");
	scratch_write(&f->s, "fr/days.md", "---\nlun mar mer");
	compose(f, "es-MX", CHANNEL_SMS, &patient, "open", NULL, &out, &why);
	assert_string_equal(out.body, "Abre lun-vie 9-17.");
	composed_free(&out);
	compose(f, "en", CHANNEL_SMS, &patient, "open", NULL, &out, &why);
	assert_string_equal(out.body, "Mon-Fri 9-17.");
	composed_free(&out);
	scratch_write(
	    &f->s, "es/odd.md", "subject: A\n---\n{{clinic}} {{hours}}");
	out = (struct composed){ 0 };
	{
		struct clinic_facts odd = clinic;
		json_t *values;
		const char *name = "odd";

		odd.hours = "monday, Tues 9-12; Saturdays, Marmalade";
		odd.sms_name = "Mon Repos";
		values = facts_values(CHANNEL_SMS, &odd, &patient, NULL);
		assert_int_equal(message_compose(f->templates, "es",
				     CHANNEL_SMS, &name, 1, values, &out, &why),
		    STATUS_OK);
		json_decref(values);
	}
	assert_string_equal(
	    out.body, "Mon Repos lun, mar 9-12; Saturdays, Marmalade");
	composed_free(&out);
	/* Not half of it; the check complains. */
	compose(f, "fr", CHANNEL_SMS, &patient, "open", NULL, &out, &why);
	assert_string_equal(out.body, "Mon-Fri 9-17!");
	composed_free(&out);
	assert_int_equal(day_names_check(f->templates, "es", &why), STATUS_OK);
	assert_int_equal(
	    day_names_check(f->templates, "de", &why), STATUS_NONE);
	assert_int_equal(
	    day_names_check(f->templates, "fr", &why), STATUS_CONFIG);
	assert_non_null(strstr(why.text, "fr/days.md:2: has 3 words"));
}

/* A fact that no text knows: the texts of all known ones stay away. */
static void
test_other_values_are_false(void **state)
{
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	patient.about_values[0] = "gardening";
	assert_int_equal(compose(*state, "en", CHANNEL_SMS, &patient, "tip",
			     NULL, &out, &why),
	    STATUS_OK);
	assert_string_equal(out.body, "Hi Jane, Riverside here.");
	composed_free(&out);
}

static void
test_typography_costs_nothing(void **state)
{
	struct fixture *f = *state;
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	scratch_write(&f->s, "en/curly.md",
	    "---\nDon\xe2\x80\x99t stop \xe2\x80\x93 "
	    "{{first_name}}\xe2\x80\xa6");
	assert_int_equal(
	    compose(f, "en", CHANNEL_SMS, &patient, "curly", NULL, &out, &why),
	    STATUS_OK);
	assert_string_equal(out.body, "Don't stop - Jane...");
	composed_free(&out);
}

/* Values are never expanded, and a header stays one line. */
static void
test_a_name_is_only_a_name(void **state)
{
	struct fixture *f = *state;
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	patient.name = "{{emergency}}\nBcc:x";
	assert_int_equal(
	    compose(f, "en", CHANNEL_EMAIL, &patient, "tip", NULL, &out, &why),
	    STATUS_OK);
	assert_string_equal(out.subject, "A tip, {{emergency}}");
	composed_free(&out);
}

static void
test_languages(void **state)
{
	struct fixture *f = *state;
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	scratch_write(&f->s, "es/ask/pain.md", "---\nDolor hoy, 0 a 10?");
	assert_true(templates_has(f->templates, "es", "ask/pain"));
	assert_false(templates_has(f->templates, "es", "tip"));
	assert_int_equal(compose(f, "es-MX", CHANNEL_SMS, &patient, "tip",
			     "ask/pain", &out, &why),
	    STATUS_OK);
	assert_string_equal(out.body,
	    "Hi Jane, Riverside here.\nStand up.\nDolor hoy, 0 a 10?");
	composed_free(&out);
}

/* What is said of a file that is wrong, and which status it is. */
static const struct {
	const char *text;
	enum channel channel;
	enum status status;
	const char *said;
} bad[] = {
	{ "subject: x\nHi.\n", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:2: \"Hi.\" is neither" },
	{ "subject: x\n", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:1: there is no line \"---\"" },
	{ "", CHANNEL_SMS, STATUS_CONFIG, "en/bad.md:1: there is no line" },
	{ "segments: many\n---\nHi.", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:1: segments must be a number" },
	{ "segmets: 1\n---\nHi.", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:1: \"segmets\" is neither" },
	{ "subject: x\n---\n\n\n", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:4: there is no text here" },
	{ "---\nHi.\n--- email\n", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:3: there is no text here" },
	{ "---\nHi.\n--- email\na\n--- email\nb\n", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:5: there is a second" },
	{ "subject: x\n---\n\nHi\n{{frist_name}}.\n", CHANNEL_SMS,
	    STATUS_CONFIG, "en/bad.md:5: no value is given for" },
	{ "subject: x\n---\nHi {{#can_run}}run\n", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:3: " },
	{ "subject: x\n---\nHi.\n--- email\n\nHi\n{{frist}}", CHANNEL_EMAIL,
	    STATUS_CONFIG, "en/bad.md:7: no value is given for" },
	{ "subject: {{x}}\n---\nHi.", CHANNEL_EMAIL, STATUS_CONFIG,
	    "en/bad.md:1: no value is given for" },
	{ "segments: 1\nsubject: {{x}}\n---\nHi.", CHANNEL_EMAIL, STATUS_CONFIG,
	    "en/bad.md:2: no value is given for" },
	{ "---\nHi.", CHANNEL_EMAIL, STATUS_CONFIG,
	    "en/bad.md:1: an email needs a subject" },
	{ "---\nHi {{> nothing}}", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:2: there is no {{>nothing}}" },
	{ "---\nHi {{> bad}}", CHANNEL_SMS, STATUS_CONFIG, "en/bad.md:2: " },
	{ "---\nHi {{pain}}", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:2: no value is given for" },
	{ "---\n{{#agravator.sitting}}x{{/agravator.sitting}}", CHANNEL_SMS,
	    STATUS_CONFIG, "en/bad.md:2: no value is given for" },
	{ "---\n{{#asks.mood}}x{{/asks.mood}}", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:2: no value is given for" },
	{ "---\nHi \xff", CHANNEL_SMS, STATUS_CONFIG,
	    "en/bad.md:1: this is no text in UTF-8" },
};

static void
test_bad_files(void **state)
{
	struct fixture *f = *state;
	struct patient_facts patient = jane();

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct composed out = { 0 };
		struct why why = { "" };
		enum status status;

		templates_free(f->templates);
		assert_int_equal(
		    templates_open(f->s.dir, "en", &f->templates, NULL),
		    STATUS_OK);
		scratch_write(&f->s, "en/bad.md", bad[i].text);
		status = compose(
		    f, "en", bad[i].channel, &patient, "bad", NULL, &out, &why);
		if (status != bad[i].status ||
		    strncmp(why.text + strlen(f->s.dir) + 1, bad[i].said,
			strlen(bad[i].said)) != 0)
			fail_msg("%zu: %d %s", i, status, why.text);
		assert_null(out.body);
	}
}

static void
test_no_template(void **state)
{
	static const char *const names[] = { "none", "../en/tip", "/etc/passwd",
		"tip.md", "" };
	struct patient_facts patient = jane();
	struct composed out = { 0 };
	struct why why = { "" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_int_equal(compose(*state, "en", CHANNEL_SMS, &patient,
				     names[i], NULL, &out, &why),
		    STATUS_NONE);
	assert_int_equal(templates_open("/nowhere", "en",
			     &(struct templates *){ NULL }, &why),
	    STATUS_NO_FILE);
}

/* A person's own words go out as they are. */
static void
test_plain(void **state)
{
	struct composed out = { 0 };

	(void)state;
	message_plain(CHANNEL_SMS, NULL, "en",
	    "Call {{phone}} \xe2\x80\x93 please\n\n\n\nAnn ", &out);
	assert_string_equal(out.body, "Call {{phone}} - please\n\nAnn");
	assert_int_equal(out.count.segments, 1);
	composed_free(&out);
	message_plain(
	    CHANNEL_EMAIL, "Hello", "en", "1. <b>Do *this*</b>\nAnn", &out);
	assert_string_equal(out.subject, "Hello");
	assert_non_null(strstr(out.body, "1. <b>Do *this*</b>"));
	assert_null(strstr(out.html, "<b>Do"));
	assert_null(strstr(out.html, "<em>"));
	assert_null(strstr(out.html, "<ol>"));
	assert_non_null(strstr(out.html, "<br"));
	assert_non_null(strstr(out.body, "</b>\nAnn"));
	composed_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_email, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_other_values_are_false, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_typography_costs_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_a_name_is_only_a_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_days, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_a_plan_has_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_languages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_bad_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    test_no_template, set_up, tear_down),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
