#include "review/form_mail.h"

#include <stdlib.h>

#include "base/base64.h"
#include "base/memory.h"
#include "review/chart.h"
#include "review/chart_png.h"
#include "text/escape.h"

#define CHARTS 12 /* of patients; who needs a look at more opens the page */
#define WIDTH 560 /* pixels of a chart: fits a telephone's mail program */

/* A mail under way. */
struct sheet {
	struct buffer html;
	const struct review *review;
	const struct form_options *options;
	int charts; /* drawn so far */
	struct why *why; /* why no more are drawn; "" while they are */
};

static void
put(struct sheet *sheet, const char *text)
{
	escape_add(&sheet->html, ESCAPE_HTML, text);
}

/* The drawing, which is emptied, as a picture; words for who sees none. */
static void
put_chart(struct sheet *sheet, struct buffer *svg, const char *words)
{
	struct buffer png = { 0 };
	char *letters;

	if (chart_png(svg, &png, sheet->why) == STATUS_OK) {
		letters = base64_encode(png.data, png.len);
		buffer_puts(&sheet->html, "<p>");
		put(sheet, words);
		buffer_printf(&sheet->html,
		    "<br><img width=\"%d\" style=\"max-width:100%%;"
		    "height:auto\" alt=\"",
		    WIDTH);
		put(sheet, words);
		buffer_printf(&sheet->html,
		    "\" src=\"data:image/png;base64,%s\"></p>\n", letters);
		free(letters);
	}
	buffer_free(svg);
	buffer_free(&png);
}

static bool
may_draw(const struct sheet *sheet)
{
	return sheet->why->text[0] == '\0';
}

static struct chart_look
look(struct sheet *sheet)
{
	return (struct chart_look){ .alone = true, .number = ++sheet->charts };
}

static void
put_head(struct sheet *sheet)
{
	const struct review_totals *t = &sheet->review->totals;
	char days[STRETCH_WORDS_SIZE];

	buffer_puts(&sheet->html,
	    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	    "<title>Review</title></head>\n<body style=\"font-family:Arial,"
	    "Helvetica,sans-serif;font-size:16px;line-height:1.4;color:#1a1a1a;"
	    "background:#ffffff;max-width:600px;margin:0 auto;padding:16px\">\n"
	    "<h1 style=\"font-size:22px;margin:0 0 4px\">");
	put(sheet, sheet->review->ask.clinic);
	buffer_puts(&sheet->html, "</h1>\n<p style=\"margin:0 0 16px\">");
	put(sheet, stretch_words(&sheet->review->ask.stretch, days));
	buffer_printf(&sheet->html,
	    "<br>%d patient%s; %d of %d questions answered</p>\n", t->patients,
	    t->patients == 1 ? "" : "s", t->sum.answered,
	    t->sum.delivered - t->sum.open);
}

static void
put_signed(struct sheet *sheet)
{
	const struct review *review = sheet->review;

	if (review->signed_by != NULL) {
		buffer_puts(&sheet->html, "<p>The review before was signed "
					  "off by ");
		put(sheet, review->signed_by);
		buffer_puts(&sheet->html, ".</p>\n");
	} else if (review->unsigned_before > 0) {
		buffer_printf(&sheet->html,
		    "<p>Of the review before, %d who needed a person %s not "
		    "signed off.</p>\n",
		    review->unsigned_before,
		    review->unsigned_before == 1 ? "is" : "are");
	}
}

static void
put_title(struct sheet *sheet, const char *text, int count)
{
	buffer_puts(
	    &sheet->html, "<h2 style=\"font-size:18px;margin:24px 0 8px\">");
	put(sheet, text);
	if (count >= 0)
		buffer_printf(&sheet->html, " (%d)", count);
	buffer_puts(&sheet->html, "</h2>\n");
}

static void
put_course(struct sheet *sheet, const struct review_patient *p)
{
	struct buffer svg = { 0 };
	char name[REVIEW_NAME_SIZE];
	struct chart_look how = look(sheet);
	struct course course;

	course_make(sheet->review, p, &course);
	if (course.points_len > 0) {
		review_name(p, sheet->options->initials, name);
		chart_course(&svg, &course, name, &how);
		put_chart(sheet, &svg, "Pain by day, stage by stage");
	}
	course_free(&course);
}

