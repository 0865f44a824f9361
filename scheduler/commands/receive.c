/*
 * receive - take one reply by hand, or from a mail server's pipe
 *
 * It stores the reply and does no more: the next tick reads it. When it exits
 * 0 the reply is durable; 75 asks a mail server to try again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "commands/text_input.h"
#include "commands/verbs.h"
#include "store/inbox.h"
#include "text/mime.h"

#define BY_HAND "receive"

static enum status
store_work(struct practice *practice, void *arg, struct why *why)
{
	bool is_new = false;
	return inbound_store(practice->store, arg, &is_new, why);
}

/* The sender as an address: an email, or a phone in the country's ways. */
static enum status
take_sender(const struct session *session, const char *from,
    struct inbound *inbound, struct why *why)
{
	enum status status;
	char phone[PHONE_SIZE];
	char email[EMAIL_SIZE];
	if (strchr(from, '@') != NULL) {
		inbound->channel = CHANNEL_EMAIL;
		status = email_normalise(from, email, why);
		if (status == STATUS_OK)
			inbound->sender = xstrdup(email);
	} else {
		inbound->channel = CHANNEL_SMS;
		status = phone_normalise(
		    from, session->config->clinic.country, phone, why);
		if (status == STATUS_OK)
			inbound->sender = xstrdup(phone);
	}
	return status == STATUS_OK ? status : why_prefix(why, status, "--from");
}

static enum status
receive_text(struct session *session, const struct arguments *arguments,
    struct inbound *inbound, struct why *why)
{
	const char *from = argument(arguments, "from");
	const char *to = argument(arguments, "to");
	const char *at = argument(arguments, "at");
	const char *id = argument(arguments, "id");
	char *text = NULL;
	if (from == NULL)
		return why_set(why, STATUS_USAGE,
		    "--from is missing: the number or address it came from");
	enum status status = take_sender(session, from, inbound, why);
	inbound->came_at = session->practice.now;
	if (status == STATUS_OK && at != NULL) {
		status = time_parse(at, &inbound->came_at, why);
		if (status != STATUS_OK)
			status = why_prefix(why, status, "--at");
	}
	if (status == STATUS_OK)
		status = text_input(arguments, 0, &text, why);
	if (status != STATUS_OK)
		return status;

	inbound->body = utf8_clean(text, strlen(text));
	free(text);
	inbound->recipient = xstrdup(to != NULL ? to : "");
	char random[17];
	random_base32(random, 16);
	inbound->provider_id = xstrdup(id != NULL && *id != '\0' ? id : random);
	return STATUS_OK;
}

/* What a mail names of ours: the ids of the mails it answers. */
static char *
names_of_ours(const struct mime_reply *mail)
{
	struct buffer names = { 0 };
	const char *parts[] = { mail->in_reply_to, mail->references,
		mail->delivered_to, mail->bounce_id };
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (parts[i] == NULL)
			continue;
		if (names.len > 0)
			buffer_putc(&names, ' ');
		buffer_puts(&names, parts[i]);
	}
	if (names.len == 0)
		return NULL;
	return buffer_take(&names);
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static enum status
receive_mail(struct session *session, struct inbound *inbound, struct why *why)
{
	struct buffer bytes = { 0 };
	struct mime_reply mail = { 0 };
	enum status status = text_input_read(&bytes, why);
	if (status == STATUS_OK)
		status = mime_read(buffer_text(&bytes), bytes.len, &mail, why);
	if (status == STATUS_OK && mail.from == NULL)
		status =
		    why_set(why, STATUS_BAD_DATA, "the mail names no sender");
	if (status != STATUS_OK)
		goto out;

	/* A mail without an id of its own is known by what it says. */
	char hash[HASH_SIZE];
	hash_hex(buffer_text(&bytes), bytes.len, hash);
	inbound->channel = CHANNEL_EMAIL;
	inbound->sender = xstrdup(mail.from);
	inbound->recipient = xstrdup(mail.to != NULL ? mail.to : "");
	/* A mail of a subject alone says what its subject says: the button by
	 * which mail programs unsubscribe writes no more than that. */
	inbound->body = xstrdup(is_blank(mail.body) ? mail.subject : mail.body);
	inbound->provider_id =
	    xstrdup(mail.message_id != NULL ? mail.message_id : hash);
	inbound->answers = names_of_ours(&mail);
	inbound->automatic = mail.automatic || mail.bounce;
	/* Its own date may be anything: it came now. */
	inbound->came_at = session->practice.now;
out:
	mime_reply_free(&mail);
	buffer_free(&bytes);
	return status;
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	bool mail = argument_given(arguments, "mail");
	if (mail && (arguments->words_len > 0 || arguments->given_len > 1))
		return why_set(why, STATUS_USAGE,
		    "--mail takes a whole message on standard input, and "
		    "nothing else");
	struct inbound inbound = { .gateway = xstrdup(BY_HAND),
		.stored_at = session->practice.now };
	enum status status =
	    mail ? receive_mail(session, &inbound, why)
		 : receive_text(session, arguments, &inbound, why);
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, store_work, &inbound, why);
	inbound_free(&inbound);
	return status;
}

static const struct option_row options[] = {
	{ "from", "ADDRESS", false, "the number or address it came from" },
	{ "to", "ADDRESS", false, "the one it was sent to" },
	{ "at", "TIME", false, "when it came, RFC 3339; now otherwise" },
	{ "id", "ID", false, "the gateway's id: the same one twice is one" },
	{ "mail", NULL, false, "an RFC 5322 message on standard input" },
	{ NULL, NULL, false, NULL },
};

const struct command command_receive = {
	.name = "receive",
	.synopsis = "receive --from ADDRESS [--to ADDRESS] [--at TIME] "
		    "[--id ID] [TEXT]\nreceive --mail",
	.summary = "take one reply by hand, or from another program",
	.details = "The reply is stored; the next tick reads it. Without TEXT "
		   "it is read from\nstandard input.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
