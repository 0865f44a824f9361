#include "tick/keywords.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "care/decide.h"
#include "tick/alerting.h"
#include "tick/answer.h"
#include "tick/course.h"

#define HELP_AGAIN_S ((int64_t)60)

/* "P-4K7QXM, P-7M2N4T and P-9R3WAZ" */
static void
name_them(const struct patient *list, int len, char refs[BECAUSE_SIZE])
{
	size_t used = 0;
	*refs = '\0';
	for (int i = 0; i < len; i++) {
		int n = snprintf(refs + used, BECAUSE_SIZE - used, "%s%s",
		    i == 0	   ? ""
		    : i == len - 1 ? " and "
				   : ", ",
		    list[i].ref);
		if (n > 0 && (size_t)n < BECAUSE_SIZE - used)
			used += (size_t)n;
	}
}

/* Everyone who has that address stops, wherever they are in their plans. */
static enum status
stop_everyone(struct practice *practice, const char *address,
    const char *because, int *sharing, char refs[BECAUSE_SIZE], struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	enum status status =
	    patient_by_address(practice->store, address, &list, &len, why);
	name_them(list, len, refs);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = course_stop(practice, &list[i], because, why);
	*sharing = len;
	patient_list_free(list, len);
	return status;
}

static enum status
stop_address(struct practice *practice, const struct inbound *inbound,
    const char *because, bool *was_set, struct why *why)
{
	char refs[BECAUSE_SIZE];
	char text[BECAUSE_SIZE];
	int sharing = 0;
	enum status status = optout_set(
	    practice->store, inbound->sender, practice->now, was_set, why);
	if (status == STATUS_OK)
		status = stop_everyone(
		    practice, inbound->sender, because, &sharing, refs, why);
	if (status != STATUS_OK || sharing < 2 || *was_set)
		return status;
	snprintf(text, sizeof text,
	    "an opt-out from an address that several share stopped %.200s",
	    refs);
	struct alerting_topic topic = { .kind = ALERT_SHARED_NUMBER,
		.level = "notice",
		.topic = text,
		.because = text };
	return alerting_open(practice, &topic, NULL, why);
}

/* A provider that answers the carriers' keywords itself does so for the bare
 * word alone: "please stop texting me" is answered by us. */
static bool
provider_confirms(
    const struct practice *practice, const struct inbound *inbound)
{
	const struct config *config = practice->config;
	const struct gateway *gateway = NULL;
	for (int i = 0; i < config->sms_len; i++)
		if (strcmp(config->sms[i].name, inbound->gateway) == 0)
			gateway = &config->sms[i];
	if (gateway == NULL || !gateway->confirms_stop)
		return false;
	const char *p = inbound->body;
	while (isspace((unsigned char)*p))
		p++;
	while (isalpha((unsigned char)*p))
		p++;
	return p[strspn(p, " \t\r\n.!")] == '\0';
}

static enum status
take_stop(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why)
{
	bool was = false;
	enum status status = stop_address(
	    practice, inbound, "the patient wrote STOP", &was, why);
	if (status != STATUS_OK || was)
		return status;
	if (provider_confirms(practice, inbound))
		return event_add(practice->store, practice->now,
		    patient != NULL ? patient->patient_id : 0, "held",
		    "answer/stop", why,
		    "no confirmation of STOP: the provider confirms it itself");
	return answer_send(practice, patient, inbound, KIND_STOP_CONFIRM,
	    "answer/stop", ASKS_NONE, why);
}

/* Nothing more goes there, not even a word of who we are. */
static enum status
take_wrong_number(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why)
{
	bool was = false;
	char refs[BECAUSE_SIZE] = "";
	struct patient *list = NULL;
	int len = 0;
	enum status status = stop_address(practice, inbound,
	    "stopped: this is said to be the wrong number", &was, why);
	if (status == STATUS_OK && patient == NULL)
		status = patient_by_address(
		    practice->store, inbound->sender, &list, &len, why);
	name_them(list, len, refs);
	patient_list_free(list, len);
	if (status != STATUS_OK || (patient == NULL && len == 0))
		return status;
	struct alerting_topic topic = { .kind = ALERT_WRONG_NUMBER,
		.level = "notice",
		.patient_id = patient != NULL ? patient->patient_id : 0,
		.topic = refs,
		.fault = channel_names[inbound->channel],
		.because = "somebody says that this is the wrong number: it "
			   "gets nothing more; find the right one" };
	return alerting_open(practice, &topic, NULL, why);
}

