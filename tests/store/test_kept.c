/*
 * A patient who asks gets everything: no table that speaks of patients is
 * left out, and no column of a row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/kept.h"
#include "store_fixture.h"

static bool
is_kept(const char *table)
{
	for (const struct kept_table *t = kept_tables; t->name != NULL; t++)
		if (strcmp(t->name, table) == 0)
			return true;
	return false;
}

/* What leads to a patient, directly or by another row. */
static void
test_no_table_is_left_out(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	int found = 0;

	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db,
		"SELECT DISTINCT t.name FROM sqlite_schema t,"
		" pragma_table_info(t.name) c WHERE t.type = 'table' AND"
		" c.name IN ('patient_id', 'enrolment_id', 'reading_id',"
		" 'inbound_id', 'question_id', 'message_id', 'alert_id',"
		" 'parcel', 'address', 'sender', 'recipient', 'ref')",
		-1, &q, NULL),
	    SQLITE_OK);
	while (sqlite3_step(q) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(q, 0);

		if (!is_kept(table))
			fail_msg("%s is not in kept_tables: a patient would "
				 "not get what stands in it",
			    table);
		found++;
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	assert_true(found > 10);
}

struct seen {
	int columns;
	int rows;
	bool name, whole, null;
};

static void
look(void *arg, const struct kept_column *column)
{
	struct seen *seen = arg;

	if (strcmp(column->table, "patient") != 0)
		return;
	seen->columns++;
	seen->rows = column->row;
	if (strcmp(column->name, "name") == 0 && column->text != NULL)
		seen->name = *column->text != '\0';
	if (strcmp(column->name, "enrolled_at") == 0)
		seen->whole = column->is_whole && column->whole > 0;
	if (strcmp(column->name, "erased_at") == 0)
		seen->null = !column->is_whole && column->text == NULL;
}

static void
test_every_column_is_handed_over(void **state)
{
	struct fixture *f = *state;
	struct seen seen = { 0 };

	assert_int_equal(
	    kept_each(f->store, f->patient_id, look, &seen, &f->why),
	    STATUS_OK);
	assert_int_equal(seen.rows, 1);
	assert_int_equal(seen.columns,
	    fixture_count(
		f, "SELECT count(*) FROM pragma_table_info('patient')"));
	assert_true(seen.name && seen.whole && seen.null);
}

static void
count_rows(void *arg, const struct kept_column *column)
{
	int *rows = arg;

	if (column->row > *rows)
		*rows = column->row;
}

static void
test_nobody_elses(void **state)
{
	struct fixture *f = *state;
	struct patient other = fixture_patient(f, "+447700900002", NULL);
	int rows = 0;

	fixture_enrol(f, &other);
	assert_int_equal(
	    kept_each(f->store, f->patient_id, count_rows, &rows, &f->why),
	    STATUS_OK);
	assert_int_equal(rows, 1);
	patient_free(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_no_table_is_left_out, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
		    test_every_column_is_handed_over, fixture_setup,
		    fixture_teardown),
		cmocka_unit_test_setup_teardown(
		    test_nobody_elses, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
