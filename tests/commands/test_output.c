/* A document in a file: whole, its owner's alone, or as it was before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "commands/output.h"

struct place {
	char dir[32];
	char *path, *fresh;
};

static int
make_place(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);

	snprintf(place->dir, sizeof place->dir, "/tmp/keepmoving-XXXXXX");
	assert_non_null(mkdtemp(place->dir));
	place->path = xasprintf("%s/patients.csv", place->dir);
	place->fresh = xasprintf("%s.new", place->path);
	*state = place;
	return 0;
}

static int
clear_place(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	assert_int_equal(rmdir(place->dir), 0);
	free(place->path);
	free(place->fresh);
	free(place);
	return 0;
}

static enum status
write_words(FILE *out, void *arg, struct why *why)
{
	(void)why;
	fputs(arg, out);
	return STATUS_OK;
}

static enum status
give_up(FILE *out, void *arg, struct why *why)
{
	(void)arg;
	fputs("half", out);
	return why_set(why, STATUS_UNAVAILABLE, "the database is gone");
}

static void
reads(const char *path, const char *words)
{
	struct buffer text = { 0 };

	assert_int_equal(buffer_read_file(&text, path, NULL), STATUS_OK);
	assert_string_equal(buffer_text(&text), words);
	buffer_free(&text);
}

static void
is_its_owners_alone(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
a_file_is_its_owners_alone(void **state)
{
	const struct place *place = *state;
	mode_t before = umask(0);

	assert_int_equal(
	    output_write(place->path, write_words, "Ann", NULL), STATUS_OK);
	reads(place->path, "Ann");
	is_its_owners_alone(place->path);

	/* Nor does one of before lend its mode, or one that was left. */
	assert_int_equal(chmod(place->path, 0644), 0);
	assert_int_equal(symlink("/dev/null", place->fresh), 0);
	assert_int_equal(
	    output_write(place->path, write_words, "Ben", NULL), STATUS_OK);
	umask(before);
	reads(place->path, "Ben");
	is_its_owners_alone(place->path);
}

static void
what_fails_leaves_it_as_it_was(void **state)
{
	const struct place *place = *state;
	struct why why;

	assert_int_equal(
	    output_write(place->path, write_words, "Ann", &why), STATUS_OK);
	assert_int_equal(
	    output_write(place->path, give_up, NULL, &why), STATUS_UNAVAILABLE);
	assert_string_equal(why.text, "the database is gone");
	reads(place->path, "Ann");
	assert_int_not_equal(access(place->fresh, F_OK), 0);
	assert_int_equal(
	    output_write("/nowhere/at/all", write_words, "x", &why),
	    STATUS_CANT_CREATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_file_is_its_owners_alone, make_place, clear_place),
		cmocka_unit_test_setup_teardown(
		    what_fails_leaves_it_as_it_was, make_place, clear_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
