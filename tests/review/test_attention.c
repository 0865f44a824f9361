/*
 * Who needs a person, in which order, and in what words.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "review/attention.h"

#define DAY INT64_C(86400)
#define MOST 16

/* A patient of whom there is nothing to say, until something is. */
struct scene {
	struct zone *zone;
	struct stretch stretch;
	struct stage stage;
	struct plan plan;
	struct week_patient who;
	struct adherence figures;
	struct week_reading readings[MOST];
	struct alert alerts[MOST];
	struct week_waiting waiting[MOST];
	struct adherence_rows rows;
	struct attention_facts facts;
};

static void
scene_set(struct scene *s)
{
	struct date monday = { 2026, 11, 16 }, sunday = { 2026, 11, 22 };

	*s = (struct scene){ 0 };
	assert_int_equal(zone_open("Europe/London", &s->zone, NULL), STATUS_OK);
	s->stretch = stretch_make(s->zone, monday, sunday);
	s->stage = (struct stage){
		.id = "adjust", .title = "Adjust the setup", .stalled_after = 21
	};
	s->plan = (struct plan){
		.id = "low-back", .stages = &s->stage, .stages_len = 1
	};
	s->who = (struct week_patient){ .state = PATIENT_ACTIVE,
		.last_pain = PAIN_NONE };
	s->figures = (struct adherence){ .pain_first = PAIN_NONE,
		.pain_last = PAIN_NONE,
		.pain_most = PAIN_NONE,
		.asked = 4,
		.delivered = 4,
		.answered = 4 };
	s->rows = (struct adherence_rows){ .readings = s->readings,
		.alerts = s->alerts };
	s->facts = (struct attention_facts){ .who = &s->who,
		.plan = &s->plan,
		.stage = &s->stage,
		.days_in_stage = 5,
		.days_on_plan = 20,
		.figures = &s->figures,
		.rows = &s->rows,
		.waiting = s->waiting,
		.stretch = &s->stretch,
		.zone = s->zone,
		.as_of_at = s->stretch.until_at + 7 * 3600 };
}

static struct alert *
add_alert(
    struct scene *s, enum alert_kind kind, const char *level, char *because)
{
	struct alert *alert = &s->alerts[s->rows.alerts_len++];

	*alert = (struct alert){ .kind = kind,
		.because = because,
		.opened_at = s->stretch.from_at + DAY };
	strcpy(alert->level, level);
	return alert;
}

static void
add_pain(struct scene *s, int day, int pain)
{
	s->readings[s->rows.readings_len++] =
	    (struct week_reading){ .at = s->stretch.from_at + day * DAY,
		    .pain = pain,
		    .verified = true };
	adherence_of(&s->rows, &s->stretch, &s->figures);
	s->figures.delivered = s->figures.answered = 4;
}

/* Each thing that may be wrong, as it comes about. */
static void
flag(struct scene *s)
{
	add_alert(s, ALERT_RED_FLAG, "emergency", "saddle numbness");
}

static void
urgent(struct scene *s)
{
	add_alert(s, ALERT_WORSENING, "urgent", "leg symptoms");
}

static void
paused(struct scene *s)
{
	s->who.state = PATIENT_PAUSED;
	s->who.paused_by = "red-flag";
}

static void
severe(struct scene *s)
{
	add_alert(s, ALERT_PAIN, "notice", "pain 8 at the last check-in");
}

static void
worse_morning(struct scene *s)
{
	s->figures.mornings = 2;
	s->figures.mornings_worse = 1;
}

static void
worsening(struct scene *s)
{
	s->figures.scores = 2;
	s->figures.pain_first = s->figures.pain_most = 3;
	s->figures.pain_last = s->figures.pain_most = 5;
	s->figures.pain_change = 2;
}

static void
stalled(struct scene *s)
{
	add_alert(s, ALERT_STALLED, "notice", "22 days in Adjust the setup");
}

static void
still_high(struct scene *s)
{
	s->facts.days_on_plan = 42;
	s->who.last_pain = 5;
}

static void
silent(struct scene *s)
{
	add_alert(s, ALERT_SILENT, "notice", "3 questions in a row");
}

static void
undeliverable(struct scene *s)
{
	s->figures.failures = 2;
}

static void
asks(struct scene *s)
{
	s->waiting[s->facts.waiting_len++] =
	    (struct week_waiting){ .at = s->stretch.from_at + 2 * DAY };
}

