/*
 * NAME
 *	mail_beside - what a mail says beside its answer, in words that are new
 */
#ifndef TICK_MAIL_BESIDE_H
#define TICK_MAIL_BESIDE_H

#include "store/inbox.h"
#include "text/mime.h"
#include "tick/practice.h"

/*
 * What may be the sender's own words too, without those that we wrote to the
 * sender or had from there before: our safety net names every sign of danger.
 * Of a sender whom we never wrote to, only what came in a file. The body ends
 * where a mail of ours begins that no head known to us told of. Where there is
 * more than is looked at, the mail is cut, too. Up to before, in UTC, is what
 * counts as said. *beside is NULL when there is nothing; the caller frees.
 */
enum status mail_beside(struct practice *practice,
    const struct inbound *inbound, struct mime_reply *mail,
    int64_t before, char **beside, struct why *why);

#endif
