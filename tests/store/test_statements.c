/*
 * Every statement is put to the engine: that it is one, that it has no word
 * only SQLite knows, and that it walks over a whole table or index only where
 * it says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/engine.h"

static sqlite3 *db;

static int
open_schema(void **state)
{
	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, engine_schema, NULL, NULL, NULL), SQLITE_OK);
	return 0;
}

static int
close_schema(void **state)
{
	(void)state;
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return 0;
}

/* Does the engine's plan have a step that looks at all of something? The
 * result of a function or of a subquery is not a table. */
static bool
scans(const char *sql)
{
	sqlite3_stmt *stmt;
	char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
	bool found = false;

	if (sqlite3_prepare_v2(db, explain, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s, at: %s", sqlite3_errmsg(db), sql);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(stmt, 3);

		if (strncmp(detail, "SCAN ", 5) == 0)
			found = true;
	}
	sqlite3_finalize(stmt);
	sqlite3_free(explain);
	return found;
}

static void
test_scans_are_marked(void **state)
{
	(void)state;
	for (int i = 0; i < SQL__MAX; i++) {
		const char *sql = statement_sql((enum statement)i);
		bool marked = strstr(sql, "/* scan: ") != NULL;

		if (scans(sql) && !marked)
			fail_msg("it scans and does not say so: %s", sql);
		if (!scans(sql) && marked)
			fail_msg("it says that it scans: %s", sql);
	}
}

static void
test_words_are_common(void **state)
{
	static const char *const foreign[] = { "INSERT OR", "REPLACE INTO",
		"julianday", "strftime", "datetime(", "unixepoch", "ifnull",
		"rowid", "GLOB", "COLLATE", "group_concat", "total(",
		"INDEXED BY", "PRAGMA", "last_insert", "`", "?" };

	(void)state;
	for (int i = 0; i < SQL__MAX; i++)
		for (size_t j = 0; j < sizeof(foreign) / sizeof(*foreign);
		     j++) {
			const char *sql = statement_sql((enum statement)i);

			if (strcasestr(sql, foreign[j]) != NULL)
				fail_msg("%s is not common SQL: %s", foreign[j],
				    sql);
		}
}

/* A row changed must be one that was meant: by its key, or in a state. */
static void
test_changes_name_their_rows(void **state)
{
	(void)state;
	for (int i = 0; i < SQL__MAX; i++) {
		const char *sql = statement_sql((enum statement)i);

		if (strncmp(sql, "UPDATE", 6) == 0 ||
		    strncmp(sql, "DELETE", 6) == 0)
			assert_non_null(strstr(sql, " WHERE "));
		assert_null(strstr(sql, "UPDATE event"));
		assert_null(strstr(sql, "DELETE FROM event"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scans_are_marked),
		cmocka_unit_test(test_words_are_common),
		cmocka_unit_test(test_changes_name_their_rows),
	};

	return cmocka_run_group_tests(tests, open_schema, close_schema);
}
