/*
 * NAME
 *	postmark - Postmark's API
 *
 * postmark.c sends, postmark_list.c asks after a message of unknown fate by
 * our key, which Postmark keeps as metadata, and collects bounces.
 */
#ifndef POST_POSTMARK_H
#define POST_POSTMARK_H

#include "post/driver.h"

void postmark_authorize(
    const struct gateway *gateway, struct post_request *request);

/* What a type of bounce comes to; false when it is none that is final. */
bool postmark_bounce(const char *type, struct post_outcome *outcome);

enum status postmark_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why);
enum status postmark_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why);
enum status postmark_poll_request(const struct gateway *gateway, int pass,
    int64_t since_at, const char *cursor, struct post_request *request,
    struct why *why);
enum status postmark_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found,
    struct why *why);

#endif
