#include "tick/safety.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "care/decide.h"
#include "store/outbox.h"
#include "tick/alerting.h"
#include "tick/course.h"
#include "tick/queue.h"
#include "tick/restraint.h"
#include "tick/whose.h"

/* An answering machine at the other end must not make us write for ever; one
 * who has stopped gets each answer once. */
#define AGAIN_S ((int64_t)10 * 60)
#define AGAIN_STOPPED_S ((int64_t)24 * 60 * 60)

static const char *const templates[FLAG__MAX] = {
	[FLAG_URGENT] = "safety/urgent",
	[FLAG_SELF_HARM] = "safety/self-harm",
	[FLAG_EMERGENCY] = "safety/emergency",
};

/* The levels that are answered: the gravest, and beside an emergency thoughts
 * of self-harm, which want another number. */
static bool
is_answered(const struct reading *reading, enum flag_level level)
{
	if (level == reading_level(reading))
		return true;
	for (int i = 0; i < reading->flags_len; i++)
		if (level == FLAG_SELF_HARM && reading->flags[i].level == level)
			return true;
	return false;
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
open_alert(struct practice *practice, const struct reading_row *row,
    int64_t patient_id, const char *whose, int64_t *alert_id, struct why *why)
{
	char names[128];
	char because[BECAUSE_SIZE];
	flag_names(&row->reading, names, sizeof names);
	snprintf(because, sizeof because, "red flag (%s)%s", names, whose);
	struct alerting_topic topic = { .kind = ALERT_RED_FLAG,
		.level = flag_level_names[reading_level(&row->reading)],
		.patient_id = patient_id,
		.because = because };
	return alerting_open(practice, &topic, alert_id, why);
}

/*
 * Exercise messages wait until a clinician has spoken with the patient; for one
 * who has stopped, START goes back to that. A day until which they were to wait
 * anyway is kept; an open-ended pause of the clinic's own is ended by the
 * clinic's own hand alone.
 */
static enum status
pause_for_flag(
    struct practice *practice, struct patient *patient, struct why *why)
{
	bool stopped = patient->state == PATIENT_STOPPED;
	enum patient_state state =
	    stopped ? patient->before_stop : patient->state;
	bool dated = patient->paused_until_on.year != 0;
	if (state != PATIENT_ACTIVE && state != PATIENT__MAX &&
	    (state != PATIENT_PAUSED || !dated))
		return STATUS_OK;
	if (!stopped)
		return course_pause(practice, patient, "red-flag",
		    patient->paused_until_on, why);
	patient->before_stop = PATIENT_PAUSED;
	replace_text(&patient->paused_by, "red-flag");
	return patient_update_course(practice->store, patient, why);
}

static enum status
say_held(struct practice *practice, int64_t patient_id, const char *template,
    const char *because, struct why *why)
{
	return event_add(practice->store, practice->now, patient_id, "held",
	    template, why, "%s", because);
}

/* May the answer go, or did it a moment ago? patient is NULL for a stranger. */
static enum status
may_answer(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, const char *template, bool *may,
    struct why *why)
{
	int64_t patient_id = patient != NULL ? patient->patient_id : 0;
	int64_t again_s = patient != NULL && patient->state == PATIENT_STOPPED
			      ? AGAIN_STOPPED_S
			      : AGAIN_S;
	bool has = false;
	*may = false;
	enum status status = outbox_has(practice->store, patient_id,
	    inbound->sender, template, practice->now - again_s + 1, &has, why);
	if (status == STATUS_OK && has)
		return say_held(practice, patient_id, template,
		    "no second safety net: the same has just gone", why);
	if (status == STATUS_OK)
		status = restraint_may_answer(practice, inbound->sender,
		    KIND_SAFETY_NET, patient_id, may, why);
	if (status == STATUS_OK && !*may)
		status = say_held(practice, patient_id, template,
		    "no safety net: so many answers went to that address "
		    "that a machine may be writing",
		    why);
	return status;
}

static enum status
answer_one(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, const char *template, int64_t alert_id,
    struct why *why)
{
	bool may = false;
	enum status status =
	    may_answer(practice, patient, inbound, template, &may, why);
	if (status != STATUS_OK || !may)
		return status;
	if (patient == NULL)
		return queue_to_stranger(practice, inbound, KIND_SAFETY_NET,
		    template, alert_id, why);
	struct outgoing outgoing = { .kind = KIND_SAFETY_NET,
		.names = { template },
		.in_reply = inbound,
		.alert_id = alert_id };
	return queue_to_patient(practice, patient, &outgoing, NULL, NULL, why);
}

static enum status
answer_levels(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, const struct reading *reading,
    int64_t alert_id, struct why *why)
{
	enum status status = STATUS_OK;
	if (reading->automatic)
		return say_held(practice,
		    patient != NULL ? patient->patient_id : 0, "safety",
		    "no safety net: a machine wrote that", why);
	for (int level = FLAG__MAX - 1; level > FLAG_NOTICE; level--)
		if (status == STATUS_OK &&
		    is_answered(reading, (enum flag_level)level))
			status = answer_one(practice, patient, inbound,
			    templates[level], alert_id, why);
	return status;
}

/*
 * An address that several share: the one who was asked need not be the one who
 * wrote. The others rest too, each with an alert of their own, until a person
 * knows who it is.
 */
static enum status
safety_others(struct practice *practice, const struct patient *patient,
    const struct reading_row *row, struct patient *list, int len,
    struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].patient_id == patient->patient_id ||
		    list[i].state == PATIENT_COMPLETED ||
		    list[i].state == PATIENT_DISCHARGED)
			continue;
		status = pause_for_flag(practice, &list[i], why);
		if (status == STATUS_OK)
			status = open_alert(practice, row, list[i].patient_id,
			    "; another who shares the address was asked, so "
			    "ask who it is",
			    NULL, why);
	}
	return status;
}

