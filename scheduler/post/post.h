/*
 * NAME
 *	post - the outside world: messages out, receipts and replies in
 *
 * libcurl drives every transfer, with a thread and so many in flight for each
 * gateway and connections kept alive. A driver file for each provider only
 * turns a message into a request and an answer into an outcome. This room
 * knows addresses and bytes; it knows no patients and keeps no records: the
 * caller has made a message's row durable before it is handed over, and
 * records what comes back.
 */
#ifndef POST_POST_H
#define POST_POST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/clock.h"
#include "base/status.h"

#define GATEWAY_NAME_SIZE 64
#define PROVIDER_ID_SIZE 256
#define POST_REASON_SIZE 256
#define POST_CODE_SIZE 32
#define POST_CURSOR_SIZE 64

/*
 * What a provider's answer means, for all drivers alike; what is done about
 * each stands in one table, tick/fate.c.
 */
enum post_class {
	POST_ACCEPTED,	  /* the provider has it, under its id */
	POST_DELIVERED,	  /* final: it arrived */
	POST_UNDELIVERED, /* final: it did not, after it was accepted */
	POST_THROTTLED,	  /* surely not taken: later, perhaps as told */
	POST_LATER,	  /* surely not taken: later; it is not the gateway */
	POST_NOT_SENT,	  /* surely not taken: connection refused, say */
	POST_AMBIGUOUS,	  /* may have been taken: never sent again blindly */
	POST_ABSENT,	  /* asked, and the provider surely does not have it */
	POST_OPTED_OUT,	  /* the provider's own list blocks this address */
	POST_BAD_ADDRESS, /* the address is no good */
	POST_REFUSED,	  /* this content is refused */
	POST_CONFIG,	  /* our account or settings: stop it, and alert */
	POST__MAX
};
extern const char *const post_class_names[POST__MAX];

struct post_outcome {
	enum post_class class;
	char provider_id[PROVIDER_ID_SIZE]; /* "" where unknown */
	char code[POST_CODE_SIZE];	    /* the provider's own, or "" */
	char reason[POST_REASON_SIZE];	    /* for people; no address or text */
	int64_t retry_after_s;		    /* 0 where it did not say */
};

/* One message as a provider needs it. All text is lent by the caller until
 * its event has come back. */
struct post_message {
	const char *key;     /* ours, unique for ever, [0-9A-Z]{16} */
	const char *to;	     /* E.164 or an email address */
	const char *body;    /* UTF-8; SMS text, or the email's plain text */
	const char *subject; /* email only, and the rest too */
	const char *html;
	const char *to_name;	/* or NULL */
	const char *reply_to;	/* or NULL */
	const char *unsubscribe; /* an address that takes it, or NULL */
	bool may_end; /* who gets it may end it: where unsubscribe is NULL, by
			 writing to the sender */
	const char *in_reply_to; /* a Message-ID, or NULL */
	int64_t at;	     /* now, for Date headers and spool files */
	int64_t expires_at;  /* no use after this */
};

/* A setting of a driver: the rows from which the configuration is read, the
 * manual is checked and the example is made. */
enum setting_type {
	SETTING_TEXT,
	SETTING_SECRET, /* text, file: or env: */
	SETTING_PATH,	/* relative to the file that names it */
	SETTING_NUMBER, /* whole or decimal */
	SETTING_SECONDS, /* a duration */
	SETTING_BOOL,
	SETTING__MAX
};

struct setting_row {
	const char *name;
	enum setting_type type;
	bool required;
	const char *otherwise; /* the default as text, or NULL */
	const char *help;      /* a phrase, for the manual */
};

/* A gateway as configured: settings[i] belongs to driver->settings[i], as
 * text with secrets resolved and paths made absolute; NULL where not given. */
struct gateway {
	char name[GATEWAY_NAME_SIZE];
	const struct driver *driver;
	char **settings;
	double rate;	   /* messages a second; 0 for no bound */
	int in_flight;	   /* transfers at once, at least 1 */
	int64_t timeout_s; /* of one request */
	bool confirms_stop; /* the provider itself answers the word STOP */
	int daily_most; /* segments a day, or emails; 0 for no bound */
	double price; /* of one of them; 0 where not given */
	char *ca_file; /* trusted in place of the system's; or NULL */
	char *trouble; /* why nothing can be sent by it: a secret that can't be
			  had. Each send, ask and poll then comes to CONFIG.
			  NULL: none */
};

