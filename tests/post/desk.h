/*
 * NAME
 *	desk - what the tests of post/ share: gateways and folders of a moment
 */
#ifndef TESTS_POST_DESK_H
#define TESTS_POST_DESK_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "post/driver.h"

/* A gateway with these settings: names and values in turn, then NULL. */
__attribute__((sentinel, unused)) static struct gateway
gateway_with(const struct driver *driver, ...)
{
	struct gateway gateway = {
		.name = "main", .driver = driver, .in_flight = 4, .timeout_s = 5
	};
	const char *name, *value;
	va_list args;
	int rows = 0, i;

	while (driver->settings[rows].name != NULL)
		rows++;
	gateway.settings = xcalloc((size_t)rows + 1, sizeof(char *));
	va_start(args, driver);
	while ((name = va_arg(args, const char *)) != NULL) {
		value = va_arg(args, const char *);
		for (i = 0; i < rows; i++)
			if (strcmp(driver->settings[i].name, name) == 0)
				break;
		assert_true(i < rows);
		replace_text(&gateway.settings[i], value);
	}
	va_end(args);
	return gateway;
}

__attribute__((unused)) static char *
folder_make(void)
{
	char *path = xstrdup("/tmp/keepmoving-post-XXXXXX");

	assert_non_null(mkdtemp(path));
	return path;
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

__attribute__((unused)) static void
folder_remove(char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(path);
}

/* Write PATH/name, making nothing but the file. */
__attribute__((unused)) static void
file_put(const char *path, const char *name, const char *bytes)
{
	char *whole = xasprintf("%s/%s", path, name);
	FILE *file = fopen(whole, "w");

	assert_non_null(file);
	fputs(bytes, file);
	assert_int_equal(fclose(file), 0);
	free(whole);
}

__attribute__((unused)) static bool
file_is(const char *path, const char *name)
{
	char *whole = xasprintf("%s/%s", path, name);
	bool is = access(whole, F_OK) == 0;

	free(whole);
	return is;
}

__attribute__((unused)) static char *
file_get(const char *path, const char *name)
{
	char *whole = xasprintf("%s/%s", path, name);
	struct buffer bytes = { 0 };
	struct why why;

	if (buffer_read_file(&bytes, whole, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	free(whole);
	return buffer_take(&bytes);
}

#endif
