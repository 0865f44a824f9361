/*
 * Who moves on, who goes back, who stays, and the words for it. The plan is
 * the low-back plan's skeleton, with a few odd stages after it.
 *
 * Readings are written as they came, the oldest first: a number is a score,
 * "same", "better" and "worse" are mornings after, "leg" is a new or worse leg
 * symptom, "done" says nothing of pain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/decide.h"

#define READINGS_MOST 40
#define UNKNOWN PAIN_NONE

/* A rule's bounds: scores from least to most, and nothing more. */
#define BOUNDS(least, most)                                              \
	.given = true, .pain_at_least = (least), .pain_at_most = (most), \
	.or_down_by = RULE_UNSET, .and_at_most = RULE_UNSET
#define ANY_PAIN BOUNDS(RULE_UNSET, RULE_UNSET)
#define AT_MOST(most) BOUNDS(RULE_UNSET, most)
#define AT_LEAST(least) BOUNDS(least, RULE_UNSET)

static struct stage stages[] = {
	{ .id = "calm",
	    .title = "Calm the irritation",
	    .min_days = 3,
	    .stalled_after = 14,
	    .advance = { ANY_PAIN, .to = "adjust", .readings = 2,
		.not_worse = true },
	    .alert = { AT_LEAST(8), .readings = 1 } },
	{ .id = "adjust",
	    .title = "Adjust the setup",
	    .min_days = 7,
	    .stalled_after = 21,
	    .advance = { .given = true,
		.to = "reintroduce-1",
		.readings = 2,
		.pain_at_most = 3,
		.pain_at_least = RULE_UNSET,
		.or_down_by = 30,
		.and_at_most = 5 } },
	{ .id = "reintroduce-1",
	    .title = "Reintroduce, first step",
	    .min_days = 5,
	    .advance = { AT_MOST(5), .to = "reintroduce-2", .readings = 2,
		.settled = 2 },
	    .retreat = { AT_LEAST(6), .to = "adjust", .readings = 2 } },
	{ .id = "reintroduce-2",
	    .title = "Reintroduce, second step",
	    .min_days = 1,
	    .advance = { AT_MOST(5), .to = "reintroduce-3", .readings = 1,
		.settled = 1, .confirm = true },
	    .retreat = { AT_LEAST(7), .to = "adjust", .readings = 1 } },
	{ .id = "reintroduce-3",
	    .title = "Reintroduce, third step",
	    .min_days = 5,
	    .finish = { AT_MOST(2), .readings = 3 } },

	/* odd ones */
	{ .id = "both",
	    .title = "Both",
	    .advance = { AT_MOST(5), .to = "calm" },
	    .finish = { AT_MOST(2) } },
	{ .id = "down",
	    .title = "Down",
	    .advance = { .given = true,
		.to = "calm",
		.readings = 1,
		.pain_at_most = RULE_UNSET,
		.pain_at_least = RULE_UNSET,
		.or_down_by = 50,
		.and_at_most = RULE_UNSET } },
	{ .id = "mornings",
	    .title = "Mornings",
	    .advance = { ANY_PAIN, .to = "calm", .readings = 2,
		.settled = 3 } },
	{ .id = "astray",
	    .title = "Astray",
	    .advance = { ANY_PAIN, .to = "nowhere" },
	    .retreat = { ANY_PAIN, .to = "calm" } },
	{ .id = "resting", .title = "Rest" },
	{ .id = "many",
	    .title = "Many",
	    .advance = { AT_MOST(9), .to = "calm", .readings = 12,
		.settled = 10 } },
};

static const struct plan plan = {
	.id = "low-back",
	.worse_by = 3,
	.stages = stages,
	.stages_len = sizeof(stages) / sizeof(stages[0]),
};

