#include "tick/resume.h"

#include <string.h>

#include "tick/answer.h"
#include "tick/course.h"
#include "tick/whose.h"

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
			status = whose_list(
			    practice, addresses[i], &list, &len, why);
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
	enum status status = whose_list(practice, address, &list, len, why);
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
enum status
resume_start(struct practice *practice, const struct patient *patient,
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
enum status
resume_pause(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, int days, bool *known, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	bool rests = false;
	enum status status =
	    whose_list(practice, inbound->sender, &list, &len, why);
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
