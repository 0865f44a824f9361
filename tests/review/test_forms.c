/*
 * What a form writes of one patient with an evil name and evil words.
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
#include "review/forms.h"

/* A review of one patient, who needs a person. */
struct sheet {
	struct zone *zone;
	struct stage stage;
	struct plan plan;
	struct week_patient who;
	struct review_patient patient;
	struct review review;
	char *written;
};

static void
write_sheet(struct sheet *s, char *name, char *words,
    void (*form)(FILE *out, const struct review *review,
	const struct form_options *options),
    bool initials)
{
	struct date monday = { 2026, 11, 16 }, sunday = { 2026, 11, 22 };
	struct form_options options = { .initials = initials };
	size_t size;
	FILE *out;

	*s = (struct sheet){ 0 };
	assert_int_equal(zone_open("Europe/London", &s->zone, NULL), STATUS_OK);
	s->stage = (struct stage){ .id = "calm", .title = "Calm <it>" };
	s->plan = (struct plan){
		.id = "low-back", .stages = &s->stage, .stages_len = 1
	};
	s->who = (struct week_patient){
		.ref = "P-4K7QXM", .name = name, .began_on = monday
	};
	s->patient = (struct review_patient){ .who = &s->who,
		.plan = &s->plan,
		.stage = &s->stage,
		.words = words,
		.figures = { .pain_median = PAIN_NONE, .taken_after_s = -1 },
		.attention = { .kind = ATTENTION_RED_FLAG } };
	strcpy(s->patient.attention.because, "Open");
	s->review = (struct review){ .patients = &s->patient,
		.len = 1,
		.needing = 1,
		.ask = { .clinic = "A & B", .zone = s->zone } };
	s->review.ask.stretch = stretch_make(s->zone, monday, sunday);
	s->review.rows.window = s->review.ask.stretch;
	s->review.totals.sum.pain_median = PAIN_NONE;
	out = open_memstream(&s->written, &size);
	assert_non_null(out);
	form(out, &s->review, &options);
	assert_int_equal(fclose(out), 0);
}

static void
clear(struct sheet *s)
{
	free(s->written);
	zone_free(s->zone);
}

static void
has(const struct sheet *s, const char *text)
{
	if (strstr(s->written, text) == NULL)
		fail_msg("\"%s\" is not in:\n%s", text, s->written);
}

static void
lacks(const struct sheet *s, const char *text)
{
	if (strstr(s->written, text) != NULL)
		fail_msg("\"%s\" is in:\n%s", text, s->written);
}

static void
a_page_shows_words_as_words(void **state)
{
	struct sheet s;

	(void)state;
	write_sheet(&s, "<script>alert(1)</script>",
	    "\"><img src=x onerror='y'>\x1b[31m & \xff", form_html, false);
	has(&s, "&lt;script&gt;alert(1)&lt;/script&gt;");
	has(&s, "A &amp; B");
	has(&s, "Calm &lt;it&gt;");
	has(&s, "&gt;&lt;img src=x onerror=");
	lacks(&s, "<script");
	lacks(&s, "<img");
	lacks(&s, "\x1b");
	lacks(&s, "\xff");
	clear(&s);
}

static const struct {
	char *words;
	const char *field;
} fields[] = {
	{ "4, fine", "\"4, fine\"" },
	{ "she said \"ouch\"", "\"she said \"\"ouch\"\"\"" },
	{ "one\ntwo", "\"one\ntwo\"" },
	{ "=1+2", "\"'=1+2\"" },
	{ "+441632960001", "\"'+441632960001\"" },
	{ "-2 from yesterday", "\"'-2 from yesterday\"" },
	{ "@SUM(A1)", "\"'@SUM(A1)\"" },
	{ "\t=cmd", "\"'\t=cmd\"" },
	{ "  =cmd|' /C calc'!A0", "\"'  =cmd|' /C calc'!A0\"" },
	{ "\n=1", "\"'\n=1\"" },
	{ "\xef\xbc\x9d"
	  "1",
	    "\"'\xef\xbc\x9d"
	    "1\"" },
	{ "\r=1", "\"'=1\"" },
	{ "", ",\"\"\r\n" },
};

static void
no_field_is_a_formula(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct sheet s;

		write_sheet(&s, "Ann", fields[i].words, form_csv_rows, false);
		has(&s, fields[i].field);
		assert_string_equal(s.written + strlen(s.written) - 2, "\r\n");
		clear(&s);
	}
}

static void
a_terminal_gets_no_orders(void **state)
{
	struct sheet s;

	(void)state;
	write_sheet(&s, "Ann\x1b]0;x\x07", "help\x1b[2J\x08", form_text, false);
	lacks(&s, "\x1b");
	lacks(&s, "\x07");
	lacks(&s, "\x08");
	has(&s, "help");
	clear(&s);
}

static void
initials_stand_for_names(void **state)
{
	static void (*const forms[])(FILE * out, const struct review *review,
	    const struct form_options *options) = { form_text, form_html,
		form_csv_rows, form_json };
	struct sheet s;

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		write_sheet(&s, "\xc3\x89lodie van  Berg", "4", forms[i], true);
		has(&s, "\xc3\x89. v. B.");
		lacks(&s, "lodie");
		lacks(&s, "Berg");
		clear(&s);
	}
	write_sheet(&s, "", "4", form_text, true); /* erased */
	has(&s, "P-4K7QXM");
	clear(&s);
}

/* Two units at most, and none of them nought. */
static void
lengths_of_time_are_told_in_two_units(void **state)
{
	static const struct {
		int64_t s;
		const char *words;
	} spans[] = { { 0, "0 s" }, { 59, "59 s" }, { 60, "1 min" },
		{ 3700, "1 h 1 min" }, { 86400, "1 day" },
		{ 2 * 86400 + 3 * 3600 + 5, "2 days 3 h" } };
	char text[FORM_SPAN_SIZE], median[FORM_MEDIAN_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(spans) / sizeof(*spans); i++)
		assert_string_equal(
		    form_span(spans[i].s, text), spans[i].words);
	assert_string_equal(form_median(7, median), "3.5");
	assert_string_equal(form_median(20, median), "10");
	assert_string_equal(form_median(PAIN_NONE, median), "-");
	assert_int_equal(totals_per_cent(1, 3), 33);
	assert_int_equal(totals_per_cent(2, 3), 67);
	assert_int_equal(totals_per_cent(0, 0), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_shows_words_as_words),
		cmocka_unit_test(no_field_is_a_formula),
		cmocka_unit_test(a_terminal_gets_no_orders),
		cmocka_unit_test(initials_stand_for_names),
		cmocka_unit_test(lengths_of_time_are_told_in_two_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
