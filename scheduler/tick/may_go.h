/*
 * NAME
 *	may_go - the last look before a message leaves
 *
 * Hours, limits, opt-outs and the patient's state are looked at when a
 * message is about to go, not only when it was queued: a queue may have stood
 * still for days.
 */
#ifndef TICK_MAY_GO_H
#define TICK_MAY_GO_H

#include "store/outbox.h"
#include "tick/practice.h"

enum may_go {
	MAY_GO_NOW,
	MAY_GO_LATER, /* not before until_at */
	MAY_GO_NEVER, /* cancel it */
	MAY_GO_NOBODY, /* there is no address: failed */
	MAY_GO__MAX
};

struct may_go_verdict {
	enum may_go may;
	char address[EMAIL_SIZE]; /* where to */
	char name[128]; /* whose, for an email's To; or "" */
	int64_t until_at;
	const char *because;
};

enum status may_go(struct practice *practice, const struct message *message,
    struct may_go_verdict *verdict, struct why *why);

#endif