static void
put_patient(struct sheet *sheet, const struct review_patient *p, bool chart)
{
	char name[REVIEW_NAME_SIZE];

	buffer_printf(&sheet->html,
	    "<p style=\"margin:16px 0 4px\"><strong>%s ", p->who->ref);
	put(sheet, review_name(p, sheet->options->initials, name));
	buffer_puts(&sheet->html, "</strong>");
	if (p->is_new)
		buffer_puts(&sheet->html, " (new)");
	buffer_puts(&sheet->html, "<br>");
	put(sheet, p->attention.because);
	buffer_puts(&sheet->html, ".<br><span style=\"color:#555555\">");
	put(sheet, review_stage(p));
	buffer_printf(&sheet->html, ", %d day%s; answered %d of %d",
	    p->days_in_stage, p->days_in_stage == 1 ? "" : "s",
	    p->figures.answered, p->figures.delivered - p->figures.open);
	if (p->figures.scores > 0)
		buffer_printf(&sheet->html, "; pain %d to %d",
		    p->figures.pain_first, p->figures.pain_last);
	buffer_puts(&sheet->html, "</span></p>\n");
	if (chart && may_draw(sheet))
		put_course(sheet, p);
}

static void
put_needing(struct sheet *sheet)
{
	const struct review *review = sheet->review;

	put_title(sheet, "Who needs a person", review->needing);
	if (review->needing == 0)
		buffer_puts(&sheet->html, "<p>Nobody.</p>\n");
	for (int i = 0; i < review->needing; i++)
		put_patient(sheet, &review->patients[i], i < CHARTS);
}

static void
put_well(struct sheet *sheet)
{
	const struct review *review = sheet->review;

	if (review->needing == review->len)
		return;
	put_title(sheet, "Everyone else", review->len - review->needing);
	buffer_puts(&sheet->html, "<p>");
	for (int i = review->needing; i < review->len; i++) {
		const struct review_patient *p = &review->patients[i];

		buffer_printf(&sheet->html, "%s%s%s",
		    i > review->needing ? ", " : "", p->who->ref,
		    p->finished	   ? " (finished)"
		    : p->finishing ? " (about to finish)"
				   : "");
	}
	buffer_puts(&sheet->html, "</p>\n");
}

static void
put_clinic(struct sheet *sheet)
{
	struct buffer svg = { 0 };
	struct chart_look how = look(sheet);

	if (!may_draw(sheet))
		return;
	put_title(sheet, "The clinic", -1);
	chart_weeks(&svg, &sheet->review->totals, &how);
	put_chart(sheet, &svg, "Answered and done, week by week");
	how = look(sheet);
	chart_cohort(&svg, &sheet->review->totals, &how);
	put_chart(sheet, &svg, "Median pain by weeks since enrolment");
}

static void
put_end(struct sheet *sheet)
{
	buffer_puts(&sheet->html,
	    "<p style=\"margin-top:24px;color:#555555\">Every figure is in the "
	    "text part of this mail. Names, last words and the whole page, on "
	    "the clinic's machine: <code>keepmoving review");
	if (*sheet->review->ask.stretch.week != '\0')
		buffer_printf(&sheet->html, " --week %s",
		    sheet->review->ask.stretch.week);
	buffer_puts(&sheet->html,
	    " --format html --output review.html</code></p>\n</body></html>\n");
}

static char *
whole_text(const struct review *review, const struct form_options *options)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (out != NULL) {
		form_text(out, review, options);
		fclose(out);
	}
	if (text == NULL)
		panic("out of memory");
	return text;
}

void
form_mail(const struct review *review, const struct form_options *options,
    struct form_mail *mail, struct why *why)
{
	struct sheet sheet = {
		.review = review, .options = options, .why = why
	};
	char days[STRETCH_WORDS_SIZE];

	why->text[0] = '\0';
	put_head(&sheet);
	put_signed(&sheet);
	put_needing(&sheet);
	put_well(&sheet);
	put_clinic(&sheet);
	put_end(&sheet);
	mail->html = buffer_take(&sheet.html);
	mail->plain = whole_text(review, options);
	mail->subject = xasprintf("Review, %s: %d need a person",
	    stretch_words(&review->ask.stretch, days), review->needing);
}

void
form_mail_free(struct form_mail *mail)
{
	free(mail->subject);
	free(mail->plain);
	free(mail->html);
	*mail = (struct form_mail){ 0 };
}
