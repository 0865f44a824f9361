#include "tick/join.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/inbox.h"
#include "tick/course.h"
#include "tick/queue.h"

/* The first reminder of a new stage tells of it, unless an answer has. */
static enum status
announcement(struct practice *practice, const struct due *due, char **name,
    struct why *why)
{
	*name = NULL;
	if (due->patient.visit <= 1)
		return STATUS_OK;

	struct templates *templates = NULL;
	const struct template *found = NULL;
	bool told = false;
	char *stage = course_stage_template(due->stage->id, DECISION_ADVANCE);
	enum status status =
	    outbox_has(practice->store, due->patient.patient_id, NULL, stage,
		due->patient.stage_since_at, &told, why);
	if (status == STATUS_OK && !told)
		status = outbox_has(practice->store, due->patient.patient_id,
		    NULL, "stage/easier", due->patient.stage_since_at, &told,
		    why);
	if (status == STATUS_OK && !told)
		status = practice_templates(practice, &templates, why);
	if (status == STATUS_OK && !told) {
		status = templates_find_for(templates, due->plan->id,
		    due->patient.language, stage, &found, why);
		if (status == STATUS_NONE)
			status = STATUS_OK;
	}
	if (status == STATUS_OK && found != NULL)
		*name = stage;
	else
		free(stage);
	return status;
}

static enum status
whose_turn(struct practice *practice, const struct due *due,
    const struct candidate *candidate, const char **template, struct why *why)
{
	int64_t times = 0;
	enum status status = slot_turn(practice->store,
	    // NOLINTNEXTLINE(clang-analyzer-core.*): one of the two is there
	    due->patient.enrolment_id, candidate->key, &times, why);
	*template = candidate->reminder
			->messages[times % candidate->reminder->messages_len];
	return status;
}

static enum status
open_question(struct practice *practice, const struct due *due,
    const struct candidate *asking, const char *parcel, struct why *why)
{
	struct question question = { .enrolment_id = due->patient.enrolment_id,
		.asks = asking->reminder->asks,
		.visit = due->patient.visit,
		.answer_within_s = asking->reminder->answer_within_s,
		.nudge_after_s = asking->reminder->nudge_after_s,
		.state = QUESTION_WAITING };
	memcpy(question.parcel, parcel, KEY_SIZE);
	return question_insert(practice->store, &question, why);
}

/*
 * Take the slots and queue the one message they become. A slot taken before
 * (a clock set back, a tick run twice) makes no second message.
 */
static enum status
queue_slots(struct practice *practice, const struct due *due,
    struct candidate *tip, struct candidate *asking, struct outgoing *outgoing,
    struct why *why)
{
	struct candidate *both[] = { asking, tip };
	char parcel[KEY_SIZE];
	bool fresh = false;
	queue_parcel(parcel);
	for (int i = 0; i < 2; i++) {
		bool taken = false;
		if (both[i] == NULL)
			continue;
		enum status status =
		    due_take(practice, due, both[i], &both[i]->newest, parcel,
			outgoing->names[0], "", &taken, why);
		if (status != STATUS_OK)
			return status;
		fresh = fresh || taken;
		if (both[i] == asking && !taken)
			return STATUS_OK;
	}
	if (!fresh)
		return STATUS_OK;

	bool queued = false;
	enum status status = queue_to_patient(
	    practice, &due->patient, outgoing, parcel, &queued, why);
	if (status == STATUS_OK && !queued)
		return slot_spoil(
		    practice->store, parcel, "no address to send it to", why);
	if (status == STATUS_OK && asking != NULL)
		status = open_question(practice, due, asking, parcel, why);
	return status;
}

enum status
join_and_queue(struct practice *practice, const struct due *due,
    struct candidate *tip, struct candidate *asking, struct why *why)
{
	struct candidate *lead = asking != NULL ? asking : tip;
	const char *template = NULL;
	char *told = NULL;
	char *ask = NULL;
	enum status status =
	    whose_turn(practice, due, tip != NULL ? tip : lead, &template, why);
	if (status == STATUS_OK)
		status = announcement(practice, due, &told, why);
	if (status != STATUS_OK)
		return status;

	/* A new stage is told of in place of the tip, which comes again. */
	if (told != NULL && asking != NULL && tip != NULL) {
		tip->missed = "the new stage was told of instead";
		tip = NULL;
	}
	bool stage_bound = *lead->schedule->stage != '\0' || (told != NULL);
	struct outgoing outgoing = { .kind = asking != NULL ? KIND_QUESTION
							    : KIND_REMINDER,
		.names = { told != NULL ? told : template },
		.asks = asking != NULL ? asking->reminder->asks : ASKS_NONE,
		.stage = stage_bound ? due->stage->id : NULL,
		.expires_at = lead->expires_at };
	if (asking != NULL) {
		ask = xasprintf("ask/%s", asks_names[asking->reminder->asks]);
		outgoing.names[1] = ask;
	}

	/* Where both don't fit into one SMS, the question goes with its own
	 * words alone. */
	bool fits = true;
	if (asking != NULL && tip != NULL)
		status =
		    queue_fits(practice, &due->patient, &outgoing, &fits, why);
	if (status == STATUS_OK && !fits) {
		tip->missed = "no room beside the question";
		tip = NULL;
		status =
		    whose_turn(practice, due, asking, &outgoing.names[0], why);
	}
	if (status == STATUS_OK)
		status =
		    queue_slots(practice, due, tip, asking, &outgoing, why);
	free(told);
	free(ask);
	return status;
}
