/*
 * form_html_parts.c - patients on the page; see form_html.h
 */
#include <stdlib.h>
#include <string.h>

#include "review/form_html.h"

#define CHARTS 300 /* more would make the page slow: the rest has none */

static const char *
colour(enum attention_kind kind)
{
	if (kind <= ATTENTION_PAUSED)
		return "grave";
	if (kind <= ATTENTION_STILL_HIGH)
		return "worse";
	return kind == ATTENTION__NONE ? "" : "quiet";
}

static void
put_name(struct page *page, const struct review_patient *p)
{
	char name[REVIEW_NAME_SIZE];

	fputs("<bdi>", page->out);
	page_put(page, review_name(p, page->options->initials, name));
	fprintf(page->out, "</bdi> <span class=\"ref\">%s</span>", p->who->ref);
}

static void
put_fact(struct page *page, const char *what, const char *value)
{
	fprintf(page->out, "<div><dt>%s</dt><dd>", what);
	page_put(page, value);
	fputs("</dd></div>\n", page->out);
}

static void
put_ratio(struct page *page, const char *what, int part, int whole)
{
	char text[32];

	if (whole <= 0)
		return;
	snprintf(text, sizeof(text), "%d of %d", part, whole);
	put_fact(page, what, text);
}

static void
put_pain(struct page *page, const struct adherence *a)
{
	fprintf(page->out, "%d", a->pain_first);
	if (a->scores > 1)
		fprintf(page->out, " to %d", a->pain_last);
	if (a->pain_marked)
		fprintf(page->out, " <span class=\"mark%s\">*</span>",
		    a->pain_change < 0 ? " good" : "");
}

static void
put_facts(struct page *page, const struct review_patient *p)
{
	const struct adherence *a = &p->figures;
	char text[96];

	fputs("<dl class=\"facts\">\n", page->out);
	snprintf(text, sizeof(text), "%s, %d day%s", review_stage(p),
	    p->days_in_stage, p->days_in_stage == 1 ? "" : "s");
	put_fact(page, "Stage", text);
	put_ratio(page, "Answered", a->answered, a->delivered - a->open);
	put_ratio(page, "Done", a->done, a->done_asked);
	if (a->scores > 0) {
		fputs("<div><dt>Pain</dt><dd>", page->out);
		put_pain(page, a);
		fputs("</dd></div>\n", page->out);
	}
	put_ratio(page, "Worse mornings", a->mornings_worse, a->mornings);
	if (p->who->clinician != NULL)
		put_fact(page, "Clinician", p->who->clinician);
	fputs("</dl>\n", page->out);
}

static void
put_moves(struct page *page, const struct review_patient *p)
{
	const struct review_ask *ask = &page->review->ask;
	char day[STRETCH_DAY_SIZE];
	bool any = false;

	for (int i = 0; i < p->rows.moves_len; i++) {
		const struct week_move *m = &p->rows.moves[i];
		const struct stage *to = plan_stage(p->plan, m->to_stage);

		if (m->at < ask->stretch.from_at ||
		    m->at >= ask->stretch.until_at)
			continue;
		if (!any)
			fputs("<ul class=\"moves\">\n", page->out);
		any = true;
		fprintf(page->out, "<li>%s: to ",
		    stretch_day(zone_local(ask->zone, m->at).date, day));
		page_put(page, to != NULL ? to->title : m->to_stage);
		fputs(", because ", page->out);
		page_put(page, m->because);
		fputs("</li>\n", page->out);
	}
	if (any)
		fputs("</ul>\n", page->out);
}

