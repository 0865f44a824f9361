#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/memory.h"
#include "post/api.h"
#include "post/mail.h"
#include "post/wire.h"

/*
 * Amazon SES, version 2. The mail goes as a whole, as by SMTP; libcurl signs
 * the request. SES can't be asked after a message without its own id, so one
 * of unknown fate stays so.
 */
static const struct setting_row ses_settings[] = {
	{ "region", SETTING_TEXT, true, NULL, "as eu-west-1" },
	{ "access_key_id", SETTING_TEXT, true, NULL,
	    "of a user who may do ses:SendEmail and nothing else" },
	{ "secret_access_key", SETTING_SECRET, true, NULL, "its secret" },
	{ "from", SETTING_TEXT, true, NULL,
	    "the sender, as care@clinic.example or NAME <ADDRESS>" },
	{ "configuration_set", SETTING_TEXT, false, NULL,
	    "by which SES reports what became of a mail" },
	{ "base_url", SETTING_TEXT, false, NULL,
	    "where the API is, if not at email.REGION.amazonaws.com" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static const struct api_row rows[] = {
	{ "AccountSuspendedException", POST_CONFIG,
	    "the account is suspended" },
	{ "BadRequestException", POST_REFUSED, "the request is not valid" },
	{ "LimitExceededException", POST_THROTTLED, "over a limit" },
	{ "MailFromDomainNotVerifiedException", POST_CONFIG,
	    "the sender's domain is not verified" },
	{ "MessageRejected", POST_REFUSED, "the mail was rejected" },
	{ "NotFoundException", POST_CONFIG, "no such configuration set" },
	{ "SendingPausedException", POST_CONFIG, "sending is paused" },
	{ "TooManyRequestsException", POST_THROTTLED, "too many requests" },
	{ "unverified", POST_CONFIG, "an address is not verified" },
	{ NULL, POST_CONFIG, NULL },
};

static enum status
ses_check(const struct gateway *gateway, struct why *why)
{
	const char *set = gateway_setting(gateway, "configuration_set");
	char bare[EMAIL_SIZE];

	if (!api_word_ok(gateway_setting(gateway, "region")))
		return why_set(
		    why, STATUS_CONFIG, "region is not one as eu-west-1");
	if (!api_word_ok(gateway_setting(gateway, "access_key_id")))
		return why_set(why, STATUS_CONFIG, "access_key_id is not one");
	if (set != NULL && !api_word_ok(set))
		return why_set(
		    why, STATUS_CONFIG, "configuration_set is not a name");
	if (!wire_email_bare(gateway_setting(gateway, "from"), bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	return api_url_check(gateway, "base_url", why);
}

static char *
ses_url(const struct gateway *gateway)
{
	if (gateway_setting(gateway, "base_url") != NULL)
		return api_url(gateway, "/v2/email/outbound-emails");
	return xasprintf(
	    "https://email.%s.amazonaws.com/v2/email/outbound-emails",
	    gateway_setting(gateway, "region"));
}

/* {"Raw":{"Data":base64}} */
static json_t *
content(const struct buffer *mail)
{
	json_t *all = json_object(), *raw = json_object();
	char *data = base64_encode(mail->data, mail->len);

	json_put_text(raw, "Data", data);
	json_object_set_new(all, "Raw", raw);
	free(data);
	return all;
}

static json_t *
tags(const char *key)
{
	json_t *list = json_array(), *tag = json_object();

	json_put_text(tag, "Name", "key");
	json_put_text(tag, "Value", key);
	json_array_append_new(list, tag);
	return list;
}

static enum status
ses_request(const struct gateway *gateway, const struct post_message *message,
    struct post_request *request, struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	const char *set = gateway_setting(gateway, "configuration_set");
	enum status status = mail_check(message, from, why);
	json_t *body, *destination, *to;
	struct buffer mail = { 0 };

	if (status != STATUS_OK)
		return status;
	if (mail_build(message, from, &mail, why) != STATUS_OK)
		return STATUS_USAGE;
	body = json_object();
	json_put_text(body, "FromEmailAddress", from);
	to = json_array();
	json_array_append_new(to, json_string(message->to));
	destination = json_object();
	json_object_set_new(destination, "ToAddresses", to);
	json_object_set_new(body, "Destination", destination);
	json_object_set_new(body, "Content", content(&mail));
	json_object_set_new(body, "EmailTags", tags(message->key));
	if (set != NULL)
		json_put_text(body, "ConfigurationSetName", set);
	buffer_free(&mail);
	request->url = ses_url(gateway);
	request->fresh = true;
	request->user = xstrdup(gateway_setting(gateway, "access_key_id"));
	request->password =
	    xstrdup(gateway_setting(gateway, "secret_access_key"));
	request->sigv4 =
	    xasprintf("aws:amz:%s:ses", gateway_setting(gateway, "region"));
	api_post_json(request, body);
	return STATUS_OK;
}

static void
ses_outcome(const struct gateway *gateway, const struct post_message *message,
    const struct post_answer *answer, struct post_outcome *outcome)
{
	const char *type = answer->error_type, *words;
	char *code;
	json_t *root;

	(void)gateway;
	(void)message;
	if (!api_answered(answer, &root, outcome))
		return;
	if (type == NULL)
		type = json_text(root, "__type");
	/* "MessageRejected:http://...", or "com.amazonaws.ses#Message..." */
	if (type != NULL && strchr(type, '#') != NULL)
		type = strchr(type, '#') + 1;
	code = type == NULL ? NULL : xstrndup(type, strcspn(type, ":"));
	words = json_text(root, "message");
	if (words != NULL && strstr(words, "not verified") != NULL)
		replace_text(&code, "unverified");
	if (answer->code >= 300)
		api_refused(answer, code, rows, outcome);
	else
		api_accepted(outcome, json_text(root, "MessageId"));
	free(code);
	json_decref(root);
}

const struct driver driver_ses = {
	.name = "ses",
	.channel = CHANNEL_EMAIL,
	.settings = ses_settings,
	.check = ses_check,
	.request = ses_request,
	.outcome = ses_outcome,
};
