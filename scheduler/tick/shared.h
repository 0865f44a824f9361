/*
 * NAME
 *	shared - one open question at a time, where several share an address
 *
 * Two patients with one number would both answer "4". So the second is asked
 * once the first has answered or the first's time is over, and who was asked
 * last waits for the other the next time.
 */
#ifndef TICK_SHARED_H
#define TICK_SHARED_H

#include "store/outbox.h"
#include "tick/practice.h"

/* How long a patient's question to that address must wait for another's: *until
 * is when to look again, or 0 when it may go now. */
enum status shared_question(struct practice *practice,
    const struct addressee *to, const char *address, int64_t *until,
    struct why *why);

#endif