enum status
safety_patient(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why)
{
	enum flag_level level = reading_level(&row->reading);
	struct patient *list = NULL;
	int len = 0;
	int64_t alert_id = 0;
	if (level == FLAG__MAX)
		return STATUS_OK;

	enum status status =
	    whose_list(practice, inbound->sender, &list, &len, why);
	if (status == STATUS_OK && level != FLAG_NOTICE)
		status = pause_for_flag(practice, patient, why);
	if (status == STATUS_OK)
		status = open_alert(practice, row, patient->patient_id,
		    len > 1 ? "; the address is shared, so ask who it is" : "",
		    &alert_id, why);
	if (status == STATUS_OK && level != FLAG_NOTICE && len > 1)
		status = safety_others(practice, patient, row, list, len, why);
	patient_list_free(list, len);
	if (status != STATUS_OK || level == FLAG_NOTICE)
		return status;
	*told = true;
	return answer_levels(
	    practice, patient, inbound, &row->reading, alert_id, why);
}

enum status
safety_stranger(struct practice *practice, const struct inbound *inbound,
    const struct reading_row *row, struct patient *list, int len,
    struct why *why)
{
	enum flag_level level = reading_level(&row->reading);
	const char *whose =
	    len > 1 ? " from a number that several patients share: see the "
		      "inbox"
		    : " from a sender who is no patient: see the inbox";
	int64_t alert_id = 0;
	enum status status = STATUS_OK;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (level != FLAG_NOTICE)
			status = pause_for_flag(practice, &list[i], why);
		if (status == STATUS_OK)
			status = open_alert(practice, row, list[i].patient_id,
			    whose, &alert_id, why);
	}
	if (status == STATUS_OK && len == 0)
		status = open_alert(practice, row, 0, whose, &alert_id, why);
	if (status == STATUS_OK && level != FLAG_NOTICE)
		status = answer_levels(
		    practice, NULL, inbound, &row->reading, alert_id, why);
	if (status == STATUS_OK)
		status = inbound_set_handled(
		    practice->store, inbound->inbound_id, "open", why);
	return status;
}
