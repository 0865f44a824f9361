/*
 * NAME
 *	driver - what a provider's file gives to the engine
 *
 * A driver that speaks to a network is pairs of pure functions: a message to
 * a request, an answer to an outcome. One that works on files (spool) does
 * its work at once in local_*. A function that a provider has no use for is
 * NULL.
 */
#ifndef POST_DRIVER_H
#define POST_DRIVER_H

#include "base/buffer.h"
#include "post/post.h"

/* A request as bytes; {0} is an empty one. The engine frees it. */
struct post_request {
	char *method; /* "POST" or "GET"; NULL for SMTP */
	char *url;
	char **headers; /* "Name: value" */
	int headers_len;
	struct buffer body; /* for SMTP the whole message, CRLF lines */
	char *user;	    /* Basic or SASL; NULL for none */
	char *password;
	char *token; /* SMTP: an OAuth 2 access token in its place */
	char *token_command; /* or what prints one */
	char *mail_from;   /* SMTP envelope */
	char *rcpt;	   /* SMTP envelope */
	bool tls_required; /* SMTP: STARTTLS or nothing */
	char *sigv4; /* "aws:amz:REGION:SERVICE": user and password sign the
			request and are not sent; or NULL */
	bool fresh; /* on a connection of its own: where nobody can be asked,
		       a kept one gone stale must not leave a send in doubt */
};
void post_request_free(struct post_request *request);
void post_request_header(struct post_request *request, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* An answer as bytes. */
struct post_answer {
	bool transport_ok; /* a whole answer came */
	bool body_sent;	   /* our bytes may have reached the provider */
	long code;	   /* HTTP status or SMTP reply; 0 for none */
	const char *text;  /* the answer's body, NUL-terminated, capped; the
			      last reply line of an SMTP server */
	size_t len;
	const char *step;      /* SMTP: the last command, "MAIL", "RCPT", ... */
	int64_t retry_after_s; /* from the header; 0 for none */
	const char *message_id; /* the header X-Message-Id, or NULL */
	const char *error_type; /* the header X-Amzn-ErrorType, or NULL */
	const char *transport_error; /* libcurl's words where it failed */
	bool peer_refused; /* certificate, login: CONFIG, not the world */
};

/*
 * What a listing held, added up over its pages; the engine hands each on as
 * an event. For a poll: receipts, inbounds, spoilt ones and a cursor. For an
 * ask: a receipt for each message that agrees, at the time it was created.
 */
struct post_found;
void post_found_receipt(
    struct post_found *found, const struct post_outcome *outcome, int64_t at);
/* source is the driver's own handle, or NULL: it comes back in local_stored. */
void post_found_inbound(struct post_found *found,
    const struct post_inbound *inbound, const char *source);
void post_found_spoilt(struct post_found *found, const char *reason);
/* There is another page at that URL. */
void post_found_next(struct post_found *found, const char *url);
void post_found_cursor(struct post_found *found, const char *cursor);
/* The instant from which the listing was asked for: since_at of a poll,
 * claimed_at of an ask. */
int64_t post_found_since(const struct post_found *found);
/* The cursor that pages before this one have set, or NULL. */
const char *post_found_cursor_text(const struct post_found *found);

struct driver {
	const char *name;
	enum channel channel;
	const struct setting_row *settings;
	enum status (*check)(const struct gateway *gateway, struct why *why);

	/* OK; BAD_DATA when the address is no good, USAGE when this content
	 * can't be carried, CONFIG for the settings: then nothing is sent. */
	enum status (*request)(const struct gateway *gateway,
	    const struct post_message *message, struct post_request *request,
	    struct why *why);
	void (*outcome)(const struct gateway *gateway,
	    const struct post_message *message,
	    const struct post_answer *answer, struct post_outcome *outcome);

	enum status (*ask_request)(const struct gateway *gateway,
	    const struct post_message *message, int64_t claimed_at,
	    struct post_request *request, struct why *why);
	/* OK, UNAVAILABLE or CONFIG; only a listing read to its end without
	 * a match makes a message ABSENT */
	enum status (*ask_answer)(const struct gateway *gateway,
	    const struct post_message *message,
	    const struct post_answer *answer, struct post_found *found,
	    struct why *why);

	/* A poll may take several listings: pass counts them from 0, NONE
	 * says that there are no more. */
	enum status (*poll_request)(const struct gateway *gateway, int pass,
	    int64_t since_at, const char *cursor, struct post_request *request,
	    struct why *why);
	enum status (*poll_answer)(const struct gateway *gateway,
	    const struct post_answer *answer, struct post_found *found,
	    struct why *why);

	void (*local_send)(const struct gateway *gateway,
	    const struct post_message *message, struct post_outcome *outcome);
	void (*local_ask)(const struct gateway *gateway,
	    const struct post_message *message, struct post_outcome *outcome);
	enum status (*local_poll)(const struct gateway *gateway,
	    int64_t now_at, struct post_found *found, struct why *why);
	void (*local_stored)(const struct gateway *gateway, const char *source);
};

/* The value of a setting, or its default, or NULL. */
const char *gateway_setting(const struct gateway *gateway, const char *name);

extern const struct driver driver_spool_sms;
extern const struct driver driver_spool_email;
extern const struct driver driver_twilio;
extern const struct driver driver_vonage;
extern const struct driver driver_telnyx;
extern const struct driver driver_plivo;
extern const struct driver driver_messagebird;
extern const struct driver driver_smsgate;
extern const struct driver driver_kannel;
extern const struct driver driver_http;
extern const struct driver driver_smtp;
extern const struct driver driver_sendgrid;
extern const struct driver driver_mailgun;
extern const struct driver driver_postmark;
extern const struct driver driver_ses;

#endif
