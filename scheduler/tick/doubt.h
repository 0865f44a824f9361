/*
 * NAME
 *	doubt - what earlier ticks left in doubt
 */
#ifndef TICK_DOUBT_H
#define TICK_DOUBT_H

#include "tick/flights.h"

/*
 * What a tick that died left 'sending' becomes 'unknown', and of each unknown
 * one its gateway is asked, no sooner than a request's own timeout after the
 * claim; where nobody can be asked, its kind decides. A gateway that does not
 * answer holds up what is to be sent for seconds only.
 */
enum status doubt_settle(
    struct practice *practice, struct flights *flights, struct why *why);

#endif
