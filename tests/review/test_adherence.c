/*
 * The worked examples of keepmoving-review(7), read from the page itself: each
 * literal block is a week of one patient, and what its figures are.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "review/adherence.h"
#include "review/forms.h"

#define PAGE "scheduler/keepmoving-review.7"
#define MOST 16
#define DAY_S 86400
#define OPEN_S (20 * 3600)

/* The rows that the lines of an example become. */
struct example {
	struct zone *zone;
	struct stretch stretch;
	struct week_question questions[MOST];
	struct week_reading readings[MOST];
	struct week_day days[MOST];
	struct week_move moves[MOST];
	struct alert alerts[MOST];
	struct week_failure failures[MOST];
	struct adherence_rows rows;
};

static void
example_begin(struct example *e)
{
	struct date monday = { 2026, 11, 16 }, sunday = { 2026, 11, 22 };

	*e = (struct example){ 0 };
	assert_int_equal(zone_open("Europe/London", &e->zone, NULL), STATUS_OK);
	e->stretch = stretch_make(e->zone, monday, sunday);
	e->rows = (struct adherence_rows){ .questions = e->questions,
		.readings = e->readings,
		.days = e->days,
		.moves = e->moves,
		.alerts = e->alerts,
		.failures = e->failures };
}

/* "Mon 16:30" or "next Mon 08:00"; steps over it. */
static int64_t
when(const struct example *e, const char **text)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat", "Sun" };
	int day = 0, hour, minute, used;

	if (strncmp(*text, "next ", 5) == 0) {
		day = 7;
		*text += 5;
	}
	for (int i = 0; i < 7; i++)
		if (strncmp(*text, days[i], 3) == 0)
			day += i;
	if (sscanf(*text + 3, " %d:%d%n", &hour, &minute, &used) != 2)
		fail_msg("no time: %s", *text);
	*text += 3 + used;
	return e->stretch.from_at + (int64_t)day * DAY_S + hour * 3600 +
	       minute * 60;
}

static struct week_reading *
add_reading(struct example *e, int64_t at)
{
	struct week_reading *r = &e->readings[e->rows.readings_len++];

	*r = (struct week_reading){ .at = at,
		.pain = PAIN_NONE,
		.verified = true,
		.of = zone_local(e->zone, at).date };
	return r;
}

static void
read_reply(struct week_reading *r, const char *text)
{
	r->unclear = strcmp(text, "something unclear") == 0;
	r->stop = strcmp(text, "STOP") == 0;
	if (strcmp(text, "DONE") == 0)
		r->done = ANSWER_YES;
	else if (strcmp(text, "NOT TODAY") == 0)
		r->done = ANSWER_NO;
	else if (strcmp(text, "WORSE") == 0)
		r->settled = ANSWER_NO;
	else if (strcmp(text, "SAME") == 0)
		r->settled = ANSWER_YES;
	else if (strcmp(text, "YES") == 0)
		r->leg = ANSWER_YES;
	else if (!r->unclear && !r->stop)
		r->pain = atoi(text);
}

static void
add_day(struct example *e, int64_t at)
{
	e->days[e->rows.days_len++].date = zone_local(e->zone, at).date;
}

/* "pain, answered Mon 18:00: 6" */
static void
add_question(struct example *e, int64_t at, const char *text)
{
	struct week_question *q = &e->questions[e->rows.questions_len++];
	char asks[16];
	const char *fate = strchr(text, ',') + 2;

	snprintf(asks, sizeof(asks), "%.*s", (int)(fate - 2 - text), text);
	q->asks = asks_parse(asks);
	assert_int_not_equal(q->asks, ASKS__MAX);
	q->asked_at = at;
	q->closes_at = at + OPEN_S;
	q->of = zone_local(e->zone, at).date;
	q->state = QUESTION_UNANSWERED;
	add_day(e, at);
	if (strncmp(fate, "answered ", 9) == 0) {
		struct week_reading *r;

		fate += 9;
		q->state = QUESTION_ANSWERED;
		q->answered_at = when(e, &fate);
		r = add_reading(e, q->answered_at);
		r->of = q->of;
		read_reply(r, fate + 2);
	} else if (strcmp(fate, "not delivered") == 0) {
		q->undelivered = true;
	} else if (strcmp(fate, "still open") == 0) {
		q->state = QUESTION_OPEN;
	} else if (strcmp(fate, "withdrawn") == 0) {
		q->state = QUESTION_VOID;
	} else if (strcmp(fate, "not answered") != 0) {
		fail_msg("what became of it: %s", fate);
	}
}

static void
add_line(struct example *e, const char *line)
{
	int64_t at = when(e, &line);

	line += strspn(line, " ");
	if (strncmp(line, "asked ", 6) == 0) {
		add_question(e, at, line + 6);
	} else if (strncmp(line, "said ", 5) == 0) {
		read_reply(add_reading(e, at), line + 5);
	} else if (strcmp(line, "planned") == 0) {
		add_day(e, at);
	} else if (strcmp(line, "moved") == 0) {
		e->moves[e->rows.moves_len++].at = at;
	} else if (strncmp(line, "alert, ", 7) == 0) {
		struct alert *alert = &e->alerts[e->rows.alerts_len++];

		line += 7;
		alert->opened_at = at;
		if (strncmp(line, "taken on ", 9) == 0) {
			line += 9;
			alert->acknowledged_at = when(e, &line);
		}
	} else if (strstr(line, " messages failed") != NULL) {
		e->failures[e->rows.failures_len++].count = atoi(line);
	} else {
		fail_msg("what happened: %s", line);
	}
}

