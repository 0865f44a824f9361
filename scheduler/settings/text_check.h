/*
 * NAME
 *	text_check - one message in every shape that it can take
 *
 * Whatever a patient is like, the message must render, as SMS it must keep to
 * its segments at the longest plausible name, and what it says must be as
 * text_rules.h has it.
 */
#ifndef SETTINGS_TEXT_CHECK_H
#define SETTINGS_TEXT_CHECK_H

#include "settings/ground.h"
#include "settings/plan_file.h"

#define LONG_NAME "Maximilianaandra" /* 16 letters: few names have more */

/* Texts that were looked at already. {0} is empty. */
struct text_seen {
	char **list;
	int len;
};

bool text_seen_has(const struct text_seen *seen, const char *text);
/* False where it was there; otherwise it is now. */
bool text_seen_add(struct text_seen *seen, const char *text);
void text_seen_free(struct text_seen *seen); /* empties it */

struct text_check {
	const struct ground *ground;
	const char *plan; /* whose own texts come first; NULL: none's */
	const struct plan_about *about; /* facts of the patient */
	int about_len;
	struct complaints *complaints;
	struct text_seen *right; /* answers that texts offer and that fit */
	struct text_seen *wrong; /* questions that were complained of */
};

/* What is checked: templates together in one message. */
struct text_case {
	const char *const *names;
	int names_len;
	const char *lang;
	const struct lexicon *lexicon; /* of lang; NULL: it has none */
	const char *stage_title;
	enum asks asks;
	bool to_clinician; /* an alert: no patient, but its facts */
};

/* Complain, at the template's file and line. */
void text_check(const struct text_check *check, const struct text_case *what);

#endif
