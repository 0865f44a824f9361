#include "tick/answer.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "care/decide.h"
#include "store/outbox.h"
#include "tick/alerting.h"
#include "tick/course.h"
#include "tick/queue.h"

/* An answering machine at the other end must not make us write for ever. */
#define SAFETY_AGAIN_S ((int64_t)10 * 60)
#define ONCE_A_DAY_S ((int64_t)24 * 60 * 60)

static const char *const safety_templates[FLAG__MAX] = {
	[FLAG_URGENT] = "safety/urgent",
	[FLAG_SELF_HARM] = "safety/self-harm",
	[FLAG_EMERGENCY] = "safety/emergency",
};

static enum status
answer_with(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, enum kind kind, const char *template,
    enum asks asks, struct why *why)
{
	struct outgoing outgoing = { .kind = kind,
		.names = { template },
		.asks = asks,
		.in_reply = inbound };
	return queue_to_patient(practice, patient, &outgoing, NULL, NULL, why);
}

/* The same, at most once in so many seconds. */
static enum status
answer_seldom(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, enum kind kind, const char *template,
    int64_t again_s, struct why *why)
{
	bool has = false;
	enum status status = outbox_has(practice->store, patient->patient_id,
	    NULL, template, practice->now - again_s + 1, &has, why);
	if (status != STATUS_OK || has)
		return status;
	return answer_with(
	    practice, patient, inbound, kind, template, ASKS_NONE, why);
}

/* The names of the flags, as the words file has them, for the alert. */
static void
flag_names(const struct reading *reading, char *out, size_t size)
{
	size_t used = 0;
	*out = '\0';
	for (int i = 0; i < reading->flags_len; i++) {
		int n = snprintf(out + used, size - used, "%s%s",
		    i > 0 ? ", " : "", reading->flags[i].name);
		if (n < 0 || (size_t)n >= size - used)
			break;
		used += (size_t)n;
	}
}

static enum status
alert_flags(struct practice *practice, const struct reading_row *row,
    int64_t patient_id, const char *whose, struct why *why)
{
	char names[128];
	char because[BECAUSE_SIZE];
	flag_names(&row->reading, names, sizeof names);
	snprintf(because, sizeof because, "red flag (%s)%s%s", names,
	    *whose != '\0' ? " " : "", whose);
	struct alerting_topic topic = { .kind = ALERT_RED_FLAG,
		.level = flag_level_names[reading_level(&row->reading)],
		.patient_id = patient_id,
		.because = because };
	return alerting_open(practice, &topic, NULL, why);
}

/* Exercise messages wait until a clinician has spoken with the patient. */
static enum status
pause_for_flag(
    struct practice *practice, struct patient *patient, struct why *why)
{
	if (patient->state == PATIENT_ACTIVE ||
	    (patient->state == PATIENT_PAUSED &&
		(patient->paused_by == NULL ||
		    strcmp(patient->paused_by, "red-flag") != 0)))
		return course_pause(
		    practice, patient, "red-flag", (struct date){ 0 }, why);
	if (patient->state == PATIENT_STOPPED &&
	    patient->before_stop == PATIENT_ACTIVE) {
		patient->before_stop = PATIENT_PAUSED;
		replace_text(&patient->paused_by, "red-flag");
		return patient_update(practice->store, patient, why);
	}
	return STATUS_OK;
}

enum status
answer_red_flags(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why)
{
	enum flag_level level = reading_level(&row->reading);
	if (level == FLAG__MAX)
		return STATUS_OK;

	enum status status = STATUS_OK;
	if (level != FLAG_NOTICE)
		status = pause_for_flag(practice, patient, why);
	if (status == STATUS_OK && level != FLAG_NOTICE &&
	    !row->reading.automatic) {
		status =
		    answer_seldom(practice, patient, inbound, KIND_SAFETY_NET,
			safety_templates[level], SAFETY_AGAIN_S, why);
		*told = true;
	}
	if (status == STATUS_OK)
		status =
		    alert_flags(practice, row, patient->patient_id, "", why);
	return status;
}

/* Everyone who has that address, wherever they are in their plans. */
typedef enum status course_change(struct practice *practice,
    struct patient *patient, const char *because, struct why *why);

