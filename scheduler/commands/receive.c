/*
 * receive - take one reply by hand, or from a mail server's pipe
 *
 * It stores the reply and does no more: the next tick reads it. When it exits
 * 0 the reply is durable; 75 asks a mail server to try again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "commands/text_input.h"
#include "commands/verbs.h"
#include "store/inbox.h"
#include "text/mime.h"
#include "tick/mail.h"

#define BY_HAND "receive"
/* Bytes of a mail that are taken: a block more than are looked at, so that
 * one that was cut is seen to be. */
#define MAIL_MAX (MAILBOX_MAIL_MAX + 4096)

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

/* A whole mail, the first of a very long one; a mail server need not hear
 * that the rest was not wanted. */
static enum status
read_mail(struct buffer *bytes, struct why *why)
{
	enum status status;

	bytes->cap = MAIL_MAX;
	status = text_input_read(bytes, why);
	return status == STATUS_BAD_DATA && bytes->over ? STATUS_OK : status;
}

static enum status
take_work(struct practice *practice, void *arg, struct why *why)
{
	const struct buffer *bytes = arg;
	bool is_new = false;
	return mail_take(
	    practice, buffer_text(bytes), bytes->len, 0, &is_new, why);
}

static enum status
receive_mail(struct session *session, struct why *why)
{
	struct buffer bytes = { 0 };
	struct mime_reply mail = { 0 };
	enum status status = read_mail(&bytes, why);

	/* What is none is given back to whoever sends it, and not kept. */
	if (status == STATUS_OK)
		status = mime_read(buffer_text(&bytes), bytes.len, &mail, why);
	mime_reply_free(&mail);
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, take_work, &bytes, why);
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
	if (mail)
		return receive_mail(session, why);
	struct inbound inbound = { .gateway = xstrdup(BY_HAND),
		.stored_at = session->practice.now };
	enum status status = receive_text(session, arguments, &inbound, why);
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
