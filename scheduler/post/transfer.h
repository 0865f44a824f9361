/*
 * NAME
 *	transfer - one request on its way through libcurl
 *
 * Turns a struct post_request into an easy handle and what became of it into
 * a struct post_answer. The one question that matters is answered here with
 * care: may our bytes have reached the provider? A request is written to a
 * connection once. libcurl would write it again by itself when a kept
 * connection turns out to be dead, which for a message may be once too often;
 * that second attempt is refused and the message's fate is asked instead.
 */
#ifndef POST_TRANSFER_H
#define POST_TRANSFER_H

#include <curl/curl.h>

#include "post/driver.h"
#include "post/exchange.h"

struct transfer;

/* The request is lent until transfer_answer() was called; the exchange until
 * the multi handle is gone. */
struct transfer *transfer_new(const struct gateway *gateway,
    const struct post_request *request, struct exchange *exchange, void *owner);
CURL *transfer_easy(const struct transfer *transfer);
void *transfer_owner(CURL *easy);

/* What came of it, as the multi handle said; lent by the transfer. */
void transfer_answer(
    struct transfer *transfer, CURLcode code, struct post_answer *answer);
void transfer_free(struct transfer *transfer); /* takes NULL */

/* Is it a failure that trying again does not mend: certificate, login? */
bool transfer_is_refusal(CURLcode code);

#endif
