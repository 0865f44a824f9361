/*
 * NAME
 *	backoff - when to try again what was surely not taken
 *
 * Five minutes, ten, twenty, forty and so on up to two hours (a minute and
 * doubling for what is urgent), or what the provider asked for if that is
 * longer, and up to a tenth more by the message's own number, so that a
 * gateway that comes back is not met by all of them at once.
 */
#ifndef CARE_BACKOFF_H
#define CARE_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds to wait after so many attempts (1 or more). retry_after_s is 0
 * where the provider said nothing; number is any that stays with a message. */
int64_t backoff_s(
    int attempts, int64_t retry_after_s, bool urgent, int64_t number);

#endif
