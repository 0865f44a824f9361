/*
 * NAME
 *	form_html - what the files that write the page share
 */
#ifndef REVIEW_FORM_HTML_H
#define REVIEW_FORM_HTML_H

#include "review/chart.h"
#include "review/forms.h"

struct page {
	FILE *out;
	const struct review *review;
	const struct form_options *options;
	int charts; /* drawn so far */
};

/* Text in its place: escaped, control characters dropped. */
void page_put(struct page *page, const char *text);

/* A drawing, which is emptied. */
void page_svg(struct page *page, struct buffer *svg);
struct chart_look page_look(struct page *page);

/* One who needs a person; and the same for a page about one patient alone. */
void page_card(struct page *page, const struct review_patient *patient);
/* Those who do not, in a line each. */
void page_well(struct page *page);
/* The clinic's figures, and the program's. */
void page_clinic(struct page *page);
/* Week by week, of a page about one patient alone. */
void page_weeks(struct page *page, const struct review_patient *patient);

#endif
