/*
 * NAME
 *	alerting - open an alert, and see that a clinician hears of it
 *
 * A red flag of level emergency or self-harm goes to every contact at once,
 * again every alerts.repeat for alerts.rounds, then at each opening; outside
 * the clinic's hours to alerts.night_to alone where that is set. An urgent one
 * goes to every contact at opening. Everything else goes to one contact at
 * opening, and to the next one at the opening after, alerts.rounds times in
 * all while nobody has acknowledged it. Texts carry a reference and a level,
 * nothing of the story.
 */
#ifndef TICK_ALERTING_H
#define TICK_ALERTING_H

#include "store/alerts.h"
#include "store/outbox.h"
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

/* A clinician's text came to nothing. Of an ordinary alert the next contact
 * hears at once; of a red flag everybody who has not. Inside a transaction. */
enum status alerting_not_reached(
    struct practice *practice, const struct message *message, struct why *why);

/* The answer to a red flag came to nothing: its alert says to phone, and of a
 * grave one everybody hears at once, whoever has taken it. Inside a
 * transaction. */
enum status alerting_not_answered(
    struct practice *practice, const struct message *message, struct why *why);

/* Queue the rounds that are due of all open alerts. */
enum status alerting_rounds(struct practice *practice, struct why *why);

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