/* "8 7 worse": as they came; the list is the newest first. */
static int
read_readings(const char *text, struct decide_reading out[READINGS_MOST])
{
	char *copy = xstrdup(text);
	char *rest = copy;
	char *word;
	int len = 0;

	while ((word = strsep(&rest, " ")) != NULL) {
		struct decide_reading r = { .pain = PAIN_NONE };

		if (*word == '\0')
			continue;
		assert_true(len < READINGS_MOST);
		if (*word >= '0' && *word <= '9')
			r.pain = atoi(word);
		else if (strcmp(word, "same") == 0 ||
			 strcmp(word, "better") == 0)
			r.settled = ANSWER_YES;
		else if (strcmp(word, "worse") == 0)
			r.settled = ANSWER_NO;
		else if (strcmp(word, "leg") == 0)
			r.leg = ANSWER_YES;
		else if (strcmp(word, "noleg") == 0)
			r.leg = ANSWER_NO;
		else
			assert_string_equal(word, "done");
		memmove(out + 1, out, (size_t)len * sizeof(*out));
		out[0] = r;
		len++;
	}
	free(copy);
	return len;
}

struct row {
	const char *stage;
	int days;
	int start;
	const char *readings; /* as they came */
	enum decision_act act;
	const char *to; /* NULL for stay and finish */
	const char *because;
};

#define STAY DECISION_STAY, NULL
#define TO(stage) DECISION_ADVANCE, stage
#define BACK(stage) DECISION_RETREAT, stage
#define FINISH DECISION_FINISH, NULL

