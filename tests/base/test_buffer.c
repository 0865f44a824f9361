/* Bytes that grow up to their cap, and whole files. */
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

#include "base/buffer.h"

static void
an_empty_buffer_is_an_empty_text(void **state)
{
	struct buffer b = { 0 };
	char *taken;

	(void)state;
	assert_string_equal(buffer_text(&b), "");
	buffer_add(&b, "", 0);
	assert_int_equal(b.len, 0);
	taken = buffer_take(&b);
	assert_string_equal(taken, "");
	free(taken);
	buffer_free(&b);
	buffer_free(NULL);
}

static void
bytes_are_added_and_end_in_a_nul(void **state)
{
	struct buffer b = { 0 };

	(void)state;
	buffer_puts(&b, "pain ");
	buffer_putc(&b, '4');
	buffer_printf(&b, " of %d", 10);
	assert_string_equal(buffer_text(&b), "pain 4 of 10");
	buffer_add(&b, "a\0b", 3);
	assert_int_equal(b.len, 15);
	assert_memory_equal(b.data + 12, "a\0b", 4);
	buffer_clear(&b);
	assert_string_equal(buffer_text(&b), "");
	for (int i = 0; i < 5000; i++)
		buffer_printf(&b, "%04d", i);
	assert_int_equal(b.len, 20000);
	assert_string_equal(buffer_text(&b) + 19996, "4999");
	buffer_free(&b);
	assert_null(b.data);
}

static void
past_the_cap_nothing_is_added(void **state)
{
	struct buffer b = { .cap = 8 };

	(void)state;
	buffer_puts(&b, "12345678");
	assert_false(b.over);
	buffer_putc(&b, '9');
	assert_true(b.over);
	assert_string_equal(buffer_text(&b), "12345678");
	buffer_clear(&b);
	assert_false(b.over);
	buffer_puts(&b, "123456");
	buffer_printf(&b, "%s", "789");
	assert_true(b.over);
	assert_string_equal(buffer_text(&b), "123456");
	buffer_puts(&b, "78"); /* still fits; over stays for him who looks */
	assert_string_equal(buffer_text(&b), "12345678");
	assert_true(b.over);
	buffer_free(&b);
	assert_int_equal(b.cap, 8);
}

static void
the_default_cap_is_16_mib(void **state)
{
	struct buffer b = { 0 };
	char *block = calloc(1, BUFFER_CAP);

	(void)state;
	assert_non_null(block);
	buffer_add(&b, block, BUFFER_CAP);
	assert_false(b.over);
	buffer_putc(&b, 'x');
	assert_true(b.over);
	assert_int_equal(b.len, BUFFER_CAP);
	buffer_add(&b, block, SIZE_MAX); /* no sum of lengths wraps round */
	assert_int_equal(b.len, BUFFER_CAP);
	free(block);
	buffer_free(&b);
}

static void
taking_empties_the_buffer(void **state)
{
	struct buffer b = { 0 };
	char *taken;

	(void)state;
	buffer_puts(&b, "one");
	taken = buffer_take(&b);
	buffer_puts(&b, "two");
	assert_string_equal(taken, "one");
	assert_string_equal(buffer_text(&b), "two");
	free(taken);
	buffer_free(&b);
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
a_file_is_read_whole(void **state)
{
	const char *path = *state;
	struct buffer b = { 0 };

	write_file(path, "one\0two\n", 8);
	buffer_puts(&b, ">");
	assert_int_equal(buffer_read_file(&b, path, NULL), STATUS_OK);
	assert_int_equal(b.len, 9);
	assert_memory_equal(b.data, ">one\0two\n", 10);
	buffer_free(&b);
}

static void
a_file_past_the_cap_is_refused(void **state)
{
	const char *path = *state;
	struct buffer b = { .cap = 7 };
	struct why why = { "" };

	write_file(path, "12345678", 8);
	assert_int_equal(buffer_read_file(&b, path, &why), STATUS_BAD_DATA);
	assert_non_null(strstr(why.text, "larger than 7 bytes"));
	b.cap = 8;
	buffer_clear(&b);
	assert_int_equal(buffer_read_file(&b, path, &why), STATUS_OK);
	assert_string_equal(buffer_text(&b), "12345678");
	buffer_free(&b);
}

static void
a_file_that_cannot_be_read_says_why(void **state)
{
	const char *path = *state;
	struct buffer b = { 0 };
	struct why why = { "" };

	assert_int_equal(
	    buffer_read_file(&b, "/nonexistent/file", &why), STATUS_NO_FILE);
	assert_string_equal(
	    why.text, "/nonexistent/file: No such file or directory");
	assert_int_equal(buffer_read_file(&b, "/tmp", &why), STATUS_BAD_DATA);
	write_file(path, "x", 1);
	chmod(path, 0);
	if (geteuid() != 0) /* root reads all */
		assert_int_equal(
		    buffer_read_file(&b, path, &why), STATUS_DENIED);
	buffer_free(&b);
}

static int
make_path(void **state)
{
	char path[] = "/tmp/keepmoving-buffer-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0)
		return -1;
	close(fd);
	*state = strdup(path);
	return 0;
}

static int
remove_path(void **state)
{
	unlink(*state);
	free(*state);
	return 0;
}

#define with_file(test) \
	cmocka_unit_test_setup_teardown(test, make_path, remove_path)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_an_empty_text),
		cmocka_unit_test(bytes_are_added_and_end_in_a_nul),
		cmocka_unit_test(past_the_cap_nothing_is_added),
		cmocka_unit_test(the_default_cap_is_16_mib),
		cmocka_unit_test(taking_empties_the_buffer),
		with_file(a_file_is_read_whole),
		with_file(a_file_past_the_cap_is_refused),
		with_file(a_file_that_cannot_be_read_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
