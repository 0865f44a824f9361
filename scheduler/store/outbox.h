/*
 * NAME
 *	outbox - messages on their way, and the promise about them
 *
 * Intent before act: a row is 'sending', durably, before a byte leaves. A
 * tick that dies leaves it so; the next one makes it 'unknown' and asks the
 * provider. States only go forward; a settled row never goes back.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "base/address.h"
#include "care/kinds.h"
#include "care/reading.h"
#include "store/store.h"

enum message_state {
	MESSAGE_QUEUED,
	MESSAGE_SENDING,
	MESSAGE_UNKNOWN,
	MESSAGE_ACCEPTED,
	MESSAGE_DELIVERED,
	MESSAGE_UNDELIVERED,
	MESSAGE_FAILED,
	MESSAGE_CANCELLED,
	MESSAGE_EXPIRED,
	MESSAGE__MAX
};
extern const char *const message_state_names[MESSAGE__MAX];

#define KEY_SIZE 17 /* 16 characters of Crockford base32, and a NUL */

struct message {
	int64_t message_id;
	char key[KEY_SIZE];    /* made by outbox_queue() */
	char parcel[KEY_SIZE]; /* "" : outbox_queue() takes the key */
	int64_t patient_id;    /* 0: none */
	int64_t alert_id;      /* 0: none */
	enum kind kind;
	enum channel channel;
	char *recipient; /* NULL: the patient's address when it is sent */
	char *stage;	 /* of use in that stage only; NULL any */
	char *template;
	enum asks asks;
	char *subject;
	char *body;
	char *html;
	char *in_reply_to; /* a Message-ID, or NULL */
	int segments;
	enum message_state state;
	int64_t queued_at;
	int64_t due_at;
	int64_t expires_at;
	int attempts;
	char *gateway;
	char *address;
	int64_t claimed_at;
	char *provider_id;
	int64_t accepted_at;
	int64_t settled_at;
	char *code;
	char *because;
};
void message_free(struct message *message);
void message_list_free(struct message *list, int len);

/* Queue a message: state, key, message_id and an empty parcel are set in the
 * record; its priority is its kind's. */
enum status outbox_queue(struct store *store, struct message *message,
    struct why *why);

/* Messages of a channel that may go now: queued, due_at not after now; by
 * priority, the oldest due first; at most limit. */
enum status outbox_due(struct store *store, enum channel channel, int64_t now,
    int limit, struct message **list, int *len, struct why *why);

/* Say that a message is being sent: 'sending', attempts + 1, because emptied.
 * *claimed is false when it was not 'queued' any more. */
enum status outbox_claim(struct store *store, int64_t message_id,
    const char *gateway, const char *address, int64_t now, bool *claimed,
    struct why *why);

/* Not now: stays queued until due_at, with the reason. */
enum status outbox_hold(struct store *store, int64_t message_id,
    int64_t due_at, const char *because, struct why *why);

/* What a tick that died left 'sending' is 'unknown'. *count of them. */
enum status outbox_recover(struct store *store, int64_t *count,
    struct why *why);
/* Those of unknown fate that are not settled yet, oldest claim first; at most
 * limit of those after *place ({0}: from the first), which is moved on. */
struct outbox_place {
	int64_t claimed_at;
	int64_t message_id;
};
enum status outbox_unknown(struct store *store, struct outbox_place *place,
    int limit, struct message **list, int *len, struct why *why);
/* Surely not taken: from 'sending' or 'unknown' back to 'queued'. Any other, or
 * one that is settled, stays as it is. */
enum status outbox_requeue(struct store *store, int64_t message_id,
    int64_t due_at, const char *because, struct why *why);

/* A transfer broke so that its fate is not known: 'sending' to 'unknown'. */
enum status outbox_doubt(struct store *store, int64_t message_id,
    const char *because, struct why *why);

/*
 * How it went: a forward move to accepted, delivered, undelivered, failed,
 * cancelled, expired, or 'unknown' for good (settled). *moved is false when
 * the row's state is as far already or final: a receipt out of order does no
 * harm. Only what is queued can be cancelled or expire; to one that is unknown
 * for good a receipt may still come. provider_id, code and because may be
 * NULL: as they were. accepted_at is now, or when it was claimed where that it
 * was taken was only found out later. BAD_DATA when provider_id stands on
 * another row of that gateway; nothing is changed. A message that is not there
 * is a panic.
 */
