/*
 * columns.c - see columns.h
 */
#include "base/columns.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static int
width_of(const char *text, size_t len)
{
	const char *p = text;
	const char *end = text + len;
	int width = 0;
	while (p < end) {
		(void)utf8_next(&p, end);
		width++;
	}
	return width;
}

int
columns_width(const char *text)
{
	return width_of(text, strlen(text));
}

void
columns_padded(FILE *out, int columns, const char *text)
{
	fprintf(out, "%s%*s", text,
	    columns - columns_width(text) > 0 ? columns - columns_width(text)
					      : 0,
	    "");
}

void
columns_cut(FILE *out, int columns, const char *text)
{
	const char *p = text, *end = text + strlen(text);

	if (columns_width(text) <= columns) {
		columns_padded(out, columns, text);
		return;
	}
	for (int i = 0; i < columns - 3; i++)
		(void)utf8_next(&p, end);
	fprintf(out, "%.*s...", (int)(p - text), text);
}

/* One paragraph, word by word; a word too long for a line has its own. */
static void
paragraph(FILE *out, int column, int width, const char *text, size_t len)
{
	int at = column;
	bool first = true;
	for (size_t i = 0; i < len;) {
		size_t word = strcspn(text + i, " \n");
		if (i + word > len)
			word = len - i;
		if (word == 0) {
			i++;
			continue;
		}
		int wide = width_of(text + i, word);
		if (!first && at + 1 + wide > width) {
			fprintf(out, "\n%*s", column, "");
			at = column;
			first = true;
		}
		fprintf(out, "%s%.*s", first ? "" : " ", (int)word, text + i);
		at += wide + (first ? 0 : 1);
		first = false;
		i += word;
	}
	fputc('\n', out);
}

void
columns_hanging(
    FILE *out, const char *lead, int column, int width, const char *text)
{
	char *clean = utf8_clean(text, strlen(text));
	for (char *p = clean; *p != '\0'; p++)
		if (*p == '\t')
			*p = ' ';
	size_t len = strlen(clean);
	while (len > 0 && clean[len - 1] == '\n')
		len--;
	clean[len] = '\0';

	columns_padded(out, column, lead);
	if (*lead != '\0' && columns_width(lead) >= column)
		fputc(' ', out);
	const char *p = clean;
	for (;;) {
		size_t line = strcspn(p, "\n");
		paragraph(out, column, width, p, line);
		if (p[line] == '\0')
			break;
		p += line + 1;
		/* An empty line needs no indent. */
		if (*p != '\n')
			fprintf(out, "%*s", column, "");
	}
	free(clean);
}
