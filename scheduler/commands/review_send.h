/*
 * NAME
 *	review_send - the review by email, and who has looked at it
 */
#ifndef COMMANDS_REVIEW_SEND_H
#define COMMANDS_REVIEW_SEND_H

#include "commands/command.h"
#include "review/review.h"

/* Queue it to each of review.to, once for each stretch of days; the next tick
 * sends it. CONFIG where nobody is to get it. */
enum status review_send(
    struct session *session, const struct review_ask *ask, struct why *why);

/* Record that somebody has looked: at all patients, or at the one asked for. */
enum status review_sign_off(struct session *session,
    const struct review_ask *ask, const char *by, struct why *why);

#endif
