/*
 * NAME
 *	tick - one round of the six steps
 */
#ifndef TICK_TICK_H
#define TICK_TICK_H

#include "tick/practice.h"

/*
 * Do one round. TRY_LATER when another tick runs (nothing was done) or the
 * database can't be written now. DENIED when this database is a copy that
 * nobody has said is the clinic (store/identity.h). OK though a gateway is
 * down: that is an
 * alert, not a failure. practice->count has what was done, so far as it got.
 */
enum status tick_run(struct practice *practice, struct why *why);

#endif
