/*
 * import - enrol many, all or none
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/log.h"
#include "base/memory.h"
#include "commands/enrol_form.h"
#include "commands/verbs.h"

#define SET_PREFIX "set:"

/* The file, and the patients that its rows become. */
struct import {
	const char *path;
	struct csv csv;
	struct patient *patients;
	int len;
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
check_header(struct import *import, struct why *why)
{
	if (import->csv.len == 0)
		return why_set(why, STATUS_BAD_DATA,
		    "%s is empty; its first line names the columns: name, "
		    "plan, phone, consent, ...",
		    import->path);
	struct csv_row *header = &import->csv.rows[0];
	for (int i = 0; i < header->len; i++) {
		char *name = trimmed(header->fields[i]);
		free(header->fields[i]);
		header->fields[i] = name;
		if (!known_column(name))
			return why_set(why, STATUS_BAD_DATA,
			    "%s:%d: there is no column \"%s\"; columns are "
			    "named as enrol's options, or set:KEY",
			    import->path, header->line, name);
		for (int k = 0; k < i; k++)
			if (strcmp(header->fields[k], name) == 0)
				return why_set(why, STATUS_BAD_DATA,
				    "%s:%d: column \"%s\" stands twice",
				    import->path, header->line, name);
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
take_row(struct session *session, const struct import *import,
    const struct csv_row *row, struct patient *patient, struct why *why)
{
	const struct csv_row *header = &import->csv.rows[0];
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
		status = enrol_check(&session->practice, &form, patient, why);
	for (int i = 0; i < row->len; i++)
		free(cells[i]);
	free(cells);
	return status;
}

/* Check every row, and name every bad one with its line. */
static enum status
take_rows(struct session *session, struct import *import, struct why *why)
{
	int bad = 0;
	import->patients =
	    xcalloc((size_t)import->csv.len, sizeof *import->patients);
	for (int i = 1; i < import->csv.len; i++) {
		const struct csv_row *row = &import->csv.rows[i];
		struct why row_why = { "" };
		enum status status = take_row(session, import, row,
		    &import->patients[import->len], &row_why);
		if (status == STATUS_OK) {
			import->len++;
		} else if (status == STATUS_TRY_LATER) {
			*why = row_why;
			return status;
		} else {
			log_error(
			    "%s:%d: %s", import->path, row->line, row_why.text);
			bad++;
		}
	}
	if (bad > 0)
		return why_set(why, STATUS_BAD_DATA,
		    "nothing was imported: %d of %d rows are wrong", bad,
		    import->csv.len - 1);
	return STATUS_OK;
}

static enum status
store_work(struct practice *practice, void *arg, struct why *why)
{
	struct import *import = arg;
	for (int i = 0; i < import->len; i++) {
		enum status status =
		    enrol_store(practice, &import->patients[i], why);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	enum status status = arguments_expect(
	    arguments, 1, 1, "import takes one file, FILE.csv", why);
	if (status != STATUS_OK)
		return status;

	session->practice.by = session_user();
	struct import import = { .path = arguments->words[0] };
	status = csv_read(import.path, &import.csv, why);
	if (status == STATUS_OK)
		status = check_header(&import, why);
	if (status == STATUS_OK)
		status = take_rows(session, &import, why);
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, store_work, &import, why);
	for (int i = 0; i < import.len; i++) {
		if (status == STATUS_OK)
			printf("%s %s\n", import.patients[i].ref,
			    import.patients[i].name);
		patient_free(&import.patients[i]);
	}
	free(import.patients);
	csv_free(&import.csv);
	return status;
}

static const struct option_row options[] = { { NULL, NULL, false, NULL } };

const struct command command_import = {
	.name = "import",
	.synopsis = "import FILE.csv",
	.summary = "enrol many from a table, all or none",
	.details = "The first line names the columns as enrol's options are "
		   "named: name, plan,\nphone, consent, ...; set:aggravator "
		   "stands for --set aggravator=... . Every bad\nrow is "
		   "named with its line, and then nobody is enrolled.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
