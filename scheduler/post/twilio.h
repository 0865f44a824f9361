/*
 * NAME
 *	twilio - Twilio Programmable Messaging, API version 2010-04-01
 *
 * twilio.c sends, twilio_list.c reads the list of messages, for asking after
 * one of unknown fate and for polling replies and receipts, so that no port
 * need be open to the world. Twilio has no key of ours by which it would
 * refuse a second copy: that is why a lost answer is asked for, never repeated.
 */
#ifndef POST_TWILIO_H
#define POST_TWILIO_H

#include "base/json.h"
#include "post/driver.h"

/* The URL of the account's messages, which the caller frees. */
char *twilio_url(const struct gateway *gateway);
void twilio_credentials(
    const struct gateway *gateway, struct post_request *request);

/* What one message of Twilio's says of itself: sid, status, error_code.
 * False when it is no message. */
bool twilio_receipt(const json_t *message, struct post_outcome *outcome);

/* What an error code comes to, in the answer to a send or in a receipt, and
 * seconds to wait where the code itself says so (a daily limit), else 0. A
 * code that the table does not have is refused, or undelivered. */
enum post_class twilio_class_sent(int64_t code, int64_t *retry_after_s);
enum post_class twilio_class_final(int64_t code);
/* The official short name of a code, or "not in our table". */
const char *twilio_code_name(int64_t code);

enum status twilio_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why);
enum status twilio_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why);
enum status twilio_poll_request(const struct gateway *gateway, int pass,
    int64_t since_at, const char *cursor, struct post_request *request,
    struct why *why);
enum status twilio_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found,
    struct why *why);

#endif
