#include "tick/concerns.h"

#include <stdlib.h>

#include "store/inbox.h"
#include "tick/alerting.h"

/* An alert that was closed is not opened again by what was known then. */
#define CLOSED_FOR_S ((int64_t)7 * 24 * 60 * 60)

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
		enum flag_level level = reading_level(reading);
		/* Something grave was written: a person looks, and no score
		 * that stood beside it moves a stage, now or later. */
		if (level != FLAG__MAX && level != FLAG_NOTICE)
			continue;
		if (reading->pain == PAIN_NONE &&
		    reading->settled == ANSWER_NONE &&
		    reading->leg == ANSWER_NONE)
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

/* Somebody has just looked at a stage that stands still, and said what came of
 * it: the next reply does not ask again, next week does. */
static enum status
closed_lately(struct practice *practice, const struct patient *patient,
    enum concern concern, bool *lately, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	*lately = false;
	if (concern != CONCERN_STALLED)
		return STATUS_OK;
	enum status status = alert_of_patient(
	    practice->store, patient->patient_id, &list, &len, why);
	for (int i = 0; i < len; i++)
		if (list[i].kind == ALERT_STALLED &&
		    list[i].state == ALERT_CLOSED &&
		    list[i].opened_at >= patient->stage_since_at &&
		    list[i].closed_at > practice->now - CLOSED_FOR_S)
			*lately = true;
	alert_list_free(list, len);
	return status;
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
		bool lately = false;
		status = closed_lately(
		    practice, patient, (enum concern)i, &lately, why);
		if (status != STATUS_OK || lately)
			continue;
		struct alerting_topic topic = { .kind = concern_alerts[i].kind,
			.level = concern_alerts[i].level,
			.patient_id = patient->patient_id,
			.because = because };
		status = alerting_open(practice, &topic, NULL, why);
	}
	return status;
}
