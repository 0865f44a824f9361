/*
 * patient export - a patient gets all that is kept
 *
 * As JSON and CSV it is every column of every row, by the names that
 * schema.sql explains; as FHIR it is what another clinic's program
 * understands.
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/memory.h"
#include "commands/output.h"
#include "commands/patient.h"
#include "review/fhir.h"
#include "store/kept.h"

/* Instants are told as such; every other number is one. */
static bool
is_time(const struct kept_column *column)
{
	size_t len = strlen(column->name);
	return column->is_whole &&
	       (strcmp(column->name, "at") == 0 ||
		   (len > 3 && strcmp(column->name + len - 3, "_at") == 0));
}

static json_t *
row_of(json_t *document, const struct kept_column *column)
{
	json_t *rows = json_object_get(document, column->table);
	if (rows == NULL) {
		rows = json_array();
		json_object_set_new(document, column->table, rows);
	}
	if (json_array_size(rows) < (size_t)column->row)
		json_array_append_new(rows, json_object());
	return json_array_get(rows, (size_t)column->row - 1);
}

static void
put_column(void *arg, const struct kept_column *column)
{
	json_t *row = row_of(arg, column);
	if (is_time(column))
		json_put_time(row, column->name, column->whole);
	else if (column->is_whole)
		json_put_whole(row, column->name, column->whole);
	else
		json_put_text(row, column->name, column->text);
}

/* A table that has nothing is there too, so that this can be seen. */
static enum status
kept_json(
    struct store *store, int64_t patient_id, json_t **document, struct why *why)
{
	*document = json_object();
	for (const struct kept_table *t = kept_tables; t->name != NULL; t++)
		json_object_set_new(*document, t->name, json_array());
	return kept_each(store, patient_id, put_column, *document, why);
}

/* A cell a line, since each table has columns of its own. */
static void
add_cell(void *arg, const struct kept_column *column)
{
	char time[TIME_SIZE], number[32];
	const char *value = column->text != NULL ? column->text : "";
	FILE *out = arg;
	if (is_time(column)) {
		value = time_format(column->whole, time);
	} else if (column->is_whole) {
		snprintf(
		    number, sizeof number, "%lld", (long long)column->whole);
		value = number;
	}
	fprintf(out, "%s,%d,%s,", column->table, column->row, column->name);
	csv_field(out, value);
	fputs("\r\n", out);
}

/* What is to be written: a document, or else the cells of a CSV. */
struct export
{
	json_t *document;
	char *cells; /* owned */
};

static enum status
write_export(FILE *out, void *arg, struct why *why)
{
	struct export *export = arg;
	(void)why;
	if (export->document != NULL)
		json_print(out, json_incref(export->document));
	else
		fputs(export->cells, out);
	return STATUS_OK;
}

static enum status
make_json(struct session *session, struct patient *patient,
    struct export *export, struct why *why)
{
	return kept_json(
	    session->store, patient->patient_id, &export->document, why);
}

static enum status
make_csv(struct session *session, struct patient *patient,
    struct export *export, struct why *why)
{
	size_t size = 0;
	FILE *out = open_memstream(&export->cells, &size);
	if (out == NULL)
		return why_set(why, STATUS_TRY_LATER, "out of memory");
	fputs("table,row,column,value\r\n", out);
	enum status status =
	    kept_each(session->store, patient->patient_id, add_cell, out, why);
	fclose(out);
	return status;
}

static enum status
make_fhir(struct session *session, struct patient *patient,
    struct export *export, struct why *why)
{
	struct fhir_course course = { 0 };
	const struct plans_row *row = NULL;
	enum status status =
	    practice_plan(&session->practice, patient->plan_id, &row, why);
	if (status == STATUS_OK)
		status =
		    fhir_course_load(session->store, patient, &course, why);
	if (status == STATUS_OK) {
		course.plan = row->plan;
		export->document = fhir_bundle(session->practice.now);
		fhir_add(export->document, &course);
	}
	fhir_course_free(&course);
	return status;
}

static const struct {
	const char *name;
	enum status (*make)(
	    struct session *, struct patient *, struct export *, struct why *);
} forms[] = {
	{ "json", make_json },
	{ "fhir", make_fhir },
	{ "csv", make_csv },
};

enum status
patient_run_export(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	const char *format = argument(arguments, "format");
	size_t form = 0, count = sizeof forms / sizeof forms[0];
	while (form < count && format != NULL &&
	       strcmp(forms[form].name, format) != 0)
		form++;
	if (form == count)
		return why_set(why, STATUS_BAD_DATA,
		    "\"%s\" is no format: json, fhir or csv", format);

	struct patient patient = { 0 };
	struct export export = { 0 };
	enum status status =
	    session_patient(session, arguments->words[1], &patient, why);
	if (status == STATUS_OK)
		status = forms[form].make(session, &patient, &export, why);
	if (status == STATUS_OK)
		status = output_write(
		    argument(arguments, "output"), write_export, &export, why);
	json_decref(export.document);
	free(export.cells);
	patient_free(&patient);
	return status;
}
