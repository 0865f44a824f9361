#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/mail.h"
#include "post/mailgun.h"
#include "post/wire.h"

static const struct setting_row mailgun_settings[] = {
	{ "domain", SETTING_TEXT, true, NULL,
	    "the sending domain in Mailgun, as mg.clinic.example" },
	{ "api_key", SETTING_SECRET, true, NULL, "a sending key of it" },
	{ "from", SETTING_TEXT, true, NULL,
	    "the sender, as care@clinic.example or NAME <ADDRESS>" },
	{ "base_url", SETTING_TEXT, false, "https://api.mailgun.net",
	    "where the API is; https://api.eu.mailgun.net in Europe" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static enum status
mailgun_check(const struct gateway *gateway, struct why *why)
{
	char bare[EMAIL_SIZE];

	if (!api_word_ok(gateway_setting(gateway, "domain")))
		return why_set(why, STATUS_CONFIG, "domain is not one");
	if (!wire_email_bare(gateway_setting(gateway, "from"), bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	return api_url_check(gateway, "base_url", why);
}

static void
begin_part(struct buffer *body, const char *boundary, const char *name,
    const char *more)
{
	buffer_printf(body,
	    "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n",
	    boundary, name, more);
}

static void
add_field(struct buffer *body, const char *boundary, const char *name,
    const char *value)
{
	begin_part(body, boundary, name, "");
	buffer_printf(body, "%s\r\n", value);
}

/*
 * The mail as a whole, as mail_build() makes it, beside the recipient and a
 * word to let links and pictures be. Our key is in the boundary, so that no
 * mail has it at the beginning of a line.
 */
static enum status
mailgun_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	enum status status = mail_check(message, from, why);
	struct buffer *body = &request->body;
	struct buffer mail = { 0 };
	char *boundary;

	if (status != STATUS_OK)
		return status;
	if (mail_build(message, from, &mail, why) != STATUS_OK)
		return STATUS_USAGE;
	boundary = xasprintf("----keepmoving-%s", message->key);
	add_field(body, boundary, "to", message->to);
	add_field(body, boundary, "v:key", message->key);
	add_field(body, boundary, "o:tracking", "no");
	begin_part(body, boundary, "message",
	    "; filename=\"message.eml\"\r\nContent-Type: message/rfc822");
	buffer_add(body, mail.data, mail.len);
	buffer_printf(body, "\r\n--%s--\r\n", boundary);
	buffer_free(&mail);
	request->method = xstrdup("POST");
	request->url = api_url(gateway, "/v3/%s/messages.mime",
	    gateway_setting(gateway, "domain"));
	request->user = xstrdup("api");
	request->password = xstrdup(gateway_setting(gateway, "api_key"));
	post_request_header(request,
	    "Content-Type: multipart/form-data; boundary=%s", boundary);
	free(boundary);
	return STATUS_OK;
}

/* "<20260302.1@mg.clinic.example>" without its brackets. */
static void
accept(const char *id, struct post_outcome *outcome)
{
	size_t len = id == NULL ? 0 : strlen(id);
	char *bare;

	if (len > 2 && id[0] == '<' && id[len - 1] == '>')
		bare = xstrndup(id + 1, len - 2);
	else
		bare = xstrdup(id);
	api_accepted(outcome, bare);
	free(bare);
}

static void
mailgun_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	static const struct api_row rows[] = {
		{ "to", POST_BAD_ADDRESS, "not an email address" },
		{ "from", POST_CONFIG, "this sender is not allowed" },
		{ NULL, POST_CONFIG, NULL },
	};
	const char *words;
	json_t *root;

	(void)gateway;
	(void)message;
	if (!api_answered(answer, &root, outcome))
		return;
	words = json_text(root, "message");
	if (answer->code < 300 && root == NULL &&
	    strstr(answer->text, "Mailgun Magnificent API") != NULL)
		wire_outcome(outcome, POST_CONFIG, NULL,
		    "Mailgun knows no such address of its API: is base_url "
		    "right?");
	else if (answer->code < 300)
		accept(json_text(root, "id"), outcome);
	else if (answer->code == 400 && words != NULL &&
		 strstr(words, "to parameter") != NULL)
		api_refused(answer, "to", rows, outcome);
	else if (answer->code == 400 && words != NULL &&
		 strstr(words, "from parameter") != NULL)
		api_refused(answer, "from", rows, outcome);
	else
		api_refused(answer, NULL, rows, outcome);
	json_decref(root);
}

const struct driver driver_mailgun = {
	.name = "mailgun",
	.channel = CHANNEL_EMAIL,
	.settings = mailgun_settings,
	.check = mailgun_check,
	.request = mailgun_request,
	.outcome = mailgun_outcome,
	.ask_request = mailgun_ask_request,
	.ask_answer = mailgun_ask_answer,
	.poll_request = mailgun_poll_request,
	.poll_answer = mailgun_poll_answer,
};
