#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

/* What is being read, and how far it got. */
struct reader {
	const char *path;
	const char *p;
	const char *end;
	char separator;
	int line;
};

static enum status
spoilt(const struct reader *reader, const char *what, struct why *why)
{
	return why_set(why, STATUS_BAD_DATA, "%s:%d: %s", reader->path,
	    reader->line, what);
}

static bool
at_line_end(const struct reader *reader)
{
	return reader->p == reader->end || *reader->p == '\n' ||
	       (*reader->p == '\r' &&
		   (reader->p + 1 == reader->end || reader->p[1] == '\n'));
}

static enum status
read_quoted(struct reader *reader, struct buffer *field, struct why *why)
{
	int began = reader->line;
	reader->p++;
	for (;;) {
		if (reader->p == reader->end) {
			reader->line = began;
			return spoilt(
			    reader, "a quote is opened and never closed", why);
		}
		if (*reader->p == '"') {
			reader->p++;
			if (reader->p == reader->end || *reader->p != '"')
				break;
		}
		if (*reader->p == '\n')
			reader->line++;
		buffer_putc(field, *reader->p++);
	}
	if (!at_line_end(reader) && *reader->p != reader->separator)
		return spoilt(reader, "text stands after a closing quote", why);
	return STATUS_OK;
}

static enum status
read_field(struct reader *reader, struct buffer *field, struct why *why)
{
	if (reader->p < reader->end && *reader->p == '"')
		return read_quoted(reader, field, why);
	while (!at_line_end(reader) && *reader->p != reader->separator)
		buffer_putc(field, *reader->p++);
	return STATUS_OK;
}

static enum status
read_row(struct reader *reader, struct csv_row *row, struct why *why)
{
	*row = (struct csv_row){ .line = reader->line };
	for (;;) {
		struct buffer field = { 0 };
		enum status status = read_field(reader, &field, why);
		if (status != STATUS_OK) {
			buffer_free(&field);
			return status;
		}
		row->fields = xrealloc(
		    row->fields, (size_t)row->len + 1, sizeof *row->fields);
		row->fields[row->len++] = buffer_take(&field);
		if (at_line_end(reader))
			break;
		reader->p++;
	}
	if (reader->p < reader->end && *reader->p == '\r')
		reader->p++;
	if (reader->p < reader->end)
		reader->p++;
	reader->line++;
	return STATUS_OK;
}

static void
row_free(struct csv_row *row)
{
	for (int i = 0; i < row->len; i++)
		free(row->fields[i]);
	free(row->fields);
}

static bool
is_blank(const struct csv_row *row)
{
	for (int i = 0; i < row->len; i++)
		if (row->fields[i][strspn(row->fields[i], " \t")] != '\0')
			return false;
	return true;
}

void
csv_free(struct csv *csv)
{
	for (int i = 0; i < csv->len; i++)
		row_free(&csv->rows[i]);
	free(csv->rows);
	*csv = (struct csv){ 0 };
}

static char
find_separator(const char *p, const char *end)
{
	char found = ',';
	for (; p < end && *p != '\n'; p++) {
		if (*p == ',')
			return ',';
		if (*p == ';')
			found = ';';
	}
	return found;
}

enum status
csv_read(const char *path, struct csv *csv, struct why *why)
{
	struct buffer bytes = { 0 };
	enum status status = buffer_read_file(&bytes, path, why);
	*csv = (struct csv){ 0 };
	if (status != STATUS_OK)
		return status;

	const char *text = buffer_text(&bytes);
	struct reader reader = {
		.path = path, .p = text, .end = text + bytes.len, .line = 1
	};
	if (bytes.len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		reader.p += 3;
	reader.separator = find_separator(reader.p, reader.end);
	if (!utf8_valid(text, bytes.len) ||
	    memchr(text, '\0', bytes.len) != NULL)
		status = why_set(why, STATUS_BAD_DATA,
		    "%s: this is not UTF-8 text; save it as CSV UTF-8", path);

	while (status == STATUS_OK && reader.p < reader.end) {
		struct csv_row row;
		status = read_row(&reader, &row, why);
		if (status != STATUS_OK || is_blank(&row)) {
			row_free(&row);
			continue;
		}
		csv->rows = xrealloc(
		    csv->rows, (size_t)csv->len + 1, sizeof *csv->rows);
		csv->rows[csv->len++] = row;
	}
	buffer_free(&bytes);
	if (status != STATUS_OK)
		csv_free(csv);
	return status;
}
