/*
 * NAME
 *	text_check - one message in every shape that it can take
 *
 * Whatever a patient is like, the message must render, and as SMS it must
 * keep to its segments, at the longest plausible name.
 */
#ifndef SETTINGS_TEXT_CHECK_H
#define SETTINGS_TEXT_CHECK_H

#include "settings/plan_file.h"

#define LONG_NAME "Maximilianaandra" /* 16 letters: few names have more */

struct text_check {
	struct templates *templates;
	const struct clinic_facts *clinic;
	const char *plan; /* whose own texts come first; NULL: none's */
	const struct plan_about *about; /* facts of the patient */
	int about_len;
	struct complaints *complaints;
};

/* What is checked: templates together in one message. */
struct text_case {
	const char *const *names;
	int names_len;
	const char *lang;
	const char *stage_title;
	enum asks asks;
	bool to_clinician; /* an alert: no patient, but its facts */
};

/* Complain, at the template's file and line. */
void text_check(const struct text_check *check, const struct text_case *what);

#endif
