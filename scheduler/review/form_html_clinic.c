/*
 * form_html_clinic.c - tables on the page; see form_html.h
 */
#include <stdlib.h>
#include <string.h>

#include "review/form_html.h"

static void
put_stages(struct page *page)
{
	const struct review_totals *t = &page->review->totals;
	int most = 1;

	for (int i = 0; i < t->stages_len; i++)
		if (t->stages[i].patients > most)
			most = t->stages[i].patients;
	fputs("<section class=\"panel\">\n<h3>Patients by stage</h3>\n<table>"
	      "\n<thead><tr><th scope=\"col\">Stage</th>"
	      "<th scope=\"col\" class=\"n\">Patients</th><td></td></tr>"
	      "</thead>\n<tbody>\n",
	    page->out);
	for (int i = 0; i < t->stages_len; i++) {
		const struct totals_stage *s = &t->stages[i];

		fputs("<tr><th scope=\"row\">", page->out);
		page_put(page, s->title);
		fprintf(page->out,
		    "</th><td class=\"n\">%d</td><td class=\"bar\">"
		    "<span style=\"width:%d%%\"></span></td></tr>\n",
		    s->patients, s->patients * 100 / most);
	}
	fputs("</tbody>\n</table>\n</section>\n", page->out);
}

static void
put_gateways(struct page *page)
{
	const struct review_totals *t = &page->review->totals;

	if (t->gateways_len == 0) {
		fputs("<p class=\"note\">Nothing was sent.</p>\n", page->out);
		return;
	}
	fputs("<table>\n<thead><tr><th scope=\"col\">Gateway</th>"
	      "<th scope=\"col\" class=\"n\">Messages</th>"
	      "<th scope=\"col\" class=\"n\">Segments</th>"
	      "<th scope=\"col\" class=\"n\">Cost</th>"
	      "<th scope=\"col\" class=\"n\">Not arrived</th></tr></thead>\n"
	      "<tbody>\n",
	    page->out);
	for (int i = 0; i < t->gateways_len; i++) {
		const struct totals_gateway *g = &t->gateways[i];

		fputs("<tr><th scope=\"row\">", page->out);
		page_put(page, *g->name != '\0' ? g->name : "none took it");
		fprintf(page->out,
		    "</th><td class=\"n\">%lld</td><td class=\"n\">%lld</td>"
		    "<td class=\"n\">",
		    (long long)g->messages, (long long)g->segments);
		if (g->cost > 0)
			fprintf(page->out, "%.2f", g->cost);
		fprintf(page->out, "</td><td class=\"n\">%lld</td></tr>\n",
		    (long long)g->failures);
	}
	fputs("</tbody>\n</table>\n", page->out);
}

static void
put_health(struct page *page)
{
	const struct review_totals *t = &page->review->totals;
	char span[FORM_SPAN_SIZE], day[STRETCH_DAY_SIZE];

	fputs("<section class=\"panel\">\n<h3>The program</h3>\n", page->out);
	put_gateways(page);
	fprintf(page->out, "<p class=\"note\">%lld ticks ran",
	    (long long)t->ticks.ticks);
	if (t->ticks.longest_gap_s > 0)
		fprintf(page->out, "; the longest gap was %s, from %s",
		    form_span(t->ticks.longest_gap_s, span),
		    stretch_day(
			zone_local(page->review->ask.zone, t->ticks.gap_at)
			    .date,
			day));
	if (t->ticks.died > 0)
		fprintf(page->out, "; %lld died", (long long)t->ticks.died);
	fputs(".</p>\n</section>\n", page->out);
}

void
page_clinic(struct page *page)
{
	struct chart_look look = page_look(page);
	struct buffer svg = { 0 };

	fputs("<h2>The clinic</h2>\n<div class=\"panels\">\n", page->out);
	put_stages(page);
	fputs("<section class=\"panel\">\n<h3>Answered and done, by week</h3>"
	      "\n",
	    page->out);
	chart_weeks(&svg, &page->review->totals, &look);
	page_svg(page, &svg);
	fputs("</section>\n<section class=\"panel\">\n<h3>Pain since"
	      " enrolment</h3>\n",
	    page->out);
	look = page_look(page);
	chart_cohort(&svg, &page->review->totals, &look);
	page_svg(page, &svg);
	fputs("</section>\n", page->out);
	put_health(page);
	fputs("</div>\n", page->out);
}

static void
put_week(struct page *page, const struct totals_week *week,
    const struct review_patient *p)
{
	struct adherence a;
	char day[STRETCH_DAY_SIZE], median[FORM_MEDIAN_SIZE];

	adherence_of(&p->rows, &week->stretch, &a);
	fprintf(page->out,
	    "<tr><th scope=\"row\">%s</th><td class=\"n\">%d of %d</td>"
	    "<td class=\"n\">%d of %d</td>",
	    stretch_day(week->stretch.from, day) + 4, a.answered,
	    a.delivered - a.open, a.done, a.done_asked);
	if (a.scores > 0)
		fprintf(page->out,
		    "<td class=\"n\">%d to %d%s</td><td class=\"n\">%s</td>",
		    a.pain_first, a.pain_last, a.pain_marked ? " *" : "",
		    form_median(a.pain_median, median));
	else
		fputs("<td></td><td></td>", page->out);
	fprintf(page->out, "<td class=\"n\">%d</td></tr>\n", a.moves);
}

void
page_weeks(struct page *page, const struct review_patient *p)
{
	const struct review_totals *t = &page->review->totals;

	fputs("<h2>Week by week</h2>\n<div class=\"panel scroll\""
	      " tabindex=\"0\" role=\"group\" aria-label=\"Week by week\">\n"
	      "<table>\n<thead><tr>"
	      "<th scope=\"col\">Week of</th>"
	      "<th scope=\"col\" class=\"n\">Answered</th>"
	      "<th scope=\"col\" class=\"n\">Done</th>"
	      "<th scope=\"col\" class=\"n\">Pain</th>"
	      "<th scope=\"col\" class=\"n\">Median</th>"
	      "<th scope=\"col\" class=\"n\">Moves</th></tr></thead>\n<tbody>"
	      "\n",
	    page->out);
	for (int i = 0; i < t->weeks_len; i++)
		put_week(page, &t->weeks[i], p);
	fputs("</tbody>\n</table>\n</div>\n", page->out);
}
