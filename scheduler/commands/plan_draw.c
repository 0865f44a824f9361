#include "commands/plan_draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "commands/plan_words.h"
#include "commands/print.h"
#include "text/escape.h"

/* In units of the picture, which are pixels on a plain screen. */
#define WIDTH 960
#define MARGIN 24
#define PAD 16
#define LINE 19
#define GAP 46 /* between stages, for the way on */
#define GRID_X 614 /* where the week begins */
#define DAY_W 46
#define NAME_X 474 /* of the reminders */
#define NAME_COLUMNS 22 /* that fit before the week; longer ones are narrowed */
#define WORDS_COLUMNS 58 /* of a rule, in a line */

static const char style[] =
    "svg{font:14px/1.3 system-ui,sans-serif;--ink:#1c2430;--soft:#5b6675;"
    "--line:#c3cad4;--card:#fff;--page:#f4f6f9;--ask:#0b5cad;--tip:#5b6675;"
    "--up:#1f7a3d;--back:#a85b00;--alarm:#b3261e}"
    "@media screen and "
    "(prefers-color-scheme:dark){svg{--ink:#e8ecf2;--soft:#a5b0bf;"
    "--line:#465161;--card:#1d2430;--page:#12171f;--ask:#7db8f5;"
    "--tip:#a5b0bf;--up:#7fce98;--back:#f0b060;--alarm:#ff9a90}}"
    "text{fill:var(--ink)}.soft{fill:var(--soft)}.ask{fill:var(--ask)}"
    ".tip{fill:var(--tip)}.up{fill:var(--up)}.back{fill:var(--back)}"
    ".alarm{fill:var(--alarm)}.title{font-weight:600;font-size:17px}"
    ".head{font-weight:600;font-size:24px}.small{font-size:12px}"
    ".name{font-weight:400}.page{fill:var(--page)}.card{fill:var(--card);"
    "stroke:var(--line)}"
    ".rule{stroke:var(--line)}.way{stroke:var(--up);fill:none;"
    "stroke-width:2}.tipof{fill:var(--up)}.wayback{stroke:var(--back);"
    "fill:none;stroke-width:2;stroke-dasharray:6 4}"
    ".tipback{fill:var(--back)}@media print{.page{fill:none}}";

/* Around the picture: wide enough to be read on a phone, where it moves
 * sideways and the page does not; on paper all of it on one page. */
static const char page_style[] =
    "body{margin:0;background:#f4f6f9}main{overflow-x:auto}"
    "svg{display:block;margin:auto;max-width:100%;min-width:640px;"
    "height:auto}"
    "@media screen and (prefers-color-scheme:dark){body{background:#12171f}}"
    "@page{margin:12mm}@media print{body{background:none}"
    "main{overflow:visible}svg{min-width:0;max-height:99vh}}";

static const char *const act_classes[PLAN_ACT__MAX] = {
	[PLAN_ADVANCE] = "up",
	[PLAN_RETREAT] = "back",
	[PLAN_FINISH] = "up",
	[PLAN_ALERT] = "alarm",
};

enum status
plan_draw_format(const char *name, enum plan_drawing *drawing, struct why *why)
{
	static const char *const names[PLAN_DRAWING__MAX] = {
		[PLAN_DRAWING_TEXT] = "text",
		[PLAN_DRAWING_SVG] = "svg",
		[PLAN_DRAWING_HTML] = "html",
	};
	if (name == NULL)
		return STATUS_OK;
	for (int i = 0; i < PLAN_DRAWING__MAX; i++) {
		if (strcmp(names[i], name) == 0) {
			*drawing = (enum plan_drawing)i;
			return STATUS_OK;
		}
	}
	return why_set(why, STATUS_BAD_DATA,
	    "--format \"%s\" is not text, svg or html", name);
}

static void
add_text(struct buffer *out, int x, int y, const char *class, const char *text)
{
	buffer_printf(
	    out, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, class);
	escape_add(out, ESCAPE_HTML, text);
	buffer_puts(out, "</text>\n");
}

