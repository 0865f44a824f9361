/*
 * source.c - see source.h
 *
 * Just enough of libconfig's lexer to tell code from strings and comments.
 */
#include "settings/source.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#define DEPTH 10 /* files within files; more is a ring */
#define NO_TEXT "this is no text in UTF-8; save the file as UTF-8"

enum state { IN_CODE, IN_STRING, IN_LINE_COMMENT, IN_COMMENT };

struct reader {
	struct source *source;
	struct complaints *complaints;
	const char *file;
	int file_index;
	int line;
	int depth;
	enum state state;
	const char *p;
};

static void add_file(struct source *source, const char *path, const char *bytes,
    struct complaints *complaints, int depth);

char *
source_path(const char *file, const char *path)
{
	const char *slash = strrchr(file, '/');

	if (path[0] == '/' || slash == NULL)
		return xstrdup(path);
	return xasprintf("%.*s/%s", (int)(slash - file), file, path);
}

/* The first line that is no text, or 0. */
static int
line_of_no_text(const struct buffer *bytes)
{
	const char *p = buffer_text(bytes);
	const char *end = p + bytes->len;

	for (int line = 1; p < end; line++) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((newline ? newline : end) - p);

		if (memchr(p, '\0', len) != NULL || !utf8_valid(p, len))
			return line;
		p += len + 1;
	}
	return 0;
}

static void
line_ends(struct reader *r)
{
	struct source *source = r->source;

	buffer_putc(&source->text, '\n');
	source->lines = xrealloc(source->lines, (size_t)source->lines_len + 1,
	    sizeof(*source->lines));
	source->lines[source->lines_len++] =
	    (struct source_line){ r->file_index, r->line };
}

static void
copy(struct reader *r, size_t len)
{
	buffer_add(&r->source->text, r->p, len);
	r->p += len;
}

static void
include(struct reader *r, const char *name, size_t len)
{
	char *given = xstrndup(name, len);
	char *path = source_path(r->file, given);
	struct buffer bytes = { 0 };
	struct why why;
	int bad;

	if (r->depth >= DEPTH)
		complain(r->complaints, r->file, r->line,
		    "@include goes too deep; does %s include itself?", path);
	else if (buffer_read_file(&bytes, path, &why) != STATUS_OK)
		complain(r->complaints, r->file, r->line,
		    "can't include it: %s", why.text);
	else if ((bad = line_of_no_text(&bytes)) > 0)
		complain(r->complaints, path, bad, NO_TEXT);
	else
		add_file(r->source, path, buffer_text(&bytes), r->complaints,
		    r->depth + 1);
	buffer_free(&bytes);
	free(path);
	free(given);
}

/* At the start of a line: the included file's lines come in its place. */
static bool
try_include(struct reader *r)
{
	const char *p = r->p + strspn(r->p, " \t");
	const char *end;

	if (strncmp(p, "@include", 8) != 0 || (p[8] != ' ' && p[8] != '\t'))
		return false;
	p += 8;
	p += strspn(p, " \t");
	if (*p++ != '"')
		return false;
	end = p + strcspn(p, "\"\n");
	if (*end != '"')
		return false;
	include(r, p, (size_t)(end - p));
	r->p = end + 1;
	return true;
}

/*
 * libconfig 1.5 reads a whole number with atoi(): what does not fit becomes
 * another number. One that ends in L is read whole.
 */
static void
check_number(struct reader *r, const char *token, size_t len)
{
	char digits[32];
	bool hex = token[0] == '0' && (token[1] == 'x' || token[1] == 'X');

	if (token[len - 1] == 'L' || token[len - 1] == 'l' ||
	    memchr(token, '.', len) != NULL)
		return;
	if (!hex && strspn(token, "0123456789") != len)
		return;
	if (len < sizeof(digits)) {
		memcpy(digits, token, len);
		digits[len] = '\0';
		errno = 0;
		if (strtoul(digits, NULL, hex ? 16 : 10) <= INT_MAX &&
		    errno == 0)
			return;
	}
	complain(&r->source->numbers, r->file, r->line,
	    "%.*s is too large a number", (int)len, token);
}

