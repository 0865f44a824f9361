/*
 * NAME
 *	imap - a connection to an IMAP server, on which commands are said
 *
 * libcurl connects, looks at the certificate and signs in. The commands are
 * ours: its own way of fetching a mail marks it as read before anybody has
 * stored it, and what a command of one's own brings it cuts at the first line.
 */
#ifndef POST_IMAP_H
#define POST_IMAP_H

#include "base/buffer.h"
#include "base/status.h"
#include "post/imap_answer.h"

struct imap_account {
	const char *url; /* imap://HOST:PORT/ or imaps://, without a folder */
	const char *user;
	const char *password; /* or NULL, and then */
	const char *token; /* an OAuth 2 access token */
	const char *ca_file; /* who signed its certificate: a file, or NULL */
	bool tls; /* STARTTLS or nothing, where it is imap:// */
	int64_t timeout_s; /* for connecting, and for each command */
};

struct imap;

/* UNAVAILABLE; CONFIG where the certificate or the login is refused. */
enum status imap_open(
    const struct imap_account *account, struct imap **imap, struct why *why);
void imap_close(struct imap *imap); /* takes NULL; waits for nothing */

/* Called with each answer that belongs to no other command; lent. */
typedef void imap_heard(void *arg, const struct imap_answer *answer);

/*
 * Say a command (without tag and line end) and hear what comes until it is
 * done; heard may be NULL. NONE when the server says no, whose words are then
 * the reason; UNAVAILABLE when the connection is lost, or mute for timeout_s.
 */
enum status imap_say(struct imap *imap, imap_heard *heard, void *arg,
    struct why *why, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* The text in quotes, as a folder's name stands in a command. */
void imap_quote(struct buffer *out, const char *text);

/* Bytes of an answer at most. */
#define IMAP_ANSWER_MAX ((size_t)12 * 1024 * 1024)

#endif
