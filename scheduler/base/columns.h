/*
 * NAME
 *	columns - words on a page of so many characters: wrapped, aligned
 *
 * What patients wrote is untrusted: control characters never reach the
 * terminal. Widths are counted in characters.
 */
#ifndef BASE_COLUMNS_H
#define BASE_COLUMNS_H

#include <stdio.h>

int columns_width(const char *text);

/* Text and spaces up to so many columns; longer text is not cut. */
void columns_padded(FILE *out, int columns, const char *text);

/* The same, with longer text cut at the end of a character, "..." for its
 * rest. */
void columns_cut(FILE *out, int columns, const char *text);

/* Print the lead, fill it up to so many columns (a space at least, if there
 * is a lead), then the text, wrapped at the width and hanging at that column.
 * Line breaks in the text are kept. */
void columns_hanging(FILE *out, const char *lead, int column, int width,
    const char *text);

#endif