/* Words in lines of so many columns; gives how far down they went. */
static int
add_wrapped(
    struct buffer *out, int x, int y, const char *class, const char *text)
{
	while (*text != '\0') {
		size_t len = strlen(text);
		if (len > WORDS_COLUMNS) {
			len = WORDS_COLUMNS;
			while (len > 0 && text[len] != ' ')
				len--;
			if (len == 0)
				len = strcspn(text, " ");
		}
		char *line = xstrndup(text, len);
		add_text(out, x, y, class, line);
		free(line);
		y += LINE;
		text += len;
		text += strspn(text, " ");
	}
	return y;
}

static int
add_rules(struct buffer *out, const struct stage *stage, int y)
{
	for (int act = 0; act < PLAN_ACT__MAX; act++) {
		struct buffer words = { 0 };
		plan_words_rule(&words, stage, (enum plan_act)act);
		if (words.len > 0)
			y = add_wrapped(out, MARGIN + PAD, y, act_classes[act],
				buffer_text(&words)) +
			    4;
		buffer_free(&words);
	}
	if (stage->stalled_after > 0) {
		char text[80];
		snprintf(text, sizeof text,
		    "a clinician is asked after %d days in it",
		    stage->stalled_after);
		add_text(out, MARGIN + PAD, y, "soft", text);
		y += LINE;
	}
	return y;
}

/* Whom it is for, where that is not everyone; gives how far down that went. */
static int
add_whom(struct buffer *out, const struct reminder *reminder, int y)
{
	struct buffer whom = { 0 };
	if (reminder->when == NULL && reminder->unless == NULL)
		return y;
	buffer_puts(&whom, "for ");
	plan_words_whom(&whom, reminder);
	add_text(out, NAME_X, y + LINE - 3, "soft small", buffer_text(&whom));
	buffer_free(&whom);
	return y + LINE - 3;
}

/* "step: pain" */
static void
add_name(struct buffer *out, const struct reminder *reminder, int y)
{
	const char *asks = asks_names[reminder->asks];
	bool says =
	    reminder->asks == ASKS_NONE || strcmp(reminder->id, asks) == 0;
	struct buffer name = { 0 };
	buffer_printf(
	    &name, "%s%s%s", reminder->id, says ? "" : ": ", says ? "" : asks);
	buffer_printf(
	    out, "<text x=\"%d\" y=\"%d\" class=\"small\"", NAME_X, y);
	if (name.len > NAME_COLUMNS)
		buffer_printf(out,
		    " textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"",
		    GRID_X - NAME_X - 4);
	buffer_putc(out, '>');
	escape_add(out, ESCAPE_HTML, buffer_text(&name));
	buffer_puts(out, "</text>\n");
	buffer_free(&name);
}

/* The days of one reminder: its time, in brackets where it is not each week. */
static void
add_days(struct buffer *out, const struct reminder *reminder, int y)
{
	char at[DATE_SIZE];
	int counts[7];
	const char *class =
	    reminder->asks != ASKS_NONE ? "ask small" : "tip small";
	add_name(out, reminder, y);
	plan_words_weekdays(reminder, counts);
	minute_format(reminder->at_minute, at);
	for (int day = 0; day < 7; day++) {
		char cell[DATE_SIZE + 2];
		int x = GRID_X + day * DAY_W;
		snprintf(cell, sizeof cell,
		    counts[day] >= PLAN_WORDS_WEEKS ? "%s" : "(%s)", at);
		if (counts[day] > 0)
			add_text(out, x, y, class, cell);
		else
			add_text(out, x + 12, y, "soft", "·");
	}
}

static int
add_week(struct buffer *out, const struct reminder *list, int len, int y)
{
	if (len == 0)
		return y;
	for (int day = 1; day <= 7; day++) {
		char name[4];
		snprintf(name, sizeof name, "%.3s", print_weekdays[day]);
		add_text(
		    out, GRID_X + (day - 1) * DAY_W, y, "soft small", name);
	}
	for (int i = 0; i < len; i++) {
		y += LINE + 3;
		add_days(out, &list[i], y);
		y = add_whom(out, &list[i], y);
	}
	return y + LINE;
}

static void
add_card(struct buffer *out, int y, int height)
{
	buffer_printf(out,
	    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" "
	    "class=\"card\"/>\n",
	    MARGIN, y, WIDTH - 2 * MARGIN, height);
}

