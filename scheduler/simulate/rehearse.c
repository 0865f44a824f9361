#include "simulate/rehearse.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/simulate.h"
#include "store/moves.h"
#include "tick/alerting.h"
#include "tick/course.h"

#define BY "the clinic"
#define PHONE "+447700900123"
#define EMAIL "patient@home.example"

/* A rehearsal under way. */
struct stage_time {
	struct hall *hall;
	const struct script *script;
	struct zone *zone;
	struct date first; /* the day of enrolment */
	int64_t patient_id;
	int next; /* line */
};

enum status
rehearse_begins(const struct script *script, const char *zone_name, int64_t *at,
    struct why *why)
{
	struct zone *zone = NULL;
	struct civil local = { 0 };
	enum status status = zone_open(
	    script->zone != NULL ? script->zone : zone_name, &zone, why);
	if (status == STATUS_OK)
		status = script_begins(script->begins, &local, why);
	if (status == STATUS_OK)
		*at = zone_instant(zone, local);
	zone_free(zone);
	return status;
}

static enum status
enrol(struct stage_time *now, const char *plan, struct why *why)
{
	const struct script *script = now->script;
	const char *channel = script->channel != NULL ? script->channel : "sms";
	char today[DATE_SIZE];
	struct enrolment_form form = {
		.name = script->name != NULL ? script->name : "Ann Miller",
		.plan = plan,
		.channel = channel,
		.phone = strcmp(channel, "email") != 0 ? PHONE : NULL,
		.email = strcmp(channel, "sms") != 0 ? EMAIL : NULL,
		.lang = script->lang,
		.tz = script->zone,
		.born = "1980-01-01",
		.consent = date_format(now->first, today),
		.screened = today,
		.by = BY,
		.baseline = script->baseline,
		.facts_len = script->facts_len
	};
	for (int i = 0; i < script->facts_len; i++)
		form.facts[i] = script->facts[i];
	return hall_enrol(now->hall, &form, &now->patient_id, why);
}

/* What the clinic does: to every alert, to a move that waits, to the patient.
 * Each in a transaction of its own. */
static enum status
close_work(struct practice *practice, void *arg, struct why *why)
{
	const struct stage_time *now = arg;
	struct alert *list = NULL;
	int len = 0;
	enum status status = alert_of_patient(
	    practice->store, now->patient_id, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (list[i].state != ALERT_CLOSED)
			status = alerting_close(
			    practice, &list[i], BY, "seen to", why);
	alert_list_free(list, len);
	return status;
}

static enum status
yes_to(struct practice *practice, struct patient *patient, struct why *why)
{
	struct move move = { 0 };
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	enum status status =
	    practice_stage(practice, patient, &plan, &stage, why);
	if (status == STATUS_OK)
		status = move_waiting_of(
		    practice->store, patient->enrolment_id, &move, why);
	if (status == STATUS_NONE)
		return STATUS_OK;
	if (status == STATUS_OK) {
		struct course_step step = { .to =
						plan_stage(plan, move.to_stage),
			.act = strcmp(move.act, "retreat") == 0
				   ? DECISION_RETREAT
			       : strcmp(move.act, "finish") == 0
				   ? DECISION_FINISH
				   : DECISION_ADVANCE,
			.because = move.because,
			.pain = PAIN_NONE,
			.by = BY };
		status = course_move(practice, patient, &step, why);
	}
	move_free(&move);
	return status;
}

static enum status
patient_work(struct practice *practice, void *arg, struct why *why)
{
	const struct stage_time *now = arg;
	struct patient patient = { 0 };
	enum status status =
	    patient_by_id(practice->store, now->patient_id, &patient, why);
	if (status == STATUS_OK) {
		switch (now->script->lines[now->next].act) {
		case SCRIPT_SAYS_YES:
			status = yes_to(practice, &patient, why);
			break;
		case SCRIPT_PAUSES:
			if (patient.state == PATIENT_ACTIVE)
				status = course_pause(practice, &patient,
				    "clinician", (struct date){ 0 }, why);
			break;
		case SCRIPT_RESUMES:
			if (patient.state == PATIENT_PAUSED)
				status = course_resume(practice, &patient,
				    "resumed by the clinic", why);
			break;
		case SCRIPT_WRITES:
		case SCRIPT_CLOSES:
		case SCRIPT__MAX:
			break;
		}
	}
	patient_free(&patient);
	return status;
}

static enum status
play_line(struct stage_time *now, int64_t at, struct why *why)
{
	const struct script_line *line = &now->script->lines[now->next];
	const struct script *script = now->script;
	bool mail =
	    script->channel != NULL && strcmp(script->channel, "email") == 0;
	switch (line->act) {
	case SCRIPT_WRITES:
		air_write(
		    now->hall->air, mail ? EMAIL : PHONE, line->text, NULL, at);
		return STATUS_OK;
	case SCRIPT_CLOSES:
		return practice_transact(
		    &now->hall->practice, close_work, now, why);
	default:
		return practice_transact(
		    &now->hall->practice, patient_work, now, why);
	}
}

static int64_t
line_at(const struct stage_time *now, const struct script_line *line)
{
	struct civil local = { .second = line->minute * 60,
		.date = date_from_days(date_days(now->first) + line->day - 1) };
	return zone_instant(now->zone, local);
}

static enum status
play_all(struct stage_time *now, int64_t begins_at, struct why *why)
{
	const struct script *script = now->script;
	int last = script->lines_len > 0
		       ? script->lines[script->lines_len - 1].day
		       : 1;
	int days = script->weeks > 0 ? script->weeks * 7 : last + 7;
	int64_t ends_at = begins_at + (int64_t)days * 24 * 60 * 60;
	enum status status = STATUS_OK;
	for (int64_t at = begins_at; at < ends_at && status == STATUS_OK;
	     at += SIMULATE_STEP_S) {
		hall_turn(now->hall, at);
		while (status == STATUS_OK && now->next < script->lines_len &&
		       line_at(now, &script->lines[now->next]) <= at) {
			const struct script_line *line =
			    &script->lines[now->next];
			status = play_line(now, line_at(now, line), why);
			now->next++;
		}
		if (status == STATUS_OK)
			status = hall_tick(now->hall, why);
	}
	return status;
}

enum status
rehearse_run(struct hall *hall, const struct script *script, const char *plan,
    int64_t *patient_id, struct why *why)
{
	struct stage_time now = { .hall = hall, .script = script };
	const char *zone =
	    script->zone != NULL ? script->zone : hall->config.clinic.timezone;
	int64_t begins_at = hall->practice.now;
	enum status status = zone_open(zone, &now.zone, why);
	if (status == STATUS_OK) {
		now.first = zone_local(now.zone, begins_at).date;
		status = enrol(&now, plan, why);
	}
	if (status == STATUS_OK)
		status = play_all(&now, begins_at, why);
	zone_free(now.zone);
	*patient_id = now.patient_id;
	return status;
}
