/*
 * NAME
 *	kinds - what may be sent when: one table
 *
 * Whether the hours, the limits and an opt-out hold a message, what becomes
 * of it when its fate is unknown, and for how long it is of use depend on its
 * kind alone, and stand in this one table.
 */
#ifndef CARE_KINDS_H
#define CARE_KINDS_H

#include <stdbool.h>
#include <stdint.h>

enum kind {
	KIND_SAFETY_NET,      /* the answer to a red flag */
	KIND_CLINICIAN_ALERT, /* reference and level, to a clinician */
	KIND_STOP_CONFIRM,    /* the one text after STOP */
	KIND_HELP,	      /* what anyone may ask for, stopped or not */
	KIND_ANSWER,	      /* thanks, re-ask: to what was written */
	KIND_WELCOME,
	KIND_QUESTION, /* a reminder that asks something */
	KIND_REMINDER,
	KIND_NUDGE, /* the same question once more */
	KIND_NOTE,  /* a clinician's own words, from the inbox */
	KIND_REVIEW,
	KIND__MAX
};

struct kind_rule {
	const char *name;     /* as printed and stored: "safety-net" */
	bool held_by_hours;   /* waits for the patient's day */
	bool counts;	      /* against the daily and the weekly limit */
	bool limited;	      /* held by those limits */
	bool blocked_by_stop; /* an opt-out cancels it */
	bool paused;	      /* not sent while the patient is paused */
	bool consent;	      /* not sent without the patient's consent */
	bool repeated;	      /* sent again when nobody can tell its fate */
	int priority;	      /* 0 goes first */
	int64_t useful_s;     /* of use for so long after it was due */
};
extern const struct kind_rule kind_rules[KIND__MAX];

enum kind kind_parse(const char *name); /* KIND__MAX when it is none */

#endif
