/* So many messages a second, and no more. */
#include "desk.h"

#include <limits.h>

#include "post/bucket.h"

static void
without_a_rate_there_is_no_bound(void **state)
{
	struct bucket bucket;

	(void)state;
	bucket_open(&bucket, 0, 100);
	assert_int_equal(bucket_tokens(&bucket, 100), INT_MAX);
	bucket_take(&bucket, 100);
	assert_true(bucket_wait_s(&bucket, 100) <= 0);
}

static void
a_second_of_messages_goes_at_once_and_then_one_by_one(void **state)
{
	struct bucket bucket;
	int i;

	(void)state;
	bucket_open(&bucket, 4, 100);
	for (i = 4; i > 0; i--) {
		assert_int_equal(bucket_tokens(&bucket, 100), i);
		bucket_take(&bucket, 100);
	}
	assert_int_equal(bucket_tokens(&bucket, 100), 0);
	assert_float_equal(bucket_wait_s(&bucket, 100), 0.25, 1e-9);
	assert_int_equal(bucket_tokens(&bucket, 100.26), 1);
	/* An hour of quiet does not add up to a flood. */
	assert_int_equal(bucket_tokens(&bucket, 3700), 4);
}

static void
a_slow_rate_begins_with_one(void **state)
{
	struct bucket bucket;

	(void)state;
	bucket_open(&bucket, 0.2, 0);
	assert_int_equal(bucket_tokens(&bucket, 0), 1);
	bucket_take(&bucket, 0);
	assert_float_equal(bucket_wait_s(&bucket, 0), 5, 1e-9);
	assert_float_equal(bucket_wait_s(&bucket, 4), 1, 1e-9);
	assert_true(bucket_wait_s(&bucket, 5) <= 0);
	/* A clock that steps back gives nothing and takes nothing. */
	assert_float_equal(bucket_wait_s(&bucket, -10), 5, 1e-9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_rate_there_is_no_bound),
		cmocka_unit_test(
		    a_second_of_messages_goes_at_once_and_then_one_by_one),
		cmocka_unit_test(a_slow_rate_begins_with_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
