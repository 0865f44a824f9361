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
	const char *name; /* in email */
	const char *sms_name; /* in SMS */
	const char *phone;
	const char *emergency;
	const char *urgent;
	const char *crisis;
	const char *hours;
};

#define FACTS_ABOUT 8 /* facts given at enrolment, at most */

/* The patient of one message; all text is lent, NULL where there is none. */
struct patient_facts {
	const char *name; /* full name: templates get the first one alone */
	const char *plan; /* its id: the plan's own texts come first */
	const char *stage_title;
	const char *about_keys[FACTS_ABOUT]; /* "aggravator" */
	const char *about_values[FACTS_ABOUT]; /* "sitting"; NULL: not said */
	int about_len;
	bool no_running;
	bool nerve; /* the texts for an irritated nerve */
	enum asks asks; /* what this message asks */
	bool first_question;
	int pain; /* last score, or PAIN_NONE */
	int pause_days; /* the rest just asked for; 0: none */
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
 * missing fact. An about fact is an object with its value true, and its key
 * is in the list "about": message_compose() makes any other member that a
 * template names false there. The caller json_decref()s it.
 */
json_t *facts_values(enum channel channel, const struct clinic_facts *clinic,
    const struct patient_facts *patient, const struct alert_facts *alert);

#define FIRST_NAME_SIZE 81 /* 20 characters and a NUL */

/*
 * How a text greets someone of that name: the first word that is no title
 * ("Dr Jane Smith" and "Smith, Jane" are Jane), at most 20 characters. ""
 * where there is no name. Gives back out.
 */
const char *facts_first_name(const char *name, char out[FIRST_NAME_SIZE]);

#endif
