/*
 * NAME
 *	enrol - take a patient onto a plan
 *
 * Used by enrol, import and whoever else takes patients on, so that all check
 * the same things and say them in the same words.
 */
#ifndef TICK_ENROL_H
#define TICK_ENROL_H

#include "tick/practice.h"

#define ENROL_FACTS 9 /* those of a plan, and FACT_NERVE */

/* As somebody wrote it; NULL where nothing was given. All text is lent. */
struct enrolment_form {
	const char *name;
	const char *plan;
	const char *phone;
	const char *email;
	const char *channel;
	const char *lang;
	const char *tz;
	const char *consent; /* date */
	const char *consent_how; /* in-person, paper, ... */
	const char *consent_wording;
	const char *born; /* date; looked at and not kept */
	const char *screened; /* date */
	const char *by; /* who screened */
	const char *clinician;
	const char *baseline; /* 0 to 10 */
	const char *carer;
	bool no_running;
	bool is_minor; /* known before; born decides anew */
	bool age_is_known; /* the patient is enrolled: born was looked at */
	const char *facts[ENROL_FACTS]; /* "aggravator=sitting" */
	int facts_len;
};

/*
 * Check a form and turn it into a patient who is not stored yet. BAD_DATA says
 * what is missing or wrong. The caller patient_free()s.
 */
enum status enrol_check(struct practice *practice,
    const struct enrolment_form *form, struct patient *patient,
    struct why *why);

/* BAD_DATA: that option of a form is missing, and what it is for. */
enum status enrol_missing(
    const char *option, const char *what, struct why *why);

/* The welcome, unless it has gone since then or is queued; nothing without
 * consent. Inside a transaction. */
enum status enrol_welcome(struct practice *practice,
    const struct patient *patient, int64_t since_at, struct why *why);

/* Store that patient: rows, first slots and the welcome, or nothing of it.
 * The reference is then in patient->ref. Inside a transaction. */
enum status enrol_store(
    struct practice *practice, struct patient *patient, struct why *why);

#endif
