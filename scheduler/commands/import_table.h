/*
 * NAME
 *	import_table - a table of patients, checked row by row
 *
 * Its first line names the columns as enrol's options are named, set:KEY for
 * --set KEY=. Nothing is stored here.
 */
#ifndef COMMANDS_IMPORT_TABLE_H
#define COMMANDS_IMPORT_TABLE_H

#include "store/patients.h"
#include "tick/practice.h"

struct import_table {
	struct patient *list;
	int len;
};

/* The patients that its rows become. BAD_DATA: the file, its columns, or rows,
 * each of which is logged with its line; then there are none. */
enum status import_table_read(struct practice *practice, const char *path,
    struct import_table *patients, struct why *why);
void import_table_free(struct import_table *patients); /* members only */

#endif
