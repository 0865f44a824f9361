/*
 * Where a reply ends and the mail that it answers begins. Our own question
 * says "0 to 10": read as an answer it would move a patient.
 */
#include "text/mime_part.h"

#include <string.h>

#include "base/buffer.h"
#include "text/quote_lines.h"

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

/* Where the reply ends: the first line that is quoted, or of the mail that is
 * quoted whole. */
static size_t
take_above(struct buffer *out, const struct quote_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++) {
		if (quote_is_marked(lines->lower[i]) ||
		    quote_ends_reply(lines, i) ||
		    quote_attribution(lines, i) > 0)
			break;
		if (!quote_is_phones(lines, i))
			add_line(out, lines->line[i]);
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

/*
 * Some answer below the quote, or between its lines. Where the quoted lines
 * have no mark nobody can tell whose words they are, and none are taken. What
 * follows a quoted line without a gap may be its end, that a mailer broke off;
 * it is taken only where there is no other reply.
 */
static void
take_between(struct buffer *out, const struct quote_lines *lines, size_t i)
{
	bool gap = out->len == 0, only = gap;
	size_t n;

	if (!any_quoted(lines, i))
		return;
	while (i < lines->count && !quote_ends_reply(lines, i)) {
		n = quote_attribution(lines, i);
		if (n > 0 || quote_is_marked(lines->lower[i])) {
			gap = only;
		} else if (lines->lower[i][strspn(lines->lower[i], " \t\r")] ==
			   '\0') {
			gap = true;
			add_line(out, "");
		} else if (gap && !quote_is_phones(lines, i)) {
			add_line(out, lines->line[i]);
		}
		i += n == 0 ? 1 : n;
	}
}

/* A phone's line that is all there is may be the patient's own. */
static void
take_signatures(struct buffer *out, const struct quote_lines *lines)
{
	for (size_t i = 0;
	     i < lines->count && !quote_is_marked(lines->lower[i]) &&
	     !quote_ends_reply(lines, i) && quote_attribution(lines, i) == 0;
	     i++)
		add_line(out, lines->line[i]);
}

char *
quote_cut(const char *text)
{
	struct buffer out = { 0 };
	struct quote_lines lines = { 0 };

	quote_lines_split(&lines, text);
	take_between(&out, &lines, take_above(&out, &lines));
	if (out.len == 0)
		take_signatures(&out, &lines);
	quote_lines_free(&lines);
	while (out.len > 0 && out.data[out.len - 1] == '\n')
		out.data[--out.len] = '\0';
	return buffer_take(&out);
}
