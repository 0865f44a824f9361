/*
 * NAME
 *	transfer_smtp - the inside of a transfer, and a mail on its way
 *
 * libcurl says less of SMTP than of HTTP: which step a server refused, and how
 * long it has been mute, are found out here.
 */
#ifndef POST_TRANSFER_SMTP_H
#define POST_TRANSFER_SMTP_H

#include "post/transfer.h"

struct transfer {
	struct exchange *exchange;
	CURL *easy;
	void *owner;
	const struct post_request *request;
	struct curl_slist *headers;
	struct curl_slist *rcpt; /* libcurl does not copy it */
	struct buffer text; /* what the peer said */
	size_t body_at; /* bytes of a mail handed to libcurl */
	int attempts; /* connections that took the request */
	char step[8]; /* the last SMTP command */
	bool quitting; /* QUIT was said */
	double asked_s; /* monotonic: when libcurl asked whether to go on */
	double idle_s; /* nothing came or went for so long */
	double idle_most_s; /* and that is no answer */
	char problem[CURL_ERROR_SIZE];
};

/* The options of a mail. */
void transfer_smtp_set(
    struct transfer *transfer, const struct gateway *gateway);

/* libcurl calls a server's no a failure; to us it is a whole answer. */
bool transfer_smtp_reply(CURLcode code, long reply);

/* libcurl keeps the connection to a mail server that never answered a mail,
 * and would have the next one wait there too. */
void transfer_smtp_part(const struct transfer *transfer);

#endif