/* The way to what stands below, and back where there is one. */
static void
add_ways(struct buffer *out, const struct stage *stage, int y, bool back)
{
	int x = MARGIN + 60;
	if (stage->advance.given || stage->finish.given)
		buffer_printf(out,
		    "<path class=\"way\" d=\"M%d %dv%d\"/><path "
		    "class=\"tipof\" d=\"M%d %dl-6 -9h12z\"/>\n",
		    x, y, GAP - 8, x, y + GAP);
	if (back)
		buffer_printf(out,
		    "<path class=\"wayback\" d=\"M%d %dv-%d\"/><path "
		    "class=\"tipback\" d=\"M%d %dl-6 9h12z\"/>\n",
		    x + 60, y + GAP, GAP - 8, x + 60, y);
}

/* Its number, what people call it, and its name in the rules. */
static void
add_title(struct buffer *out, const struct stage *stage, int number, int y)
{
	buffer_printf(out, "<text x=\"%d\" y=\"%d\" class=\"title\">%d  ",
	    MARGIN + PAD, y, number);
	escape_add(out, ESCAPE_HTML, stage->title);
	buffer_printf(out,
	    "<tspan dx=\"10\" class=\"soft small name\">%s</tspan></text>\n",
	    stage->id);
}

static int
add_stage(struct buffer *out, const struct plan *plan, int index, int y)
{
	const struct stage *stage = &plan->stages[index];
	struct buffer inside = { 0 };
	int top = y + PAD + 12;
	add_title(&inside, stage, index + 1, top);
	int rules = add_rules(&inside, stage, top + LINE + 8);
	int week =
	    add_week(&inside, stage->reminders, stage->reminders_len, top);
	int height = (rules > week ? rules : week) - y;
	add_card(out, y, height);
	buffer_puts(out, buffer_text(&inside));
	buffer_free(&inside);
	bool back = index + 1 < plan->stages_len &&
		    plan->stages[index + 1].retreat.given;
	add_ways(out, stage, y + height, back);
	return y + height + GAP;
}

static int
add_always(struct buffer *out, const struct plan *plan, int y)
{
	struct buffer inside = { 0 };
	int top = y + PAD + 12;
	if (plan->always_len == 0)
		return y;
	add_text(&inside, MARGIN + PAD, top, "title", "Through all of it");
	int week = add_week(&inside, plan->always, plan->always_len, top);
	add_card(out, y, week - y);
	buffer_puts(out, buffer_text(&inside));
	buffer_free(&inside);
	return week;
}

/* All but the frame, and how high it is. */
static int
add_all(struct buffer *out, const struct plan *plan)
{
	char about[300];
	int y = MARGIN + 24;
	add_text(out, MARGIN, y, "head", plan->title);
	snprintf(about, sizeof about,
	    "A clinician is told after %d unanswered questions in a row, and "
	    "of a rise of %d over a stage's start.",
	    plan->silent_after, plan->worse_by);
	y += LINE + 8;
	add_text(out, MARGIN, y, "soft", about);
	y += LINE;
	for (int i = 0; i < plan->stages_len; i++)
		y = add_stage(out, plan, i, y);
	add_text(out, MARGIN + 32, y + LINE, "title up", "Finished");
	y = add_always(out, plan, y + 2 * LINE + 8);
	return y + MARGIN;
}

void
plan_draw(FILE *out, const struct plan *plan, enum plan_drawing drawing)
{
	struct buffer inside = { 0 };
	struct buffer title = { 0 };
	int height = add_all(&inside, plan);
	escape_add(&title, ESCAPE_HTML, plan->title);
	if (drawing == PLAN_DRAWING_HTML)
		fprintf(out,
		    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		    "<meta charset=\"utf-8\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n"
		    "<title>%s</title>\n"
		    "<style>%s</style>\n</head>\n<body>\n"
		    "<main tabindex=\"0\">\n",
		    buffer_text(&title), page_style);
	fprintf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
	    "height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
	    "aria-label=\"%s\">\n<title>%s</title>\n<style>%s</style>\n"
	    "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n%s</svg>\n",
	    WIDTH, height, WIDTH, height, buffer_text(&title),
	    buffer_text(&title), style, WIDTH, height, buffer_text(&inside));
	if (drawing == PLAN_DRAWING_HTML)
		fputs("</main>\n</body>\n</html>\n", out);
	buffer_free(&inside);
	buffer_free(&title);
}
