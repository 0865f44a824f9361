/*
 * How long to wait before what was surely not taken is tried again.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "care/backoff.h"

#define MINUTE 60

static const struct {
	const char *story;
	int attempts;
	int64_t retry_after_s;
	bool urgent;
	int64_t least_s; /* and at most a tenth more */
} rows[] = {
	{ "the first time", 1, 0, false, 5 * MINUTE },
	{ "the second time", 2, 0, false, 10 * MINUTE },
	{ "the third time", 3, 0, false, 20 * MINUTE },
	{ "never more than two hours", 40, 0, false, 120 * MINUTE },
	{ "an alert, the first time", 1, 0, true, 1 * MINUTE },
	{ "an alert, the fourth time", 4, 0, true, 8 * MINUTE },
	{ "as the provider asks", 1, 30 * MINUTE, false, 30 * MINUTE },
	{ "but never sooner than our own", 3, 1, false, 20 * MINUTE },
	{ "however long it asks", 1, 86400, true, 86400 },
};

static void
waits_grow(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		for (int64_t number = 0; number < 100; number++) {
			int64_t wait_s = backoff_s(rows[i].attempts,
			    rows[i].retry_after_s, rows[i].urgent, number);
			if (wait_s < rows[i].least_s ||
			    wait_s > rows[i].least_s + rows[i].least_s / 10)
				fail_msg("%s: %lld s", rows[i].story,
				    (long long)wait_s);
		}
}

/* Those that failed together do not come back together. */
static void
waits_differ(void **state)
{
	(void)state;
	int64_t least_s = INT64_MAX;
	int64_t most_s = 0;
	for (int64_t number = 1; number < 50; number++) {
		int64_t wait_s = backoff_s(1, 0, false, number);
		assert_int_equal(wait_s, backoff_s(1, 0, false, number));
		least_s = wait_s < least_s ? wait_s : least_s;
		most_s = wait_s > most_s ? wait_s : most_s;
	}
	assert_true(most_s - least_s >= 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_grow),
		cmocka_unit_test(waits_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
