/*
 * NAME
 *	mailgun - Mailgun's API, version 3
 *
 * mailgun.c sends a mail as a whole, mailgun_events.c reads what became of
 * it. Events show late, up to half an hour, so that only then a message that
 * has none is thought not to be there.
 */
#ifndef POST_MAILGUN_H
#define POST_MAILGUN_H

#include "base/json.h"
#include "post/driver.h"

/* What an event says of its message, under its Message-ID; false when it says
 * nothing of interest. */
bool mailgun_event(const json_t *event, struct post_outcome *outcome);

enum status mailgun_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why);
enum status mailgun_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why);
enum status mailgun_poll_request(const struct gateway *gateway, int pass,
    int64_t since_at, const char *cursor, struct post_request *request,
    struct why *why);
enum status mailgun_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found,
    struct why *why);

#endif
