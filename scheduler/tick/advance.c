/*
 * advance - act on what was read
 *
 * Each reading is taken once, in one transaction with all that follows from
 * it. The order is that of what matters: a red flag before all else, then an
 * opt-out, then everything that moves a plan along.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "store/inbox.h"
#include "tick/alerting.h"
#include "tick/answer.h"
#include "tick/batch.h"
#include "tick/concerns.h"
#include "tick/decision.h"
#include "tick/keywords.h"
#include "tick/safety.h"
#include "tick/steps.h"

#define ADVANCE_BATCH 256

/* A score, a yes, a morning after: what it changes in the patient's record. */
static enum status
note_answer(struct practice *practice, struct patient *patient,
    const struct reading_row *row, struct why *why)
{
	const struct reading *reading = &row->reading;
	bool nerve = false;
	if (reading->leg == ANSWER_YES) {
		patient->leg_open = true;
		nerve = patient_set_fact(patient, FACT_NERVE, "yes");
	}
	if (patient->stage_pain == PAIN_NONE && reading->pain != PAIN_NONE &&
	    row->visit == patient->visit)
		patient->stage_pain = reading->pain;
	patient->watch_at = practice->now;
	enum status status =
	    nerve ? patient_update(practice->store, patient, why)
		  : patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK && nerve)
		status = event_add(practice->store, practice->now,
		    patient->patient_id, "branch", FACT_NERVE, why,
		    "from now on the texts for an irritated nerve: a leg "
		    "symptom was told of");
	if (status == STATUS_OK && reading->leg == ANSWER_YES) {
		struct alerting_topic topic = { .kind = ALERT_WORSENING,
			.level = "notice",
			.patient_id = patient->patient_id,
			.topic = ALERTING_LEG,
			.because = "tingling, weakness or the like, new or "
				   "worse: every step up waits until this is "
				   "closed",
			.again = true };
		status = alerting_open(practice, &topic, NULL, why);
	}
	return status;
}

/* Did the reading answer the question it was read against? */
static bool
answers(enum asks asks, const struct reading *reading)
{
	switch (asks) {
	case ASKS_PAIN:
		return reading->pain != PAIN_NONE;
	case ASKS_DONE:
		return reading->done != ANSWER_NONE;
	case ASKS_LEG:
		return reading->leg != ANSWER_NONE || reading->flags_len > 0;
	case ASKS_SETTLED:
		return reading->settled != ANSWER_NONE;
	case ASKS_NONE:
	case ASKS__MAX:
		break;
	}
	return false;
}

/* Whoever wrote of something grave instead is not asked once more. */
static enum status
close_question(struct practice *practice, const struct reading_row *row,
    bool *answered, struct why *why)
{
	bool answer = answers(row->asked, &row->reading);
	*answered = false;
	if (row->question_id == 0 || (!answer && row->reading.flags_len == 0))
		return STATUS_OK;
	struct question question = { 0 };
	enum status status =
	    question_by_id(practice->store, row->question_id, &question, why);
	if (status != STATUS_OK || question.state == QUESTION_ANSWERED)
		return status == STATUS_NONE ? STATUS_OK : status;
	question.nudge_at = 0;
	if (answer) {
		question.state = QUESTION_ANSWERED;
		question.answered_at = row->at;
	}
	*answered = answer;
	return question_update(practice->store, &question, why);
}

/*
 * A mail with a token is the patient's whatever address it comes from. What it
 * asks for concerns the address that the clinic knows, and goes there; only a
 * red flag has been answered where it was written.
 */
static void
take_home(const struct patient *patient, struct inbound *inbound)
{
	const char *known[] = { patient->email, patient->phone };

	for (int i = 0; i < 2; i++)
		if (known[i] != NULL &&
		    strcasecmp(known[i], inbound->sender) == 0)
			return;
	if (inbound->channel == CHANNEL_EMAIL && patient->email != NULL)
		replace_text(&inbound->sender, patient->email);
}

