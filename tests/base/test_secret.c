/* Where secrets may be kept, random signs, and patients' references. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/secret.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
make_dir(void **state)
{
	char dir[] = "/tmp/keepmoving-secret-XXXXXX";

	if (mkdtemp(dir) == NULL)
		return -1;
	*state = strdup(dir);
	return 0;
}

static int
remove_dir(void **state)
{
	char *path = xasprintf("%s/password", (char *)*state);

	unlink(path);
	free(path);
	rmdir(*state);
	free(*state);
	return 0;
}

static void
keep(const char *dir, const char *bytes, size_t len, mode_t mode)
{
	char *path = xasprintf("%s/password", dir);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
	free(path);
}

static enum status
resolve(const char *text, const char *dir, char **out)
{
	struct why why = { "" };
	enum status status = secret_resolve(text, dir, out, &why);

	/* What went wrong is said, and never the secret. */
	assert_int_equal(status != STATUS_OK, why.text[0] != '\0');
	assert_null(strstr(why.text, "hush"));
	return status;
}

static const struct {
	mode_t mode;
	enum status status;
} modes[] = {
	{ 0600, STATUS_OK },
	{ 0400, STATUS_OK },
	{ 0700, STATUS_OK },
	{ 0640, STATUS_DENIED },
	{ 0604, STATUS_DENIED },
	{ 0644, STATUS_DENIED },
	{ 0620, STATUS_DENIED },
	{ 0666, STATUS_DENIED },
};

static void
a_file_that_others_can_read_is_refused(void **state)
{
	const char *dir = *state;

	for (size_t i = 0; i < COUNT(modes); i++) {
		char *secret = NULL;

		keep(dir, "hush\n", 5, modes[i].mode);
		assert_int_equal(
		    resolve("file:password", dir, &secret), modes[i].status);
		if (modes[i].status == STATUS_OK)
			assert_string_equal(secret, "hush");
		else
			assert_null(secret);
		free(secret);
	}
}

static const struct {
	const char *bytes;
	size_t len;
	const char *secret; /* NULL refused */
} lines[] = {
	{ "hush", 4, "hush" },
	{ "hush\n", 5, "hush" },
	{ "hush\r\n", 6, "hush" },
	{ "hush\nsecond line\n", 17, "hush" },
	{ " hush now \n", 11, " hush now " },
	{ "", 0, NULL },
	{ "\nhush\n", 6, NULL },
	{ "hu\0sh\n", 6, NULL },
};

static void
the_first_line_is_the_secret(void **state)
{
	const char *dir = *state;

	for (size_t i = 0; i < COUNT(lines); i++) {
		char *secret = NULL;
		enum status status;

		keep(dir, lines[i].bytes, lines[i].len, 0600);
		status = resolve("file:password", dir, &secret);
		if (lines[i].secret == NULL) {
			assert_int_equal(status, STATUS_CONFIG);
			assert_null(secret);
		} else {
			assert_int_equal(status, STATUS_OK);
			assert_string_equal(secret, lines[i].secret);
		}
		free(secret);
	}
}

static void
a_path_is_relative_to_the_folder_or_whole(void **state)
{
	const char *dir = *state;
	char *whole = xasprintf("file:%s/password", dir);
	char *secret = NULL;

	keep(dir, "hush\n", 5, 0600);
	assert_int_equal(resolve(whole, "/nonexistent", &secret), STATUS_OK);
	assert_string_equal(secret, "hush");
	free(secret);
	assert_int_equal(resolve("file:missing", dir, &secret), STATUS_NO_FILE);
	assert_null(secret);
	assert_int_equal(resolve("file:", dir, &secret), STATUS_CONFIG);
	assert_int_equal(resolve("file:.", dir, &secret), STATUS_CONFIG);
	free(whole);
}

static void
a_line_without_end_is_refused(void **state)
{
	const char *dir = *state;
	char *secret = NULL, *line = xcalloc(100000, 1);

	memset(line, 'h', 100000);
	keep(dir, line, 100000, 0600);
	assert_int_equal(resolve("file:password", dir, &secret), STATUS_CONFIG);
	assert_null(secret);
	free(line);
}

