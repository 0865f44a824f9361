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
	const char *fault; /* which of several it may have; NULL: "" */
	const char *because; /* the program's own words, never the patient's */
	bool passing; /* all such of a topic are one fault, in any words */
	bool again; /* each is news, such as a reply that somebody must read */
};

/* More faults of one topic than that are one more of the same. */
#define ALERTING_FAULTS_MAX 4

/*
 * Open it and queue what must go at once: once for its kind, topic, patient and
 * fault, a red flag always. While one stands it is only put on record that the
 * fault was there again; where each is news (again) and nobody is to be told
 * any more, since somebody has taken it or it was told often enough, it opens
 * again with the new words. References of patients, and numbers that are only
 * measured, make no other fault. alert_id may be NULL. Inside a transaction.
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

/* What it was about is over, whoever has been told: close what stands of that
 * kind and patient, and of that topic and fault unless NULL. Inside a
 * transaction. */
enum status alerting_end(struct practice *practice,
    const struct alerting_topic *topic, const char *outcome, struct why *why);

/*
 * Close by itself what is over: those of a kind that are about no patient are
 * shown to is_over, which sets *outcome, to be freed, for one that is. Each in
 * a transaction of its own.
 */
typedef enum status alerting_is_over(struct practice *practice,
    const struct alert *alert, char **outcome, struct why *why);
enum status alerting_close_over(struct practice *practice, enum alert_kind kind,
    alerting_is_over *is_over, struct why *why);

/* Somebody was told, and its fault has not been there for a day and a half: one
 * that comes at the same time of each day stays one alert. */
bool alerting_is_quiet(
    const struct practice *practice, const struct alert *alert);

#endif
