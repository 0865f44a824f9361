#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/mail.h"
#include "post/postmark.h"
#include "post/wire.h"
#include "text/mime_images.h"

static const struct setting_row postmark_settings[] = {
	{ "server_token", SETTING_SECRET, true, NULL,
	    "the token of the server in Postmark" },
	{ "from", SETTING_TEXT, true, NULL,
	    "the sender, as care@clinic.example or NAME <ADDRESS>" },
	{ "stream", SETTING_TEXT, false, "outbound",
	    "the message stream, one for transactional mail" },
	{ "base_url", SETTING_TEXT, false, "https://api.postmarkapp.com",
	    "where the API is" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

/* 406 is an address that bounced, complained or unsubscribed before; which of
 * them it was is not said, so a person has to look. */
static const struct api_row rows[] = {
	{ "10", POST_CONFIG, "server_token is wrong" },
	{ "300", POST_REFUSED, "the mail is not valid" },
	{ "400", POST_CONFIG, "this sender is not known to Postmark" },
	{ "401", POST_CONFIG, "this sender is not confirmed" },
	{ "402", POST_REFUSED, "the request is not valid" },
	{ "405", POST_CONFIG, "no credit left" },
	{ "406", POST_BAD_ADDRESS, "Postmark sends no more to this address" },
	{ "409", POST_REFUSED, "the request is not valid" },
	{ "410", POST_REFUSED, "too many at once" },
	{ "412", POST_CONFIG, "the account is not approved yet" },
	{ "413", POST_CONFIG, "the account may not send" },
	{ "to", POST_BAD_ADDRESS, "not an email address" },
	{ NULL, POST_CONFIG, NULL },
};

static enum status
postmark_check(const struct gateway *gateway, struct why *why)
{
	char bare[EMAIL_SIZE];

	if (!wire_email_bare(gateway_setting(gateway, "from"), bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	if (!api_word_ok(gateway_setting(gateway, "stream")))
		return why_set(why, STATUS_CONFIG, "stream is not an id");
	return api_url_check(gateway, "base_url", why);
}

void
postmark_authorize(const struct gateway *gateway, struct post_request *request)
{
	post_request_header(request, "X-Postmark-Server-Token: %s",
	    gateway_setting(gateway, "server_token"));
	post_request_header(request, "Accept: application/json");
}

static void
add_header(json_t *list, const char *name, const char *value)
{
	json_t *header = json_object();

	json_put_text(header, "Name", name);
	json_put_text(header, "Value", value);
	json_array_append_new(list, header);
}

static json_t *
headers_of(const struct post_message *message, const char *from)
{
	struct mail_header headers[MAIL_HEADERS_MAX];
	int len = mail_headers(message, from, headers), i;
	json_t *list = json_array();

	for (i = 0; i < len; i++)
		add_header(list, headers[i].name, headers[i].value);
	/* Or Postmark would put an id of its own in its place. */
	add_header(list, "X-PM-KeepID", "true");
	return list;
}

/* Pictures go beside the page, which names them. */
static void
add_page(json_t *body, const char *html)
{
	struct buffer page = { 0 };
	struct mime_images images;
	json_t *list = json_array();

	mime_images_take(html, &page, &images);
	json_put_text(body, "HtmlBody", buffer_text(&page));
	buffer_free(&page);
	for (int i = 0; i < images.len; i++) {
		const struct mime_image *image = &images.list[i];
		json_t *part = json_object();
		char id[sizeof(image->id) + 4];

		snprintf(id, sizeof(id), "cid:%s", image->id);
		json_put_text(part, "Name", image->id);
		json_object_set_new(
		    part, "Content", json_stringn(image->base64, image->len));
		json_put_text(part, "ContentType", "image/png");
		json_put_text(part, "ContentID", id);
		json_array_append_new(list, part);
	}
	if (images.len > 0)
		json_object_set(body, "Attachments", list);
	json_decref(list);
}

static enum status
postmark_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	enum status status = mail_check(message, from, why);
	json_t *body, *metadata;
	char *to;

	if (status != STATUS_OK)
		return status;
	request->url = api_url(gateway, "/email");
	postmark_authorize(gateway, request);
	body = json_object();
	json_put_text(body, "From", from);
	to = mail_mailbox(message->to_name, message->to);
	json_put_text(body, "To", to);
	free(to);
	if (message->reply_to != NULL)
		json_put_text(body, "ReplyTo", message->reply_to);
	json_put_text(
	    body, "Subject", message->subject == NULL ? "" : message->subject);
	if (message->body != NULL && message->body[0] != '\0')
		json_put_text(body, "TextBody", message->body);
	if (message->html != NULL)
		add_page(body, message->html);
	json_object_set_new(body, "Headers", headers_of(message, from));
	metadata = json_object();
	json_put_text(metadata, "key", message->key);
	json_object_set_new(body, "Metadata", metadata);
	json_put_text(
	    body, "MessageStream", gateway_setting(gateway, "stream"));
	/* Rewritten links and hidden pictures would watch patients. */
	json_put_bool(body, "TrackOpens", false);
	json_put_text(body, "TrackLinks", "None");
	api_post_json(request, body);
	return STATUS_OK;
}

static void
postmark_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	const char *words;
	int64_t number;
	char code[24];
	json_t *root;

	(void)gateway;
	(void)message;
	if (!api_answered(answer, &root, outcome))
		return;
	number = json_whole(root, "ErrorCode", 0);
	words = json_text(root, "Message");
	snprintf(code, sizeof(code), "%lld", (long long)number);
	if (answer->code < 300 && number == 0)
		api_accepted(outcome, json_text(root, "MessageID"));
	else if (number == 300 && words != NULL &&
		 strstr(words, "'To'") != NULL)
		api_refused(answer, "to", rows, outcome);
	else if (answer->code < 300 && api_row_find(rows, code) == NULL)
		wire_outcome(outcome, POST_AMBIGUOUS, code,
		    "an error that is not in our table, with HTTP status 200");
	else
		api_refused(answer, number == 0 ? NULL : code, rows, outcome);
	json_decref(root);
}

const struct driver driver_postmark = {
	.name = "postmark",
	.channel = CHANNEL_EMAIL,
	.settings = postmark_settings,
	.check = postmark_check,
	.request = postmark_request,
	.outcome = postmark_outcome,
	.ask_request = postmark_ask_request,
	.ask_answer = postmark_ask_answer,
	.poll_request = postmark_poll_request,
	.poll_answer = postmark_poll_answer,
};
