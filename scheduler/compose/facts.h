/*
 * NAME
 *	facts - what a template may say of a clinic and a patient
 */
#ifndef COMPOSE_FACTS_H
#define COMPOSE_FACTS_H

#include "base/address.h"
#include "base/json.h"
#include "care/reading.h"

/* The clinic as its texts show it; all text is lent. */
struct clinic_facts {
	const char *name;     /* in email */
	const char *sms_name; /* in SMS */
	const char *phone;
	const char *emergency;
	const char *urgent;
	const char *crisis;
	const char *hours;
};

/* The patient of one message; all text is lent, NULL where there is none. */
struct patient_facts {
	const char *name;	/* full name: templates get the first one alone */
	const char *stage_title;
	const char *about_keys[8]; /* facts given at enrolment: "aggravator" */
	const char *about_values[8]; /* and their values: "sitting" */
	int about_len;
	bool no_running;
	enum asks asks;	    /* what this message asks */
	bool first_question;
	int pain;	    /* last score, or PAIN_NONE */
};

/* Of an alert to a clinician. */
struct alert_facts {
	const char *ref;
	const char *level;
	const char *kind;
	const char *because; /* the program's own words, never the patient's */
	long long id;
	int round; /* 0 the first time */
};

/*
 * The values that templates name, as one object; see
 * keepmoving-templates(7). Any of the three may be NULL. Every name of the
 * manual has a value, so that strict rendering tells a wrong name from a
 * missing fact. The caller json_decref()s it.
 */
json_t *facts_values(enum channel channel, const struct clinic_facts *clinic,
    const struct patient_facts *patient, const struct alert_facts *alert);

#endif
