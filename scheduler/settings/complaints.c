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
said_already(char *const *lines, int len, const char *line)
{
	for (int i = 0; i < len; i++)
		if (strcmp(lines[i], line) == 0)
			return true;
	return false;
}

static void
add(char ***lines, int *len, const char *line)
{
	if (said_already(*lines, *len, line))
		return;
	*lines = xrealloc(*lines, (size_t)*len + 1, sizeof(**lines));
	(*lines)[(*len)++] = xstrdup(line);
}

static char *
put_together(
    const char *file, int line, const char *mark, const char *fmt, va_list ap)
{
	char words[1024];

	if (vsnprintf(words, sizeof(words), fmt, ap) < 0)
		words[0] = '\0';
	return line > 0 ? xasprintf("%s:%d: %s%s", file, line, mark, words)
			: xasprintf("%s: %s%s", file, mark, words);
}

void
complain(struct complaints *complaints, const char *file, int line,
    const char *fmt, ...)
{
	char *whole;
	va_list ap;

	va_start(ap, fmt);
	whole = put_together(file, line, "", fmt, ap);
	va_end(ap);
	add(&complaints->lines, &complaints->len, whole);
	free(whole);
}

void
complain_warn(struct complaints *complaints, const char *file, int line,
    const char *fmt, ...)
{
	char *whole;
	va_list ap;

	va_start(ap, fmt);
	whole = put_together(file, line, "warning: ", fmt, ap);
	va_end(ap);
	add(&complaints->warnings, &complaints->warnings_len, whole);
	free(whole);
}

void
complain_why(struct complaints *complaints, const struct why *why)
{
	add(&complaints->lines, &complaints->len, why->text);
}

void
complaints_move(struct complaints *from, struct complaints *to)
{
	for (int i = 0; i < from->len; i++)
		add(&to->lines, &to->len, from->lines[i]);
	for (int i = 0; i < from->warnings_len; i++)
		add(&to->warnings, &to->warnings_len, from->warnings[i]);
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
	for (int i = 0; i < complaints->warnings_len; i++)
		free(complaints->warnings[i]);
	free(complaints->warnings);
	*complaints = (struct complaints){ 0 };
}
