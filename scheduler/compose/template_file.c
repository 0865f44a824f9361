/*
 * template_file.c - see template_file.h
 */
#include "compose/template_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#define SEGMENTS_MAX 10

/* A walk through the lines of a file. */
struct lines {
	const char *path;
	const char *next; /* NULL at the end */
	const char *text; /* of this line, without its end */
	size_t len;
	int number;
};

static bool
next_line(struct lines *lines)
{
	const char *newline;

	if (lines->next == NULL || *lines->next == '\0')
		return false;
	lines->text = lines->next;
	newline = strchr(lines->text, '\n');
	lines->len =
	    newline ? (size_t)(newline - lines->text) : strlen(lines->text);
	lines->next = newline ? newline + 1 : NULL;
	lines->number++;
	/* What Windows and a careless thumb leave at the end says nothing. */
	while (lines->len > 0 && strchr(" \t\r", lines->text[lines->len - 1]))
		lines->len--;
	return true;
}

static bool
line_is(const struct lines *lines, const char *text)
{
	return lines->len == strlen(text) &&
	       strncmp(lines->text, text, lines->len) == 0;
}

/*
 * Parse a part so that its lines are the file's: a comment of as many lines
 * as stand before it, which Mustache takes away whole.
 */
static enum status
parse_part(const char *path, const char *text, size_t len, int line,
    struct mustache **part, struct why *why)
{
	struct buffer whole = { 0 };
	enum status status;

	if (line > 1) {
		buffer_puts(&whole, "{{!");
		for (int i = 2; i < line; i++)
			buffer_putc(&whole, '\n');
		buffer_puts(&whole, "}}\n");
	}
	buffer_add(&whole, text, len);
	status = mustache_parse(path, buffer_text(&whole), part, why);
	buffer_free(&whole);
	return status;
}

static enum status
set_segments(struct template *template, const struct lines *lines,
    const char *value, struct why *why)
{
	char *end;
	long segments = strtol(value, &end, 10);

	if (*value < '0' || *value > '9' || *end != '\0' || segments < 1 ||
	    segments > SEGMENTS_MAX)
		return why_set(why, STATUS_CONFIG,
		    "%s:%d: segments must be a number from 1 to %d",
		    lines->path, lines->number, SEGMENTS_MAX);
	template->segments = (int)segments;
	template->segments_line = lines->number;
	return STATUS_OK;
}

static enum status
set_subject(struct template *template, const struct lines *lines,
    const char *value, struct why *why)
{
	if (template->subject != NULL || *value == '\0')
		return why_set(why, STATUS_CONFIG,
		    "%s:%d: there must be one subject, and not an empty one",
		    lines->path, lines->number);
	template->subject = xstrdup(value);
	return parse_part(lines->path, value, strlen(value), lines->number,
	    &template->subject_text, why);
}

/* Words that a locked screen should not show, and this one must. */
static enum status
set_lock_screen(struct template *template, const struct lines *lines,
    const char *value, struct why *why)
{
	if (template->lock_screen != NULL || *value == '\0')
		return why_set(why, STATUS_CONFIG,
		    "%s:%d: lock-screen must be said once, with the words "
		    "that may show",
		    lines->path, lines->number);
	template->lock_screen = xstrdup(value);
	return STATUS_OK;
}

static enum status
set_front(struct template *template, const struct lines *lines, struct why *why)
{
	char *line = xstrndup(lines->text, lines->len);
	char *colon = strchr(line, ':');
	const char *value = "";
	enum status status;

	if (colon != NULL) {
		*colon = '\0';
		value = colon + 1 + strspn(colon + 1, " \t");
	}
	if (colon != NULL && strcmp(line, "subject") == 0)
		status = set_subject(template, lines, value, why);
	else if (colon != NULL && strcmp(line, "segments") == 0)
		status = set_segments(template, lines, value, why);
	else if (colon != NULL && strcmp(line, "lock-screen") == 0)
		status = set_lock_screen(template, lines, value, why);
	else
		status = why_set(why, STATUS_CONFIG,
		    "%s:%d: \"%s\" is neither \"subject: ...\" nor "
		    "\"segments: ...\" nor \"lock-screen: ...\"; a line "
		    "\"---\" must come before the text",
		    lines->path, lines->number, line);
	free(line);
	return status;
}

static enum status
read_front(struct template *template, struct lines *lines, struct why *why)
{
	enum status status;

	while (next_line(lines)) {
		if (line_is(lines, "---"))
			return STATUS_OK;
		if (lines->len == 0 || lines->text[0] == '#')
			continue;
		status = set_front(template, lines, why);
		if (status != STATUS_OK)
			return status;
	}
	return why_set(why, STATUS_CONFIG,
	    "%s:%d: there is no line \"---\" before the text", lines->path,
	    lines->number > 0 ? lines->number : 1);
}

/* The lines up to "--- email" or the end, without blank ones around them. */
static enum status
read_part(
    struct lines *lines, struct mustache **part, bool *more, struct why *why)
{
	const char *start = NULL, *end = NULL;
	int line = 0;

	*more = false;
	while (!*more && next_line(lines)) {
		*more = line_is(lines, "--- email");
		if (*more || lines->len == 0)
			continue;
		if (start == NULL) {
			start = lines->text;
			line = lines->number;
		}
		end = lines->text + lines->len;
	}
	if (start == NULL)
		return why_set(why, STATUS_CONFIG,
		    "%s:%d: there is no text here", lines->path, lines->number);
	return parse_part(
	    lines->path, start, (size_t)(end - start), line, part, why);
}

static enum status
read_parts(struct template *template, struct lines *lines, struct why *why)
{
	enum status status = read_front(template, lines, why);
	bool more, again;

	if (status != STATUS_OK)
		return status;
	if (template->segments_line == 0)
		template->segments_line = lines->number + 1;
	status = read_part(lines, &template->sms, &more, why);
	if (status != STATUS_OK || !more)
		return status;
	status = read_part(lines, &template->email, &again, why);
	if (status == STATUS_OK && again)
		status = why_set(why, STATUS_CONFIG,
		    "%s:%d: there is a second \"--- email\"", lines->path,
		    lines->number);
	return status;
}

enum status
template_read(const char *path, const char *name, struct template **template,
    struct why *why)
{
	struct buffer bytes = { 0 };
	struct lines lines = { .path = path };
	struct template *fresh;
	enum status status = buffer_read_file(&bytes, path, why);

	if (status != STATUS_OK)
		goto out;
	if (!utf8_valid(buffer_text(&bytes), bytes.len) ||
	    strlen(buffer_text(&bytes)) != bytes.len) {
		status = why_set(why, STATUS_CONFIG,
		    "%s:1: this is no text in UTF-8; save it as UTF-8", path);
		goto out;
	}
	fresh = xcalloc(1, sizeof(*fresh));
	fresh->name = xstrdup(name);
	fresh->path = xstrdup(path);
	fresh->segments = TEMPLATE_SEGMENTS;
	lines.next = buffer_text(&bytes);
	if (strncmp(lines.next, "\xef\xbb\xbf", 3) == 0)
		lines.next += 3;
	status = read_parts(fresh, &lines, why);
	if (status == STATUS_OK)
		*template = fresh;
	else
		template_free(fresh);
out:
	buffer_free(&bytes);
	return status;
}

void
template_free(struct template *template)
{
	if (template == NULL)
		return;
	free(template->name);
	free(template->path);
	free(template->subject);
	free(template->lock_screen);
	mustache_free(template->subject_text);
	mustache_free(template->sms);
	mustache_free(template->email);
	free(template);
}
