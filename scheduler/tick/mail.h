/*
 * NAME
 *	mail - email that came in: from the mailbox, or by a mail server's pipe
 *
 * Whichever way a mail came, it is taken the same way and once: kept word for
 * word as a reply, and where it reports that a mail of ours came back, that
 * one is settled. One that can't be read is kept as it is, for a person.
 */
#ifndef TICK_MAIL_H
#define TICK_MAIL_H

#include "tick/practice.h"

/* Its name where replies say which gateway they came by. */
#define MAIL_GATEWAY "mailbox"

/*
 * Take one mail, in a transaction of the caller's. came_at is when a server
 * got it, 0 for now. *is_new is false when it was taken before.
 */
enum status mail_take(struct practice *practice, const char *bytes, size_t len,
    int64_t came_at, bool *is_new, struct why *why);

/*
 * Read the configured mailbox. Each mail is committed with the place in the
 * mailbox from which the next poll goes on, and only then marked there: a
 * crash at any instant loses none and reads none twice. A mailbox that does
 * not answer is told to the clinic and ends nothing else.
 */
enum status mail_collect(struct practice *practice, struct why *why);

#endif
