/*
 * NAME
 *	mime - an email out as bytes, an email in as a reply
 *
 * GMime does the encoding and the parsing; it is set up by the first call, so
 * that whoever has no mail does not pay for it.
 */
#ifndef TEXT_MIME_H
#define TEXT_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/buffer.h"
#include "base/status.h"

/* What goes out: multipart/alternative, plain text first, then HTML. */
struct mime_mail {
	const char *from; /* "Riverside <care@clinic.example>" or bare */
	const char *to; /* bare address */
	const char *to_name; /* or NULL */
	const char *reply_to; /* bare address, or NULL */
	const char *subject;
	const char *message_id; /* without angle brackets */
	const char *in_reply_to; /* or NULL; without angle brackets */
	/* For List-Unsubscribe: a bare address or a whole mailto:, or NULL. */
	const char *unsubscribe;
	const char *plain;
	/* NULL for plain text alone; PNGs in it as data: URIs become parts */
	const char *html;
	bool reply; /* Auto-Submitted: auto-replied, not -generated */
	int64_t at; /* Date, in UTC */
};

/*
 * The message, lines ending CRLF, added to out; the same mail gives the same
 * bytes. BAD_DATA, and nothing added, when a header value has a line break or
 * a control character or an address is none: such mail is never built.
 */
enum status mime_build(
    const struct mime_mail *mail, struct buffer *out, struct why *why);

#define MIME_BODY_MAX 65536 /* bytes of a reply, and of each text beside it */

/*
 * What came in, all of it as hostile as the sender likes: every text is UTF-8
 * without control characters, on one line (but for the body) and bounded. All
 * text is owned; mime_reply_free() frees it.
 */
struct mime_reply {
	char *message_id; /* without brackets; NULL when it has none */
	char *from; /* bare address; NULL when it is not one good address */
	char *to; /* bare address of the first recipient, or NULL */
	char *delivered_to; /* envelope address where a header tells, or NULL */
	/* Every address it was sent to, the envelope's first, separated by
	 * spaces; NULL when there is none. */
	char *recipients;
	char *in_reply_to; /* without brackets, or NULL */
	char *references; /* ids separated by spaces, or NULL */
	char *subject; /* "" when there is none */
	/* What the sender wrote: plain text preferred, quoted lines and
	 * signature cut; "" when nothing is left. */
	char *body;
	/* What may be the sender's own words too, or not: of the quoted mail,
	 * and of what the mail says only as HTML; and in text files that came
	 * with it. "" when there is none. */
	char *quoted;
	char *enclosed;
	int64_t at; /* Date, or 0 */
	bool automatic; /* out of office, list, report: never a reply */
	bool report; /* of any kind: failure, delay, receipt */
	bool attached; /* something beside its text came with it */
	bool cut; /* longer than is looked at: there is more in the mail */
	bool bounce; /* a delivery report of failure */
	bool complaint; /* a report that somebody calls our mail unwanted */
	char *bounce_status; /* "5.1.1", or NULL */
	/* Message-ID of the mail that came back or is unwanted, or NULL. */
	char *bounce_id;
};

/* Any bytes; of a mail longer than 8 MiB, the first. BAD_DATA when it is no
 * message at all: *reply is left as it was then. */
enum status mime_read(
    const char *bytes, size_t len, struct mime_reply *reply, struct why *why);

/* Is a text longer than so many bytes? Then it ends there, with no character
 * cut in two. */
bool mime_shorten(char *text, size_t bytes);

/* Frees what is in it, not reply itself, and leaves it empty. */
void mime_reply_free(struct mime_reply *reply);

#endif
