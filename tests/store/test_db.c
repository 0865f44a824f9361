/*
 * The door to the engine: parameters that must fit, and what the world does
 * to a database file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/history.h"
#include "store/room.h"
#include "store_fixture.h"

static void
give_an_unknown_parameter(struct fixture *f)
{
	query_whole(room_read(f->store, SQL_OPTOUT_IS), ":adress", 1);
}

static void
forget_a_parameter(struct fixture *f)
{
	struct query *q = room_read(f->store, SQL_PLAN_NEWEST);

	query_step(q, &f->why);
}

static void
ask_twice_at_once(struct fixture *f)
{
	query_step(room_read(f->store, SQL_PLAN_NAMES), &f->why);
	room_read(f->store, SQL_PLAN_NAMES);
}

static void
read_past_the_columns(struct fixture *f)
{
	struct query *q = room_read(f->store, SQL_PLAN_NAMES);

	query_step(q, &f->why);
	query_column_whole(q, 1, 0);
}

static void
change_outside_a_transaction(struct fixture *f)
{
	optout_lift(f->store, "+447700900001", &f->why);
}

static void
settle_outside_a_transaction(struct fixture *f)
{
	bool moved;

	outbox_settle(f->store, 1, MESSAGE_FAILED, NULL, NULL, NULL, NOW,
	    &moved, &f->why);
}

static void
commit_without_begin(struct fixture *f)
{
	store_commit(f->store, &f->why);
}

static void
do_it_right(struct fixture *f)
{
	bool is;

	optout_is(f->store, "+447700900001", &is, &f->why);
}

static void
test_bugs_stop_the_program(void **state)
{
	static const struct {
		const char *what;
		void (*call)(struct fixture *);
		bool panics;
	} bugs[] = {
		{ "unknown parameter", give_an_unknown_parameter, true },
		{ "missing parameter", forget_a_parameter, true },
		{ "in use already", ask_twice_at_once, true },
		{ "no such column", read_past_the_columns, true },
		{ "no transaction", change_outside_a_transaction, true },
		{ "no transaction", settle_outside_a_transaction, true },
		{ "no begin", commit_without_begin, true },
		{ "all is well", do_it_right, false },
	};

	for (size_t i = 0; i < sizeof(bugs) / sizeof(*bugs); i++)
		if (fixture_panics(bugs[i].call, *state) != bugs[i].panics)
			fail_msg("%s", bugs[i].what);
}

static int64_t
pragma(struct fixture *f, const char *name)
{
	char sql[64];
	sqlite3_stmt *stmt;
	int64_t value;

	/* The store's own connection is asked, through its first member. */
	snprintf(sql, sizeof(sql), "PRAGMA %s", name);
	assert_int_equal(sqlite3_prepare_v2(*(sqlite3 **)(void *)f->store->db,
			     sql, -1, &stmt, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

static void
test_each_connection_is_careful(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	/* As opened, without the fixture's haste. */
	store_close(f->store);
	f->store = NULL;
	assert_int_equal(store_open(f->path, &f->store, &f->why), STATUS_OK);
	assert_int_equal(pragma(f, "foreign_keys"), 1);
	assert_int_equal(pragma(f, "synchronous"), 2);
	assert_int_equal(pragma(f, "trusted_schema"), 0);
	assert_int_equal(pragma(f, "busy_timeout"), 5000);
	assert_int_equal(
	    fixture_count(f, "SELECT count(*) FROM pragma_journal_mode"
			     " WHERE journal_mode = 'wal'"),
	    1);
	assert_int_equal(
	    fixture_count(f, "SELECT count(*) FROM pragma_table_list"
			     " WHERE schema = 'main' AND strict = 0"
			     " AND name NOT LIKE 'sqlite%'"),
	    0);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
test_second_writer_tries_later(void **state)
{
	struct fixture *f = *state;
	struct store *other = NULL;
	bool is;

	assert_int_equal(store_open(f->path, &other, &f->why), STATUS_OK);
	db_wait(other->db, 1);
	fixture_begin(f);
	assert_int_equal(store_begin(other, &f->why), STATUS_TRY_LATER);

	/* A reader need not wait. */
	assert_int_equal(optout_is(other, "+44", &is, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(store_begin(other, &f->why), STATUS_OK);
	assert_int_equal(store_commit(other, &f->why), STATUS_OK);
	store_close(other);
}

/* What another one writes meanwhile is not seen until the look is over. */
static void
test_a_look_is_of_one_instant(void **state)
{
	struct fixture *f = *state;
	struct store *other = NULL;
	bool is, was_set;

	assert_int_equal(store_open(f->path, &other, &f->why), STATUS_OK);
	assert_int_equal(store_look(other, &f->why), STATUS_OK);
	assert_int_equal(optout_is(other, "+44", &is, &f->why), STATUS_OK);
	assert_false(is);
	fixture_begin(f);
	assert_int_equal(
	    optout_set(f->store, "+44", NOW, &was_set, &f->why), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(optout_is(other, "+44", &is, &f->why), STATUS_OK);
	assert_false(is);
	store_rollback(other);
	assert_int_equal(optout_is(other, "+44", &is, &f->why), STATUS_OK);
	assert_true(is);
	store_close(other);
}

static void
opt_out(struct fixture *f, const char *address)
{
	bool was_set;

	assert_int_equal(
	    optout_set(f->store, address, NOW, &was_set, &f->why), STATUS_OK);
}

static int64_t
opted_out(struct fixture *f)
{
	return fixture_count(f, "SELECT count(*) FROM opt_out");
}

static void
test_rollback_leaves_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_begin(f);
	opt_out(f, "+447700900001");
	store_rollback(f->store);
	assert_int_equal(opted_out(f), 0);
}

static void
test_only_the_outermost_commits(void **state)
{
	struct fixture *f = *state;

	fixture_begin(f);
	fixture_begin(f);
	opt_out(f, "+447700900001");
	fixture_commit(f);
	assert_int_equal(opted_out(f), 0);
	fixture_commit(f);
	assert_int_equal(opted_out(f), 1);
}

static void
test_a_rollback_inside_dooms_the_whole(void **state)
{
	struct fixture *f = *state;

	fixture_begin(f);
	opt_out(f, "+447700900001");
	fixture_begin(f);
	store_rollback(f->store);
	opt_out(f, "+447700900002");
	assert_int_equal(store_commit(f->store, &f->why), STATUS_TRY_LATER);
	assert_int_equal(opted_out(f), 0);

	/* The next one is free of it. */
	fixture_begin(f);
	opt_out(f, "+447700900003");
	fixture_commit(f);
	assert_int_equal(opted_out(f), 1);
}

static void
test_closing_undoes(void **state)
{
	struct fixture *f = *state;

	fixture_begin(f);
	opt_out(f, "+447700900001");
	store_close(f->store);
	f->store = NULL;
	assert_int_equal(opted_out(f), 0);
}

/* Fill the disk: pages may not grow beyond a few more. */
static enum status
fill(struct fixture *f)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < 100 && status == STATUS_OK; i++)
		status = event_add(f->store, NOW, f->patient_id, "held", "x",
		    &f->why, "%01000d", i);
	return status;
}

static void
test_a_full_disk_changes_nothing(void **state)
{
	struct fixture *f = *state;
	char script[64];
	bool was_set;

	snprintf(script, sizeof(script), "PRAGMA max_page_count = %d",
	    (int)pragma(f, "page_count") + 4);
	assert_int_equal(db_script(f->store->db, script, &f->why), STATUS_OK);
	fixture_begin(f);
	assert_int_equal(fill(f), STATUS_TRY_LATER);
	assert_non_null(strstr(f->why.text, "full"));

	/* Who goes on all the same can't write beside the transaction. */
	assert_int_equal(optout_set(f->store, "+44", NOW, &was_set, &f->why),
	    STATUS_TRY_LATER);
	assert_int_equal(store_commit(f->store, &f->why), STATUS_TRY_LATER);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM event"), 0);
	assert_int_equal(opted_out(f), 0);

	/* Room again: all is as before. */
	assert_int_equal(
	    db_script(f->store->db, "PRAGMA max_page_count = 100000", &f->why),
	    STATUS_OK);
	fixture_begin(f);
	assert_int_equal(fill(f), STATUS_OK);
	fixture_commit(f);
	assert_int_equal(fixture_count(f, "SELECT count(*) FROM event"), 100);
}

static void
write_file(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void
test_what_is_no_database(void **state)
{
	struct fixture *f = *state;
	char noise[8192];

	memset(noise, 'x', sizeof(noise));
	write_file(f->path, noise, sizeof(noise));
	assert_int_equal(
	    store_open(f->path, &f->store, &f->why), STATUS_UNAVAILABLE);
	assert_non_null(strstr(f->why.text, "restore a backup"));
	assert_int_equal(
	    store_setup(f->path, NOW, &f->why), STATUS_UNAVAILABLE);
	assert_int_equal(access(f->path, F_OK), 0);
}

static void
test_a_damaged_database(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	char noise[4096];
	FILE *file;

	/* Closing brings all of it into the one file; then the first page
	 * alone, which tells what the file is, is left as it was. */
	store_close(f->store);
	f->store = NULL;
	assert_int_equal(stat(f->path, &st), 0);
	memset(noise, 0xee, sizeof(noise));
	file = fopen(f->path, "r+");
	assert_non_null(file);
	for (long at = 4096; at < st.st_size; at += 4096) {
		assert_int_equal(fseek(file, at, SEEK_SET), 0);
		assert_int_equal(
		    fwrite(noise, 1, sizeof(noise), file), sizeof(noise));
	}
	assert_int_equal(fclose(file), 0);
	assert_int_equal(
	    store_open(f->path, &f->store, &f->why), STATUS_UNAVAILABLE);
	assert_non_null(strstr(f->why.text, "restore a backup"));
}

static void
test_a_file_that_is_not_there(void **state)
{
	struct fixture *f = *state;
	char expected[160];

	assert_int_equal(
	    store_open(f->path, &f->store, &f->why), STATUS_NO_FILE);
	snprintf(expected, sizeof(expected),
	    "no database at %s: run keepmoving setup", f->path);
	assert_string_equal(f->why.text, expected);
	assert_int_not_equal(access(f->path, F_OK), 0);

	assert_int_equal(
	    store_open(f->dir, &f->store, &f->why), STATUS_NO_FILE);
	assert_int_equal(store_setup("/nowhere/at/all.db", NOW, &f->why),
	    STATUS_CANT_CREATE);
	assert_int_equal(
	    store_setup("/proc/clinic.db", NOW, &f->why), STATUS_CANT_CREATE);
}

static void
test_a_path_is_no_address(void **state)
{
	struct fixture *f = *state;

	/* SQLite would keep this one in memory, and forget it. */
	assert_int_equal(chdir(f->dir), 0);
	assert_int_equal(store_setup(":memory:", NOW, &f->why), STATUS_OK);
	assert_int_equal(access(":memory:", F_OK), 0);
	assert_int_equal(unlink(":memory:"), 0);
	assert_int_equal(chdir("/"), 0);
}

/* As a user who may look at the clinic's directory but not write there. */
static int
as_a_stranger(struct fixture *f)
{
	char fresh[128];

	if (geteuid() == 0 && setuid(65534) != 0)
		return 1;
	snprintf(fresh, sizeof(fresh), "%s/fresh.db", f->dir);
	if (store_setup(fresh, NOW, &f->why) != STATUS_CANT_CREATE)
		return 2;
	if (store_open(f->path, &f->store, &f->why) != STATUS_DENIED)
		return 3;
	if (store_setup(f->path, NOW, &f->why) != STATUS_DENIED)
		return 4;
	return 0;
}

static void
test_a_directory_not_ours_to_write(void **state)
{
	struct fixture *f = *state;
	int status = 0;
	pid_t child;

	store_close(f->store);
	f->store = NULL;
	assert_int_equal(chmod(f->path, 0444), 0);
	assert_int_equal(chmod(f->dir, 0555), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(as_a_stranger(f));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(chmod(f->dir, 0755), 0);
	assert_int_equal(status, 0);
}

static void
test_one_tick_at_a_time(void **state)
{
	struct fixture *f = *state;
	struct store *other = NULL;

	assert_int_equal(store_open(f->path, &other, &f->why), STATUS_OK);
	assert_int_equal(store_lock_tick(f->store, &f->why), STATUS_OK);
	assert_int_equal(store_lock_tick(other, &f->why), STATUS_TRY_LATER);
	assert_non_null(strstr(f->why.text, "another tick"));
	store_close(f->store);
	f->store = NULL;
	assert_int_equal(store_lock_tick(other, &f->why), STATUS_OK);
	store_close(other);
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
		IN_A_CLINIC(test_bugs_stop_the_program),
		IN_A_CLINIC(test_each_connection_is_careful),
		IN_A_CLINIC(test_second_writer_tries_later),
		IN_A_CLINIC(test_a_look_is_of_one_instant),
		IN_A_CLINIC(test_rollback_leaves_nothing),
		IN_A_CLINIC(test_only_the_outermost_commits),
		IN_A_CLINIC(test_a_rollback_inside_dooms_the_whole),
		IN_A_CLINIC(test_closing_undoes),
		IN_A_CLINIC(test_a_full_disk_changes_nothing),
		IN_NOTHING(test_what_is_no_database),
		IN_A_CLINIC(test_a_damaged_database),
		IN_NOTHING(test_a_file_that_is_not_there),
		IN_NOTHING(test_a_path_is_no_address),
		IN_A_CLINIC(test_a_directory_not_ours_to_write),
		IN_A_CLINIC(test_one_tick_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
