/*
 * NAME
 *	rehearse - one patient's whole course, from a script of replies
 *
 * A script is a text file that a clinician can write:
 *
 *	# Gets better, with one bad week.
 *	begins 2026-03-02 09:30
 *	set aggravator=sitting
 *	baseline 6
 *	weeks 8
 *
 *	day 1 17:05  about 6
 *	day 4 18:00  4
 *	day 9 10:00  [closes alerts]
 *
 * Day 1 is the day of enrolment; times are the patient's own. What stands in
 * square brackets is an act of the clinic's: [closes alerts], [says yes] to
 * moves that wait, [pauses], [resumes].
 */
#ifndef SIMULATE_REHEARSE_H
#define SIMULATE_REHEARSE_H

#include "settings/complaints.h"
#include "simulate/hall.h"

enum script_act {
	SCRIPT_WRITES, /* the patient, that text */
	SCRIPT_CLOSES,
	SCRIPT_SAYS_YES,
	SCRIPT_PAUSES,
	SCRIPT_RESUMES,
	SCRIPT__MAX
};

struct script_line {
	int day; /* 1 is the day of enrolment */
	int minute;
	enum script_act act;
	char *text; /* owned; NULL for acts of the clinic's */
	int line;
};

struct script {
	char *name; /* owned, as all texts */
	char *begins; /* "2026-03-02 09:30" */
	char *zone; /* NULL: the clinic's */
	char *channel; /* NULL: sms */
	char *lang; /* NULL: the clinic's */
	char *baseline; /* NULL: nobody asked */
	char *facts[ENROL_FACTS];
	int facts_len;
	int weeks; /* 0: until a week after the last line */
	struct script_line *lines; /* in the order of their times */
	int lines_len;
};

/* NO_FILE, DENIED, BAD_DATA of the file itself; BAD_DATA with complaints. */
enum status script_load(const char *path, struct script *script,
    struct complaints *complaints, struct why *why);
void script_free(struct script *script);

/* "2026-03-02 09:30", as a script begins. BAD_DATA. */
enum status script_begins(
    const char *text, struct civil *local, struct why *why);

/* Play it in a hall that has the plan, for a patient who is enrolled there:
 * ticks every five minutes, from enrolment to the end. BAD_DATA names what
 * the script lacks for that plan. */
enum status rehearse_run(struct hall *hall, const struct script *script,
    const char *plan, int64_t *patient_id, struct why *why);

/* When the script begins, in the zone of its patient. BAD_DATA. */
enum status rehearse_begins(const struct script *script, const char *zone,
    int64_t *at, struct why *why);

#endif