static void
the_environment_may_hold_it(void **state)
{
	char *secret = NULL;

	(void)state;
	setenv("KEEPMOVING_TEST_SECRET", "hush", 1);
	assert_int_equal(
	    resolve("env:KEEPMOVING_TEST_SECRET", NULL, &secret), STATUS_OK);
	assert_string_equal(secret, "hush");
	free(secret);
	setenv("KEEPMOVING_TEST_SECRET", "", 1);
	assert_int_equal(resolve("env:KEEPMOVING_TEST_SECRET", NULL, &secret),
	    STATUS_CONFIG);
	unsetenv("KEEPMOVING_TEST_SECRET");
	assert_int_equal(resolve("env:KEEPMOVING_TEST_SECRET", NULL, &secret),
	    STATUS_CONFIG);
	assert_null(secret);
}

static void
a_plain_secret_is_itself(void **state)
{
	char *secret = NULL;

	(void)state;
	assert_int_equal(resolve("hush", NULL, &secret), STATUS_OK);
	assert_string_equal(secret, "hush");
	free(secret);
	assert_true(secret_is_plain("hush"));
	assert_true(secret_is_plain(""));
	assert_false(secret_is_plain("file:password"));
	assert_false(secret_is_plain("env:NAME"));
}

/* Each of the 32 signs turns up, and no other. */
static void
random_signs_are_crockfords(void **state)
{
	static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char text[4001];

	(void)state;
	random_base32(text, 4000);
	assert_int_equal(strlen(text), 4000);
	assert_int_equal(strspn(text, signs), 4000);
	for (size_t i = 0; i < 32; i++)
		assert_non_null(strchr(text, signs[i]));
	random_base32(text, 0);
	assert_string_equal(text, "");
}

static void
a_new_reference_is_already_normal(void **state)
{
	char ref[REF_SIZE], other[REF_SIZE], same[REF_SIZE];

	(void)state;
	ref_make(ref);
	ref_make(other);
	assert_string_not_equal(ref, other);
	assert_int_equal(strlen(ref), 8);
	assert_true(ref_normalise(ref, same));
	assert_string_equal(ref, same);
}

static const struct {
	const char *written, *ref; /* NULL refused */
} refs[] = {
	{ "P-4K7QXM", "P-4K7QXM" },
	{ "p-4k7qxm", "P-4K7QXM" },
	{ "P 4K7QXM", "P-4K7QXM" },
	{ "P4K7QXM", "P-4K7QXM" },
	{ "  p - 4k7qxm \n", "P-4K7QXM" },
	{ "P-OIL0il", "P-011011" },
	{ "P-4K7QX", NULL },
	{ "P-4K7QXMM", NULL },
	{ "P-4K7QXM 1", NULL },
	{ "P-4K7QXU", NULL },
	{ "P-4K7-QX", NULL },
	{ "4K7QXM", NULL },
	{ "Q-4K7QXM", NULL },
	{ "P-", NULL },
	{ "P", NULL },
	{ "", NULL },
	{ NULL, NULL },
};

static void
references_are_read_kindly(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refs); i++) {
		char ref[REF_SIZE] = "same";
		bool good = ref_normalise(refs[i].written, ref);

		assert_int_equal(good, refs[i].ref != NULL);
		assert_string_equal(ref, good ? refs[i].ref : "same");
	}
}

#define with_dir(test) \
	cmocka_unit_test_setup_teardown(test, make_dir, remove_dir)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		with_dir(a_file_that_others_can_read_is_refused),
		with_dir(the_first_line_is_the_secret),
		with_dir(a_path_is_relative_to_the_folder_or_whole),
		with_dir(a_line_without_end_is_refused),
		cmocka_unit_test(the_environment_may_hold_it),
		cmocka_unit_test(a_plain_secret_is_itself),
		cmocka_unit_test(random_signs_are_crockfords),
		cmocka_unit_test(a_new_reference_is_already_normal),
		cmocka_unit_test(references_are_read_kindly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
