#include "text/escape.h"

#include <string.h>

static void
add_html(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '&':
			buffer_puts(out, "&amp;");
			break;
		case '<':
			buffer_puts(out, "&lt;");
			break;
		case '>':
			buffer_puts(out, "&gt;");
			break;
		case '"':
			buffer_puts(out, "&quot;");
			break;
		case '\'':
			buffer_puts(out, "&#39;");
			break;
		default:
			buffer_putc(out, *text);
		}
	}
}

/*
 * Some characters mean something anywhere; others only where a line begins,
 * alone or after a number ("- ", "2. "), and a value may stand there. A line
 * break or an indentation could open a block, so runs of white space become
 * one space.
 */
static void
add_markdown(struct buffer *out, const char *text)
{
	bool starting = true, blank = false;

	for (; *text != '\0'; text++) {
		if (strchr(" \t\r\n\v\f", *text) != NULL) {
			blank = true;
			continue;
		}
		if (blank)
			buffer_putc(out, ' ');
		blank = false;
		if (strchr("\\`*_[]<>()&!#~\"'", *text) != NULL ||
		    (starting && strchr("-+=.:|", *text) != NULL))
			buffer_putc(out, '\\');
		buffer_putc(out, *text);
		if (*text < '0' || *text > '9')
			starting = false;
	}
	if (blank)
		buffer_putc(out, ' ');
}

void
escape_add(struct buffer *out, enum escape escape, const char *text)
{
	switch (escape) {
	case ESCAPE_HTML:
		add_html(out, text);
		break;
	case ESCAPE_MARKDOWN:
		add_markdown(out, text);
		break;
	case ESCAPE_NONE:
	case ESCAPE__MAX:
		buffer_puts(out, text);
	}
}
