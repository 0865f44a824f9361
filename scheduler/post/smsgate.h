/*
 * NAME
 *	smsgate - an Android phone as the clinic's gateway
 *
 * The app "SMS Gateway for Android", in the clinic's own network or by its
 * cloud. The id of a message is ours, and a second one of the same id is
 * refused: so it may be asked for by that id, and what the phone does not
 * know was never taken. Replies and states are collected, so that no port
 * need be open.
 */
#ifndef POST_SMSGATE_H
#define POST_SMSGATE_H

#include "base/json.h"
#include "post/driver.h"

/* What a message of the phone's says of itself; false when it has no id. */
bool smsgate_message(const json_t *message, struct post_outcome *outcome);

#endif
