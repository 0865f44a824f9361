/*
 * NAME
 *	kept - every column of every row that is kept of one patient
 *
 * For the patient who asks what the clinic has: nothing is chosen, named anew
 * or left out. A test holds the tables here against the schema.
 */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include "store/statements.h"
#include "store/store.h"

struct kept_table {
	const char *name;
	enum statement statement;
};
extern const struct kept_table kept_tables[]; /* ended by a NULL name */

struct kept_column {
	const char *table;
	int row; /* of that table, 1 the first */
	const char *name;
	bool is_whole; /* a number, and whole has it */
	int64_t whole;
	const char *text; /* lent; NULL for null */
};
typedef void kept_take(void *arg, const struct kept_column *column);

/* Hands over each column, table by table, row by row. */
enum status kept_each(struct store *store, int64_t patient_id, kept_take *take,
    void *arg, struct why *why);

#endif
