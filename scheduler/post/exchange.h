/*
 * NAME
 *	exchange - what all transfers of a tick share
 *
 * Easy handles that have done their work and serve again, a URL taken apart,
 * where certificates are looked up, and the connections to mail servers, which
 * say goodbye at their end.
 */
#ifndef POST_EXCHANGE_H
#define POST_EXCHANGE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

struct exchange {
	CURL **idle;
	size_t idle_len, idle_size;
	char *url; /* of the first message, and its parts; NULL: none yet */
	CURLU *parts;
	bool asked, has_bundle; /* one file holds all certificates */
	bool mute; /* the mail server did not answer, when last looked */
	int *farewell; /* sockets */
	size_t farewell_len;
};

/* A handle with no options set; give it back with exchange_return(). */
CURL *exchange_handle(struct exchange *exchange);
void exchange_return(struct exchange *exchange, CURL *easy); /* takes NULL */

/* Where a message goes. Nearly all of a gateway go to the same URL, which
 * libcurl would take apart and write anew for each: a quarter of what it does
 * for one. */
void exchange_url(struct exchange *exchange, CURL *easy, const char *url);

/* Whom to trust: those of a file, or the system's where it is NULL. */
void exchange_authorities(
    struct exchange *exchange, CURL *easy, const char *ca_file);

/* This connection is to a mail server. */
void exchange_farewell(struct exchange *exchange, CURL *easy);
/* Before a mail under way is given up: libcurl would else end it with a dot,
 * and the server take what it has, an empty mail, say. */
void exchange_cut(struct exchange *exchange);
/* Before the multi handle is closed: no server's silence holds that up. */
void exchange_shorten(struct exchange *exchange);

void exchange_close(struct exchange *exchange); /* members only */

#endif