/* Heard from again: as many messages as before. */
static enum status
end_silence(struct practice *practice, struct patient *patient,
    const struct reading *reading, struct why *why)
{
	if (patient->silent == 0 || reading->automatic)
		return STATUS_OK;
	patient->silent = 0;
	enum status status =
	    patient_update_course(practice->store, patient, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    patient->patient_id, "heard", "", why,
		    "heard from again: as many messages as before");
	struct alerting_topic topic = { .kind = ALERT_SILENT,
		.patient_id = patient->patient_id };
	return status == STATUS_OK
		   ? alerting_end(practice, &topic, "heard from again", why)
		   : status;
}

/* Everything that concerns a known patient. */
static enum status
advance_patient(struct practice *practice, struct patient *patient,
    struct inbound *inbound, const struct reading_row *row, struct why *why)
{
	const struct reading *reading = &row->reading;
	bool answered = false;
	bool moved = false;
	bool told = false;

	enum status status = end_silence(practice, patient, reading, why);
	if (status == STATUS_OK)
		status =
		    safety_patient(practice, patient, inbound, row, &told, why);
	take_home(patient, inbound);
	if (status == STATUS_OK)
		status =
		    keywords_take(practice, patient, inbound, row, &told, why);
	if (status != STATUS_OK || reading->stop || reading->wrong_number ||
	    reading->pause_days > 0 || reading->automatic)
		return status;

	status = close_question(practice, row, &answered, why);
	if (status == STATUS_OK &&
	    (reading->pain != PAIN_NONE || reading->settled != ANSWER_NONE ||
		reading->leg != ANSWER_NONE || reading->done != ANSWER_NONE))
		status = note_answer(practice, patient, row, why);
	/* Told of before a move: a new stage knows nothing of the old one's
	 * scores. */
	if (status == STATUS_OK && patient->state == PATIENT_ACTIVE)
		status = concerns_tell(practice, patient, why);
	if (status == STATUS_OK && reading_level(reading) == FLAG__MAX)
		status = decision_make(practice, patient, inbound, &moved, why);
	if (status == STATUS_OK)
		status = answer_rest(practice, patient, inbound, row, answered,
		    moved || told, why);
	return status;
}

static enum status
advance_one(struct practice *practice, void *arg, struct why *why)
{
	const struct reading_row *row = arg;
	struct inbound inbound = { 0 };
	struct patient patient = { 0 };
	enum status status =
	    inbound_by_id(practice->store, row->inbound_id, &inbound, why);
	if (status != STATUS_OK)
		return status;

	if (row->patient_id == 0) {
		status = answer_stranger(practice, &inbound, row, why);
	} else {
		status = patient_by_id(
		    practice->store, row->patient_id, &patient, why);
		if (status == STATUS_OK)
			status = advance_patient(
			    practice, &patient, &inbound, row, why);
	}
	if (status == STATUS_OK)
		status = reading_mark_advanced(
		    practice->store, row->reading_id, practice->now, why);
	inbound_free(&inbound);
	patient_free(&patient);
	return status;
}

static enum status
advance_readings(struct practice *practice, struct why *why)
{
	for (;;) {
		struct reading_row *list = NULL;
		int len = 0;
		int done = 0;
		enum status status = reading_new(
		    practice->store, ADVANCE_BATCH, &list, &len, why);
		for (int i = 0; i < len && status == STATUS_OK; i++) {
			status = practice_transact(
			    practice, advance_one, &list[i], why);
			if (status == STATUS_OK)
				done++;
			else if (batch_go_on(
				     practice, status, "a reading", why))
				status = STATUS_OK;
		}
		free(list);
		if (status != STATUS_OK || len < ADVANCE_BATCH || done == 0)
			return status;
	}
}

enum status
tick_advance(struct practice *practice, struct why *why)
{
	enum status status = advance_readings(practice, why);
	if (status == STATUS_OK)
		status = decision_make_held_back(practice, why);
	return status;
}
