/*
 * NAME
 *	messagebird - the SMS API of MessageBird, now Bird
 *
 * messagebird.c sends, messagebird_list.c reads the list of messages, which
 * has texts and our key as their reference: replies and receipts can be
 * collected, and one of unknown fate is known by its reference.
 */
#ifndef POST_MESSAGEBIRD_H
#define POST_MESSAGEBIRD_H

#include "base/json.h"
#include "post/driver.h"

/* What a recipient's status and statusErrorCode (NULL, "" or "0" for none)
 * come to. */
void messagebird_receipt(
    const char *state, const char *code, struct post_outcome *outcome);

/* What a message of MessageBird's says of itself; false when it has no id. */
bool messagebird_message(const json_t *message, struct post_outcome *outcome);

enum status messagebird_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why);
enum status messagebird_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why);
enum status messagebird_poll_request(const struct gateway *gateway, int pass,
    int64_t since_at, const char *cursor, struct post_request *request,
    struct why *why);
enum status messagebird_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found,
    struct why *why);

#endif
