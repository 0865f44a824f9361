#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/driver.h"
#include "post/mail.h"
#include "post/wire.h"

static const struct setting_row smtp_settings[] = {
	{ "url", SETTING_TEXT, true, NULL,
	    "smtp://HOST:587 or smtps://HOST:465; a path is the name to "
	    "greet with" },
	{ "user", SETTING_TEXT, false, NULL,
	    "the account, where it needs one" },
	{ "password", SETTING_SECRET, false, NULL, "its password" },
	{ "token", SETTING_SECRET, false, NULL,
	    "an OAuth 2 access token in its place" },
	{ "token_command", SETTING_TEXT, false, NULL,
	    "or a command that prints one" },
	{ "from", SETTING_TEXT, true, NULL,
	    "the sender, as care@clinic.example or NAME <ADDRESS>" },
	{ "tls", SETTING_BOOL, false, NULL,
	    "STARTTLS or nothing; true but for this machine itself" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static bool
wants_tls(const struct gateway *gateway)
{
	const char *tls = gateway_setting(gateway, "tls");

	if (tls == NULL)
		return !wire_url_loopback(gateway_setting(gateway, "url"));
	return strcmp(tls, "false") != 0;
}

static bool
is_smtps(const struct gateway *gateway)
{
	return strncmp(gateway_setting(gateway, "url"), "smtps:", 6) == 0;
}

/* How many of these are given: one where there is a user. */
static int
ways_in(const struct gateway *gateway)
{
	static const char *const names[] = { "password", "token",
		"token_command" };
	int count = 0;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		count += gateway_setting(gateway, names[i]) != NULL;
	return count;
}

static enum status
smtp_check(const struct gateway *gateway, struct why *why)
{
	const char *url = gateway_setting(gateway, "url");
	char bare[EMAIL_SIZE];

	if (!wire_url_ok(url, "smtp smtps") || strpbrk(url, "?#") != NULL)
		return why_set(why, STATUS_CONFIG,
		    "url is not one as smtp://mail.clinic.example:587");
	if (!wire_email_bare(gateway_setting(gateway, "from"), bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	if (ways_in(gateway) > 1)
		return why_set(why, STATUS_CONFIG,
		    "give one of password, token and token_command");
	if ((gateway_setting(gateway, "user") == NULL) !=
	    (ways_in(gateway) == 0))
		return why_set(why, STATUS_CONFIG,
		    "user and password come together (or token, or "
		    "token_command)");
	if (ways_in(gateway) > 0 && !wants_tls(gateway) && !is_smtps(gateway) &&
	    !wire_url_loopback(url))
		return why_set(why, STATUS_CONFIG,
		    "tls = false would send the password in the clear");
	return STATUS_OK;
}

/* The URL with the name to greet with, for which libcurl would else take the
 * machine's own, often one that servers refuse. */
static char *
smtp_url(const struct gateway *gateway, const char *from)
{
	char *base = wire_url_base(gateway_setting(gateway, "url"));
	char *url;

	if (strchr(strstr(base, "://") + 3, '/') != NULL)
		return base;
	url = xasprintf("%s/%s", base, strchr(from, '@') + 1);
	free(base);
	return url;
}

static enum status
smtp_request(const struct gateway *gateway, const struct post_message *message,
    struct post_request *request, struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	char bare[EMAIL_SIZE];

	if (!wire_email_ok(message->to))
		return why_set(why, STATUS_BAD_DATA, "not an email address");
	if (!wire_email_bare(from, bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	if (message->reply_to != NULL && !wire_email_ok(message->reply_to))
		return why_set(why, STATUS_USAGE,
		    "the address for replies is not an email address");
	/* A header that would carry a line break along is never written. */
	if (mail_build(message, from, &request->body, why) != STATUS_OK)
		return STATUS_USAGE;
	request->url = smtp_url(gateway, bare);
	/* A mail that comes back says by this address which one it is. */
	request->mail_from =
	    xstrdup(message->reply_to != NULL ? message->reply_to : bare);
	request->rcpt = xstrdup(message->to);
	request->user = xstrdup(gateway_setting(gateway, "user"));
	request->password = xstrdup(gateway_setting(gateway, "password"));
	request->token = xstrdup(gateway_setting(gateway, "token"));
	request->token_command =
	    xstrdup(gateway_setting(gateway, "token_command"));
	request->tls_required = wants_tls(gateway) && !is_smtps(gateway);
	return STATUS_OK;
}

/* The enhanced status "5.7.1" of a reply "550 5.7.1 ...", or "". */
static void
enhanced(const char *reply, char out[POST_CODE_SIZE])
{
	size_t len;

	out[0] = '\0';
	if (strlen(reply) < 9)
		return;
	reply += 4;
	len = strspn(reply, "0123456789.");
	if (len < 5 || len > 11 || reply[1] != '.')
		return;
	memcpy(out, reply, len);
	out[len] = '\0';
}

static bool
is_one_of(const char *status, const char *const list[])
{
	for (; *list != NULL; list++)
		if (strcmp(status, *list) == 0)
			return true;
	return false;
}

/*
 * A server's final no. What it says of the mailbox is the address's fault;
 * policy is ours, or nobody's, and never blamed on the patient; what comes
 * before a recipient was named is about our account.
 */
static enum post_class
class_of_refusal(
    const char *step, bool body_sent, const char *status, const char *reply)
{
	static const char *const dead[] = { "5.1.0", "5.1.1", "5.1.2", "5.1.3",
		"5.1.6", "5.1.10", "5.2.0", "5.2.1", NULL };
	static const char *const full[] = { "5.2.2", NULL };

	if (is_one_of(status, full))
		return POST_LATER;
	if (strcmp(step, "RCPT") != 0 && strcmp(step, "DATA") != 0)
		return POST_CONFIG;
	if (strncmp(status, "5.7.", 4) == 0)
		return strstr(reply, "elay") != NULL ? POST_CONFIG
						     : POST_REFUSED;
	if (is_one_of(status, dead))
		return POST_BAD_ADDRESS;
	if (body_sent || strcmp(step, "DATA") == 0)
		return POST_REFUSED;
	/* 552 is about size or a full box, 554 about anything. */
	return strncmp(reply, "552", 3) == 0 || strncmp(reply, "554", 3) == 0
		   ? POST_REFUSED
		   : POST_BAD_ADDRESS;
}

/* Not now. What is said to a recipient or a mail is about that one (a full
 * box, a server that wants to see us come back), unless it is about the whole
 * server; the rest is about us. */
static enum post_class
class_of_delay(
    const char *step, bool body_sent, const char *status, const char *reply)
{
	if (strncmp(status, "4.3.", 4) == 0 || strncmp(reply, "421", 3) == 0)
		return POST_THROTTLED;
	return body_sent || strcmp(step, "RCPT") == 0 ||
		       strcmp(step, "DATA") == 0
		   ? POST_LATER
		   : POST_THROTTLED;
}

static void
smtp_outcome(const struct gateway *gateway, const struct post_message *message,
    const struct post_answer *answer, struct post_outcome *outcome)
{
	char status[POST_CODE_SIZE];
	enum post_class class;
	const char *step = answer->step == NULL ? "" : answer->step;

	if (!answer->transport_ok) {
		wire_outcome_lost(outcome, answer);
		return;
	}
	if (answer->code < 400) {
		wire_outcome(
		    outcome, POST_ACCEPTED, NULL, "the mail server has it");
		(void)mail_id(message, gateway_setting(gateway, "from"),
		    outcome->provider_id, NULL);
		return;
	}
	enhanced(answer->text, status);
	class = answer->code < 500 ? class_of_delay(step, answer->body_sent,
					 status, answer->text)
				   : class_of_refusal(step, answer->body_sent,
					 status, answer->text);
	if (status[0] == '\0')
		snprintf(status, sizeof(status), "%ld", answer->code);
	/* Not the server's words: they name the address. */
	wire_outcome(outcome, class, status, "the mail server says %ld to %s",
	    answer->code,
	    answer->body_sent ? "the mail"
	    : step[0] == '\0' ? "our call"
			      : step);
}

const struct driver driver_smtp = {
	.name = "smtp",
	.channel = CHANNEL_EMAIL,
	.settings = smtp_settings,
	.check = smtp_check,
	.request = smtp_request,
	.outcome = smtp_outcome,
};