/*
 * May START from an address that is free again bring a patient back? One who
 * alone has it speaks for all that nobody else has: those are freed. Where
 * several have it, one whose other address still wants nothing stays as it is:
 * it may have been the other who wrote.
 */
static enum status
comes_back(struct practice *practice, const struct patient *patient, bool alone,
    bool *comes, struct why *why)
{
	const char *addresses[] = { patient->phone, patient->email };
	enum status status = STATUS_OK;
	*comes = true;
	for (int i = 0; i < 2 && status == STATUS_OK; i++) {
		struct patient *list = NULL;
		int len = 0;
		bool out = false;
		if (addresses[i] == NULL)
			continue;
		status = optout_is(practice->store, addresses[i], &out, why);
		if (status == STATUS_OK && out)
			status = patient_by_address(
			    practice->store, addresses[i], &list, &len, why);
		patient_list_free(list, len);
		if (status == STATUS_OK && out && alone && len == 1)
			status =
			    optout_lift(practice->store, addresses[i], why);
		else if (out && !alone)
			*comes = false;
	}
	return status;
}

static enum status
restart_one(struct practice *practice, struct patient *patient, bool alone,
    bool *restarted, struct why *why)
{
	static const char because[] = "the patient wrote START";
	bool comes = false;
	if (patient->state == PATIENT_PAUSED && patient->paused_by != NULL &&
	    strcmp(patient->paused_by, "patient") == 0) {
		*restarted = true;
		return course_resume(practice, patient, because, why);
	}
	if (patient->state != PATIENT_STOPPED)
		return STATUS_OK;
	enum status status = comes_back(practice, patient, alone, &comes, why);
	if (status != STATUS_OK || !comes)
		return status;
	*restarted = true;
	return course_restart(practice, patient, because, why);
}

static enum status
restart_everyone(struct practice *practice, const char *address, int *len,
    bool *restarted, struct why *why)
{
	struct patient *list = NULL;
	enum status status =
	    patient_by_address(practice->store, address, &list, len, why);
	for (int i = 0; i < *len && status == STATUS_OK; i++)
		status =
		    restart_one(practice, &list[i], *len == 1, restarted, why);
	patient_list_free(list, *len);
	return status;
}

/* What a keyword asks for can't be: a person reads it, and says so. */
static enum status
hand_over_held(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, const char *because, struct why *why)
{
	enum status status = answer_hand_over(practice, inbound,
	    patient != NULL ? patient->patient_id : 0, ALERT_QUESTION, NULL,
	    because, why);
	return status == STATUS_OK
		   ? answer_seldom(practice, patient, inbound, KIND_ANSWER,
			 "answer/question", ANSWER_ONCE_A_DAY_S, why)
		   : status;
}

/* Messages start again for whom they had stopped; for whom they can't, since
 * a clinician or the end of the plan holds them, a person is asked. */
static enum status
take_start(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why)
{
	bool restarted = false;
	int len = 0;
	struct patient now = { 0 };
	enum status status =
	    optout_is(practice->store, inbound->sender, &restarted, why);
	if (status == STATUS_OK && restarted)
		status = optout_lift(practice->store, inbound->sender, why);
	if (status == STATUS_OK)
		status = restart_everyone(
		    practice, inbound->sender, &len, &restarted, why);
	if (status == STATUS_OK && patient != NULL)
		status = patient_by_id(
		    practice->store, patient->patient_id, &now, why);
	bool goes_on = patient == NULL || now.state == PATIENT_ACTIVE;
	patient_free(&now);
	if (status != STATUS_OK || (len == 0 && !restarted))
		return status;
	if (goes_on)
		return answer_seldom(practice, patient, inbound, KIND_ANSWER,
		    "answer/start", restarted ? 0 : ANSWER_ONCE_A_DAY_S, why);
	status = hand_over_held(practice, patient, inbound,
	    "the patient wrote START, and is paused or at the end: see the "
	    "inbox",
	    why);
	return status;
}

/* The day on which a rest of so many days ends, where the patient is; a pause
 * that the clinic set until later stays as it is. */
