/*
 * alerting_close.c - see alerting.h
 *
 * What ends with an alert, and what goes on from there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tick/alerting.h"
#include "tick/course.h"

#define QUIET_S ((int64_t)36 * 60 * 60)

/* Does another red flag of this patient still stand open? */
static enum status
another_stands(struct practice *practice, const struct alert *alert,
    bool *stands, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status = alert_of_patient(
	    practice->store, alert->patient_id, &list, &len, why);
	*stands = false;
	for (int i = 0; i < len; i++)
		if (list[i].alert_id != alert->alert_id &&
		    alerting_is_red_flag(&list[i]) &&
		    list[i].state != ALERT_CLOSED)
			*stands = true;
	alert_list_free(list, len);
	return status;
}

static enum status
resume_after(
    struct practice *practice, const struct alert *alert, struct why *why)
{
	bool stands = false;
	struct patient patient = { 0 };
	enum status status = another_stands(practice, alert, &stands, why);
	if (status != STATUS_OK || stands)
		return status;
	status =
	    patient_by_id(practice->store, alert->patient_id, &patient, why);
	if (status == STATUS_OK && patient.paused_by != NULL &&
	    strcmp(patient.paused_by, "red-flag") == 0)
		status = course_clear_flag(practice, &patient, why);
	patient_free(&patient);
	return status;
}

/* The clinician has looked at the leg: steps up are possible again. */
static enum status
clear_leg(struct practice *practice, const struct alert *alert, struct why *why)
{
	struct patient patient = { 0 };
	enum status status =
	    patient_by_id(practice->store, alert->patient_id, &patient, why);
	if (status == STATUS_OK) {
		patient.leg_open = false;
		patient.decide_at = practice->now;
		status = patient_update_course(practice->store, &patient, why);
	}
	patient_free(&patient);
	return status;
}

/* A person has looked at it: it is tried again. */
static enum status
revive_address(
    struct practice *practice, const struct alert *alert, struct why *why)
{
	struct patient patient = { 0 };
	enum status status =
	    patient_by_id(practice->store, alert->patient_id, &patient, why);
	if (status != STATUS_OK)
		return status;
	const char *address =
	    strcmp(alert->topic, channel_names[CHANNEL_SMS]) == 0
		? patient.phone
		: patient.email;
	if (address != NULL)
		status = deadaddress_lift(practice->store, address, why);
	patient_free(&patient);
	return status;
}

static enum status
close_as(struct practice *practice, struct alert *alert, const char *by,
    const char *outcome, struct why *why)
{
	alert->state = ALERT_CLOSED;
	alert->closed_at = practice->now;
	replace_text(&alert->closed_by, by);
	replace_text(&alert->outcome, outcome);
	alert->next_at = 0;
	return alert_update(practice->store, alert, why);
}

enum status
alerting_close(struct practice *practice, struct alert *alert, const char *by,
    const char *outcome, struct why *why)
{
	if (alert->state == ALERT_CLOSED)
		return why_set(why, STATUS_BAD_DATA,
		    "alert %lld is closed already", (long long)alert->alert_id);
	enum status status = close_as(practice, alert, by, outcome, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    alert->patient_id, "closed", alert_kind_names[alert->kind],
		    why, "alert %lld closed with an outcome",
		    (long long)alert->alert_id);
	if (status == STATUS_OK && alerting_is_red_flag(alert) &&
	    alert->patient_id != 0)
		status = resume_after(practice, alert, why);
	if (status == STATUS_OK && alert->kind == ALERT_WORSENING &&
	    strcmp(alert->topic, ALERTING_LEG) == 0)
		status = clear_leg(practice, alert, why);
	if (status == STATUS_OK && alert->kind == ALERT_UNDELIVERABLE &&
	    alert->patient_id != 0)
		status = revive_address(practice, alert, why);
	return status;
}

struct over {
	struct alert *alert;
	const char *outcome;
};

/* Closed by nobody: the history has the reason. */
static enum status
close_over(struct practice *practice, void *arg, struct why *why)
{
	const struct over *over = arg;
	struct alert *alert = over->alert;
	enum status status =
	    close_as(practice, alert, "keepmoving", over->outcome, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    alert->patient_id, "closed", alert_kind_names[alert->kind],
		    why, "alert %lld closed by itself: %s",
		    (long long)alert->alert_id, over->outcome);
	return status;
}

enum status
alerting_close_over(struct practice *practice, enum alert_kind kind,
    alerting_is_over *is_over, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status =
	    alert_standing(practice->store, kind, NULL, 0, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		char *outcome = NULL;
		status = is_over(practice, &list[i], &outcome, why);
		struct over over = { &list[i], outcome };
		if (status == STATUS_OK && outcome != NULL)
			status =
			    practice_transact(practice, close_over, &over, why);
		free(outcome);
	}
	alert_list_free(list, len);
	return status;
}

enum status
alerting_end(struct practice *practice, const struct alerting_topic *topic,
    const char *outcome, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status = alert_standing(practice->store, topic->kind,
	    topic->topic, topic->patient_id, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		struct over over = { &list[i], outcome };
		if (topic->fault == NULL ||
		    strcmp(topic->fault, list[i].fault) == 0)
			status = close_over(practice, &over, why);
	}
	alert_list_free(list, len);
	return status;
}

bool
alerting_is_quiet(const struct practice *practice, const struct alert *alert)
{
	return alert->round > 0 && alert->seen_at <= practice->now - QUIET_S;
}
