/*
 * NAME
 *	alerting - open an alert, and close it
 *
 * Who is told of an open one, and how often, stands in tick/rounds.h.
 */
#ifndef TICK_ALERTING_H
#define TICK_ALERTING_H

#include "store/alerts.h"
#include "tick/practice.h"

/* The topic of a worsening alert that holds back every step up. */
#define ALERTING_LEG "leg"

struct alerting_topic {
	enum alert_kind kind;
	const char *level; /* "emergency", "self-harm", "urgent", "notice" */
	int64_t patient_id; /* 0: about no patient */
	const char *topic; /* tells it from others of its kind; NULL: "" */
	const char *because; /* the program's own words, never the patient's */
};

/*
 * Open it (once for its kind, topic and patient; a red flag always) and queue
 * what must go at once. alert_id may be NULL. Inside a transaction.
 */
enum status alerting_open(struct practice *practice,
    const struct alerting_topic *topic, int64_t *alert_id, struct why *why);

/* The same in a transaction of its own. */
enum status alerting_open_now(struct practice *practice,
    const struct alerting_topic *topic, struct why *why);

/* Of a level that a person must answer. */
bool alerting_is_red_flag(const struct alert *alert);

/* Somebody has taken it on; DENIED when it is closed already. Inside a
 * transaction, as the next one. */
enum status alerting_acknowledge(struct practice *practice, struct alert *alert,
    const char *by, struct why *why);
/* What came of it. A red flag's patient, if paused by it and no other red flag
 * stands open, goes on, or waits for the day until which it was paused before;
 * a leg symptom's holds back no step any more. */
enum status alerting_close(struct practice *practice, struct alert *alert,
    const char *by, const char *outcome, struct why *why);

#endif