static const struct row rows[] = {
	/* Calm: set-up advice does not wait for low pain, only for no worse. */
	{ "calm", 3, 6, "6 5", TO("adjust"),
	    "pain 6 and 5 at the last two check-ins, not worse than 6 at the "
	    "start, 3 days in Calm the irritation" },
	{ "calm", 5, 9, "9 9", TO("adjust"),
	    "pain 9 and 9 at the last two check-ins, not worse than 9 at the "
	    "start, 5 days in Calm the irritation" },
	{ "calm", 4, 5, "2 8 5", TO("adjust"),
	    "pain 8 and 5 at the last two check-ins, not worse than 5 at the "
	    "start, 4 days in Calm the irritation" },
	{ "calm", 3, 6, "5 7", STAY,
	    "stays: pain 7 at the last check-in, above 6 at the start of Calm "
	    "the irritation" },
	{ "calm", 2, 6, "6 5", STAY,
	    "stays: 2 of at least 3 days in Calm the irritation" },
	{ "calm", 0, 6, "", STAY,
	    "stays: 0 of at least 3 days in Calm the irritation" },
	{ "calm", -1, 6, "1 1", STAY,
	    "stays: 0 of at least 3 days in Calm the irritation" },

	/* Never on silence, nor on time alone. */
	{ "calm", 90, 6, "", STAY,
	    "stays: no pain score in Calm the irritation yet, 2 needed" },
	{ "calm", 3, 6, "5", STAY,
	    "stays: 1 of 2 pain scores in Calm the irritation" },
	{ "calm", 9, 6, "done done same", STAY,
	    "stays: no pain score in Calm the irritation yet, 2 needed" },
	{ "calm", 9, 6, "5 done better done", STAY,
	    "stays: 1 of 2 pain scores in Calm the irritation" },
	{ "calm", 9, 6, "5 done 4 done", TO("adjust"),
	    "pain 5 and 4 at the last two check-ins, not worse than 6 at the "
	    "start, 9 days in Calm the irritation" },

	/* No baseline: the first score of the stage is the start. */
	{ "calm", 3, UNKNOWN, "4", STAY,
	    "stays: 1 of 2 pain scores in Calm the irritation" },
	{ "calm", 3, UNKNOWN, "done 4 4", TO("adjust"),
	    "pain 4 and 4 at the last two check-ins, not worse than 4 at the "
	    "start, 3 days in Calm the irritation" },
	{ "calm", 3, UNKNOWN, "4 5", STAY,
	    "stays: pain 5 at the last check-in, above 4 at the start of Calm "
	    "the irritation" },
	{ "calm", 3, 0, "0 0", TO("adjust"),
	    "pain 0 and 0 at the last two check-ins, not worse than 0 at the "
	    "start, 3 days in Calm the irritation" },

	/* A leg symptom blocks whatever the score, until a clinician looked. */
	{ "calm", 9, 6, "leg 1 1", STAY,
	    "stays: new or worse leg symptoms, a clinician looks first" },
	{ "calm", 1, 6, "leg", STAY,
	    "stays: new or worse leg symptoms, a clinician looks first" },
	{ "calm", 9, 6, "leg 1 noleg 1", STAY,
	    "stays: new or worse leg symptoms, a clinician looks first" },
	{ "calm", 9, 6, "noleg 1 1", TO("adjust"),
	    "pain 1 and 1 at the last two check-ins, not worse than 6 at the "
	    "start, 9 days in Calm the irritation" },
	{ "reintroduce-3", 9, 3, "0 0 0 leg", STAY,
	    "stays: new or worse leg symptoms, a clinician looks first" },
	{ "reintroduce-1", 9, 3, "leg 6 7", BACK("adjust"),
	    "pain 6 and 7 at the last two check-ins: one step easier" },

	/* Adjust: settled (3 or less), or tolerable (down 30 %, 5 or less). */
	{ "adjust", 7, 8, "2 3", TO("reintroduce-1"),
	    "pain 2 and 3 at the last two check-ins, 7 days in Adjust the "
	    "setup" },
	{ "adjust", 10, 8, "5 4", TO("reintroduce-1"),
	    "pain 5 and 4 at the last two check-ins, down 37 % from 8 and 5 or "
	    "less, 10 days in Adjust the setup" },
	{ "adjust", 10, 8, "5 2", TO("reintroduce-1"),
	    "pain 5 and 2 at the last two check-ins, down 37 % from 8 and 5 or "
	    "less, 10 days in Adjust the setup" },
	{ "adjust", 10, 10, "6 7", STAY,
	    "stays: pain 6 and 7 at the last two check-ins, needs 3 or less, "
	    "or 30 % below 10 and 5 or less" },
	{ "adjust", 10, 10, "5 6", STAY,
	    "stays: pain 5 and 6 at the last two check-ins, needs 3 or less, "
	    "or 30 % below 10 and 5 or less" },
	{ "adjust", 10, 7, "5 5", STAY,
	    "stays: pain 5 and 5 at the last two check-ins, needs 3 or less, "
	    "or 30 % below 7 and 5 or less" },
	{ "adjust", 10, 6, "4 4", TO("reintroduce-1"),
	    "pain 4 and 4 at the last two check-ins, down 33 % from 6 and 5 or "
	    "less, 10 days in Adjust the setup" },
	{ "adjust", 10, UNKNOWN, "7 5 4", STAY,
	    "stays: pain 5 and 4 at the last two check-ins, needs 3 or less, "
	    "or 30 % below 7 and 5 or less" },
	{ "adjust", 10, UNKNOWN, "8 5 4", TO("reintroduce-1"),
	    "pain 5 and 4 at the last two check-ins, down 37 % from 8 and 5 or "
	    "less, 10 days in Adjust the setup" },
	{ "adjust", 6, 8, "1 1", STAY,
	    "stays: 6 of at least 7 days in Adjust the setup" },
	{ "adjust", 30, 4, "3 3 4", STAY,
	    "stays: pain 3 and 4 at the last two check-ins, needs 3 or less, "
	    "or 30 % below 4 and 5 or less" },

	/* Reintroduce: up to 5, and settled the morning after, twice. */
	{ "reintroduce-1", 5, 3, "5 same 4 better", TO("reintroduce-2"),
	    "pain 5 and 4 at the last two check-ins, the same or better on the "
	    "last two mornings, 5 days in Reintroduce, first step" },
	{ "reintroduce-1", 5, 3, "worse 5 same 4 better", TO("reintroduce-2"),
	    "pain 5 and 4 at the last two check-ins, the same or better on the "
	    "last two mornings, 5 days in Reintroduce, first step" },
	{ "reintroduce-1", 5, 3, "5 same 4", STAY,
	    "stays: 1 of 2 mornings in a row the same or better" },
	{ "reintroduce-1", 5, 3, "5 4", STAY,
	    "stays: 0 of 2 mornings in a row the same or better" },
	{ "reintroduce-1", 5, 3, "4 same same 4 worse", STAY,
	    "stays: worse on the last morning, needs 2 in a row the same or "
	    "better" },
	{ "reintroduce-1", 5, 3, "4 same same worse 4 same", STAY,
	    "stays: 1 of 2 mornings in a row the same or better" },
	{ "reintroduce-1", 9, 3, "same same same", STAY,
	    "stays: no pain score in Reintroduce, first step yet, 2 needed" },
	{ "reintroduce-1", 9, 3, "4 same 6 same", STAY,
	    "stays: pain 4 and 6 at the last two check-ins, needs 5 or less" },

	/* Back: two in a row; before advance, and min_days does not hold it. */
	{ "reintroduce-1", 1, 3, "6 7", BACK("adjust"),
	    "pain 6 and 7 at the last two check-ins: one step easier" },
	{ "reintroduce-1", 0, 3, "10 10", BACK("adjust"),
	    "pain 10 and 10 at the last two check-ins: one step easier" },
	{ "reintroduce-1", 1, 3, "6 done worse 6", BACK("adjust"),
	    "pain 6 and 6 at the last two check-ins: one step easier" },
	{ "reintroduce-1", 1, 3, "7", STAY,
	    "stays: 1 of at least 5 days in Reintroduce, first step" },
	{ "reintroduce-1", 6, 3, "7 3 same 7", STAY,
	    "stays: pain 3 and 7 at the last two check-ins, needs 5 or less" },
	{ "reintroduce-2", 4, 3, "8", BACK("adjust"),
	    "pain 8 at the last check-in: back to Adjust the setup" },

	/* The end. */
	{ "reintroduce-3", 5, 3, "2 1 0", FINISH,
	    "pain 2, 1 and 0 at the last three check-ins, 5 days in "
	    "Reintroduce, third step" },
	{ "reintroduce-3", 5, 3, "2 1", STAY,
	    "stays: 2 of 3 pain scores in Reintroduce, third step" },
	{ "reintroduce-3", 5, 3, "3 2 1", STAY,
	    "stays: pain 3, 2 and 1 at the last three check-ins, needs 2 or "
	    "less" },
	{ "reintroduce-3", 4, 3, "2 1 0", STAY,
	    "stays: 4 of at least 5 days in Reintroduce, third step" },
	{ "reintroduce-3", 9, 3, "9 9 9", STAY,
	    "stays: pain 9, 9 and 9 at the last three check-ins, needs 2 or "
	    "less" },

	/* Odd plans. */
	{ "both", 0, 3, "2", FINISH,
	    "pain 2 at the last check-in, first day in Both" },
	{ "both", 1, 3, "3", TO("calm"),
	    "pain 3 at the last check-in, 1 day in Both" },
	{ "both", 1, 3, "6", STAY,
	    "stays: pain 6 at the last check-in, needs 5 or less" },
	{ "down", 1, 9, "5", STAY,
	    "stays: pain 5 at the last check-in, needs 50 % below 9" },
	{ "down", 1, 9, "4", TO("calm"),
	    "pain 4 at the last check-in, down 55 % from 9, 1 day in Down" },
	{ "down", 1, 9, "0", TO("calm"),
	    "pain 0 at the last check-in, down 100 % from 9, 1 day in Down" },
	{ "down", 1, 0, "0", TO("calm"),
	    "pain 0 at the last check-in, 1 day in Down" },
	{ "mornings", 9, 3, "same same same", STAY,
	    "stays: no pain score in Mornings yet, 2 needed" },
	{ "mornings", 9, 3, "9 same same same 9", TO("calm"),
	    "pain 9 and 9 at the last two check-ins, the same or better on the "
	    "last three mornings, 9 days in Mornings" },
	{ "astray", 9, 3, "3", STAY, "stays: the plan has no stage to go to" },
	{ "astray", 9, 3, "9 9 9", STAY,
	    "stays: the plan has no stage to go to" },
	{ "resting", 9, 3, "0 0 0", STAY,
	    "stays: only a clinician moves on from Rest" },
	{ "many", 20, 9,
	    "9 1 2 3 4 5 6 7 8 9 8 7 6 same same same same same same same same "
	    "same same",
	    TO("calm"),
	    "pain 1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7 and 6 at the last 12 "
	    "check-ins, the same or better on the last 10 mornings, 20 days in "
	    "Many" },
};