static void
move_waits(struct scene *s)
{
	s->waiting[s->facts.waiting_len++] =
	    (struct week_waiting){ .is_move = true,
		    .at = s->stretch.from_at + 3 * DAY,
		    .to_stage = "adjust" };
}

static void
opted_out(struct scene *s)
{
	s->who.state = PATIENT_STOPPED;
	s->figures.stops = 1;
}

static const struct {
	void (*happens)(struct scene *s);
	const char *because;
} wrongs[ATTENTION__NONE] = {
	[ATTENTION_RED_FLAG] = { flag,
	    "Emergency alert, open since Tue 17 Nov, not taken on: saddle "
	    "numbness" },
	[ATTENTION_ALERT] = { urgent,
	    "Urgent alert, open since Tue 17 Nov, not taken on: leg "
	    "symptoms" },
	[ATTENTION_PAUSED] = { paused,
	    "Paused by a red flag and never resumed" },
	[ATTENTION_SEVERE_PAIN] = { severe,
	    "Pain 8 at the last check-in, open since Tue 17 Nov, not taken "
	    "on" },
	[ATTENTION_WORSE_MORNING] = { worse_morning,
	    "WORSE on 1 of 2 mornings after" },
	[ATTENTION_WORSENING] = { worsening, "Pain rose from 3 to 5" },
	[ATTENTION_STALLED] = { stalled,
	    "22 days in Adjust the setup, open since Tue 17 Nov, not taken "
	    "on" },
	[ATTENTION_STILL_HIGH] = { still_high, "Pain still 5 after 6 weeks" },
	[ATTENTION_SILENT] = { silent,
	    "3 questions in a row, open since Tue 17 Nov, not taken on" },
	[ATTENTION_UNDELIVERABLE] = { undeliverable,
	    "2 messages did not arrive" },
	[ATTENTION_QUESTION] = { asks,
	    "A reply waits for an answer since Wed 18 Nov" },
	[ATTENTION_MOVE] = { move_waits,
	    "The move to Adjust the setup waits for a yes since Thu 19 Nov" },
	[ATTENTION_OPTED_OUT] = { opted_out,
	    "Wrote STOP: nothing more is sent" },
};

/* Each of them alone, in its words; and nobody where nothing is wrong. */
static void
each_has_its_sentence(void **state)
{
	struct scene s;
	struct attention a;

	(void)state;
	for (int i = 0; i < ATTENTION__NONE; i++) {
		scene_set(&s);
		wrongs[i].happens(&s);
		a = attention_judge(&s.facts);
		assert_int_equal(a.kind, i);
		assert_string_equal(a.because, wrongs[i].because);
		assert_int_equal(a.also, 0);
		zone_free(s.zone);
	}
	scene_set(&s);
	a = attention_judge(&s.facts);
	assert_int_equal(a.kind, ATTENTION__NONE);
	assert_string_equal(a.because, "");
	zone_free(s.zone);
}

/* With everything wrong from the n-th on, the n-th comes first. Some can't be
 * at once: a patient is paused or has stopped, silent or out of reach. */
static void
the_first_is_the_gravest(void **state)
{
	(void)state;
	for (int from = 0; from < ATTENTION__NONE; from++) {
		struct scene s;
		struct attention a;

		scene_set(&s);
		for (int i = from; i < ATTENTION__NONE; i++) {
			if (i == ATTENTION_OPTED_OUT && from < i)
				continue;
			if (i == ATTENTION_UNDELIVERABLE && from < i)
				continue;
			wrongs[i].happens(&s);
		}
		a = attention_judge(&s.facts);
		assert_int_equal(a.kind, from);
		assert_string_equal(a.because, wrongs[from].because);
		for (int i = from + 1; i < ATTENTION_UNDELIVERABLE; i++)
			assert_true((a.also & 1U << i) != 0);
		zone_free(s.zone);
	}
}

static struct attention
judged(void (*first)(struct scene *), void (*then)(struct scene *))
{
	struct scene s;
	struct attention a;

	scene_set(&s);
	first(&s);
	if (then != NULL)
		then(&s);
	a = attention_judge(&s.facts);
	zone_free(s.zone);
	return a;
}

static void
taken_on(struct scene *s)
{
	s->alerts[0].acknowledged_at = s->alerts[0].opened_at + 60;
}

