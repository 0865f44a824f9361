/*
 * NAME
 *	telnyx - Telnyx Messaging, API version 2
 */
#ifndef POST_TELNYX_H
#define POST_TELNYX_H

#include "base/json.h"
#include "post/driver.h"

/* What the status of a recipient, or of a detail record, and an error code
 * (NULL for none) come to. */
void telnyx_receipt(
    const char *state, const char *code, struct post_outcome *outcome);

/* What a message of Telnyx's says of itself; false when it has no id. */
bool telnyx_message(const json_t *data, struct post_outcome *outcome);

#endif
