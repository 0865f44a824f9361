/*
 * csv_write.c - a field of a table, written; see csv.h
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/memory.h"
#include "base/utf8.h"

/* Blanks before a formula do not keep it from being one, nor do the wide forms
 * of its signs; a text that begins with the apostrophe itself is not to look as
 * if we had put it there. */
static bool
is_formula(const char *text)
{
	static const char *const signs[] = { "=", "+", "-", "@", "\t", "\n",
		"'", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
		"\xef\xbc\xa0" };

	text += strspn(text, " ");
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

void
csv_field(FILE *out, const char *text)
{
	char *clean =
	    text != NULL ? utf8_clean(text, strlen(text)) : xstrdup("");

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