static void
put_reason(struct page *page, const struct review_patient *p)
{
	char day[STRETCH_DAY_SIZE];
	const char *lead = "Also: ";

	if (p->attention.kind == ATTENTION__NONE)
		return;
	fputs("<p class=\"why\">", page->out);
	page_put(page, p->attention.because);
	fputs("</p>\n", page->out);
	if (p->attention.also != 0)
		fputs("<p class=\"also\">", page->out);
	for (int i = 0; i < ATTENTION__NONE; i++) {
		if ((p->attention.also & 1U << i) == 0)
			continue;
		fprintf(page->out, "%s%s", lead, attention_names[i]);
		lead = ", ";
	}
	if (p->attention.also != 0)
		fputs("</p>\n", page->out);
	if (p->words == NULL)
		return;
	fputs("<blockquote>\xe2\x80\x9c<bdi>", page->out);
	page_put(page, p->words);
	fprintf(page->out, "</bdi>\xe2\x80\x9d <span>%s</span></blockquote>\n",
	    stretch_day(
		zone_local(page->review->ask.zone, p->words_at).date, day));
}

static void
put_chart(struct page *page, const struct review_patient *p)
{
	struct chart_look look = page_look(page);
	struct buffer svg = { 0 };
	struct course course;

	look.wide = page->review->ask.patient_id != 0;
	course_make(page->review, p, &course);
	chart_course(&svg, &course, p->who->ref, &look);
	fputs("<figure>", page->out);
	page_svg(page, &svg);
	fputs("</figure>\n", page->out);
	course_free(&course);
}

void
page_card(struct page *page, const struct review_patient *p)
{
	bool single = page->review->ask.patient_id != 0;
	bool chart = page->charts < CHARTS;

	fprintf(page->out,
	    "<article class=\"card %s%s\" aria-labelledby=\"n-%s\">\n<div>\n"
	    "<h4 id=\"n-%s\">",
	    colour(p->attention.kind), single || !chart ? " wide" : "",
	    p->who->ref, p->who->ref);
	put_name(page, p);
	fprintf(page->out, "%s</h4>\n",
	    p->is_new ? " <span class=\"new\">new</span>" : "");
	put_reason(page, p);
	put_facts(page, p);
	put_moves(page, p);
	fputs("</div>\n", page->out);
	if (chart)
		put_chart(page, p);
	fputs("</article>\n", page->out);
}

static void
put_well(struct page *page, const struct review_patient *p)
{
	struct buffer svg = { 0 };
	struct course course;

	course_make(page->review, p, &course);
	chart_spark(&svg, &course);
	course_free(&course);
	fputs("<li><span class=\"name\">", page->out);
	put_name(page, p);
	fputs(" <span class=\"stage\">", page->out);
	page_put(page, p->finished ? "finished" : review_stage(p));
	fputs("</span></span>", page->out);
	page_svg(page, &svg);
	fputs("<span>", page->out);
	if (p->figures.scores > 0)
		put_pain(page, &p->figures);
	else
		fputs("no score", page->out);
	fputs("</span></li>\n", page->out);
}

/* One list of those who are well; nothing where there is nobody. */
static void
put_list(struct page *page, bool finishing, const char *title, bool open)
{
	const struct review *review = page->review;
	int count = 0;

	for (int i = review->needing; i < review->len; i++) {
		const struct review_patient *p = &review->patients[i];

		if ((p->finishing || p->finished) != finishing)
			continue;
		if (count++ == 0)
			fprintf(page->out,
			    "<details%s>\n<summary><h2>%s</h2></summary>\n"
			    "<ul class=\"well\">\n",
			    open ? " open" : "", title);
		put_well(page, p);
	}
	if (count > 0)
		fputs("</ul>\n</details>\n", page->out);
}

void
page_well(struct page *page)
{
	const struct review *review = page->review;
	char title[64];
	int finishing = 0;

	for (int i = review->needing; i < review->len; i++)
		finishing += review->patients[i].finishing ||
			     review->patients[i].finished;
	snprintf(title, sizeof(title), "Finished, or about to (%d)", finishing);
	put_list(page, true, title, true);
	snprintf(title, sizeof(title), "Everyone else (%d)",
	    review->len - review->needing - finishing);
	put_list(page, false, title, false);
}
