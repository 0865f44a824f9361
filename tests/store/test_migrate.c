/*
 * From nothing, from an older version, from a newer one: with made-up scripts,
 * and from version 1 with those of the program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/migrate.h"
#include "store_fixture.h"

static const struct migration scripts[] = {
	{ 2, "CREATE TABLE second (a INTEGER NOT NULL) STRICT;"
	     "INSERT INTO second (a) VALUES (2);" },
	{ 3, "ALTER TABLE second ADD COLUMN b INTEGER;"
	     "UPDATE second SET b = a + 1;" },
};

static const struct migration with_a_clash[] = {
	{ 2, "CREATE TABLE second (a INTEGER NOT NULL) STRICT;" },
	{ 3, "INSERT INTO second (a) VALUES (1);"
	     "INSERT INTO clinic (one, version, identity, created_at)"
	     " VALUES (1, 9, 'x', 0);" },
};

static enum status
carry(struct fixture *f, const struct migration *list, int newest)
{
	struct db *db = NULL;
	enum status status;

	assert_int_equal(db_open(f->path, false, &db, &f->why), STATUS_OK);
	status = migrate(db, f->path, list, 2, newest, NOW, &f->why);
	db_close(db);
	return status;
}

/* The made-up scripts go on from version 1. */
static void
pretend_version_1(struct fixture *f)
{
	assert_int_equal(
	    fixture_sql(f, "UPDATE clinic SET version = 1"), SQLITE_OK);
}

static int64_t
version(struct fixture *f)
{
	return fixture_count(f, "SELECT version FROM clinic");
}

static void
test_setup_is_safe_to_repeat(void **state)
{
	struct fixture *f = *state;
	struct patient patient = { 0 };

	assert_int_equal(store_setup(f->path, NOW, &f->why), STATUS_OK);
	assert_int_equal(version(f), schema_version);
	assert_int_equal(
	    patient_by_id(f->store, f->patient_id, &patient, &f->why),
	    STATUS_OK);
	patient_free(&patient);
	assert_int_equal(
	    fixture_count(f, "SELECT length(identity) FROM clinic"), 26);
}

static void
test_step_by_step(void **state)
{
	struct fixture *f = *state;

	pretend_version_1(f);
	assert_int_equal(carry(f, scripts, 2), STATUS_OK);
	assert_int_equal(version(f), 2);
	assert_int_equal(carry(f, scripts, 3), STATUS_OK);
	assert_int_equal(version(f), 3);
	assert_int_equal(fixture_count(f, "SELECT a * 10 + b FROM second"), 23);

	/* Once more does nothing. */
	assert_int_equal(carry(f, scripts, 3), STATUS_OK);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM second"), 1);
}

static void
test_two_steps_at_once(void **state)
{
	struct fixture *f = *state;

	pretend_version_1(f);
	assert_int_equal(carry(f, scripts, 3), STATUS_OK);
	assert_int_equal(version(f), 3);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM patient"), 1);
}

static void
test_a_step_that_fails_leaves_the_one_before(void **state)
{
	struct fixture *f = *state;

	pretend_version_1(f);
	assert_int_not_equal(carry(f, with_a_clash, 3), STATUS_OK);
	assert_int_equal(version(f), 2);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM second"), 0);
}

static void
test_a_newer_version_is_refused(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	f->store = NULL;
	assert_int_equal(
	    fixture_sql(f, "UPDATE clinic SET version = version + 1"),
	    SQLITE_OK);
	assert_int_equal(
	    store_open(f->path, &f->store, &f->why), STATUS_CONFIG);
	assert_non_null(
	    strstr(f->why.text, "database is from a newer version"));
	assert_int_equal(store_setup(f->path, NOW, &f->why), STATUS_CONFIG);
	assert_non_null(
	    strstr(f->why.text, "database is from a newer version"));
	assert_int_equal(version(f), schema_version + 1);
}

static void
test_an_older_version_wants_setup(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	f->store = NULL;
	assert_int_equal(
	    fixture_sql(f, "UPDATE clinic SET version = 0"), SQLITE_OK);
	assert_int_equal(
	    store_open(f->path, &f->store, &f->why), STATUS_CONFIG);
	assert_non_null(strstr(f->why.text, "run keepmoving setup"));
}

static void
test_an_empty_file_wants_setup(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(fixture_sql(f, "VACUUM"), SQLITE_OK);
	assert_int_equal(
	    store_open(f->path, &f->store, &f->why), STATUS_CONFIG);
	assert_non_null(strstr(f->why.text, "run keepmoving setup"));
	assert_int_equal(store_setup(f->path, NOW, &f->why), STATUS_OK);
	assert_int_equal(store_open(f->path, &f->store, &f->why), STATUS_OK);
}

static void
test_another_programs_database(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	    fixture_sql(f, "CREATE TABLE bookmarks (url TEXT)"), SQLITE_OK);
	assert_int_equal(
	    store_open(f->path, &f->store, &f->why), STATUS_CONFIG);
	assert_int_equal(store_setup(f->path, NOW, &f->why), STATUS_CONFIG);
	assert_non_null(strstr(f->why.text, "another program's"));
	assert_int_equal(
	    fixture_count(f, "SELECT count(*) FROM sqlite_schema"), 1);
}

#define IN_A_CLINIC(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
#define IN_NOTHING(test)                 \
	cmocka_unit_test_setup_teardown( \
	    test, fixture_setup_empty, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CLINIC(test_setup_is_safe_to_repeat),
		IN_A_CLINIC(test_step_by_step),
		IN_A_CLINIC(test_two_steps_at_once),
		IN_A_CLINIC(test_a_step_that_fails_leaves_the_one_before),
		IN_A_CLINIC(test_a_newer_version_is_refused),
		IN_A_CLINIC(test_an_older_version_wants_setup),
		IN_NOTHING(test_an_empty_file_wants_setup),
		IN_NOTHING(test_another_programs_database),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
