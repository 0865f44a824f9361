/*
 * How many unasked messages a patient gets, told in days of one week: the
 * week of Monday 2 March 2026 and those beside it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "care/limits.h"

#define DAYS 12

/* Days are numbers of March 2026, separated by spaces; may be empty. */
static int
read_days(const char *text, struct date *dates)
{
	int len = 0;
	for (const char *p = text; *p != '\0';) {
		char *end = NULL;
		dates[len++] =
		    (struct date){ 2026, 3, (int)strtol(p, &end, 10) };
		p = end + strspn(end, " ");
	}
	return len;
}

static const struct {
	const char *story;
	const char *sent;
	int today;
	const char *needed;
	enum limits_verdict verdict;
} rows[] = {
	{ "the first of all", "", 2, "", LIMITS_FREE },
	{ "a second one on the same day", "2", 2, "", LIMITS_DAY },
	{ "the day after is free", "2", 3, "", LIMITS_FREE },
	{ "the fourth within seven days", "2 4 6", 8, "", LIMITS_FREE },
	{ "the fifth within seven days", "2 4 6 7", 8, "", LIMITS_WEEK },
	{ "a week later the first has gone out of count", "2 4 6 8", 9, "",
	    LIMITS_FREE },
	{ "six days later it has not", "3 4 6 8", 9, "", LIMITS_WEEK },
	{ "room for today and for what is needed", "2", 3, "4 6", LIMITS_FREE },
	{ "three more needed ones fill the week", "2", 3, "4 6 8",
	    LIMITS_NEEDED },
	{ "needed ones beyond the week take no room", "2 4", 6, "13 15 17",
	    LIMITS_FREE },
	{ "the order of what was sent does not matter", "7 2 6 4", 8, "",
	    LIMITS_WEEK },
};

static void
limits_hold(void **state)
{
	(void)state;
	const struct limits limits = { .daily = 1, .weekly = 4 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct date sent[DAYS];
		struct date needed[DAYS];
		int sent_len = read_days(rows[i].sent, sent);
		int needed_len = read_days(rows[i].needed, needed);
		enum limits_verdict verdict = limits_check(&limits, sent,
		    sent_len, (struct date){ 2026, 3, rows[i].today }, needed,
		    needed_len);
		if (verdict != rows[i].verdict)
			fail_msg("%s: %d, wanted %d", rows[i].story,
			    (int)verdict, (int)rows[i].verdict);
	}
}

/* Three a week: of four slots, the one needed least is the one left out. */
static void
a_tighter_week_leaves_out_the_least_needed(void **state)
{
	(void)state;
	const struct limits limits = { .daily = 1, .weekly = 3 };
	struct date sent[DAYS];
	struct date needed[DAYS];
	int sent_len = read_days("2", sent);
	int needed_len = read_days("6 8", needed);
	assert_int_equal(limits_check(&limits, sent, sent_len,
			     (struct date){ 2026, 3, 4 }, needed, needed_len),
	    LIMITS_NEEDED);
	assert_int_equal(limits_check(&limits, sent, sent_len,
			     (struct date){ 2026, 3, 6 }, needed + 1, 1),
	    LIMITS_FREE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(a_tighter_week_leaves_out_the_least_needed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
