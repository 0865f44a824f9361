/*
 * NAME
 *	print - words for a narrow page: wrapped, dated, aligned
 *
 * What patients wrote is untrusted: control characters never reach the
 * terminal. Widths are counted in characters.
 */
#ifndef COMMANDS_PRINT_H
#define COMMANDS_PRINT_H

#include <stdio.h>

#include "base/zone.h"

#define PRINT_COLUMNS 78

int print_width(const char *text);

/* Print the lead, fill it up to so many columns (a space at least, if there
 * is a lead), then the text, wrapped and hanging at that column. Line breaks
 * in the text are kept. */
void print_hanging(FILE *out, const char *lead, int column, const char *text);

/* The same, of text that is made up on the spot. */
void print_hanging_f(FILE *out, const char *lead, int column, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));

/* What a patient wrote; where there is no word in it, that there is none. */
const char *print_body(const char *body);

/* Text and spaces up to so many columns; longer text is not cut. */
void print_padded(FILE *out, int columns, const char *text);

#define PRINT_WHEN_SIZE 40

/* "Mon 2 Mar 2026", "16:30", and "Mon 2 Mar 2026 16:30". Give back out. */
const char *print_day(struct date date, char out[PRINT_WHEN_SIZE]);
const char *print_clock(
    const struct zone *zone, int64_t at, char out[PRINT_WHEN_SIZE]);
const char *print_when(
    const struct zone *zone, int64_t at, char out[PRINT_WHEN_SIZE]);

extern const char *const print_weekdays[8]; /* [1] is "Monday" */

#endif
