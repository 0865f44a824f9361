/*
 * The virtual patients of config/cohort.cfg are like those of its sources.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "simulate/actor.h"
#include "simulate/tally.h"

#define DAY_S ((int64_t)24 * 60 * 60)
#define MANY 4000

static struct cohort *cohort;
static struct cast cast;
static struct actor actors[MANY];

static int
load(void **state)
{
	struct complaints complaints = { 0 };
	struct why why;
	(void)state;
	if (cohort_load("config/cohort.cfg", &cohort, &complaints, &why) !=
	    STATUS_OK)
		return -1;
	cast = (struct cast){ .cohort = cohort,
		.words = cohort_words_in(cohort, "en"),
		.lottery = { .seed = 7 },
		.begins_at = INT64_C(1772409600),
		.timezone = "Europe/London" };
	for (int i = 0; i < MANY; i++)
		actor_make(&cast, i, i > 0 ? &actors[i - 1] : NULL, &actors[i]);
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	cohort_free(cohort);
	return 0;
}

/* The mean of everybody's pain so many days after enrolment, of 100. */
static int
mean_pain(int day)
{
	int sum = 0;
	for (int i = 0; i < MANY; i++)
		sum += actor_pain(
		    &cast, &actors[i], actors[i].enrolled_at + day * DAY_S);
	return sum * 10 / MANY;
}

/* Wallwork 2024: 56 at the start, 26 after six weeks, 22 after half a year,
 * each with an interval of about four. */
static void
pain_falls_as_it_is_known_to(void **state)
{
	(void)state;
	assert_in_range(mean_pain(0), 52, 60);
	assert_in_range(mean_pain(42), 21, 29);
	assert_in_range(mean_pain(180), 14, 24);
}

/* Axen 2012: 82.5 of a hundred questions; fewer here, by those who drop out. */
static void
questions_are_answered_as_they_are_known_to_be(void **state)
{
	int answered = 0;
	(void)state;
	for (int i = 0; i < MANY; i++) {
		struct actor_reply reply;
		actor_hear(&cast, &actors[i], KIND_QUESTION, ASKS_PAIN,
		    actors[i].enrolled_at + DAY_S, &reply);
		answered += reply.given;
	}
	assert_in_range(answered * 100 / MANY, 80, 85);
}

static void
the_same_seed_is_the_same_people(void **state)
{
	struct actor again;
	(void)state;
	actor_make(&cast, 17, &actors[16], &again);
	assert_string_equal(again.name, actors[17].name);
	assert_string_equal(again.phone, actors[17].phone);
	assert_ptr_equal(again.shape, actors[17].shape);
	for (int day = 0; day < 84; day++) {
		int64_t at = again.enrolled_at + day * DAY_S;
		assert_int_equal(actor_pain(&cast, &again, at),
		    actor_pain(&cast, &actors[17], at));
	}
}

static void
quantiles_are_those_of_the_sorted(void **state)
{
	struct tally_list list = { 0 };
	(void)state;
	assert_int_equal(tally_quantile(&list, 50), 0);
	for (int i = 10; i > 0; i--)
		tally_add(&list, i);
	assert_int_equal(tally_quantile(&list, 50), 5);
	assert_int_equal(tally_quantile(&list, 90), 9);
	assert_int_equal(tally_quantile(&list, 100), 10);
	assert_int_equal(tally_quantile(&list, 0), 1);
	free(list.values);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pain_falls_as_it_is_known_to),
		cmocka_unit_test(the_same_seed_is_the_same_people),
		cmocka_unit_test(quantiles_are_those_of_the_sorted),
		cmocka_unit_test(
		    questions_are_answered_as_they_are_known_to_be),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
