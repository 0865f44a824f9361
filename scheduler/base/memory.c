#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"

/* calloc() and realloc() may give NULL for nothing; we always give a byte. */
void *
xcalloc(size_t count, size_t size)
{
	bool nothing = count == 0 || size == 0;
	void *p = nothing ? calloc(1, 1) : calloc(count, size);

	if (p == NULL)
		panic("out of memory (%zu times %zu bytes)", count, size);
	return p;
}

void *
xrealloc(void *old, size_t count, size_t size)
{
	bool nothing = count == 0 || size == 0;
	void *p;

	if (!nothing && count > SIZE_MAX / size)
		panic("%zu times %zu bytes is past all memory", count, size);
	p = realloc(old, nothing ? 1 : count * size);
	if (p == NULL)
		panic("out of memory (%zu times %zu bytes)", count, size);
	return p;
}

char *
xstrdup(const char *text)
{
	return text == NULL ? NULL : xstrndup(text, strlen(text));
}

char *
xstrndup(const char *text, size_t len)
{
	size_t n = strnlen(text, len);
	char *copy = xcalloc(n + 1, 1);

	memcpy(copy, text, n);
	return copy;
}

char *
xasprintf(const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;
	int wrote;

	va_start(ap, fmt);
	wrote = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (wrote < 0)
		panic("out of memory for a text");
	return text;
}

void
replace_text(char **text, const char *value)
{
	/* Copied first: value may lie within the text that goes. */
	char *fresh = xstrdup(value);

	free(*text);
	*text = fresh;
}
