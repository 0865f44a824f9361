/*
 * NAME
 *	mail - a message as the bytes of an email
 *
 * For every email driver that hands over a whole message. Its Message-ID is
 * made of our key, so that an answer can be matched to it and a second copy
 * of the same message is seen to be one.
 */
#ifndef POST_MAIL_H
#define POST_MAIL_H

#include "base/buffer.h"
#include "post/post.h"

/* "KEY@clinic.example" for a sender "Riverside <care@clinic.example>"; no
 * angle brackets. BAD_DATA when from is no address or the key is none. */
enum status mail_id(const struct post_message *message, const char *from,
    char out[PROVIDER_ID_SIZE], struct why *why);

/* The whole message, CRLF lines, added to out. BAD_DATA for a header that
 * can't be written; then nothing is to be sent. */
enum status mail_build(const struct post_message *message, const char *from,
    struct buffer *out, struct why *why);

#endif
