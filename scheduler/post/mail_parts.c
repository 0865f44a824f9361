#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/mail.h"
#include "post/wire.h"

static bool
plain_or_none(const char *text)
{
	return text == NULL || wire_plain(text);
}

enum status
mail_check(
    const struct post_message *message, const char *from, struct why *why)
{
	char bare[EMAIL_SIZE], id[PROVIDER_ID_SIZE];

	if (!wire_email_ok(message->to))
		return why_set(why, STATUS_BAD_DATA, "not an email address");
	if (!wire_email_bare(from, bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	if (mail_id(message, from, id, why) != STATUS_OK)
		return STATUS_USAGE;
	if ((message->reply_to != NULL &&
		!wire_email_bare(message->reply_to, bare)) ||
	    (message->unsubscribe != NULL &&
		!wire_email_bare(message->unsubscribe, bare)))
		return why_set(why, STATUS_USAGE,
		    "the address for replies is not an email address");
	if (!plain_or_none(message->subject) ||
	    !plain_or_none(message->to_name) ||
	    !plain_or_none(message->in_reply_to) ||
	    (message->in_reply_to != NULL &&
		(strlen(message->in_reply_to) >= PROVIDER_ID_SIZE ||
		    strpbrk(message->in_reply_to, " <>") != NULL)))
		return why_set(why, STATUS_USAGE,
		    "a header would hold a line break or a control character");
	return STATUS_OK;
}

char *
mail_name(const char *from)
{
	const char *open = strrchr(from, '<'), *begin = from, *end = open;

	if (open == NULL)
		return NULL;
	while (begin < end && (*begin == ' ' || *begin == '"'))
		begin++;
	while (end > begin && (end[-1] == ' ' || end[-1] == '"'))
		end--;
	return begin == end ? NULL : xstrndup(begin, (size_t)(end - begin));
}

char *
mail_mailbox(const char *name, const char *address)
{
	struct buffer out = { 0 };
	const char *p;

	if (name == NULL || name[0] == '\0')
		return xstrdup(address);
	buffer_putc(&out, '"');
	for (p = name; *p != '\0'; p++)
		if (*p != '"' && *p != '\\')
			buffer_putc(&out, *p);
	buffer_printf(&out, "\" <%s>", address);
	return buffer_take(&out);
}

static void __attribute__((format(printf, 3, 4)))
put(struct mail_header *out, const char *name, const char *fmt, ...)
{
	va_list args;

	out->name = name;
	va_start(args, fmt);
	vsnprintf(out->value, sizeof(out->value), fmt, args);
	va_end(args);
}

int
mail_headers(const struct post_message *message, const char *from,
    struct mail_header out[MAIL_HEADERS_MAX])
{
	char id[PROVIDER_ID_SIZE] = "";
	char sender[EMAIL_SIZE];
	const char *unsubscribe = message->unsubscribe;
	int n = 0;

	if (unsubscribe == NULL && message->may_end &&
	    wire_email_bare(from, sender))
		unsubscribe = sender;

	(void)mail_id(message, from, id, NULL);
	put(&out[n++], "Message-ID", "<%s>", id);
	if (message->in_reply_to != NULL) {
		put(&out[n++], "In-Reply-To", "<%s>", message->in_reply_to);
		put(&out[n++], "References", "<%s>", message->in_reply_to);
	}
	put(&out[n++], "Auto-Submitted", "%s",
	    message->in_reply_to != NULL ? "auto-replied" : "auto-generated");
	put(&out[n++], "X-Auto-Response-Suppress", "All");
	if (unsubscribe != NULL)
		put(&out[n++], "List-Unsubscribe",
		    "<mailto:%s?subject=unsubscribe>", unsubscribe);
	return n;
}
