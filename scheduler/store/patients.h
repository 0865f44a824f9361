/*
 * NAME
 *	patients - who they are and where they are in their plan
 *
 * A patient and the one enrolment are read and written as one record.
 */
#ifndef STORE_PATIENTS_H
#define STORE_PATIENTS_H

#include "base/civil.h"
#include "base/secret.h"
#include "care/plan.h"
#include "store/store.h"

enum patient_state {
	PATIENT_ACTIVE,
	PATIENT_PAUSED,
	PATIENT_STOPPED,
	PATIENT_COMPLETED,
	PATIENT_DISCHARGED,
	PATIENT__MAX
};
extern const char *const patient_state_names[PATIENT__MAX];
enum patient_state patient_state_parse(const char *name); /* or PATIENT__MAX */

struct patient_fact {
	char *key;
	char *value;
};

struct patient {
	int64_t patient_id;
	char ref[REF_SIZE];
	char *name; /* "" once erased */
	char *phone; /* E.164 or NULL */
	char *email; /* or NULL */
	char *channel; /* "sms", "email", "both" */
	char *language;
	char *timezone;
	char *clinician; /* or NULL, as the next one and the screening */
	char *carer;
	bool minor;
	char *consented_on; /* NULL: gets nothing unasked */
	char *consent_how; /* "in-person", ... or NULL */
	char *consent_wording; /* the version agreed to, or NULL */
	char *screened_on;
	char *screened_by;
	bool no_running;
	int baseline; /* or -1 */
	int64_t enrolled_at;
	int64_t erased_at; /* 0: not */
	struct patient_fact *facts;
	int facts_len;

	int64_t enrolment_id;
	int64_t plan_id;
	char *stage;
	int visit;		/* counts the stages entered */
	int64_t stage_since_at;
	struct date stage_since_on;
	int stage_pain;		/* or -1 */
	int64_t began_at;
	struct date began_on;
	enum patient_state state;
	enum patient_state before_stop; /* PATIENT__MAX: none */
	struct date paused_until_on;	/* year 0: until resumed */
	char *paused_by;		/* "red-flag", "clinician" or NULL */
	bool leg_open;
	int silent; /* unanswered in a row when the clinic was last told; 0 */
	int64_t decide_at; /* 0: not before a reading */
	int64_t watch_at;  /* 0: never */
};
/* The plan has ended, whether or not a STOP came after that. */
bool patient_has_ended(const struct patient *patient);
void patient_free(struct patient *patient);
void patient_list_free(struct patient *list, int len);

/*
 * What reminders are chosen by. "nerve" is a fact like those of enrolment, but
 * an answer sets it: a leg symptom that was told of. A clinician may set it
 * too, either way.
 */
#define FACT_NERVE "nerve" /* "yes" or "no" */
struct traits patient_traits(const struct patient *patient);
/* In the record alone. True where it said something else before. */
bool patient_set_fact(
    struct patient *patient, const char *key, const char *value);

/* Insert both rows and the facts; ref, patient_id and enrolment_id are set in
 * the record. A ref that is taken is made anew. */
enum status patient_insert(struct store *store, struct patient *patient,
    struct why *why);
/* Write back every member but the ref (facts too). before_stop is kept for the
 * stopped alone. */
enum status patient_update(struct store *store, const struct patient *patient,
    struct why *why);
/* Write back the way through the plan alone: from plan_id to watch_at. */
enum status patient_update_course(struct store *store,
    const struct patient *patient, struct why *why);
/* Of that, silent and watch_at alone: every patient is looked at now and
 * then, and most are as they were. */
enum status patient_watched(struct store *store, const struct patient *patient,
    struct why *why);

/* NONE when there is none. */
enum status patient_by_ref(struct store *store, const char *ref,
    struct patient *patient, struct why *why);
enum status patient_by_id(struct store *store, int64_t patient_id,
    struct patient *patient, struct why *why);
enum status patient_by_enrolment(struct store *store, int64_t enrolment_id,
    struct patient *patient, struct why *why);

/* What a message that is about to go asks of its patient: it is asked of each,
 * and a whole record takes three times as long. */
struct addressee {
	int64_t patient_id, enrolment_id, plan_id;
	char *name, *phone, *email; /* as above */
	char *timezone;
	bool consented;
	enum patient_state state;
	bool silent;
};
void addressee_free(struct addressee *addressee); /* members only */
/* NONE when there is no such patient. */
enum status addressee_of(struct store *store, int64_t patient_id,
    struct addressee *addressee, struct why *why);

/* All who have that phone or email now (any state, erased ones not). Email in
 * upper or lower case is the same. */
enum status patient_by_address(struct store *store, const char *address,
    struct patient **list, int *len, struct why *why);
/* Everyone, by ref, erased ones not. */
enum status patient_all(struct store *store, struct patient **list, int *len,
    struct why *why);

/* Enrolments to look at: decide_at or watch_at not after now, oldest first, at
 * most limit; as enrolment ids. *len in: room, out: found. */
enum status patient_due_decide(struct store *store, int64_t now, int64_t *ids,
    int *len, struct why *why);
enum status patient_due_watch(struct store *store, int64_t now, int64_t *ids,
    int *len, struct why *why);
/* Paused ones whose paused_until_on is not after the local today of the
 * easternmost zone (now + 14 h): the caller judges by the patient's zone. */
enum status patient_due_resume(struct store *store, int64_t now, int64_t *ids,
    int *len, struct why *why);
/* Active enrolments on an older version of a plan than its newest. */
enum status patient_on_old_plan(struct store *store, int64_t *ids, int *len,
    struct why *why);

/*
 * Forget who it was: name, addresses, carer, facts, texts of messages and
 * replies, a provider's words, the outcome that a person wrote of an alert.
 * Discharged unless completed, with nothing queued, scheduled, asked or
 * waiting. Rows, readings, events and opt-outs stay. NONE.
 */
enum status patient_erase(struct store *store, int64_t patient_id, int64_t now,
    struct why *why);

/* Opt-outs, by address, in upper or lower case. */
enum status optout_set(struct store *store, const char *address, int64_t at,
    bool *was_set, struct why *why);
enum status optout_lift(struct store *store, const char *address,
    struct why *why);
enum status optout_is(struct store *store, const char *address, bool *is,
    struct why *why);

/* Addresses that take nothing, the same way. */
enum status deadaddress_set(struct store *store, const char *address,
    int64_t at, struct why *why);
enum status deadaddress_lift(struct store *store, const char *address,
    struct why *why);
enum status deadaddress_is(struct store *store, const char *address, bool *is,
    struct why *why);

#endif
