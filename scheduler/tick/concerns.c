#include "tick/concerns.h"

#include <stdlib.h>

#include "store/inbox.h"
#include "tick/alerting.h"

/* A stage that stands still is told of again so long after it was closed. */
#define CLOSED_FOR_S ((int64_t)7 * 24 * 60 * 60)

/* Something grave was written: a person looks, and no score that stood beside
 * it moves a stage, now or later. */
static bool
is_grave(const struct reading *reading)
{
	enum flag_level level = reading_level(reading);
	return level != FLAG__MAX && level != FLAG_NOTICE;
}

/* The readings of this stage as the decision wants them, newest first. */
static enum status
stage_readings(struct practice *practice, const struct patient *patient,
    struct decide_reading *list, int *len, bool *verified, struct why *why)
{
	struct reading_row *rows = NULL;
	int rows_len = 0;
	enum status status =
	    reading_of_patient(practice->store, patient->patient_id,
		patient->visit, CONCERNS_READINGS, &rows, &rows_len, why);
	*len = 0;
	*verified = true;
	for (int i = 0; i < rows_len; i++) {
		const struct reading *reading = &rows[i].reading;
		bool says = reading->pain != PAIN_NONE ||
			    reading->settled != ANSWER_NONE ||
			    reading->leg != ANSWER_NONE;
		if (!says || is_grave(reading))
			continue;
		if (!rows[i].verified)
			*verified = false;
		list[(*len)++] = (struct decide_reading){ .pain = reading->pain,
			.settled = reading->settled,
			/* What a clinician has closed holds nobody back. */
			.leg = patient->leg_open ? reading->leg : ANSWER_NONE };
	}
	free(rows);
	return status;
}

enum status
concerns_facts(struct practice *practice, const struct patient *patient,
    struct decide_reading *list, struct decide_facts *facts, bool *verified,
    struct why *why)
{
	const struct zone *zone = NULL;
	enum status status =
	    practice_stage(practice, patient, &facts->plan, &facts->stage, why);
	if (status == STATUS_OK)
		status = practice_zone_named(
		    practice, patient->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;

	struct date today = zone_local(zone, practice->now).date;
	facts->days =
	    (int)(date_days(today) - date_days(patient->stage_since_on));
	facts->start_pain = patient->stage_pain;
	facts->readings = list;
	facts->leg_open = patient->leg_open;
	return stage_readings(
	    practice, patient, list, &facts->readings_len, verified, why);
}

static const struct {
	enum alert_kind kind;
	const char *level;
} concern_alerts[CONCERN__MAX] = {
	[CONCERN_PAIN] = { ALERT_PAIN, "notice" },
	[CONCERN_WORSENING] = { ALERT_WORSENING, "notice" },
	[CONCERN_STALLED] = { ALERT_STALLED, "notice" },
};

/* When somebody last closed an alert of that kind in this stage, having said
 * what came of it; 0: nobody has. */
static enum status
last_closed(struct practice *practice, const struct patient *patient,
    enum alert_kind kind, int64_t *at, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status = alert_of_patient(
	    practice->store, patient->patient_id, &list, &len, why);
	*at = 0;
	for (int i = 0; i < len; i++)
		if (list[i].kind == kind && *list[i].topic == '\0' &&
		    list[i].state == ALERT_CLOSED &&
		    list[i].opened_at >= patient->stage_since_at &&
		    list[i].closed_at > *at)
			*at = list[i].closed_at;
	alert_list_free(list, len);
	return status;
}

/* Was the newest score of this stage there at that time? */
static enum status
score_was_known(struct practice *practice, const struct patient *patient,
    int64_t at, bool *known, struct why *why)
{
	struct reading_row *rows = NULL;
	int len = 0;
	enum status status =
	    reading_of_patient(practice->store, patient->patient_id,
		patient->visit, CONCERNS_READINGS, &rows, &len, why);
	for (int i = 0; i < len; i++) {
		if (rows[i].reading.pain == PAIN_NONE ||
		    is_grave(&rows[i].reading))
			continue;
		*known = rows[i].advanced_at != 0 && rows[i].advanced_at <= at;
		break;
	}
	free(rows);
	return status;
}

/* Whoever closed the last alert knew all of it: the next score may open one
 * again, and a stage that still stands still does next week. */
static enum status
is_settled(struct practice *practice, const struct patient *patient,
    enum concern concern, bool *settled, struct why *why)
{
	int64_t at = 0;
	*settled = false;
	enum status status = last_closed(
	    practice, patient, concern_alerts[concern].kind, &at, why);
	if (status != STATUS_OK || at == 0)
		return status;
	if (concern != CONCERN_STALLED)
		return score_was_known(practice, patient, at, settled, why);
	*settled = at > practice->now - CLOSED_FOR_S;
	return STATUS_OK;
}

enum status
concerns_tell(
    struct practice *practice, const struct patient *patient, struct why *why)
{
	struct decide_reading list[CONCERNS_READINGS];
	struct decide_facts facts = { 0 };
	bool verified = true;
	enum status status =
	    concerns_facts(practice, patient, list, &facts, &verified, why);
	for (int i = 0; i < CONCERN__MAX && status == STATUS_OK; i++) {
		char because[BECAUSE_SIZE];
		if (!decide_concern(&facts, (enum concern)i, because))
			continue;
		bool settled = false;
		status = is_settled(
		    practice, patient, (enum concern)i, &settled, why);
		if (status != STATUS_OK || settled)
			continue;
		struct alerting_topic topic = { .kind = concern_alerts[i].kind,
			.level = concern_alerts[i].level,
			.patient_id = patient->patient_id,
			.fault = patient->stage,
			.because = because };
		status = alerting_open(practice, &topic, NULL, why);
	}
	return status;
}
