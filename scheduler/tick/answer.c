#include "tick/answer.h"

#include <string.h>

#include "care/decide.h"
#include "store/outbox.h"
#include "tick/alerting.h"
#include "tick/keywords.h"
#include "tick/queue.h"
#include "tick/restraint.h"
#include "tick/safety.h"
#include "tick/whose.h"

/* What was written so long ago is not what somebody just wrote. */
#define LATE_S ((int64_t)3 * 60 * 60)

/* Thanks at four in the morning, for a reply of the evening before that was
 * collected only now, waits for the patient's day. 0: it does not. */
static enum status
wait_until(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, enum kind kind, int64_t *until,
    struct why *why)
{
	const struct quiet *quiet = &practice->config->clinic.quiet;
	const struct zone *zone = NULL;
	*until = 0;
	if (kind != KIND_ANSWER || inbound->came_at > practice->now - LATE_S)
		return STATUS_OK;
	enum status status =
	    practice_zone_named(practice, patient->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;
	if (!quiet_open(quiet, zone, practice->now))
		*until = quiet_next_open(quiet, zone, practice->now);
	return STATUS_OK;
}

/* One answer; patient NULL: to whoever wrote. */
static enum status
send_answer(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct outgoing *outgoing, struct why *why)
{
	int64_t patient_id = patient != NULL ? patient->patient_id : 0;
	bool may = false;
	enum status status = restraint_may_answer(
	    practice, inbound->sender, outgoing->kind, patient_id, &may, why);
	if (status == STATUS_OK && !may)
		return event_add(practice->store, practice->now, patient_id,
		    "held", outgoing->names[0], why,
		    "no answer: so many went to that address that a machine "
		    "may be writing");
	if (status != STATUS_OK)
		return status;
	if (patient == NULL)
		return queue_to_stranger(practice, inbound, outgoing->kind,
		    outgoing->names[0], 0, why);

	outgoing->in_reply = inbound;
	status = wait_until(
	    practice, patient, inbound, outgoing->kind, &outgoing->due_at, why);
	return status == STATUS_OK ? queue_to_patient(practice, patient,
					 outgoing, NULL, NULL, why)
				   : status;
}

enum status
answer_send(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, enum kind kind, const char *template,
    enum asks asks, struct why *why)
{
	struct outgoing outgoing = {
		.kind = kind, .names = { template }, .asks = asks
	};
	return send_answer(practice, patient, inbound, &outgoing, why);
}

enum status
answer_pause(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, int days, struct why *why)
{
	struct outgoing outgoing = { .kind = KIND_ANSWER,
		.names = { "answer/pause" },
		.pause_days = days };
	return send_answer(practice, patient, inbound, &outgoing, why);
}

enum status
answer_seldom(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, enum kind kind, const char *template,
    int64_t again_s, struct why *why)
{
	bool has = false;
	enum status status = outbox_has(practice->store,
	    patient != NULL ? patient->patient_id : 0, inbound->sender,
	    template, practice->now - again_s + 1, &has, why);
	if (status != STATUS_OK || has)
		return status;
	return answer_send(
	    practice, patient, inbound, kind, template, ASKS_NONE, why);
}

enum status
answer_hand_over(struct practice *practice, const struct inbound *inbound,
    int64_t patient_id, enum alert_kind kind, const char *topic,
    const char *because, struct why *why)
{
	struct alerting_topic about = { .kind = kind,
		.level = "notice",
		.patient_id = patient_id,
		.topic = topic,
		.because = because,
		.again = true };
	enum status status = inbound_set_handled(
	    practice->store, inbound->inbound_id, "open", why);
	if (status == STATUS_OK)
		status = alerting_open(practice, &about, NULL, why);
	return status;
}

static const char *const again_templates[ASKS__MAX] = {
	[ASKS_PAIN] = "answer/unclear-pain",
	[ASKS_DONE] = "answer/unclear-done",
	[ASKS_LEG] = "answer/unclear-leg",
	[ASKS_SETTLED] = "answer/unclear-settled",
};

/* Once, gently, with the form of the answer; *asked says that it was. */
static enum status
ask_again(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *asked,
    struct why *why)
{
	struct question question = { 0 };
	*asked = false;
	if (row->question_id == 0 || again_templates[row->asked] == NULL)
		return STATUS_OK;
	enum status status =
	    question_by_id(practice->store, row->question_id, &question, why);
	if (status != STATUS_OK || question.asked_again ||
	    question.state != QUESTION_OPEN)
		return status == STATUS_NONE ? STATUS_OK : status;

