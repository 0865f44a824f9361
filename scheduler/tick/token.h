/*
 * NAME
 *	token - which message of ours a mail answers
 *
 * A message's key is known to nobody but whoever got the message: it stands
 * in the address for replies and in the Message-ID.
 */
#ifndef TICK_TOKEN_H
#define TICK_TOKEN_H

#include "store/outbox.h"

/* The message whose key stands in that text first, in letters of any case,
 * between others that are none of a key. NONE. */
enum status token_find(struct store *store, const char *text,
    struct message *message, struct why *why);

/* The address for replies with a message's key in it:
 * "replies+4k7q...@clinic.example". */
void token_address(const char *address, const char *key,
    char out[EMAIL_SIZE]);

#endif