static struct decide_facts
facts_of(const struct row *row, struct decide_reading readings[READINGS_MOST])
{
	struct decide_facts facts = {
		.plan = &plan,
		.stage = plan_stage(&plan, row->stage),
		.days = row->days,
		.start_pain = row->start,
		.readings = readings,
		.readings_len = read_readings(row->readings, readings),
	};

	assert_non_null(facts.stage);
	return facts;
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct decide_reading readings[READINGS_MOST];
		struct decide_facts facts = facts_of(&rows[i], readings);
		struct decision d = decide(&facts);

		if (d.act != rows[i].act ||
		    strcmp(d.because, rows[i].because) != 0)
			print_error("%s, %d days, start %d, '%s'\n",
			    rows[i].stage, rows[i].days, rows[i].start,
			    rows[i].readings);
		assert_string_equal(d.because, rows[i].because);
		assert_int_equal(d.act, rows[i].act);
		if (rows[i].to == NULL)
			assert_null(d.to);
		else
			assert_string_equal(d.to->id, rows[i].to);
	}
}

/* The lists are lent; deciding twice says the same, and no row is read. */
static void
test_no_readings_at_all(void **state)
{
	struct decide_facts facts = { .plan = &plan,
		.stage = &stages[0],
		.days = 3,
		.start_pain = PAIN_NONE };

	(void)state;
	assert_string_equal(decide(&facts).because,
	    "stays: no pain score in Calm the irritation yet, 2 needed");
	facts.leg_open = true;
	assert_string_equal(decide(&facts).because,
	    "stays: new or worse leg symptoms, a clinician looks first");
}

