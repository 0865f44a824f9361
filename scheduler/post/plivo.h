/*
 * NAME
 *	plivo - Plivo's messages, API version 1
 */
#ifndef POST_PLIVO_H
#define POST_PLIVO_H

#include "post/driver.h"

/* What a state and an ErrorCode ("" or NULL for none) come to. */
void plivo_receipt(
    const char *state, const char *code, struct post_outcome *outcome);

#endif
