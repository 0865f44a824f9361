/*
 * patient show - one patient's story
 */
#include <string.h>

#include "commands/patient.h"
#include "commands/patient_json.h"
#include "commands/patient_words.h"
#include "commands/print.h"
#include "commands/timeline.h"

#define HEAD 11 /* columns of "Attention  " */

static void
print_buffer(const char *lead, struct buffer *words)
{
	if (words->len > 0)
		print_hanging(stdout, lead, HEAD, buffer_text(words));
	buffer_clear(words);
}

static void
add_reach(struct buffer *out, const struct patient *patient)
{
	bool sms = strcmp(patient->channel, "email") != 0;
	bool email = strcmp(patient->channel, "sms") != 0;
	if (sms)
		buffer_printf(out, "sms %s, ",
		    patient->phone != NULL ? patient->phone : "(no number)");
	if (email)
		buffer_printf(out, "email %s, ",
		    patient->email != NULL ? patient->email : "(no address)");
	buffer_printf(out, "%s, %s", patient->language, patient->timezone);
	if (patient->carer != NULL)
		buffer_printf(out, "; by way of %s", patient->carer);
}

static void
add_about(struct buffer *out, const struct patient *patient)
{
	for (int i = 0; i < patient->facts_len; i++)
		buffer_printf(out, "%s%s %s", i > 0 ? ", " : "",
		    patient->facts[i].key, patient->facts[i].value);
	if (patient->no_running)
		buffer_printf(out, "%sno running", out->len > 0 ? ", " : "");
}

static void
add_stage(struct buffer *out, const struct patient_record *record, int64_t now)
{
	char day[PRINT_WHEN_SIZE];
	const struct patient *patient = &record->patient;
	buffer_printf(out, "%s, since %s", record->stage->title,
	    print_day(patient->stage_since_on, day));
	if (patient->state == PATIENT_COMPLETED ||
	    patient->state == PATIENT_DISCHARGED)
		return;
	int64_t days = date_days(zone_local(record->zone, now).date) -
		       date_days(patient->stage_since_on);
	buffer_printf(
	    out, days == 1 ? " (%lld day)" : " (%lld days)", (long long)days);
}

static void
print_head(const struct patient_record *record, int64_t now)
{
	const struct patient *patient = &record->patient;
	struct buffer words = { 0 };
	printf("%s  %s\n%s (plan %s, version %lld)\n\n", patient->ref,
	    patient->erased_at != 0 ? "(erased)" : patient->name,
	    record->plan->title, record->plan->id,
	    (long long)record->plan->version);
	add_stage(&words, record, now);
	print_buffer("Stage", &words);
	patient_words_state(&words, patient);
	print_buffer("State", &words);
	patient_words_attention(&words, patient, record->alerts,
	    record->alerts_len, record->moves, record->moves_len);
	print_buffer("Attention", &words);
	patient_words_next(&words, record);
	print_buffer("Next", &words);
	add_reach(&words, patient);
	print_buffer("Reach", &words);
	add_about(&words, patient);
	print_buffer("About", &words);
	if (patient->clinician != NULL)
		buffer_puts(&words, patient->clinician);
	print_buffer("Clinician", &words);
	buffer_free(&words);
	putchar('\n');
}

enum status
patient_run_show(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct patient patient = { 0 };
	struct patient_record record = { 0 };
	enum status status =
	    session_patient(session, arguments->words[1], &patient, why);
	if (status == STATUS_OK)
		status = patient_record_load(
		    &session->practice, &patient, &record, why);
	if (status == STATUS_OK) {
		if (argument_given(arguments, "json")) {
			json_print(stdout, patient_json(&record));
		} else {
			struct timeline timeline = { 0 };
			print_head(&record, session->practice.now);
			timeline_make(&record, 0, INT64_MAX, &timeline);
			timeline_print(stdout, &record, &timeline);
			timeline_free(&timeline);
		}
	}
	patient_record_free(&record);
	return status;
}
