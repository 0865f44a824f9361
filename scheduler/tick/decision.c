#include "tick/decision.h"

#include <string.h>

#include "base/memory.h"
#include "tick/batch.h"
#include "tick/concerns.h"
#include "tick/course.h"

/* When min_days will have passed, in case that alone held a move back. */
static enum status
look_again_at(struct practice *practice, const struct patient *patient,
    const struct decide_facts *facts, int64_t *at, struct why *why)
{
	*at = 0;
	if (facts->days >= facts->stage->min_days)
		return STATUS_OK;
	const struct zone *zone = NULL;
	enum status status =
	    practice_zone_named(practice, patient->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;
	struct date on = date_from_days(
	    date_days(patient->stage_since_on) + facts->stage->min_days);
	*at = zone_day_start(zone, on);
	return STATUS_OK;
}

static enum status
propose(struct practice *practice, const struct patient *patient,
    const struct decision *decision, struct why *why)
{
	struct move move = { 0 };
	enum status status =
	    move_waiting_of(practice->store, patient->enrolment_id, &move, why);
	bool waits = status == STATUS_OK;
	move_free(&move);
	if (waits || status != STATUS_NONE)
		return status;

	move = (struct move){ .enrolment_id = patient->enrolment_id,
		.from_stage = xstrdup(patient->stage),
		.to_stage = xstrdup(
		    decision->to != NULL ? decision->to->id : "finished"),
		.act = xstrdup(decision->act == DECISION_FINISH	   ? "finish"
			       : decision->act == DECISION_RETREAT ? "retreat"
								   : "advance"),
		.because = xstrdup(decision->because),
		.state = MOVE_WAITING,
		.at = practice->now };
	status = move_insert(practice->store, &move, why);
	move_free(&move);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    patient->patient_id, "waiting",
		    decision->to != NULL ? decision->to->id : "finished", why,
		    "a move waits for a clinician's yes: %s",
		    decision->because);
	return status;
}

enum status
decision_make(struct practice *practice, struct patient *patient,
    const struct inbound *in_reply, bool *moved, struct why *why)
{
	*moved = false;
	if (patient->state != PATIENT_ACTIVE)
		return STATUS_OK;

	struct decide_reading list[CONCERNS_READINGS];
	struct decide_facts facts = { 0 };
	bool verified = true;
	enum status status =
	    concerns_facts(practice, patient, list, &facts, &verified, why);
	if (status != STATUS_OK)
		return status;

	struct decision decision = decide(&facts);
	status =
	    look_again_at(practice, patient, &facts, &patient->decide_at, why);
	if (status != STATUS_OK)
		return status;
	if (decision.act == DECISION_STAY)
		return patient_update_course(practice->store, patient, why);

	/* What anyone could have written moves nobody by itself. */
	if (decision.confirm || !verified) {
		status = propose(practice, patient, &decision, why);
		return status == STATUS_OK ? patient_update_course(
						 practice->store, patient, why)
					   : status;
	}
	int pain = PAIN_NONE;
	for (int i = 0; i < facts.readings_len && pain == PAIN_NONE; i++)
		pain = list[i].pain;
	struct course_step step = { .to = decision.to,
		.act = decision.act,
		.because = decision.because,
		.pain = pain,
		.in_reply = in_reply };
	*moved = true;
	return course_move(practice, patient, &step, why);
}

/* A move that min_days held back, on its day. */
static enum status
decide_again(struct practice *practice, void *arg, struct why *why)
{
	const struct batch_item *item = arg;
	struct patient patient = { 0 };
	bool moved = false;
	enum status status =
	    patient_by_enrolment(practice->store, item->id, &patient, why);
	if (status == STATUS_OK) {
		patient.decide_at = 0;
		status =
		    patient.state == PATIENT_ACTIVE
			? decision_make(practice, &patient, NULL, &moved, why)
			: patient_update_course(practice->store, &patient, why);
	}
	patient_free(&patient);
	return status;
}

static enum status
held_back_due(
    struct practice *practice, int64_t *ids, int *len, struct why *why)
{
	return patient_due_decide(
	    practice->store, practice->now, ids, len, why);
}

enum status
decision_make_held_back(struct practice *practice, struct why *why)
{
	return batch_each(
	    practice, held_back_due, decide_again, "a decision", why);
}
