/*
 * complaints.c - see complaints.h
 */
#include "settings/complaints.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* One text checked in a hundred ways must not be reported a hundred times. */
static bool
said_already(const struct complaints *complaints, const char *line)
{
	for (int i = 0; i < complaints->len; i++)
		if (strcmp(complaints->lines[i], line) == 0)
			return true;
	return false;
}

static void
add(struct complaints *complaints, const char *line)
{
	if (said_already(complaints, line))
		return;
	complaints->lines = xrealloc(complaints->lines,
	    (size_t)complaints->len + 1, sizeof(*complaints->lines));
	complaints->lines[complaints->len++] = xstrdup(line);
}

void
complain(struct complaints *complaints, const char *file, int line,
    const char *fmt, ...)
{
	char words[1024];
	char *whole;
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(words, sizeof(words), fmt, ap) < 0)
		words[0] = '\0';
	va_end(ap);
	whole = line > 0 ? xasprintf("%s:%d: %s", file, line, words)
			 : xasprintf("%s: %s", file, words);
	add(complaints, whole);
	free(whole);
}

void
complain_why(struct complaints *complaints, const struct why *why)
{
	add(complaints, why->text);
}

void
complaints_move(struct complaints *from, struct complaints *to)
{
	for (int i = 0; i < from->len; i++)
		add(to, from->lines[i]);
	complaints_free(from);
}

enum status
complaints_status(const struct complaints *complaints, int before,
    enum status status, struct why *why)
{
	if (complaints->len <= before)
		return STATUS_OK;
	return why_set(why, status, "%s", complaints->lines[before]);
}

void
complaints_free(struct complaints *complaints)
{
	for (int i = 0; i < complaints->len; i++)
		free(complaints->lines[i]);
	free(complaints->lines);
	*complaints = (struct complaints){ 0 };
}
