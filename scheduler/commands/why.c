/*
 * why - each send, non-send and move of one patient on one day
 */
#include "base/json.h"
#include "commands/patient_words.h"
#include "commands/print.h"
#include "commands/verbs.h"
#include "commands/why_day.h"

#define HANG 9 /* "  16:30  " */

static void
print_text(const struct why_day *day)
{
	const struct patient_record *record = day->record;
	char text[PRINT_WHEN_SIZE];
	struct buffer state = { 0 };
	patient_words_state(&state, &record->patient);
	printf("%s on %s, by the clock of %s\n", record->patient.ref,
	    print_day(day->date, text), record->patient.timezone);
	if (day->end_at > day->practice->now)
		print_hanging(stdout, "Now", 5, buffer_text(&state));
	buffer_free(&state);
	putchar('\n');
	for (int i = 0; i < day->len; i++) {
		const struct why_line *line = &day->list[i];
		char head[PRINT_WHEN_SIZE + 4] = "";
		if (line->at != 0)
			snprintf(head, sizeof head, "  %s",
			    print_clock(record->zone, line->at, text));
		print_hanging(stdout, head, HANG, line->sentence);
		if (line->rule != NULL)
			print_hanging_f(stdout, "", HANG, "(%s)", line->rule);
	}
}

static void
print_json(const struct why_day *day)
{
	char text[DATE_SIZE];
	json_t *object = json_object();
	json_t *array = json_array();
	json_put_text(object, "ref", day->record->patient.ref);
	json_put_text(object, "day", date_format(day->date, text));
	json_put_text(object, "timezone", day->record->patient.timezone);
	json_put_text(
	    object, "state", patient_state_names[day->record->patient.state]);
	for (int i = 0; i < day->len; i++) {
		const struct why_line *line = &day->list[i];
		json_t *entry = json_object();
		json_put_time(entry, "at", line->at);
		json_put_text(entry, "kind", line->kind);
		json_put_text(entry, "sentence", line->sentence);
		json_put_text(entry, "rule", line->rule);
		json_array_append_new(array, entry);
	}
	json_object_set_new(object, "entries", array);
	json_print(stdout, object);
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	struct patient patient = { 0 };
	struct patient_record record = { 0 };
	struct why_day day = { 0 };
	struct date date = { 0 };
	const char *asked = argument(arguments, "day");
	enum status status =
	    arguments_expect(arguments, 1, 1, "why REF [--day DATE]", why);
	if (status == STATUS_OK && asked != NULL) {
		status = date_parse(asked, &date, why);
		if (status != STATUS_OK)
			return why_prefix(why, status, "--day");
	}
	if (status == STATUS_OK)
		status = session_patient(
		    session, arguments->words[0], &patient, why);
	if (status == STATUS_OK)
		status = patient_record_load(
		    &session->practice, &patient, &record, why);
	if (status == STATUS_OK) {
		if (asked == NULL)
			date =
			    zone_local(record.zone, session->practice.now).date;
		status =
		    why_day_make(&session->practice, &record, date, &day, why);
	}
	if (status == STATUS_OK && argument_given(arguments, "json"))
		print_json(&day);
	else if (status == STATUS_OK)
		print_text(&day);
	why_day_free(&day);
	patient_record_free(&record);
	return status;
}

static const struct option_row options[] = {
	{ "day", "DATE", false, "which day, by the patient's clock; today" },
	{ "json", NULL, false, "for other programs" },
	{ NULL, NULL, false, NULL },
};

const struct command command_why = {
	.name = "why",
	.synopsis = "why REF [--day DATE] [--json]",
	.summary = "why a message went or did not, and why a patient moved",
	.details = "A sentence for each send, non-send and move of that "
		   "patient on that day,\nwith the rule behind it.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
