/*
 * NAME
 *	contact - what comes back from those whom alerts go to
 *
 * A clinician on the list takes an alert on by replying "ACK 17". Only a
 * reply from a listed address does, and whatever else such an address writes
 * is told back: an alert that seems taken and is not is worse than none.
 */
#ifndef TICK_CONTACT_H
#define TICK_CONTACT_H

#include "store/inbox.h"
#include "tick/practice.h"

/* Is it an address that alerts go to? */
bool contact_is_listed(const struct practice *practice, const char *address);

/*
 * Take a reply from a listed address: the alerts that it names are
 * acknowledged, and the sender is told. *taken is false, and nothing is done,
 * when it is nobody on the list, or a patient's own words (a clinician may be
 * a patient too). Inside a transaction.
 */
enum status contact_take(struct practice *practice,
    const struct inbound *inbound, bool *taken, struct why *why);

#endif
