/*
 * plan rehearse - one patient's course from a script, as a conversation
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/log.h"
#include "base/memory.h"
#include "commands/patient_json.h"
#include "commands/plan.h"
#include "commands/plan_desk.h"
#include "commands/print.h"
#include "commands/timeline.h"
#include "simulate/rehearse.h"

static enum status
load_script(const char *path, struct script *script, struct why *why)
{
	struct complaints complaints = { 0 };
	enum status status = script_load(path, script, &complaints, why);
	for (int i = 1; i < complaints.len; i++)
		log_error("%s", complaints.lines[i]);
	complaints_free(&complaints);
	return status;
}

static void
print_head(const struct patient_record *record, const char *path)
{
	const struct patient *patient = &record->patient;
	char when[PRINT_WHEN_SIZE];
	printf("%s (%s), rehearsed with %s\n", record->plan->title,
	    record->plan->id, path);
	printf("%s, enrolled %s, %s", patient->name,
	    print_when(record->zone, patient->enrolled_at, when),
	    patient->timezone);
	if (patient->baseline >= 0)
		printf(", pain %d", patient->baseline);
	for (int i = 0; i < patient->facts_len; i++)
		printf(
		    ", %s %s", patient->facts[i].key, patient->facts[i].value);
	puts("\n");
}

static enum status
show(struct hall *hall, int64_t patient_id, const char *path, bool json,
    struct why *why)
{
	struct patient patient = { 0 };
	struct patient_record record = { 0 };
	enum status status =
	    patient_by_id(hall->store, patient_id, &patient, why);
	if (status == STATUS_OK)
		status = patient_record_load(
		    &hall->practice, &patient, &record, why);
	if (status == STATUS_OK && json) {
		json_print(stdout, patient_json(&record));
	} else if (status == STATUS_OK) {
		struct timeline timeline = { 0 };
		print_head(&record, path);
		timeline_make(&record, 0, INT64_MAX, &timeline);
		timeline_print(stdout, &record, &timeline);
		timeline_free(&timeline);
	}
	patient_record_free(&record);
	return status;
}

/* The plan on the desk, and the script, in a clinic in memory. */
static enum status
rehearse(const struct plan_desk *desk, const struct script *script,
    const char *path, bool json, struct why *why)
{
	struct hall hall = { 0 };
	struct lottery lottery = { .seed = 1 };
	struct air_listener nobody = { 0 };
	char *words =
	    desk->config == NULL ? plan_desk_near(desk->path, "words") : NULL;
	struct hall_order order = { .config = desk->config,
		.facts = &desk->clinic,
		.templates = desk->templates_dir,
		.words = words,
		.lottery = &lottery,
		.listener = &nobody };
	struct plans_about *about = plan_desk_known(desk);
	int64_t patient_id = 0;
	const char *zone = desk->config != NULL ? desk->config->clinic.timezone
						: "Europe/London";
	enum status status =
	    rehearse_begins(script, zone, &order.begins_at, why);
	if (status != STATUS_OK)
		status = why_prefix(why, status, "%s", path);
	if (status == STATUS_OK)
		status = hall_open(&hall, &order, why);
	if (status == STATUS_OK)
		status = hall_plan(
		    &hall, desk->plan, about, desk->plan->about_len, why);
	if (status == STATUS_OK) {
		status = rehearse_run(
		    &hall, script, desk->plan->id, &patient_id, why);
		if (status == STATUS_BAD_DATA)
			status = why_prefix(why, status, "%s", path);
	}
	if (status == STATUS_OK)
		status = show(&hall, patient_id, path, json, why);
	plan_known_free(about, desk->plan->about_len);
	hall_close(&hall);
	free(words);
	return status;
}

enum status
plan_run_rehearse(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct plan_desk desk = { 0 };
	struct script script = { 0 };
	const char *path = argument(arguments, "replies");
	if (path == NULL)
		return why_set(why, STATUS_USAGE,
		    "say what the patient writes: plan rehearse %s --replies "
		    "FILE",
		    arguments->words[1]);
	enum status status = plan_desk_open(session, &desk, why);
	if (status == STATUS_OK)
		status = plan_desk_pick(&desk, arguments->words[1], why);
	if (status == STATUS_OK)
		status = load_script(path, &script, why);
	if (status == STATUS_OK)
		status = rehearse(&desk, &script, path,
		    argument_given(arguments, "json"), why);
	script_free(&script);
	plan_desk_close(&desk);
	return status;
}