/* The driver of that name for that channel, or NULL. */
const struct driver *driver_find(enum channel channel, const char *name);
const char *driver_name(const struct driver *driver);
enum channel driver_channel(const struct driver *driver);
const struct setting_row *driver_settings(const struct driver *driver); /* ends
						   with a row of name NULL */
/* Names of all drivers of a channel, comma separated, for an error message. */
const char *driver_names(enum channel channel);

/* May a message of unknown fate be looked up at this provider? */
bool driver_can_ask(const struct driver *driver);
/* Does it give replies or receipts when asked for them? */
bool driver_can_poll(const struct driver *driver);

/* What the settings promise beyond their types: CONFIG says what is wrong. */
enum status gateway_check(const struct gateway *gateway, struct why *why);
void gateway_free(struct gateway *gateway); /* members only */

/*
 * The engine. Transfers are started by post_send(), post_ask() and
 * post_poll(), which never block; post_wait() blocks until the next of them
 * has something to say. Each started transfer gives exactly one event of
 * kind SENT or ASKED, or for a poll any number of RECEIPT and INBOUND and one
 * POLLED at the end.
 */
struct post;
enum status post_open(struct post **post, const struct clock *clock,
    struct why *why);
void post_close(struct post *post); /* aborts what is under way; takes NULL */

void post_send(struct post *post, const struct gateway *gateway,
    const struct post_message *message, void *tag);

/*
 * What became of a message whose answer we never saw. claimed_at is when its
 * row said that it was being sent. Several listed messages may agree in
 * address and body (the same question, last week): the event gives all of
 * them as candidates, nearest to claimed_at first, and the caller takes the
 * first whose id stands on no other row; where there is none, ABSENT holds.
 * Dates are never part of the match.
 */
void post_ask(struct post *post, const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at, void *tag);

/*
 * Replies and receipts since an instant (generously earlier is well: what
 * was seen is known by its id). cursor is the text that the last POLLED event
 * of this gateway gave, or NULL; keep it and since_at where a poll did not end
 * OK, and nothing is missed.
 */
void post_poll(struct post *post, const struct gateway *gateway,
    int64_t since_at, const char *cursor, void *tag);

/* After a caller has stored an inbound durably: the driver may now move or
 * mark it at its source. */
void post_inbound_stored(struct post *post, const struct gateway *gateway,
    const char *provider_id);

enum post_event_kind {
	POST_EVENT_SENT,    /* outcome is what the send came to */
	POST_EVENT_ASKED,   /* outcome: ACCEPTED or on, ABSENT, AMBIGUOUS */
	POST_EVENT_RECEIPT, /* outcome of the message of outcome.provider_id */
	POST_EVENT_INBOUND, /* a reply */
	POST_EVENT_SPOILT,  /* an inbound nobody can read, set aside: reason */
	POST_EVENT_POLLED,  /* a poll has ended; status says how */
	POST_EVENT__MAX
};

struct post_inbound {
	char provider_id[PROVIDER_ID_SIZE]; /* unique within the gateway */
	char from[EMAIL_SIZE];		    /* as the provider gave it */
	char to[EMAIL_SIZE];
	const char *body; /* UTF-8, lent until the next post_wait() */
	int64_t at;	  /* when the provider says it came */
};

struct post_event {
	enum post_event_kind kind;
	void *tag;
	const struct gateway *gateway;
	struct post_outcome outcome;
	struct post_inbound inbound;
	const char *cursor; /* POLLED: where the next poll goes on, or NULL */
	enum status status; /* POLLED: OK, UNAVAILABLE, CONFIG; where it is not
			       OK, and for SPOILT, outcome.reason says why */
	/* ASKED: all that agree, outcome among them; lent until the next
	 * post_wait(); none for ABSENT and AMBIGUOUS */
	const struct post_outcome *candidates;
	int candidates_len;
};

/* Real seconds since whenever, for nothing but waiting. */
double post_now_s(void);

/* The next event; false when nothing is under way, or when wait_s (real
 * seconds) have passed. */
bool post_wait(struct post *post, double wait_s, struct post_event *event);

/* Wait until so many events are there for post_wait(), nothing more is under
 * way, or wait_s have passed; are there so many? Cheaper than to be woken by
 * each of them. */
bool post_gather(struct post *post, int least, double wait_s);

/* How many sends wait for a place on the wire. */
int post_waiting(struct post *post);

/* How many more sends that gateway takes just now, by its in_flight (and a few
 * that wait for a place) and its rate; at least one where none is under way,
 * which may then wait in post_wait() for its turn, if that comes within a
 * minute. */
int post_room(struct post *post, const struct gateway *gateway);

#endif