static enum status
rest_ends(struct practice *practice, const struct patient *patient, int days,
    struct date *on, struct why *why)
{
	const struct zone *zone = NULL;
	enum status status =
	    practice_zone_named(practice, patient->timezone, &zone, why);
	if (status != STATUS_OK)
		return status;
	*on = date_from_days(
	    date_days(zone_local(zone, practice->now).date) + days);
	if (date_compare(patient->paused_until_on, *on) > 0)
		*on = patient->paused_until_on;
	return STATUS_OK;
}

/* A rest that the patient asks for. One whom the clinic holds rests already,
 * and *rests is left as it was; a red flag's hold does not end with it. */
static enum status
rest(struct practice *practice, struct patient *patient, int days, bool *rests,
    struct why *why)
{
	struct date on = { 0 };
	bool held =
	    patient->state == PATIENT_PAUSED && patient->paused_by != NULL;
	bool dated = patient->paused_until_on.year != 0;
	bool flagged = held && strcmp(patient->paused_by, "red-flag") == 0;
	if (patient->state != PATIENT_ACTIVE &&
	    patient->state != PATIENT_PAUSED)
		return STATUS_OK;
	if (held && !flagged && !dated)
		return STATUS_OK;
	enum status status = rest_ends(practice, patient, days, &on, why);
	if (status != STATUS_OK)
		return status;
	*rests = *rests || !flagged;
	return course_pause(
	    practice, patient, flagged ? "red-flag" : "patient", on, why);
}

/* Of several who have the address all rest: who it was can't be told. *known
 * is false when nobody has it. Where nobody's messages come back by themselves,
 * a person answers. */
static enum status
take_pause(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, int days, bool *known, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	bool rests = false;
	enum status status = patient_by_address(
	    practice->store, inbound->sender, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (patient == NULL ||
		    list[i].patient_id == patient->patient_id)
			status = rest(practice, &list[i], days, &rests, why);
	*known = len > 0;
	if (status == STATUS_OK && rests)
		status = answer_pause(practice,
		    patient != NULL ? patient : &list[0], inbound, days, why);
	else if (status == STATUS_OK && *known)
		status = hand_over_held(practice, patient, inbound,
		    "somebody wrote PAUSE who is paused or at the end: see "
		    "the inbox",
		    why);
	patient_list_free(list, len);
	return status;
}

/* "Who is this" from a number that never answered may be anybody's: it stops,
 * and learns nothing. From one that has, it is answered as HELP is, and the
 * clinic looks whether the number is still the patient's. */
static enum status
take_who(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why)
{
	bool has = false;
	enum status status = STATUS_OK;
	if (patient != NULL)
		status = reading_answered_from(practice->store,
		    patient->patient_id, inbound->sender, &has, why);
	if (status != STATUS_OK || !has)
		return status == STATUS_OK
			   ? take_wrong_number(practice, patient, inbound, why)
			   : status;
	struct alerting_topic topic = { .kind = ALERT_WRONG_NUMBER,
		.level = "notice",
		.patient_id = patient->patient_id,
		.topic = "who",
		.fault = channel_names[inbound->channel],
		.because = "somebody asks who we are, at an address that has "
			   "answered before: is it still the patient's?" };
	status = alerting_open(practice, &topic, NULL, why);
	return status == STATUS_OK
		   ? answer_seldom(practice, patient, inbound, KIND_HELP,
			 "answer/help", HELP_AGAIN_S, why)
		   : status;
}

enum status
keywords_take(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why)
{
	const struct reading *reading = &row->reading;
	enum status status = STATUS_OK;
	bool known = true;
	if (reading->automatic)
		return STATUS_OK;
	if (reading->who)
		status = take_who(practice, patient, inbound, why);
	else if (reading->wrong_number)
		status = take_wrong_number(practice, patient, inbound, why);
	else if (reading->stop)
		status = take_stop(practice, patient, inbound, why);
	else if (reading->start)
		status = take_start(practice, patient, inbound, why);
	else if (reading->pause_days > 0)
		status = take_pause(practice, patient, inbound,
		    reading->pause_days, &known, why);
	else if (reading->help)
		status = answer_seldom(practice, patient, inbound, KIND_HELP,
		    "answer/help", HELP_AGAIN_S, why);
	else
		return STATUS_OK;
	if (known)
		*told = true;
	if (status != STATUS_OK || patient == NULL)
		return status;

	/* The record may have changed underneath. */
	int64_t patient_id = patient->patient_id;
	patient_free(patient);
	return patient_by_id(practice->store, patient_id, patient, why);
}