enum status outbox_settle(struct store *store, int64_t message_id,
    enum message_state state, const char *provider_id, const char *code,
    const char *because, int64_t now, bool *moved, struct why *why);

/* What was delivered was not wanted, or not whole: its state stands, and why
 * is noted, once; *first is false where it was before, or where nothing was
 * delivered. */
enum status outbox_complain(struct store *store, int64_t message_id,
    const char *because, bool *first, struct why *why);

/* The message that a receipt speaks of. NONE when it is not ours. */
enum status outbox_by_provider_id(struct store *store, const char *gateway,
    const char *provider_id, struct message *message, struct why *why);
enum status outbox_by_key(struct store *store, const char *key,
    struct message *message, struct why *why);
enum status outbox_by_id(struct store *store, int64_t message_id,
    struct message *message, struct why *why);

/* Those queued after that one, in their order; 0: all. */
enum status outbox_after(struct store *store, int64_t after,
    struct message **list, int *len, struct why *why);
/* Has any message of the parcel gone, or may it still go? */
enum status outbox_parcel_lives(struct store *store, const char *parcel,
    bool *lives, struct why *why);

/* Segments (an email is one) that a gateway has taken since then, or may have:
 * what is in doubt may have to be paid for. */
enum status outbox_spent(struct store *store, const char *gateway,
    int64_t since_at, int64_t *segments, struct why *why);

/* Does any message of that gateway still wait for its receipt? The accepted
 * time of the oldest since since_at, or 0. */
enum status outbox_oldest_unsettled(struct store *store, const char *gateway,
    int64_t since_at, int64_t *accepted_at, struct why *why);

/* Queued messages past their use become 'expired' (at expires_at they still are
 * of use). Where nothing else of the parcel went or may go, its slot is spoilt
 * with the same words and its question, still waiting, is void. */
enum status outbox_expire(struct store *store, int64_t now, int64_t *count,
    struct why *why);

/*
 * Cancel what is queued to a patient: of kinds with blocked_by_stop (stop
 * true), or all kinds that a pause holds (stop false), or, with a stage,
 * those of that stage alone. Slots and questions as in outbox_expire().
 */
enum status outbox_cancel(struct store *store, int64_t patient_id, bool stop,
    const char *stage, const char *because, int64_t now, int64_t *count,
    struct why *why);

/* The times at which parcels that count against the limits went (accepted, or
 * claimed; with queued too, those that are queued, at their due time) to a
 * patient since then; newest first. A parcel on two channels counts once.
 * *len in: room, out: found. */
enum status outbox_counted(struct store *store, int64_t patient_id,
    int64_t since_at, bool queued, const char *but_parcel, int64_t *times,
    int *len, struct why *why);

/* All of a patient's, oldest first; those to clinicians about him not. */
enum status outbox_of_patient(struct store *store, int64_t patient_id,
    struct message **list, int *len, struct why *why);

/* Has that template gone to that patient or recipient since then, or is it
 * queued? patient_id 0: by recipient. What failed, was cancelled or expired
 * has not gone. */
enum status outbox_has(struct store *store, int64_t patient_id,
    const char *recipient, const char *template, int64_t since_at, bool *has,
    struct why *why);

/* How many safety nets, or how many other answers, have been queued to an
 * address since then. */
enum status outbox_answers(struct store *store, const char *recipient,
    bool safety_nets, int64_t since_at, int64_t *count, struct why *why);

/* How many safety nets of a red flag's alert have not gone out, and are not on
 * the wire just now. */
enum status outbox_safety_nets(struct store *store, int64_t alert_id,
    int64_t *waiting, struct why *why);

/* Did the parcel surely arrive, on one channel or another? */
enum status outbox_arrived(
    struct store *store, const char *parcel, bool *arrived, struct why *why);

/* Has that address been written to about an alert since then, whatever became
 * of it? */
enum status outbox_told(struct store *store, int64_t alert_id,
    const char *recipient, int64_t since_at, bool *told, struct why *why);

#endif