static void
test_an_open_leg_alert_blocks(void **state)
{
	const struct row row = { "adjust", 9, 8, "1 1", STAY, "" };
	struct decide_reading readings[READINGS_MOST];
	struct decide_facts facts = facts_of(&row, readings);

	(void)state;
	assert_int_equal(decide(&facts).act, DECISION_ADVANCE);
	facts.leg_open = true;
	assert_int_equal(decide(&facts).act, DECISION_STAY);
}

static void
test_confirm(void **state)
{
	const struct row up = { "reintroduce-2", 3, 3, "4 same", STAY, "" };
	const struct row down = { "reintroduce-2", 3, 3, "7", STAY, "" };
	struct decide_reading readings[READINGS_MOST];
	struct decide_facts facts = facts_of(&up, readings);
	struct decision d = decide(&facts);

	(void)state;
	assert_int_equal(d.act, DECISION_ADVANCE);
	assert_true(d.confirm);
	facts = facts_of(&down, readings);
	d = decide(&facts);
	assert_int_equal(d.act, DECISION_RETREAT);
	assert_false(d.confirm);
}

/* Titles in any script: cut at 255 bytes, but never inside a character. */
static void
test_a_long_title_is_cut_whole(void **state)
{
	static const char *const letters[] = { "x", "\u00e9", "\u3042",
		"\U0001f600" };
	const char *start = "50 days in ";

	(void)state;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		for (size_t pad = 0; pad < 4; pad++) {
			char title[512] = "", because[BECAUSE_SIZE];
			struct stage stage = { .title = title,
				.stalled_after = 14 };
			struct decide_facts facts = { .plan = &plan,
				.stage = &stage,
				.days = 50,
				.start_pain = PAIN_NONE };
			size_t size = strlen(letters[i]);
			size_t len;

			memset(title, '-', pad);
			while (strlen(title) < sizeof(title) - size)
				strcat(title, letters[i]);
			assert_true(
			    decide_concern(&facts, CONCERN_STALLED, because));
			len = strlen(because);
			assert_in_range(
			    len, BECAUSE_SIZE - 1 - size, BECAUSE_SIZE - 1);
			assert_memory_equal(because, start, strlen(start));
			len -= strlen(start);
			assert_memory_equal(
			    because + strlen(start), title, len);
			assert_int_equal((len - pad) % size, 0);
		}
	}
}