static void
copy_token(struct reader *r)
{
	size_t len =
	    strspn(r->p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789_-*.");

	if (len == 0) {
		copy(r, 1);
		return;
	}
	if (isdigit((unsigned char)*r->p))
		check_number(r, r->p, len);
	copy(r, len);
}

static void
read_code(struct reader *r)
{
	char next = r->p[1];

	if (*r->p == '"') {
		r->state = IN_STRING;
		copy(r, 1);
	} else if (*r->p == '#' || (*r->p == '/' && next == '/')) {
		r->state = IN_LINE_COMMENT;
		copy(r, 1);
	} else if (*r->p == '/' && next == '*') {
		r->state = IN_COMMENT;
		copy(r, 2);
	} else {
		copy_token(r);
	}
}

static void
read_string(struct reader *r)
{
	if (*r->p == '\\' && r->p[1] != '\0' && r->p[1] != '\n') {
		copy(r, 2);
		return;
	}
	if (*r->p == '"')
		r->state = IN_CODE;
	copy(r, 1);
}

static void
read_comment(struct reader *r)
{
	if (r->p[0] == '*' && r->p[1] == '/') {
		r->state = IN_CODE;
		copy(r, 2);
		return;
	}
	copy(r, 1);
}

static void
read_newline(struct reader *r)
{
	if (r->state == IN_LINE_COMMENT)
		r->state = IN_CODE;
	line_ends(r);
	r->line++;
	r->p++;
	if (r->state == IN_CODE)
		(void)try_include(r);
}

static int
file_add(struct source *source, const char *path)
{
	source->files = xrealloc(source->files, (size_t)source->files_len + 1,
	    sizeof(*source->files));
	source->files[source->files_len] = xstrdup(path);
	return source->files_len++;
}

static void
add_file(struct source *source, const char *path, const char *bytes,
    struct complaints *complaints, int depth)
{
	struct reader r = {
		.source = source,
		.complaints = complaints,
		.file = path,
		.file_index = file_add(source, path),
		.line = 1,
		.depth = depth,
		.p = bytes,
	};

	/* Notepad's mark at the start of a file says nothing. */
	if (strncmp(r.p, "\xef\xbb\xbf", 3) == 0)
		r.p += 3;
	(void)try_include(&r);
	while (*r.p != '\0') {
		if (*r.p == '\n')
			read_newline(&r);
		else if (r.state == IN_CODE)
			read_code(&r);
		else if (r.state == IN_STRING)
			read_string(&r);
		else if (r.state == IN_COMMENT)
			read_comment(&r);
		else
			copy(&r, 1);
	}
	line_ends(&r);
}

/* The reason begins with the path, as a complaint does. */
static const char *
without_path(const char *reason, const char *path)
{
	size_t len = strlen(path);

	if (strncmp(reason, path, len) == 0 && reason[len] == ':')
		return reason + len + 1 + strspn(reason + len + 1, " ");
	return reason;
}

enum status
source_read(struct source *source, const char *path,
    struct complaints *complaints, struct why *why)
{
	struct buffer bytes = { 0 };
	struct why unread;
	int before = complaints->len;
	enum status status = buffer_read_file(&bytes, path, &unread);
	int bad;

	if (status != STATUS_OK)
		complain(
		    complaints, path, 0, "%s", without_path(unread.text, path));
	else if ((bad = line_of_no_text(&bytes)) > 0)
		complain(complaints, path, bad, NO_TEXT);
	else
		add_file(source, path, buffer_text(&bytes), complaints, 0);
	buffer_free(&bytes);
	if (source->text.over)
		complain(complaints, path, 0, "with its files it is too long");
	return complaints_status(complaints, before,
	    status != STATUS_OK ? status : STATUS_CONFIG, why);
}

void
source_free(struct source *source)
{
	buffer_free(&source->text);
	complaints_free(&source->numbers);
	for (int i = 0; i < source->files_len; i++)
		free(source->files[i]);
	free(source->files);
	free(source->lines);
	*source = (struct source){ 0 };
}

static struct source_line
line_at(const struct source *source, int line)
{
	if (source->lines_len == 0)
		return (struct source_line){ 0, 0 };
	if (line > source->lines_len)
		line = source->lines_len;
	return line < 1 ? (struct source_line){ 0, 1 }
			: source->lines[line - 1];
}

const char *
source_file(const struct source *source, int line)
{
	return source->files[line_at(source, line).file];
}

int
source_line(const struct source *source, int line)
{
	return line_at(source, line).line;
}
