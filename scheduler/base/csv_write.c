/*
 * csv_write.c - a field of a table, written; see csv.h
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/utf8.h"

/* Blanks before a formula do not keep it from being one; a text that begins
 * with the apostrophe itself is not to look as if we had put it there. */
static bool
is_formula(const char *text)
{
	char first = text[strspn(text, " ")];

	return first != '\0' && strchr("=+-@\t\r\n'", first) != NULL;
}

void
csv_field(FILE *out, const char *text)
{
	char *clean = utf8_clean(text, strlen(text));

	fputc('"', out);
	if (is_formula(clean))
		fputc('\'', out);
	for (const char *p = clean; *p != '\0'; p++) {
		if (*p == '"')
			fputc('"', out);
		fputc(*p, out);
	}
	fputc('"', out);
	free(clean);
}
