/*
 * What may be sent when, read off the table column by column.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "care/kinds.h"

static bool
held_by_hours(const struct kind_rule *rule)
{
	return rule->held_by_hours;
}

static bool
counts(const struct kind_rule *rule)
{
	return rule->counts;
}

static bool
limited(const struct kind_rule *rule)
{
	return rule->limited;
}

static bool
blocked_by_stop(const struct kind_rule *rule)
{
	return rule->blocked_by_stop;
}

static bool
paused(const struct kind_rule *rule)
{
	return rule->paused;
}

static bool
consent(const struct kind_rule *rule)
{
	return rule->consent;
}

static bool
repeated(const struct kind_rule *rule)
{
	return rule->repeated;
}

static const struct {
	bool (*column)(const struct kind_rule *rule);
	const char *kinds; /* those that have it, in the enum's order */
} columns[] = {
	/* At night go: the safety net, alerts, the word on STOP, answers. */
	{ held_by_hours, "welcome question reminder nudge note" },

	/* One a day and four a week are these. */
	{ counts, "welcome question reminder" },
	{ limited, "welcome question reminder" },

	/* After STOP: the safety net, the one confirmation, help for whoever
	 * asks for it, and what does not go to patients. */
	{ blocked_by_stop, "answer welcome question reminder nudge note" },

	{ paused, "welcome question reminder nudge" },

	/* Answers and alerts want no consent on record. */
	{ consent, "welcome question reminder nudge note" },

	/* Better twice than not at all. */
	{ repeated, "safety-net clinician-alert" },
};

static void
test_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		char have[256] = "";
		size_t len = 0;

		for (enum kind k = 0; k < KIND__MAX; k++)
			if (columns[i].column(&kind_rules[k]))
				len += (size_t)snprintf(have + len,
				    sizeof(have) - len, "%s%s",
				    len == 0 ? "" : " ", kind_rules[k].name);
		assert_string_equal(have, columns[i].kinds);
	}
}

/* Who waits for it goes first: the rarest and gravest before the daily. */
static void
test_order(void **state)
{
	static const enum kind order[] = { KIND_SAFETY_NET,
		KIND_CLINICIAN_ALERT, KIND_STOP_CONFIRM, KIND_HELP, KIND_ANSWER,
		KIND_NOTE, KIND_WELCOME, KIND_QUESTION, KIND_REMINDER,
		KIND_NUDGE, KIND_REVIEW };

	(void)state;
	assert_int_equal(sizeof(order) / sizeof(order[0]), KIND__MAX);
	for (int i = 0; i < KIND__MAX; i++)
		assert_int_equal(kind_rules[order[i]].priority, i);
}

static void
test_useful_for(void **state)
{
	static const struct {
		const char *name;
		int64_t hours;
	} rows[] = {
		{ "safety-net", INT64_C(7) * 24 },
		{ "clinician-alert", INT64_C(7) * 24 },
		{ "stop-confirm", 24 },
		{ "help", 24 },
		{ "answer", 24 },
		{ "welcome", INT64_C(7) * 24 },
		{ "question", 12 },
		{ "reminder", 12 },
		{ "nudge", 4 },
		{ "note", INT64_C(3) * 24 },
		{ "review", INT64_C(6) * 24 },
	};

	(void)state;
	assert_int_equal(sizeof(rows) / sizeof(rows[0]), KIND__MAX);
	for (int i = 0; i < KIND__MAX; i++) {
		enum kind kind = kind_parse(rows[i].name);

		assert_int_equal(kind, i);
		assert_string_equal(kind_rules[kind].name, rows[i].name);
		assert_int_equal(
		    kind_rules[kind].useful_s, rows[i].hours * 3600);
	}
}

static void
test_no_such_kind(void **state)
{
	static const char *const names[] = { "", "Answer", "answer ", "safety",
		NULL };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(kind_parse(names[i]), KIND__MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_useful_for),
		cmocka_unit_test(test_no_such_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
