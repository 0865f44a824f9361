/*
 * NAME
 *	alerts - who needs a person, until one has said what came of it
 */
#ifndef STORE_ALERTS_H
#define STORE_ALERTS_H

#include "store/store.h"

enum alert_kind {
	ALERT_RED_FLAG,
	ALERT_WORSENING,
	ALERT_PAIN,
	ALERT_STALLED,
	ALERT_SILENT,
	ALERT_UNDELIVERABLE,
	ALERT_UNCLEAR,
	ALERT_QUESTION,
	ALERT_GATEWAY,
	ALERT_CONFIGURATION,
	ALERT_LATE_TICK,
	ALERT_WRONG_NUMBER,
	ALERT_SHARED_NUMBER,
	ALERT__MAX
};
extern const char *const alert_kind_names[ALERT__MAX];

enum alert_state {
	ALERT_OPEN,
	ALERT_ACKNOWLEDGED,
	ALERT_CLOSED,
	ALERT_STATE__MAX
};
extern const char *const alert_state_names[ALERT_STATE__MAX];

struct alert {
	int64_t alert_id;
	int64_t patient_id; /* 0: about no patient */
	enum alert_kind kind;
	char level[12];	 /* emergency, self-harm, urgent, notice */
	char *topic;	 /* "" or what tells it from others of its kind */
	char *fault;	 /* "" or which of several that a topic may have */
	char *because;
	enum alert_state state;
	int64_t opened_at;
	int64_t seen_at; /* its fault was there last */
	int round;	 /* times it was sent out */
	int64_t next_at; /* 0: no more */
	int64_t acknowledged_at;
	char *acknowledged_by;
	int64_t closed_at;
	char *closed_by;
	char *outcome;
};
void alert_free(struct alert *alert);
void alert_list_free(struct alert *list, int len);

/*
 * Open one; alert_id is set in the record. Where one of that kind, topic, fault
 * and patient stands open already nothing is changed, *is_new is false and
 * alert_id is that one's. A red flag is always new.
 */
enum status alert_insert(struct store *store, struct alert *alert,
    bool *is_new, struct why *why);
/* Write back everything that changes. */
enum status alert_update(struct store *store, const struct alert *alert,
    struct why *why);
enum status alert_by_id(struct store *store, int64_t alert_id,
    struct alert *alert, struct why *why); /* NONE */
/* Not closed, gravest and oldest first; with_closed: all, oldest first. */
enum status alert_all(struct store *store, bool with_closed,
    struct alert **list, int *len, struct why *why);
enum status alert_of_patient(struct store *store, int64_t patient_id,
    struct alert **list, int *len, struct why *why);
/* Those opened after that one, in their order; 0: all. */
enum status alert_after(struct store *store, int64_t after,
    struct alert **list, int *len, struct why *why);
/* Opened before an instant and open at any time since another, or not closed
 * now; by patient (0: all; first those about none). */
enum status alert_between(struct store *store, int64_t from_at,
    int64_t until_at, int64_t patient_id, struct alert **list, int *len,
    struct why *why);
/* next_at not after now. */
enum status alert_due(struct store *store, int64_t now, struct alert **list,
    int *len, struct why *why);
/* Those of that kind (and topic, unless NULL) and patient (0: none) that are
 * not closed, oldest first. */
enum status alert_standing(struct store *store, enum alert_kind kind,
    const char *topic, int64_t patient_id, struct alert **list, int *len,
    struct why *why);

#endif
