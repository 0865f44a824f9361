#include "commands/import_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/log.h"
#include "base/memory.h"
#include "commands/enrol_form.h"

#define SET_PREFIX "set:"

/* The file, and the patients that its rows become. */
struct table {
	const char *path;
	struct csv csv;
	struct import_table patients;
};

static char *
trimmed(const char *text)
{
	text += strspn(text, " \t\r\n");
	size_t len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	return xstrndup(text, len);
}

static bool
known_column(const char *name)
{
	if (strncmp(name, SET_PREFIX, strlen(SET_PREFIX)) == 0)
		return name[strlen(SET_PREFIX)] != '\0';
	for (const struct option_row *o = enrol_options; o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return strcmp(name, "set") != 0;
	return false;
}

static enum status
check_header(struct table *table, struct why *why)
{
	if (table->csv.len == 0)
		return why_set(why, STATUS_BAD_DATA,
		    "%s is empty; its first line names the columns: name, "
		    "plan, phone, consent, ...",
		    table->path);
	struct csv_row *header = &table->csv.rows[0];
	for (int i = 0; i < header->len; i++) {
		char *name = trimmed(header->fields[i]);
		free(header->fields[i]);
		header->fields[i] = name;
		if (!known_column(name))
			return why_set(why, STATUS_BAD_DATA,
			    "%s:%d: there is no column \"%s\"; columns are "
			    "named as enrol's options, or set:KEY",
			    table->path, header->line, name);
		for (int k = 0; k < i; k++)
			if (strcmp(header->fields[k], name) == 0)
				return why_set(why, STATUS_BAD_DATA,
				    "%s:%d: column \"%s\" stands twice",
				    table->path, header->line, name);
	}
	return STATUS_OK;
}

/* A cell into the form; cells holds what the form lends. */
static enum status
take_cell(struct enrolment_form *form, const char *column, const char *text,
    char **cell, struct why *why)
{
	char *value = trimmed(text);
	*cell = value;
	if (*value == '\0')
		return STATUS_OK;
	if (strncmp(column, SET_PREFIX, strlen(SET_PREFIX)) != 0)
		return enrol_form_set(form, column, value, why);
	*cell = xasprintf("%s=%s", column + strlen(SET_PREFIX), value);
	free(value);
	return enrol_form_set(form, "set", *cell, why);
}

static enum status
take_row(struct practice *practice, const struct table *table,
    const struct csv_row *row, struct patient *patient, struct why *why)
{
	const struct csv_row *header = &table->csv.rows[0];
	if (row->len != header->len)
		return why_set(why, STATUS_BAD_DATA,
		    "%d fields where the first line has %d", row->len,
		    header->len);
	struct enrolment_form form = { 0 };
	char **cells = xcalloc((size_t)row->len, sizeof *cells);
	enum status status = STATUS_OK;
	for (int i = 0; i < row->len && status == STATUS_OK; i++)
		status = take_cell(
		    &form, header->fields[i], row->fields[i], &cells[i], why);
	if (status == STATUS_OK)
		status = enrol_check(practice, &form, patient, why);
	for (int i = 0; i < row->len; i++)
		free(cells[i]);
	free(cells);
	return status;
}

/* Check every row, and name every bad one with its line. */
static enum status
take_rows(struct practice *practice, struct table *table, struct why *why)
{
	struct import_table *patients = &table->patients;
	int rows = table->csv.len - 1;
	int bad = 0;

	patients->list =
	    xcalloc((size_t)table->csv.len, sizeof *patients->list);
	for (int i = 1; i < table->csv.len; i++) {
		const struct csv_row *row = &table->csv.rows[i];
		struct why row_why = { "" };
		enum status status = take_row(practice, table, row,
		    &patients->list[patients->len], &row_why);
		if (status == STATUS_OK) {
			patients->len++;
		} else if (status == STATUS_TRY_LATER) {
			*why = row_why;
			return status;
		} else {
			log_error(
			    "%s:%d: %s", table->path, row->line, row_why.text);
			bad++;
		}
	}
	if (bad > 0)
		return why_set(why, STATUS_BAD_DATA,
		    "nothing was imported: %d of %d row%s %s wrong", bad, rows,
		    rows == 1 ? "" : "s", bad == 1 ? "is" : "are");
	return STATUS_OK;
}

enum status
import_table_read(struct practice *practice, const char *path,
    struct import_table *patients, struct why *why)
{
	struct table table = { .path = path };
	enum status status = csv_read(path, &table.csv, why);

	if (status == STATUS_OK)
		status = check_header(&table, why);
	if (status == STATUS_OK)
		status = take_rows(practice, &table, why);
	csv_free(&table.csv);
	if (status == STATUS_OK)
		*patients = table.patients;
	else
		import_table_free(&table.patients);
	return status;
}

void
import_table_free(struct import_table *patients)
{
	for (int i = 0; i < patients->len; i++)
		patient_free(&patients->list[i]);
	free(patients->list);
	*patients = (struct import_table){ 0 };
}
