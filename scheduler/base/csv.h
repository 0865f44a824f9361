/*
 * NAME
 *	csv - a table from a file, and into one (RFC 4180)
 *
 * Fields may be quoted, with quotes doubled inside, and hold line breaks.
 * Lines end in LF or CRLF; a byte-order mark is passed over. Spreadsheets of
 * some countries write semicolons: where the first line has one and no comma,
 * semicolons separate.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdio.h>

#include "base/status.h"

struct csv_row {
	char **fields; /* owned */
	int len;
	int line; /* on which it begins, 1 the first */
};

struct csv {
	struct csv_row *rows; /* blank lines left out */
	int len;
};

/* NO_FILE, or BAD_DATA with "FILE:LINE: ...": a quote that never ends, text
 * after a closing quote, bytes that are not UTF-8. */
enum status csv_read(const char *path, struct csv *csv, struct why *why);
void csv_free(struct csv *csv);

/*
 * Write a text (NULL: none) as a field, always quoted; bytes that are not
 * UTF-8 are replaced. One that a spreadsheet would take for a formula gets an
 * apostrophe before it: what a patient writes must not run on a clinician's
 * machine.
 */
void csv_field(FILE *out, const char *text);

#endif
