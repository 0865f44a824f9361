/*
 * NAME
 *	queue - put a message on its way: who, what, on which channel
 *
 * Composing is compose's, keeping is the outbox's; here they meet. All of
 * these must run inside a transaction, so that a message and what it is the
 * consequence of become durable together.
 */
#ifndef TICK_QUEUE_H
#define TICK_QUEUE_H

#include "compose/message.h"
#include "store/alerts.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "tick/practice.h"

#define QUEUE_NAMES 3 /* templates in one message at most */

struct outgoing {
	enum kind kind;
	const char *names[QUEUE_NAMES]; /* templates, in order; ended by NULL */
	enum asks asks;
	const char *stage; /* of use in that stage alone; NULL: any */
	int64_t due_at; /* 0: now */
	int64_t expires_at; /* 0: what its kind says */
	const char *words; /* a person's own words instead of templates */
	const char *subject; /* of those words */
	/* A reply goes back where it came from; NULL: to the patient's
	 * addresses on the patient's channels. */
	const struct inbound *in_reply;
	int pause_days; /* the rest that was asked for; 0: none */
	int64_t alert_id; /* whose safety net it is; 0: none */
};

/* A name for a parcel that is yet to be queued. */
void queue_parcel(char parcel[KEY_SIZE]);

/*
 * Queue a message to a patient as that parcel (NULL: a new one). *queued (or
 * NULL) is false where the patient has no address for any of the channels.
 */
enum status queue_to_patient(struct practice *practice,
    const struct patient *patient, const struct outgoing *outgoing,
    const char *parcel, bool *queued, struct why *why);

/* Answer somebody who is no patient, or not surely one: nothing of anyone.
 * alert_id as above. */
enum status queue_to_stranger(struct practice *practice,
    const struct inbound *inbound, enum kind kind, const char *template,
    int64_t alert_id, struct why *why);

/* Tell a clinician of an alert (kind CLINICIAN_ALERT), or what became of a
 * reply to one (HELP): reference, level and number, no story. */
enum status queue_to_clinician(struct practice *practice,
    const struct address *to, enum kind kind, const struct alert *alert,
    const char *ref, const char *template, struct why *why);

/* A mail that was written elsewhere, to a clinician: the review. It takes over
 * subject, body and html; key tells it from others, once for all. */
enum status queue_written(struct practice *practice, const struct address *to,
    enum kind kind, const char *key, struct composed *written,
    struct why *why);

/* Would the templates, sent as one SMS, stay within their segments? */
enum status queue_fits(struct practice *practice, const struct patient *patient,
    const struct outgoing *outgoing, bool *fits, struct why *why);

#endif
