#include "commands/text_input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

#define INPUT_CAP ((size_t)1024 * 1024)

enum status
text_input_read(struct buffer *out, struct why *why)
{
	char block[4096];
	if (out->cap == 0)
		out->cap = INPUT_CAP;
	for (;;) {
		ssize_t n = read(STDIN_FILENO, block, sizeof block);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return why_set(why, STATUS_NO_FILE,
			    "standard input can't be read: %s",
			    strerror(errno));
		if (n == 0)
			break;
		buffer_add(out, block, (size_t)n);
	}
	if (out->over)
		return why_set(why, STATUS_BAD_DATA,
		    "standard input has more than %zu bytes", out->cap);
	return STATUS_OK;
}

enum status
text_input(
    const struct arguments *arguments, int n, char **text, struct why *why)
{
	enum status status = STATUS_OK;
	struct buffer bytes = { 0 };
	if (arguments->words_len > n) {
		char *joined = arguments_join(arguments, n);
		buffer_puts(&bytes, joined);
		free(joined);
	} else {
		status = text_input_read(&bytes, why);
	}
	if (status == STATUS_OK &&
	    (memchr(buffer_text(&bytes), '\0', bytes.len) != NULL ||
		!utf8_valid(buffer_text(&bytes), bytes.len)))
		status = why_set(why, STATUS_BAD_DATA, "the text is not UTF-8");
	if (status == STATUS_OK)
		*text = buffer_take(&bytes);
	buffer_free(&bytes);
	return status;
}
