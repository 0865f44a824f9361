/*
 * Where a reply ends and the mail that it answers begins. Our own question
 * says "0 to 10": read as an answer it would move a patient.
 */
#include "text/mime_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "text/quote_lines.h"

/* A text on its way: the reply, and which lines went into it. */
struct cut {
	struct buffer out;
	struct quote_lines lines;
	bool *taken;
};

static void
add_line(struct buffer *out, const char *line)
{
	size_t len;

	if (strncmp(line, ">From ", 6) == 0)
		line++;
	len = strlen(line);
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		len--;
	if (len == 0 && out->len == 0)
		return;
	buffer_add(out, line, len);
	buffer_putc(out, '\n');
}

static void
take_line(struct cut *cut, size_t i)
{
	add_line(&cut->out, cut->lines.line[i]);
	cut->taken[i] = true;
}

/* Where the reply ends: the first line that is quoted, or of the mail that is
 * quoted whole. */
static size_t
take_above(struct cut *cut)
{
	const struct quote_lines *lines = &cut->lines;
	size_t i;

	for (i = 0; i < lines->count; i++) {
		if (quote_is_marked(lines->lower[i]) ||
		    quote_ends_reply(lines, i) ||
		    quote_attribution(lines, i) > 0)
			break;
		if (!quote_is_phones(lines, i))
			take_line(cut, i);
	}
	return i;
}

static bool
any_quoted(const struct quote_lines *lines, size_t i)
{
	for (; i < lines->count; i++)
		if (quote_is_marked(lines->lower[i]))
			return true;
	return false;
}

static bool
is_blank(const char *line)
{
	return line[strspn(line, " \t\r")] == '\0';
}

/*
 * Some answer below the quote, or between its lines. Where the quoted lines
 * have no mark nobody can tell whose words they are, and none are taken. What
 * follows a quoted line without a gap may be its end, that a mailer broke off;
 * it is taken only where there is no other reply.
 */
static void
take_between(struct cut *cut, size_t i)
{
	const struct quote_lines *lines = &cut->lines;
	bool gap = cut->out.len == 0, only = gap;
	size_t n;

	if (!any_quoted(lines, i))
		return;
	while (i < lines->count && !quote_ends_reply(lines, i)) {
		n = quote_attribution(lines, i);
		if (n > 0 || quote_is_marked(lines->lower[i])) {
			gap = only;
		} else if (is_blank(lines->lower[i])) {
			gap = true;
			add_line(&cut->out, "");
		} else if (gap && !quote_is_phones(lines, i)) {
			take_line(cut, i);
		}
		i += n == 0 ? 1 : n;
	}
}

/* A phone's line that is all there is may be the patient's own. */
static void
take_signatures(struct cut *cut)
{
	const struct quote_lines *lines = &cut->lines;

	for (size_t i = 0;
	     i < lines->count && !quote_is_marked(lines->lower[i]) &&
	     !quote_ends_reply(lines, i) && quote_attribution(lines, i) == 0;
	     i++)
		take_line(cut, i);
}

static char *
take_text(struct buffer *out)
{
	while (out->len > 0 && out->data[out->len - 1] == '\n')
		out->data[--out->len] = '\0';
	return buffer_take(out);
}

/* Of what is quoted, the lines that some mail said: no mailer's own. */
static char *
without_heads(const char *text)
{
	struct buffer out = { 0 };
	struct quote_lines lines = { 0 };
	bool head = false;
	size_t n;

	quote_lines_split(&lines, text);
	for (size_t i = 0; i < lines.count; i += n) {
		n = quote_attribution(&lines, i);
		if (n > 0)
			continue;
		n = 1;
		/* Once a line of it is no label, the head is over. */
		head = quote_ends_reply(&lines, i) ||
		       (head && quote_is_label(&lines, i));
		if (!head && !is_blank(lines.lower[i]) &&
		    !quote_is_phones(&lines, i))
			add_line(&out, lines.line[i]);
	}
	quote_lines_free(&lines);
	return take_text(&out);
}

/* The lines that were not taken, without their marks. */
static char *
rest_of(const struct cut *cut)
{
	struct buffer out = { 0 };
	const char *line;
	char *rest;

	for (size_t i = 0; i < cut->lines.count; i++) {
		line = cut->taken[i] ? "" : cut->lines.line[i];
		buffer_puts(&out, line + strspn(line, "> \t"));
		buffer_putc(&out, '\n');
	}
	rest = without_heads(buffer_text(&out));
	buffer_free(&out);
	return rest;
}

char *
quote_cut(const char *text, char **rest)
{
	struct cut cut = { 0 };

	quote_lines_split(&cut.lines, text);
	cut.taken = xcalloc(cut.lines.count + 1, sizeof *cut.taken);
	take_between(&cut, take_above(&cut));
	if (cut.out.len == 0)
		take_signatures(&cut);
	*rest = rest_of(&cut);
	quote_lines_free(&cut.lines);
	free(cut.taken);
	return take_text(&cut.out);
}
