/*
 * NAME
 *	smsgate - an Android phone as the clinic's gateway
 *
 * The app "SMS Gateway for Android", in the clinic's own network or by its
 * cloud. The id of a message is ours, and a second one of the same id is
 * refused: so it may be asked for by that id, and what the phone does not
 * know was never taken. Replies and states are collected, so that no port
 * need be open.
 */
#ifndef POST_SMSGATE_H
#define POST_SMSGATE_H

#include "base/json.h"
#include "post/driver.h"

/* What a message of the phone's says of itself; false when it has no id. */
bool smsgate_message(const json_t *message, struct post_outcome *outcome);

void smsgate_credentials(
    const struct gateway *gateway, struct post_request *request);

enum status smsgate_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why);
enum status smsgate_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why);
enum status smsgate_poll_request(const struct gateway *gateway, int pass,
    int64_t since_at, const char *cursor, struct post_request *request,
    struct why *why);
enum status smsgate_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found,
    struct why *why);

#endif
