/*
 * NAME
 *	sample - the files beside a test
 *
 * Found by the path under which the test was compiled, so that they are there
 * wherever it is run from, as long as that path holds.
 */
#ifndef TESTS_TEXT_SAMPLE_H
#define TESTS_TEXT_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

/* The bytes of a file beside this one; the caller frees. Fails the test when
 * it can't be read: a sample that is not there proves nothing. */
static inline char *
sample_read(const char *name, size_t *len)
{
	const char *slash = strrchr(__FILE__, '/');
	struct buffer bytes = { 0 };
	struct why why = { 0 };
	char path[1024];

	snprintf(path, sizeof path, "%.*s%s",
	    slash == NULL ? 0 : (int)(slash + 1 - __FILE__), __FILE__, name);
	if (buffer_read_file(&bytes, path, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	if (len != NULL)
		*len = bytes.len;
	return buffer_take(&bytes);
}

#endif
