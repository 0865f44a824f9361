/*
 * NAME
 *	mime - an email out as bytes, an email in as a reply
 *
 * GMime does the encoding and the parsing.
 */
#ifndef TEXT_MIME_H
#define TEXT_MIME_H

#include <stdint.h>

#include "base/address.h"
#include "base/buffer.h"
#include "base/status.h"

/* What goes out: multipart/alternative, plain text first, then HTML. */
struct mime_mail {
	const char *from;	/* "Riverside <care@clinic.example>" or bare */
	const char *to;		/* bare address */
	const char *to_name;	/* or NULL */
	const char *reply_to;	/* or NULL */
	const char *subject;
	const char *message_id; /* without angle brackets */
	const char *in_reply_to; /* or NULL; without angle brackets */
	const char *unsubscribe; /* mailto: address for List-Unsubscribe or NULL */
	const char *plain;
	const char *html;	/* NULL for plain text alone */
	bool reply;		/* Auto-Submitted: auto-replied, not -generated */
	int64_t at;		/* Date, in UTC */
};

/* The message, lines ending CRLF, added to out. BAD_DATA when a header value
 * has a line break or a control character: such mail is never built. */
enum status mime_build(const struct mime_mail *mail, struct buffer *out,
    struct why *why);

/* What came in. All text is owned; mime_reply_free() frees it. */
struct mime_reply {
	char *message_id;  /* without brackets; NULL when it has none */
	char *from;	   /* bare address, or NULL */
	char *to;	   /* bare address of the first recipient, or NULL */
	char *delivered_to; /* envelope address where a header tells, or NULL */
	char *in_reply_to; /* without brackets, or NULL */
	char *references;  /* ids separated by spaces, or NULL */
	char *subject;
	char *body;	   /* what the sender wrote: plain text preferred, quoted
			      lines and signature cut, UTF-8, at most 64 KiB */
	int64_t at;	   /* Date, or 0 */
	bool automatic;	   /* out of office, list, report: never a reply */
	bool bounce;	   /* a delivery report of failure */
	char *bounce_status; /* "5.1.1", or NULL */
	char *bounce_id;   /* Message-ID of the mail that bounced, or NULL */
};

/* Any bytes. BAD_DATA when it is no message at all. */
enum status mime_read(const char *bytes, size_t len, struct mime_reply *reply,
    struct why *why);
void mime_reply_free(struct mime_reply *reply);

#endif
