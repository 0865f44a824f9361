#include <stdio.h>
#include <string.h>

#include "post/mail.h"
#include "post/wire.h"
#include "text/mime.h"

enum status
mail_id(const struct post_message *message, const char *from,
    char out[PROVIDER_ID_SIZE], struct why *why)
{
	char bare[EMAIL_SIZE];
	int len;

	if (!wire_email_bare(from, bare))
		return why_set(
		    why, STATUS_BAD_DATA, "the sender is not an email address");
	if (!wire_key_ok(message->key))
		return why_set(why, STATUS_BAD_DATA, "not a message key");
	len = snprintf(
	    out, PROVIDER_ID_SIZE, "%s%s", message->key, strchr(bare, '@'));
	if (len >= PROVIDER_ID_SIZE)
		return why_set(
		    why, STATUS_BAD_DATA, "the sender's domain is too long");
	return STATUS_OK;
}

enum status
mail_build(const struct post_message *message, const char *from,
    struct buffer *out, struct why *why)
{
	char id[PROVIDER_ID_SIZE], bare[EMAIL_SIZE];
	char sender[EMAIL_SIZE];
	enum status status = mail_id(message, from, id, why);
	struct mime_mail mail = {
		.from = from,
		.to = message->to,
		.to_name = message->to_name,
		.reply_to = message->reply_to,
		.subject = message->subject == NULL ? "" : message->subject,
		.message_id = id,
		.in_reply_to = message->in_reply_to,
		.unsubscribe = message->unsubscribe,
		.plain = message->body == NULL ? "" : message->body,
		.html = message->html,
		.reply = message->in_reply_to != NULL,
		.at = message->at,
	};

	if (status != STATUS_OK)
		return status;
	if ((message->reply_to != NULL &&
		!wire_email_bare(message->reply_to, bare)) ||
	    (message->unsubscribe != NULL &&
		!wire_email_bare(message->unsubscribe, bare)))
		return why_set(why, STATUS_BAD_DATA,
		    "the address for replies is not an email address");
	if (mail.unsubscribe == NULL && message->may_end &&
	    wire_email_bare(from, sender))
		mail.unsubscribe = sender;
	return mime_build(&mail, out, why);
}
