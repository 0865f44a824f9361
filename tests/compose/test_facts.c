/*
 * What a template may say: the greeting's name, and a value for each name.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compose/facts.h"

static const struct {
	const char *name;
	const char *first;
} names[] = {
	{ "Jane Smith", "Jane" },
	{ "Jane", "Jane" },
	{ "  Jane   Smith ", "Jane" },
	{ "Dr Jane Smith", "Jane" },
	{ "Dr. Jane Smith", "Jane" },
	{ "MR JOHN SMITH", "JOHN" },
	{ "Prof. Dr. Anna Meier", "Anna" },
	{ "Smith, Jane", "Jane" },
	{ "Smith, Dr Jane", "Jane" },
	{ "Mr Smith", "Smith" },
	{ "Mr", "Mr" },
	{ "Anne-Marie O'Neil", "Anne-Marie" },
	{ "Zo\xc3\xab Smith", "Zo\xc3\xab" },
	{ "Smith,", "Smith" },
	{ "Mary {{phone}}", "Mary" },
	/* twenty characters, whatever they are made of */
	{ "Abcdefghijklmnopqrstuvwxyz", "Abcdefghijklmnopqrst" },
	{ "\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab"
	  "\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab"
	  "\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xabX",
	    "\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab"
	    "\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab\xc3\xab"
	    "\xc3\xab\xc3\xab\xc3\xab\xc3\xab" },
	{ "", "" },
	{ " , ", "" },
	{ NULL, "" },
};

static void
test_first_name(void **state)
{
	char out[FIRST_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_string_equal(
		    facts_first_name(names[i].name, out), names[i].first);
}

static const struct clinic_facts clinic = {
	.name = "Riverside Physiotherapy",
	.sms_name = "Riverside",
	.phone = "+441632960001",
	.emergency = "999",
	.urgent = "111",
	.crisis = "116 123",
	.hours = "Mon-Fri 9-17",
};

static const char *
text_of(const json_t *values, const char *name)
{
	return json_string_value(json_object_get(values, name));
}

static void
test_clinic_by_channel(void **state)
{
	json_t *sms = facts_values(CHANNEL_SMS, &clinic, NULL, NULL);
	json_t *email = facts_values(CHANNEL_EMAIL, &clinic, NULL, NULL);

	(void)state;
	assert_string_equal(text_of(sms, "clinic"), "Riverside");
	assert_string_equal(
	    text_of(email, "clinic"), "Riverside Physiotherapy");
	assert_string_equal(
	    text_of(sms, "clinic_name"), "Riverside Physiotherapy");
	assert_true(json_is_true(json_object_get(sms, "is_sms")));
	assert_true(json_is_false(json_object_get(sms, "is_email")));
	assert_true(json_is_true(json_object_get(email, "is_email")));
	json_decref(sms);
	json_decref(email);
}

static void
test_patient(void **state)
{
	struct patient_facts patient = { .name = "Jane Smith",
		.stage_title = "Calm it",
		.about_keys = { "aggravator" },
		.about_values = { "sitting" },
		.about_len = 1,
		.plan = "low-back",
		.no_running = true,
		.nerve = true,
		.asks = ASKS_PAIN,
		.pain = 0 };
	json_t *v = facts_values(CHANNEL_SMS, &clinic, &patient, NULL);
	json_t *asks = json_object_get(v, "asks");

	(void)state;
	assert_string_equal(text_of(v, "first_name"), "Jane");
	assert_true(json_is_true(
	    json_object_get(json_object_get(v, "aggravator"), "sitting")));
	assert_true(json_is_false(json_object_get(v, "can_run")));
	assert_true(json_is_true(json_object_get(v, "nerve")));
	assert_string_equal(text_of(v, "plan"), "low-back");
	assert_true(json_is_true(json_object_get(asks, "pain")));
	assert_true(json_is_false(json_object_get(asks, "settled")));
	/* no pain is a score, too */
	assert_true(json_is_true(json_object_get(v, "has_pain")));
	assert_int_equal(json_integer_value(json_object_get(v, "pain")), 0);
	json_decref(v);
}

static void
test_every_name_always(void **state)
{
	static const char *const all[] = { "first_name", "clinic",
		"clinic_name", "phone", "emergency", "urgent", "crisis",
		"hours", "stage_title", "can_run", "nerve", "plan", "is_sms",
		"is_email", "asks", "first_question", "has_pain", "pain",
		"alert_id", "ref", "level", "kind", "because", "round",
		"again" };
	json_t *v = facts_values(CHANNEL_SMS, NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (json_object_get(v, all[i]) == NULL)
			fail_msg("%s has no value", all[i]);
	assert_true(json_is_null(json_object_get(v, "pain")));
	json_decref(v);
}

/* A fact must not take the place of a number to call. */
static void
test_about_takes_no_name(void **state)
{
	struct patient_facts patient = { .about_keys = { "emergency" },
		.about_values = { "sitting" },
		.about_len = 1,
		.pain = PAIN_NONE };
	json_t *v = facts_values(CHANNEL_SMS, &clinic, &patient, NULL);

	(void)state;
	assert_string_equal(text_of(v, "emergency"), "999");
	json_decref(v);
}

static void
test_alert(void **state)
{
	struct alert_facts alert = { .ref = "P-4K7QXM",
		.level = "urgent",
		.kind = "red-flag",
		.because = "a red flag",
		.id = 7,
		.round = 2 };
	json_t *v = facts_values(CHANNEL_SMS, &clinic, NULL, &alert);

	(void)state;
	assert_string_equal(text_of(v, "ref"), "P-4K7QXM");
	assert_int_equal(json_integer_value(json_object_get(v, "alert_id")), 7);
	assert_true(json_is_true(json_object_get(v, "again")));
	json_decref(v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_name),
		cmocka_unit_test(test_clinic_by_channel),
		cmocka_unit_test(test_patient),
		cmocka_unit_test(test_every_name_always),
		cmocka_unit_test(test_about_takes_no_name),
		cmocka_unit_test(test_alert),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
