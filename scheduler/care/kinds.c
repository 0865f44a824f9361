/*
 * kinds.c - see kinds.h
 *
 * Read a row aloud: "a nudge waits for the patient's day, does not count, is
 * not held by the limits (it is the same question once more), is cancelled by
 * STOP and by a pause, is not sent again when its fate is unknown".
 *
 * What nobody asked for wants consent on record; an answer does not.
 *
 * What goes at once does so because a person waits for it: somebody in danger,
 * a clinician on call, somebody who just wrote. Only those whose loss is worse
 * than their coming twice are repeated.
 *
 * A safety net, the stop confirmation and the answer to HELP pass a stop: who
 * may be answered so, and that it happens once, is the tick's to see to.
 */
#include <stddef.h>
#include <string.h>

#include "care/kinds.h"

#define HOUR_S INT64_C(3600)
#define DAY_S (24 * HOUR_S)

const struct kind_rule kind_rules[KIND__MAX] = {
	/* Late advice to seek help is better than none, and so is an alert. */
	[KIND_SAFETY_NET] = { .name = "safety-net",
	    .repeated = true,
	    .priority = 0,
	    .useful_s = 7 * DAY_S },
	[KIND_CLINICIAN_ALERT] = { .name = "clinician-alert",
	    .repeated = true,
	    .priority = 1,
	    .useful_s = 7 * DAY_S },

	/*
	 * Within five minutes by 47 CFR 64.1200(a)(12), and it goes first of
	 * all that patients get; but the STOP may be collected late, and a
	 * gateway be down. Within a day it still tells the patient that it
	 * worked; after that it would be one more unwanted text.
	 */
	[KIND_STOP_CONFIRM] = { .name = "stop-confirm",
	    .priority = 2,
	    .useful_s = DAY_S },

	/* HELP is answered to anyone, whoever has stopped among them. */
	[KIND_HELP] = { .name = "help", .priority = 3, .useful_s = DAY_S },

	[KIND_ANSWER] = { .name = "answer",
	    .blocked_by_stop = true,
	    .priority = 4,
	    .useful_s = DAY_S },

	/* A person wrote it: it waits for the day, and for nothing else. */
	[KIND_NOTE] = { .name = "note",
	    .held_by_hours = true,
	    .blocked_by_stop = true,
	    .consent = true,
	    .priority = 5,
	    .useful_s = 3 * DAY_S },

	[KIND_WELCOME] = { .name = "welcome",
	    .held_by_hours = true,
	    .counts = true,
	    .limited = true,
	    .blocked_by_stop = true,
	    .paused = true,
	    .consent = true,
	    .priority = 6,
	    .useful_s = 7 * DAY_S },

	/* Half a day at the longest: the tick ends it with the patient's day,
	 * so that "today" in its text stays true. */
	[KIND_QUESTION] = { .name = "question",
	    .held_by_hours = true,
	    .counts = true,
	    .limited = true,
	    .blocked_by_stop = true,
	    .paused = true,
	    .consent = true,
	    .priority = 7,
	    .useful_s = 12 * HOUR_S },
	[KIND_REMINDER] = { .name = "reminder",
	    .held_by_hours = true,
	    .counts = true,
	    .limited = true,
	    .blocked_by_stop = true,
	    .paused = true,
	    .consent = true,
	    .priority = 8,
	    .useful_s = 12 * HOUR_S },
	[KIND_NUDGE] = { .name = "nudge",
	    .held_by_hours = true,
	    .blocked_by_stop = true,
	    .paused = true,
	    .consent = true,
	    .priority = 9,
	    .useful_s = 4 * HOUR_S },

	/* To the clinic, never to a patient; the next week brings the next. */
	[KIND_REVIEW] = { .name = "review",
	    .priority = 10,
	    .useful_s = 6 * DAY_S },
};

enum kind
kind_parse(const char *name)
{
	enum kind kind = 0;

	while (kind < KIND__MAX &&
	       (name == NULL || strcmp(name, kind_rules[kind].name) != 0))
		kind++;
	return kind;
}
