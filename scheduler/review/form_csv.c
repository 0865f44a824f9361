/*
 * form_csv.c - a row for each patient and week; see forms.h
 *
 * RFC 4180, in UTF-8, lines ending in CRLF.
 */
#include "base/csv.h"
#include "review/forms.h"

/* A row under way. */
struct row {
	FILE *out;
	bool begun;
};

static void
separate(struct row *row)
{
	if (row->begun)
		fputc(',', row->out);
	row->begun = true;
}

static void
put_text(struct row *row, const char *text)
{
	separate(row);
	csv_field(row->out, text);
}

static void
put_whole(struct row *row, int64_t value, int64_t none)
{
	separate(row);
	if (value != none)
		fprintf(row->out, "%lld", (long long)value);
}

static void
put_date(struct row *row, struct date date)
{
	char text[DATE_SIZE];

	separate(row);
	fputs(date_format(date, text), row->out);
}

#define NEVER INT64_MIN

/* The figures that are numbers, in order; how to get each from a patient. */
static const struct {
	const char *name;
	size_t at; /* in struct adherence, an int */
	int64_t none;
} figures[] = {
#define FIGURE(name, member, none)                             \
	{                                                      \
		name, offsetof(struct adherence, member), none \
	}
	FIGURE("asked", asked, NEVER),
	FIGURE("delivered", delivered, NEVER),
	FIGURE("answered", answered, NEVER),
	FIGURE("in_time", in_time, NEVER),
	FIGURE("open", open, NEVER),
	FIGURE("planned", planned, NEVER),
	FIGURE("done_asked", done_asked, NEVER),
	FIGURE("done", done, NEVER),
	FIGURE("scores", scores, NEVER),
	FIGURE("pain_first", pain_first, PAIN_NONE),
	FIGURE("pain_last", pain_last, PAIN_NONE),
	FIGURE("pain_most", pain_most, PAIN_NONE),
	FIGURE("mornings", mornings, NEVER),
	FIGURE("mornings_worse", mornings_worse, NEVER),
	FIGURE("leg_symptoms", legs, NEVER),
	FIGURE("unclear", unclear, NEVER),
	FIGURE("opt_outs", stops, NEVER),
	FIGURE("moves", moves, NEVER),
	FIGURE("alerts", alerts, NEVER),
	FIGURE("alerts_untaken", alerts_untaken, NEVER),
	FIGURE("undelivered_messages", failures, NEVER),
};

static const char *const others[] = { "week", "from", "to", "ref", "name",
	"clinician", "plan", "stage", "days_in_stage", "state" };
static const char *const lasts[] = { "pain_median", "pain_change",
	"pain_marked", "alert_taken_after_s", "attention", "last_words" };
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

void
form_csv_head(FILE *out)
{
	struct row row = { out, false };

	for (size_t i = 0; i < COUNT(others); i++)
		put_text(&row, others[i]);
	for (size_t i = 0; i < COUNT(figures); i++)
		put_text(&row, figures[i].name);
	for (size_t i = 0; i < COUNT(lasts); i++)
		put_text(&row, lasts[i]);
	fputs("\r\n", out);
}

static void
put_who(struct row *row, const struct review *review,
    const struct review_patient *p, const struct form_options *options)
{
	char name[REVIEW_NAME_SIZE];

	put_text(row, review->ask.stretch.week);
	put_date(row, review->ask.stretch.from);
	put_date(row, review->ask.stretch.to);
	put_text(row, p->who->ref);
	put_text(row, review_name(p, options->initials, name));
	put_text(row, p->who->clinician);
	put_text(row, p->plan->id);
	put_text(row, p->stage != NULL ? p->stage->id : "finished");
	put_whole(row, p->days_in_stage, NEVER);
	put_text(row, patient_state_names[p->who->state]);
}

static void
put_row(FILE *out, const struct review *review, const struct review_patient *p,
    const struct form_options *options)
{
	const struct adherence *a = &p->figures;
	struct row row = { out, false };
	char median[FORM_MEDIAN_SIZE];

	put_who(&row, review, p, options);
	for (size_t i = 0; i < COUNT(figures); i++)
		put_whole(&row,
		    *(const int *)(const void *)((const char *)a +
						 figures[i].at),
		    figures[i].none);
	separate(&row);
	if (a->scores > 0)
		fputs(form_median(a->pain_median, median), out);
	put_whole(&row, a->scores > 1 ? a->pain_change : NEVER, NEVER);
	put_text(&row, a->pain_marked ? "yes" : "");
	put_whole(&row, a->taken_after_s, -1);
	put_text(&row, p->attention.because);
	put_text(&row, p->words);
	fputs("\r\n", out);
}

void
form_csv_rows(
    FILE *out, const struct review *review, const struct form_options *options)
{
	for (int i = 0; i < review->len; i++)
		put_row(out, review, &review->patients[i], options);
}

void
form_csv(
    FILE *out, const struct review *review, const struct form_options *options)
{
	form_csv_head(out);
	form_csv_rows(out, review, options);
}
