/*
 * form_html.c - a review as one page that needs nothing else; see forms.h
 *
 * It is read on a telephone, at a desk and on paper, by day and by night, and
 * by those who have it read to them. There is no script in it.
 */
#include "review/form_html.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "review/page_css.h"
#include "text/escape.h"

void
page_put(struct page *page, const char *text)
{
	struct buffer safe = { 0 };
	char *clean = utf8_clean(text, strlen(text));

	escape_add(&safe, ESCAPE_HTML, clean);
	fputs(buffer_text(&safe), page->out);
	buffer_free(&safe);
	free(clean);
}

void
page_svg(struct page *page, struct buffer *svg)
{
	fputs(buffer_text(svg), page->out);
	buffer_free(svg);
}

struct chart_look
page_look(struct page *page)
{
	return (struct chart_look){ .number = ++page->charts };
}

static bool
is_single(const struct page *page)
{
	return page->review->ask.patient_id != 0 && page->review->len == 1;
}

static void
put_title(struct page *page)
{
	const struct stretch *stretch = &page->review->ask.stretch;
	char days[STRETCH_WORDS_SIZE], name[REVIEW_NAME_SIZE];

	if (is_single(page)) {
		const struct review_patient *p = &page->review->patients[0];

		page_put(page, review_name(p, page->options->initials, name));
		fprintf(page->out, " %s, ", p->who->ref);
	} else if (*stretch->week != '\0') {
		fprintf(page->out, "Week %s, ", stretch->week + 6);
	}
	page_put(page, stretch_words(stretch, days));
}

static void
put_head(struct page *page)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n<meta name=\"viewport\""
	      " content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"robots\" content=\"noindex\">\n<title>",
	    page->out);
	put_title(page);
	fprintf(page->out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n",
	    page_css, chart_style);
}

static void
put_tile(
    struct page *page, const char *what, const char *figure, const char *rest)
{
	fprintf(page->out, "<div><dt>%s</dt><dd>%s</dd><dd>%s</dd></div>\n",
	    what, figure, rest);
}

static void
put_rate(
    struct page *page, const char *what, int part, int whole, const char *of)
{
	char figure[24] = "\xe2\x80\x93", rest[64];

	if (whole > 0)
		snprintf(figure, sizeof(figure), "%d\xc2\xa0%%",
		    totals_per_cent(part, whole));
	snprintf(rest, sizeof(rest), "%d of %d %s", part, whole, of);
	put_tile(page, what, figure, rest);
}

static void
put_tiles(struct page *page)
{
	const struct review_totals *t = &page->review->totals;
	char figure[24], rest[96], median[FORM_MEDIAN_SIZE];
	int fresh = 0;

	for (int i = 0; i < page->review->needing; i++)
		fresh += page->review->patients[i].is_new;
	fputs("<dl class=\"tiles\">\n", page->out);
	snprintf(figure, sizeof(figure), "%d", t->needing);
	snprintf(rest, sizeof(rest), "%d new, of %d patient%s", fresh,
	    t->patients, t->patients == 1 ? "" : "s");
	put_tile(page, t->needing == 1 ? "needs a person" : "need a person",
	    figure, rest);
	put_rate(page, "answered", t->sum.answered,
	    t->sum.delivered - t->sum.open, "questions");
	put_rate(page, "done", t->sum.done, t->sum.done_asked, "days asked");
	snprintf(rest, sizeof(rest), "median of %d scores", t->sum.scores);
	put_tile(page, "pain",
	    t->sum.scores > 0 ? form_median(t->sum.pain_median, median)
			      : "\xe2\x80\x93",
	    rest);
	snprintf(figure, sizeof(figure), "%d", t->sum.moves);
	snprintf(rest, sizeof(rest), "%d joined, %d finished", t->joined,
	    t->finished);
	put_tile(page, "moved on or back", figure, rest);
	fputs("</dl>\n", page->out);
}

/* What the stretch before left to be done. */
static void
put_signed(struct page *page)
{
	const struct review *review = page->review;
	const char *lead =
	    "<p class=\"lead\">Needed a person before, and not signed off: ";

	if (review->signed_by != NULL) {
		fputs("<p class=\"lead\">The review before was signed off by ",
		    page->out);
		page_put(page, review->signed_by);
		fputs(".</p>\n", page->out);
		return;
	}
	for (int i = 0; i < review->len; i++)
		if (review->patients[i].unsigned_before) {
			fprintf(page->out, "%s%s", lead,
			    review->patients[i].who->ref);
			lead = ", ";
		}
	if (review->unsigned_before > 0)
		fputs("</p>\n", page->out);
}

/* A heading over each reason, with how many there are. */
static void
put_needing(struct page *page)
{
	const struct review *review = page->review;
	int kind = -1;

	if (review->needing == 0) {
		fputs(review->len > 0 ? "<p>Nobody needs a person.</p>\n"
				      : "<p>Nobody is in this review.</p>\n",
		    page->out);
		return;
	}
	for (int i = 0; i < review->needing; i++) {
		const struct review_patient *p = &review->patients[i];
		int count = 0;

		if ((int)p->attention.kind != kind) {
			kind = (int)p->attention.kind;
			for (int j = i;
			     j < review->needing &&
			     (int)review->patients[j].attention.kind == kind;
			     j++)
				count++;
			fprintf(page->out, "<h3>%s (%d)</h3>\n",
			    attention_titles[kind], count);
		}
		page_card(page, p);
	}
}

static void
put_foot(struct page *page)
{
	char when[TIME_SIZE];

	fputs("<footer>\n<p><strong class=\"mark\">*</strong> a change that"
	      " people notice: 2 points, or 30\xc2\xa0% of the first score"
	      " (Farrar 2001, Pain 94:149\xe2\x80\x93"
	      "158). Severe is 8 or more"
	      " (Boonstra 2016). keepmoving-review(7) defines each figure.</p>"
	      "\n<p>Made by keepmoving at ",
	    page->out);
	page_put(page, time_format(page->review->ask.now, when));
	fputs(". It proposes, the clinician disposes.</p>\n</footer>\n"
	      "</body>\n</html>\n",
	    page->out);
}

static void
put_everybody(struct page *page)
{
	put_tiles(page);
	put_signed(page);
	fputs("</header>\n<main>\n<h2>Who needs a person</h2>\n", page->out);
	put_needing(page);
	page_well(page);
	page_clinic(page);
}

static void
put_one(struct page *page)
{
	const struct review_patient *p = &page->review->patients[0];

	fputs("</header>\n<main>\n<h2>The course</h2>\n", page->out);
	page_card(page, p);
	page_weeks(page, p);
}

void
form_html(
    FILE *out, const struct review *review, const struct form_options *options)
{
	struct page page = { out, review, options, 0 };

	put_head(&page);
	fputs("<header>\n<p class=\"clinic\">", out);
	page_put(&page, review->ask.clinic);
	fputs("</p>\n<h1>", out);
	put_title(&page);
	fputs("</h1>\n", out);
	if (review->ask.clinician != NULL) {
		fputs("<p class=\"lead\">Patients of ", out);
		page_put(&page, review->ask.clinician);
		fputs("</p>\n", out);
	}
	if (is_single(&page))
		put_one(&page);
	else
		put_everybody(&page);
	fputs("</main>\n", out);
	put_foot(&page);
}