static enum status
change_all(struct practice *practice, const char *address,
    enum patient_state only, course_change *change, const char *because,
    int *count, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	enum status status =
	    patient_by_address(practice->store, address, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (only == PATIENT__MAX || list[i].state == only)
			status = change(practice, &list[i], because, why);
	*count = len;
	patient_list_free(list, len);
	return status;
}

/* Nothing goes to that address any more, nor to anyone who has it. */
static enum status
stop_address(struct practice *practice, const struct inbound *inbound,
    const char *because, bool *was_set, struct why *why)
{
	int sharing = 0;
	enum status status = optout_set(
	    practice->store, inbound->sender, practice->now, was_set, why);
	if (status == STATUS_OK)
		status = change_all(practice, inbound->sender, PATIENT__MAX,
		    course_stop, because, &sharing, why);
	if (status == STATUS_OK && sharing > 1) {
		struct alerting_topic topic = { .kind = ALERT_SHARED_NUMBER,
			.level = "notice",
			.because = "an opt-out from a number that several "
				   "patients share has stopped them all" };
		status = alerting_open(practice, &topic, NULL, why);
	}
	return status;
}

static enum status
restart_address(struct practice *practice, const struct inbound *inbound,
    bool *restarted, struct why *why)
{
	int sharing = 0;
	enum status status =
	    optout_is(practice->store, inbound->sender, restarted, why);
	if (status != STATUS_OK || !*restarted)
		return status;
	status = optout_lift(practice->store, inbound->sender, why);
	if (status == STATUS_OK)
		status = change_all(practice, inbound->sender, PATIENT_STOPPED,
		    course_restart, "the patient wrote START", &sharing, why);
	return status;
}

static enum status
alert_wrong_number(
    struct practice *practice, int64_t patient_id, struct why *why)
{
	struct alerting_topic topic = { .kind = ALERT_WRONG_NUMBER,
		.level = "notice",
		.patient_id = patient_id,
		.because = "somebody says that this is the wrong number: it "
			   "gets nothing more; find the right one" };
	return alerting_open(practice, &topic, NULL, why);
}

enum status
answer_commands(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why)
{
	const struct reading *reading = &row->reading;
	enum status status = STATUS_OK;
	bool was = false;

	if (reading->automatic)
		return STATUS_OK;
	if (reading->wrong_number) {
		status = stop_address(practice, inbound,
		    "stopped: this is said to be the wrong number", &was, why);
		if (status == STATUS_OK)
			status = alert_wrong_number(
			    practice, patient->patient_id, why);
		*told = true;
	} else if (reading->stop) {
		status = stop_address(
		    practice, inbound, "the patient wrote STOP", &was, why);
		if (status == STATUS_OK && !was)
			status = answer_with(practice, patient, inbound,
			    KIND_STOP_CONFIRM, "answer/stop", ASKS_NONE, why);
		*told = true;
	} else if (reading->start) {
		status = restart_address(practice, inbound, &was, why);
		if (status == STATUS_OK && was)
			status = answer_with(practice, patient, inbound,
			    KIND_ANSWER, "answer/start", ASKS_NONE, why);
		*told = true;
	} else if (reading->help) {
		status = answer_with(practice, patient, inbound, KIND_ANSWER,
		    "answer/help", ASKS_NONE, why);
		*told = true;
	}
	if (status != STATUS_OK || !*told)
		return status;

	/* The record may have changed underneath. */
	int64_t patient_id = patient->patient_id;
	patient_free(patient);
	return patient_by_id(practice->store, patient_id, patient, why);
}

/* A person must read this one. */
static enum status
hand_over(struct practice *practice, const struct inbound *inbound,
    int64_t patient_id, enum alert_kind kind, const char *because,
    struct why *why)
{
	struct alerting_topic topic = { .kind = kind,
		.level = "notice",
		.patient_id = patient_id,
		.because = because };
	enum status status = inbound_set_handled(
	    practice->store, inbound->inbound_id, "open", why);
	if (status == STATUS_OK)
		status = alerting_open(practice, &topic, NULL, why);
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
		status = answer_with(practice, patient, inbound, KIND_ANSWER,
		    again_templates[row->asked], row->asked, why);
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
		status = hand_over(practice, inbound, patient->patient_id,
		    ALERT_QUESTION, "the patient asks something: see the inbox",
		    why);
		if (status == STATUS_OK && !told)
			status = answer_seldom(practice, patient, inbound,
			    KIND_ANSWER, "answer/question", ONCE_A_DAY_S, why);
		return status;
	}
	if (reading->unclear && !told) {
		bool asked = false;
		status =
		    ask_again(practice, patient, inbound, row, &asked, why);
		if (status != STATUS_OK || asked)
			return status;
		status = hand_over(practice, inbound, patient->patient_id,
		    ALERT_UNCLEAR,
		    "a reply that could not be read: see the inbox", why);
		if (status == STATUS_OK)
			status = answer_seldom(practice, patient, inbound,
			    KIND_ANSWER, "answer/question", ONCE_A_DAY_S, why);
		return status;
	}
	if (!row->verified && !reading->courtesy) {
		status = inbound_set_handled(
		    practice->store, inbound->inbound_id, "open", why);
		if (status != STATUS_OK)
			return status;
	}
	if (answered && !told)
		status = answer_with(practice, patient, inbound, KIND_ANSWER,
		    "answer/thanks", ASKS_NONE, why);
	return status;
}