/* One figure as the page writes it: "asked 4", "not marked", "median 5.5". */
static void
write_figure(
    const struct adherence *a, const char *name, char *out, size_t size)
{
	const struct {
		const char *name;
		int64_t value;
	} figures[] = {
		{ "asked", a->asked },
		{ "delivered", a->delivered },
		{ "answered", a->answered },
		{ "in time", a->in_time },
		{ "open", a->open },
		{ "planned", a->planned },
		{ "done asked", a->done_asked },
		{ "done", a->done },
		{ "first", a->pain_first },
		{ "last", a->pain_last },
		{ "most", a->pain_most },
		{ "change", a->pain_change },
		{ "scores", a->scores },
		{ "mornings", a->mornings },
		{ "worse", a->mornings_worse },
		{ "legs", a->legs },
		{ "unclear", a->unclear },
		{ "opt-outs", a->stops },
		{ "moves", a->moves },
		{ "alerts", a->alerts },
		{ "not taken on", a->alerts_untaken },
		{ "taken on after", a->taken_after_s },
		{ "failures", a->failures },
	};
	char median[FORM_MEDIAN_SIZE];

	snprintf(out, size, "%s", a->pain_marked ? "marked" : "not marked");
	if (strcmp(name, "median") == 0)
		snprintf(out, size, "median %s",
		    form_median(a->pain_median, median));
	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
		if (strcmp(name, figures[i].name) == 0)
			snprintf(out, size, "%s %lld", name,
			    (long long)figures[i].value);
	if (strcmp(name, "taken on after") == 0)
		strcat(out, " s");
}

/* "asked 4, delivered 3, marked" */
static int
check_figures(struct example *e, char *wanted)
{
	struct adherence a;
	int checked = 0;

	adherence_of(&e->rows, &e->stretch, &a);
	for (char *save = NULL, *one = strtok_r(wanted, ",", &save);
	     one != NULL; one = strtok_r(NULL, ",", &save)) {
		char name[32], got[64];

		one += strspn(one, " ");
		snprintf(name, sizeof(name), "%.*s",
		    (int)strcspn(one, "-0123456789"), one);
		if (strncmp(one, "opt-outs", 8) == 0)
			strcpy(name, "opt-outs ");
		for (size_t n = strlen(name); n > 0 && name[n - 1] == ' ';)
			name[--n] = '\0';
		write_figure(&a, name, got, sizeof(got));
		assert_string_equal(got, one);
		checked++;
	}
	return checked;
}

static void
the_manuals_examples_hold(void **state)
{
	struct buffer page = { 0 };
	struct example e = { 0 };
	struct why why;
	int checked = 0;
	bool inside = false;

	(void)state;
	if (buffer_read_file(&page, PAGE, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	for (char *save = NULL, *line = strtok_r(page.data, "\n", &save);
	     line != NULL; line = strtok_r(NULL, "\n", &save)) {
		if (strncmp(line, ".Bd -literal", 12) == 0) {
			inside = true;
			example_begin(&e);
		} else if (strncmp(line, ".Ed", 3) == 0) {
			inside = false;
			zone_free(e.zone);
		} else if (inside && strncmp(line, "= ", 2) == 0) {
			checked += check_figures(&e, line + 2);
		} else if (inside) {
			add_line(&e, line);
		}
	}
	assert_true(checked > 40);
	buffer_free(&page);
}

static const struct {
	int from, to;
	bool marked;
} changes[] = {
	{ 0, 0, false },
	{ 0, 1, false },
	{ 0, 2, true },
	{ 1, 0, true },
	{ 3, 4, true },
	{ 4, 3, false },
	{ 4, 2, true },
	{ 9, 8, false },
	{ 9, 7, true },
	{ 10, 10, false },
};

static void
a_change_that_people_notice_is_marked(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		assert_int_equal(
		    adherence_marked(changes[i].from, changes[i].to),
		    changes[i].marked);
}

static void
nothing_is_nothing(void **state)
{
	struct example e;
	struct adherence a;

	(void)state;
	example_begin(&e);
	adherence_of(&e.rows, &e.stretch, &a);
	assert_int_equal(a.asked, 0);
	assert_int_equal(a.pain_first, PAIN_NONE);
	assert_int_equal(a.pain_median, PAIN_NONE);
	assert_int_equal(a.taken_after_s, -1);
	assert_false(a.pain_marked);
	zone_free(e.zone);
}

/* An unverified score is in nobody's figures, and a week's neighbour neither. */
static void
what_does_not_count_is_left_out(void **state)
{
	struct example e;
	struct adherence a;

	(void)state;
	example_begin(&e);
	add_reading(&e, e.stretch.from_at - 1)->pain = 9;
	add_reading(&e, e.stretch.from_at)->pain = 2;
	add_reading(&e, e.stretch.from_at + 60)->verified = false;
	e.readings[2].pain = 8;
	add_reading(&e, e.stretch.until_at - 1)->pain = 3;
	add_reading(&e, e.stretch.until_at)->pain = 10;
	adherence_of(&e.rows, &e.stretch, &a);
	assert_int_equal(a.scores, 2);
	assert_int_equal(a.pain_first, 2);
	assert_int_equal(a.pain_last, 3);
	assert_int_equal(a.pain_most, 3);
	zone_free(e.zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_manuals_examples_hold),
		cmocka_unit_test(a_change_that_people_notice_is_marked),
		cmocka_unit_test(nothing_is_nothing),
		cmocka_unit_test(what_does_not_count_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
