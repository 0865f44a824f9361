/*
 * What follows from each class of outcome: the whole table, as a person would
 * check it, and what must hold in it whatever else is changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tick/fate.h"

/* Only what is surely not taken is sent again by itself. */
static void
test_sent_again(void **state)
{
	static const enum post_class surely_not[] = { POST_THROTTLED,
		POST_LATER, POST_NOT_SENT, POST_ABSENT, POST_CONFIG };
	int again = 0;

	(void)state;
	for (size_t i = 0; i < sizeof surely_not / sizeof surely_not[0]; i++)
		assert_int_equal(fate_rules[surely_not[i]].fate, FATE_AGAIN);
	for (int class = 0; class < POST__MAX; class ++)
		again += fate_rules[class].fate == FATE_AGAIN;
	assert_int_equal(again, 5);
	assert_int_equal(fate_rules[POST_AMBIGUOUS].fate, FATE_DOUBT);
}

/* A message goes by another gateway only where this one surely lacks it. */
static void
test_never_by_two(void **state)
{
	(void)state;
	for (int class = 0; class < POST__MAX; class ++)
		if (fate_rules[class].next_gateway)
			assert_int_equal(fate_rules[class].fate, FATE_AGAIN);
}

/* What is over has a state that says so, and what is not has none. */
static void
test_states(void **state)
{
	(void)state;
	for (int class = 0; class < POST__MAX; class ++) {
		const struct fate_rule *rule = &fate_rules[class];
		switch (rule->fate) {
		case FATE_TAKEN:
			assert_true(rule->state == MESSAGE_ACCEPTED ||
				    rule->state == MESSAGE_DELIVERED);
			break;
		case FATE_FAILED:
			assert_true(rule->state == MESSAGE_FAILED ||
				    rule->state == MESSAGE_UNDELIVERED);
			/* A person hears of it, or the patient's own wish is
			 * kept. */
			assert_true(rule->bad_address || rule->bad_text ||
				    rule->opted_out);
			break;
		default:
			assert_int_equal(rule->state, 0);
			assert_false(rule->bad_address || rule->bad_text ||
				     rule->opted_out);
			break;
		}
	}
}

/* A gateway that does not work is told of, now or when it lasts. */
static void
test_nothing_is_silent(void **state)
{
	(void)state;
	for (int class = 0; class < POST__MAX; class ++)
		if (fate_rules[class].gateway == GATEWAY_DOWN ||
		    fate_rules[class].gateway == GATEWAY_SHAKY)
			assert_true(fate_rules[class].tell_gateway ||
				    fate_rules[class].tell_late);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sent_again),
		cmocka_unit_test(test_never_by_two),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_nothing_is_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