static void
closed(struct scene *s)
{
	s->alerts[0].closed_at = s->alerts[0].opened_at + 60;
	s->alerts[0].state = ALERT_CLOSED;
}

static void
seven(struct scene *s)
{
	s->who.last_pain = 7;
}

static void
two(struct scene *s)
{
	s->who.last_pain = 2;
}

static void
within_a_kind_the_more_urgent_goes_first(void **state)
{
	struct attention a, b;

	(void)state;
	a = judged(flag, NULL);
	b = judged(flag, taken_on);
	assert_true(attention_compare(&a, &b) < 0);
	assert_true(attention_compare(&b, &a) > 0);
	assert_non_null(
	    strstr(b.because, "taken on, without an outcome: saddle"));
	/* Most of all after a 7. */
	a = judged(silent, seven);
	b = judged(silent, two);
	assert_true(attention_compare(&a, &b) < 0);
	assert_non_null(strstr(a.because, "; the last score was 7"));
	assert_null(strstr(b.because, "last score"));
	a = judged(flag, closed);
	assert_int_equal(a.kind, ATTENTION__NONE);
	assert_true(attention_compare(&b, &a) < 0);
}

/* A silent one who can't be reached is not silent. */
static void
silence_is_that_of_those_who_are_reached(void **state)
{
	struct scene s;
	struct attention a;

	(void)state;
	scene_set(&s);
	s.figures.answered = 0;
	a = attention_judge(&s.facts);
	assert_int_equal(a.kind, ATTENTION_SILENT);
	assert_string_equal(a.because, "None of 4 questions answered");
	s.figures.open = 3;
	assert_int_equal(attention_judge(&s.facts).kind, ATTENTION__NONE);
	s.figures.open = 0;
	s.figures.failures = 1;
	a = attention_judge(&s.facts);
	assert_int_equal(a.kind, ATTENTION_UNDELIVERABLE);
	assert_string_equal(a.because, "1 message did not arrive");
	zone_free(s.zone);
}

static void
scores_are_told_with_their_day(void **state)
{
	struct scene s;
	struct attention a;

	(void)state;
	scene_set(&s);
	add_pain(&s, 0, 6);
	add_pain(&s, 2, 9);
	add_pain(&s, 4, 5);
	add_pain(&s, 9, 10); /* the week after */
	a = attention_judge(&s.facts);
	assert_int_equal(a.kind, ATTENTION_SEVERE_PAIN);
	assert_string_equal(
	    a.because, "Pain 9 on Wed 18 Nov, 5 at the last answer");
	zone_free(s.zone);

	scene_set(&s);
	s.who.last_pain = 3;
	add_pain(&s, 1, 5);
	a = attention_judge(&s.facts);
	assert_int_equal(a.kind, ATTENTION_WORSENING);
	assert_string_equal(
	    a.because, "Pain rose from 3, the score before, to 5");
	zone_free(s.zone);
}

/* What was open on an earlier day is not what is open now. */
static void
it_is_said_as_of_an_instant(void **state)
{
	struct scene s;

	(void)state;
	scene_set(&s);
	flag(&s);
	s.facts.as_of_at = s.alerts[0].opened_at - 1;
	assert_int_equal(attention_judge(&s.facts).kind, ATTENTION__NONE);
	s.facts.as_of_at = s.alerts[0].opened_at;
	assert_int_equal(attention_judge(&s.facts).kind, ATTENTION_RED_FLAG);
	s.alerts[0].closed_at = s.facts.as_of_at + 10;
	assert_int_equal(attention_judge(&s.facts).kind, ATTENTION_RED_FLAG);
	s.facts.as_of_at += 10;
	assert_int_equal(attention_judge(&s.facts).kind, ATTENTION__NONE);
	asks(&s);
	assert_int_equal(attention_judge(&s.facts).kind, ATTENTION__NONE);
	s.facts.as_of_at = s.stretch.until_at;
	assert_int_equal(attention_judge(&s.facts).kind, ATTENTION_QUESTION);
	zone_free(s.zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_sentence),
		cmocka_unit_test(the_first_is_the_gravest),
		cmocka_unit_test(within_a_kind_the_more_urgent_goes_first),
		cmocka_unit_test(silence_is_that_of_those_who_are_reached),
		cmocka_unit_test(scores_are_told_with_their_day),
		cmocka_unit_test(it_is_said_as_of_an_instant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
