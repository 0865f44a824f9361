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
	char *method;	  /* "POST"; NULL for SMTP */
	char *url;
	char **headers;	  /* "Name: value" */
	int headers_len;
	struct buffer body; /* for SMTP the whole message, CRLF lines */
	char *user;	    /* Basic or SASL; NULL for none */
	char *password;
	char *mail_from; /* SMTP envelope */
	char *rcpt;
	bool tls_required; /* SMTP: STARTTLS or nothing */
};
void post_request_free(struct post_request *request);
void post_request_header(struct post_request *request, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* An answer as bytes. */
struct post_answer {
	bool transport_ok; /* a whole answer came */
	bool body_sent;	   /* our bytes may have reached the provider */
	long code;	   /* HTTP status or SMTP reply; 0 for none */
	const char *text;  /* the answer's body, NUL-terminated, capped */
	size_t len;
	int64_t retry_after_s; /* from the header; 0 for none */
	const char *transport_error; /* libcurl's words where it failed */
	bool peer_refused;	     /* certificate, login: CONFIG, not the world */
};

/* What a poll's answer held; the engine hands each on as an event. */
struct post_found;
void post_found_receipt(struct post_found *found,
    const struct post_outcome *outcome);
void post_found_inbound(struct post_found *found,
    const struct post_inbound *inbound);
void post_found_spoilt(struct post_found *found, const char *reason);
/* There is another page at that URL; NULL for the last. */
void post_found_next(struct post_found *found, const char *url);
void post_found_cursor(struct post_found *found, const char *cursor);

struct driver {
	const char *name;
	enum channel channel;
	const struct setting_row *settings;
	enum status (*check)(const struct gateway *gateway, struct why *why);

	enum status (*request)(const struct gateway *gateway,
	    const struct post_message *message, struct post_request *request,
	    struct why *why);
	void (*outcome)(const struct gateway *gateway,
	    const struct post_answer *answer, struct post_outcome *outcome);

	enum status (*ask_request)(const struct gateway *gateway,
	    const struct post_message *message, int64_t claimed_at,
	    struct post_request *request, struct why *why);
	/* may set *next to another page (the engine frees it) and be called
	 * again with that page's answer */
	void (*ask_outcome)(const struct gateway *gateway,
	    const struct post_message *message, int64_t claimed_at,
	    const struct post_answer *answer, struct post_outcome *outcome,
	    char **next);

	enum status (*poll_request)(const struct gateway *gateway,
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
	    struct post_found *found, struct why *why);
	void (*local_stored)(const struct gateway *gateway,
	    const char *provider_id);
};

/* The value of a setting, or NULL. */
const char *gateway_setting(const struct gateway *gateway, const char *name);

extern const struct driver driver_spool_sms;
extern const struct driver driver_spool_email;
extern const struct driver driver_twilio;
extern const struct driver driver_kannel;
extern const struct driver driver_smtp;

#endif
