/*
 * NAME
 *	vonage - the SMS API of Vonage, formerly Nexmo
 *
 * Receipts and replies come by webhook. There is a Reports API, but it costs
 * extra, covers a day at a time, and nobody says how soon a message shows in
 * it: its absence would prove nothing, so a message of unknown fate is not
 * looked up. Our key goes along as client-ref and comes back in receipts.
 */
#ifndef POST_VONAGE_H
#define POST_VONAGE_H

#include "post/driver.h"

/* What a receipt's status and err-code (NULL for none) come to. */
void vonage_receipt(
    const char *state, const char *code, struct post_outcome *outcome);

#endif