static const struct {
	struct row row; /* act and to are not looked at */
	enum concern concern;
} concerns[] = {
	/* the stage's own alert rule */
	{ { "calm", 1, 6, "8", STAY,
	      "pain 8 at the last check-in, 8 or more in Calm the irritation" },
	    CONCERN_PAIN },
	{ { "calm", 1, 6, "3 10 done", STAY,
	      "pain 10 at the last check-in, 8 or more in Calm the "
	      "irritation" },
	    CONCERN_PAIN },
	{ { "calm", 1, 6, "7", STAY, NULL }, CONCERN_PAIN },
	{ { "calm", 1, 6, "9 7", STAY, NULL }, CONCERN_PAIN },
	{ { "calm", 1, 6, "", STAY, NULL }, CONCERN_PAIN },
	{ { "adjust", 1, 6, "10 10", STAY, NULL }, CONCERN_PAIN },

	/* three above the start, on two readings */
	{ { "adjust", 1, 4, "7 8", STAY,
	      "pain 7 and 8 at the last two check-ins, at least 3 above 4 at "
	      "the start of Adjust the setup" },
	    CONCERN_WORSENING },
	{ { "adjust", 1, 4, "8", STAY, NULL }, CONCERN_WORSENING },
	{ { "adjust", 1, 4, "6 8", STAY, NULL }, CONCERN_WORSENING },
	{ { "adjust", 1, 4, "8 6", STAY, NULL }, CONCERN_WORSENING },
	{ { "adjust", 1, 4, "8 8 6", STAY, NULL }, CONCERN_WORSENING },
	{ { "adjust", 1, UNKNOWN, "4 7 7", STAY,
	      "pain 7 and 7 at the last two check-ins, at least 3 above 4 at "
	      "the start of Adjust the setup" },
	    CONCERN_WORSENING },
	{ { "adjust", 1, UNKNOWN, "7 7", STAY, NULL }, CONCERN_WORSENING },

	/* longer than the plan expects */
	{ { "calm", 14, 6, "5 7", STAY, NULL }, CONCERN_STALLED },
	{ { "calm", 15, 6, "5 7", STAY,
	      "15 days in Calm the irritation, more than 14: stays: pain 7 at "
	      "the last check-in, above 6 at the start of Calm the "
	      "irritation" },
	    CONCERN_STALLED },
	{ { "calm", 40, 6, "", STAY,
	      "40 days in Calm the irritation, more than 14: stays: no pain "
	      "score in Calm the irritation yet, 2 needed" },
	    CONCERN_STALLED },
	{ { "calm", 15, 6, "5 5", STAY,
	      "15 days in Calm the irritation, more than 14" },
	    CONCERN_STALLED },
	{ { "reintroduce-1", 400, 6, "5 7", STAY, NULL }, CONCERN_STALLED },
};

static void
test_concerns(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(concerns) / sizeof(concerns[0]); i++) {
		const struct row *row = &concerns[i].row;
		struct decide_reading readings[READINGS_MOST];
		struct decide_facts facts = facts_of(row, readings);
		char because[BECAUSE_SIZE] = "untouched";
		bool so = decide_concern(&facts, concerns[i].concern, because);

		assert_string_equal(
		    because, row->because == NULL ? "untouched" : row->because);
		assert_int_equal(so, row->because != NULL);
	}
}

static void
test_worse_by_0_is_never(void **state)
{
	const struct row row = { "adjust", 1, 0, "10 10", STAY, NULL };
	struct decide_reading readings[READINGS_MOST];
	struct decide_facts facts = facts_of(&row, readings);
	struct plan easy = plan;
	char because[BECAUSE_SIZE];

	(void)state;
	assert_true(decide_concern(&facts, CONCERN_WORSENING, because));
	easy.worse_by = 0;
	facts.plan = &easy;
	assert_false(decide_concern(&facts, CONCERN_WORSENING, because));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_no_readings_at_all),
		cmocka_unit_test(test_an_open_leg_alert_blocks),
		cmocka_unit_test(test_confirm),
		cmocka_unit_test(test_a_long_title_is_cut_whole),
		cmocka_unit_test(test_concerns),
		cmocka_unit_test(test_worse_by_0_is_never),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
