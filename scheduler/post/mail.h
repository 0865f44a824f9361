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

/*
 * For drivers that hand over a mail in parts. mail_check() says what
 * post_send() is to refuse: BAD_DATA for the recipient, USAGE for a header
 * that would begin another one, CONFIG for the sender. The others are for a
 * message that has passed it.
 */
enum status mail_check(const struct post_message *message, const char *from,
    struct why *why);

/* The name of a sender "Riverside <care@clinic.example>", which the caller
 * frees; NULL when it has none. */
char *mail_name(const char *from);

/* "\"Jane\" <jane@x.example>", or the bare address; the caller frees. */
char *mail_mailbox(const char *name, const char *address);

/* The headers that a mail of mail_build() has beside From, To, Reply-To,
 * Subject and Date. Gives how many. */
#define MAIL_HEADERS_MAX 6
struct mail_header {
	const char *name;
	char value[2 * PROVIDER_ID_SIZE];
};
int mail_headers(const struct post_message *message, const char *from,
    struct mail_header out[MAIL_HEADERS_MAX]);

#endif