/* Is it one of the clinicians whom alerts go to? They get no answers. */
static bool
is_contact(const struct practice *practice, const char *address)
{
	const struct alerting *alerts = &practice->config->alerts;
	for (int i = 0; i < alerts->to_len; i++)
		if (strcasecmp(alerts->to[i].text, address) == 0)
			return true;
	for (int i = 0; i < alerts->night_to_len; i++)
		if (strcasecmp(alerts->night_to[i].text, address) == 0)
			return true;
	return false;
}

static enum status
answer_stranger_seldom(struct practice *practice, const struct inbound *inbound,
    enum kind kind, const char *template, int64_t again_s, struct why *why)
{
	bool has = false;
	enum status status = outbox_has(practice->store, 0, inbound->sender,
	    template, practice->now - again_s + 1, &has, why);
	if (status != STATUS_OK || has)
		return status;
	return queue_to_stranger(practice, inbound, kind, template, why);
}

/* A red flag from nobody we know, or from one of several: the answer, the
 * alert, and a pause for each whom it may be. */
static enum status
stranger_red_flag(struct practice *practice, const struct inbound *inbound,
    const struct reading_row *row, struct patient *list, int len,
    struct why *why)
{
	enum flag_level level = reading_level(&row->reading);
	const char *whose =
	    len > 1 ? "from a number that several patients share: see the inbox"
		    : "from a sender who is no patient: see the inbox";

	enum status status = STATUS_OK;
	if (level != FLAG_NOTICE && !row->reading.automatic)
		status =
		    answer_stranger_seldom(practice, inbound, KIND_SAFETY_NET,
			safety_templates[level], SAFETY_AGAIN_S, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (level != FLAG_NOTICE)
			status = pause_for_flag(practice, &list[i], why);
		if (status == STATUS_OK)
			status = alert_flags(
			    practice, row, list[i].patient_id, whose, why);
	}
	if (status == STATUS_OK && len == 0)
		status = alert_flags(practice, row, 0, whose, why);
	if (status == STATUS_OK)
		status = inbound_set_handled(
		    practice->store, inbound->inbound_id, "open", why);
	return status;
}

static enum status
stranger_rest(struct practice *practice, const struct inbound *inbound,
    const struct reading_row *row, int sharing, struct why *why)
{
	const struct reading *reading = &row->reading;
	bool was = false;
	enum status status = STATUS_OK;

	if (reading->stop || reading->wrong_number) {
		status = stop_address(
		    practice, inbound, "the patient wrote STOP", &was, why);
		if (status == STATUS_OK && reading->wrong_number && sharing > 0)
			status = alert_wrong_number(practice, 0, why);
		if (status == STATUS_OK && reading->stop && !was)
			status = queue_to_stranger(practice, inbound,
			    KIND_STOP_CONFIRM, "answer/stop", why);
		return status;
	}
	if (reading->start) {
		status = restart_address(practice, inbound, &was, why);
		if (status == STATUS_OK && was)
			status = queue_to_stranger(practice, inbound,
			    KIND_ANSWER, "answer/start", why);
		return status;
	}
	if (reading->help)
		return answer_stranger_seldom(
		    practice, inbound, KIND_ANSWER, "answer/help", 60, why);
	if (sharing > 1)
		return hand_over(practice, inbound, 0, ALERT_SHARED_NUMBER,
		    "a reply from a number that several patients share could "
		    "be any one's: see the inbox",
		    why);

	status = inbound_set_handled(
	    practice->store, inbound->inbound_id, "open", why);
	if (status == STATUS_OK && !is_contact(practice, inbound->sender))
		status = answer_stranger_seldom(practice, inbound, KIND_ANSWER,
		    "answer/unknown", ONCE_A_DAY_S, why);
	return status;
}

enum status
answer_stranger(struct practice *practice, const struct inbound *inbound,
    const struct reading_row *row, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	enum status status = patient_by_address(
	    practice->store, inbound->sender, &list, &len, why);
	if (status == STATUS_OK && reading_level(&row->reading) != FLAG__MAX)
		status =
		    stranger_red_flag(practice, inbound, row, list, len, why);
	bool flagged = reading_level(&row->reading) != FLAG__MAX;
	bool command = row->reading.stop || row->reading.wrong_number;
	if (status == STATUS_OK && !row->reading.automatic &&
	    (!flagged || command))
		status = stranger_rest(practice, inbound, row, len, why);
	patient_list_free(list, len);
	return status;
}