	question.asked_again = true;
	question.nudge_at = 0;
	*asked = true;
	status = question_update(practice->store, &question, why);
	if (status == STATUS_OK)
		status = answer_send(practice, patient, inbound, KIND_ANSWER,
		    again_templates[row->asked], row->asked, why);
	return status;
}

/* Below "--" may stand what the sender means: "see below", and a yes between
 * our own lines. No number is taken from there, so that a person looks. */
static bool
says_more(const struct inbound *inbound)
{
	return inbound->channel == CHANNEL_EMAIL &&
	       strstr(inbound->body, "\n--\n") != NULL;
}

static enum status
answer_unclear(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row,
    struct why *why)
{
	bool asked = false;
	enum status status =
	    ask_again(practice, patient, inbound, row, &asked, why);
	if (status != STATUS_OK || (asked && !says_more(inbound)))
		return status;
	status = answer_hand_over(practice, inbound, patient->patient_id,
	    ALERT_UNCLEAR, NULL,
	    "a reply that could not be read: see the inbox", why);
	if (asked)
		return status;
	/* Where nothing was asked it may have been a score. */
	bool may_be_score =
	    row->question_id == 0 && patient->state == PATIENT_ACTIVE;
	if (status == STATUS_OK)
		status = answer_seldom(practice, patient, inbound, KIND_ANSWER,
		    may_be_score ? "answer/unclear" : "answer/question",
		    ANSWER_ONCE_A_DAY_S, why);
	return status;
}

enum status
answer_rest(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool answered,
    bool told, struct why *why)
{
	const struct reading *reading = &row->reading;
	enum status status = STATUS_OK;

	if (reading->question) {
		status = answer_hand_over(practice, inbound,
		    patient->patient_id, ALERT_QUESTION, NULL,
		    "the patient asks something: see the inbox", why);
		if (status == STATUS_OK && !told)
			status = answer_seldom(practice, patient, inbound,
			    KIND_ANSWER, "answer/question", ANSWER_ONCE_A_DAY_S,
			    why);
		return status;
	}
	if (reading->unclear && !told)
		return answer_unclear(practice, patient, inbound, row, why);
	if (!row->verified && !reading->courtesy) {
		status = inbound_set_handled(
		    practice->store, inbound->inbound_id, "open", why);
		if (status != STATUS_OK)
			return status;
	}
	if (answered && !told)
		status = answer_send(practice, patient, inbound, KIND_ANSWER,
		    "answer/thanks", ASKS_NONE, why);
	return status;
}

/* What is no keyword, from a number that several share: it could be any
 * one's, so a clinician reads it. */
static enum status
answer_shared(struct practice *practice, const struct inbound *inbound,
    const struct reading_row *row, struct why *why)
{
	if (row->reading.courtesy)
		return STATUS_OK;
	enum status status = answer_hand_over(practice, inbound, 0,
	    ALERT_SHARED_NUMBER, "reply",
	    "a reply from a number that several patients share could be any "
	    "one's: see the inbox",
	    why);
	if (status == STATUS_OK)
		status = answer_seldom(practice, NULL, inbound, KIND_ANSWER,
		    "answer/question", ANSWER_ONCE_A_DAY_S, why);
	return status;
}

static enum status
answer_unknown(
    struct practice *practice, const struct inbound *inbound, struct why *why)
{
	enum status status = inbound_set_handled(
	    practice->store, inbound->inbound_id, "open", why);
	if (status == STATUS_OK)
		status = answer_seldom(practice, NULL, inbound, KIND_ANSWER,
		    "answer/unknown", ANSWER_ONCE_A_DAY_S, why);
	return status;
}

enum status
answer_stranger(struct practice *practice, const struct inbound *inbound,
    const struct reading_row *row, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	bool told = reading_level(&row->reading) != FLAG__MAX;
	enum status status =
	    whose_list(practice, inbound->sender, &list, &len, why);
	if (status == STATUS_OK && told)
		status =
		    safety_stranger(practice, inbound, row, list, len, why);
	patient_list_free(list, len);
	if (status != STATUS_OK || row->reading.automatic)
		return status;

	status = keywords_take(practice, NULL, inbound, row, &told, why);
	if (status != STATUS_OK || told)
		return status;
	return len > 1 ? answer_shared(practice, inbound, row, why)
		       : answer_unknown(practice, inbound, why);
}
