#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/mail.h"
#include "post/wire.h"
#include "text/mime_images.h"

/*
 * SendGrid, Web API version 3. A message can't be looked up there without a
 * paid addition, so what became of it is told by its webhook alone; our key
 * goes along as custom_args and comes back in every event.
 */
static const struct setting_row sendgrid_settings[] = {
	{ "api_key", SETTING_SECRET, true, NULL, "a key that may send mail" },
	{ "from", SETTING_TEXT, true, NULL,
	    "the sender, as care@clinic.example or NAME <ADDRESS>" },
	{ "base_url", SETTING_TEXT, false, "https://api.sendgrid.com",
	    "where the API is; https://api.eu.sendgrid.com in Europe" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static enum status
sendgrid_check(const struct gateway *gateway, struct why *why)
{
	char bare[EMAIL_SIZE];

	if (!wire_email_bare(gateway_setting(gateway, "from"), bare))
		return why_set(
		    why, STATUS_CONFIG, "from is not an email address");
	return api_url_check(gateway, "base_url", why);
}

static json_t *
mailbox(const char *name, const char *address)
{
	json_t *object = json_object();

	json_put_text(object, "email", address);
	if (name != NULL)
		json_put_text(object, "name", name);
	return object;
}

static json_t *
list_of(json_t *only)
{
	json_t *list = json_array();

	json_array_append_new(list, only);
	return list;
}

static void
add_content(json_t *body, const char *type, const char *text)
{
	json_t *part;

	if (text == NULL || text[0] == '\0')
		return;
	part = json_object();
	json_put_text(part, "type", type);
	json_put_text(part, "value", text);
	json_array_append_new(json_object_get(body, "content"), part);
}

static void
add_headers(json_t *body, const struct post_message *message, const char *from)
{
	struct mail_header headers[MAIL_HEADERS_MAX];
	int len = mail_headers(message, from, headers), i;
	json_t *object = json_object();

	for (i = 0; i < len; i++)
		json_put_text(object, headers[i].name, headers[i].value);
	json_object_set_new(body, "headers", object);
}

/* Rewritten links and hidden pictures would watch patients. */
static void
add_tracking(json_t *body)
{
	static const char *const names[] = { "click_tracking", "open_tracking",
		"subscription_tracking" };
	json_t *tracking = json_object();
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		json_t *off = json_object();

		json_put_bool(off, "enable", false);
		json_object_set_new(tracking, names[i], off);
	}
	json_object_set_new(body, "tracking_settings", tracking);
}

/* Pictures go beside the page, which names them. */
static void
add_page(json_t *body, const char *html)
{
	struct buffer page = { 0 };
	struct mime_images images;
	json_t *list;

	if (html == NULL)
		return;
	list = json_array();
	mime_images_take(html, &page, &images);
	add_content(body, "text/html", buffer_text(&page));
	buffer_free(&page);
	for (int i = 0; i < images.len; i++) {
		const struct mime_image *image = &images.list[i];
		json_t *part = json_object();

		json_object_set_new(
		    part, "content", json_stringn(image->base64, image->len));
		json_put_text(part, "type", "image/png");
		json_put_text(part, "filename", image->id);
		json_put_text(part, "disposition", "inline");
		json_put_text(part, "content_id", image->id);
		json_array_append_new(list, part);
	}
	if (images.len > 0)
		json_object_set(body, "attachments", list);
	json_decref(list);
}

static enum status
sendgrid_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	enum status status = mail_check(message, from, why);
	json_t *body, *personal, *key;
	char bare[EMAIL_SIZE];
	char *name;

	if (status != STATUS_OK)
		return status;
	request->url = api_url(gateway, "/v3/mail/send");
	request->fresh = true;
	api_authorize(request, "Bearer", gateway_setting(gateway, "api_key"));
	body = json_object();
	personal = json_object();
	json_object_set_new(
	    personal, "to", list_of(mailbox(message->to_name, message->to)));
	key = json_object();
	json_put_text(key, "key", message->key);
	json_object_set_new(personal, "custom_args", key);
	json_object_set_new(body, "personalizations", list_of(personal));
	(void)wire_email_bare(from, bare);
	name = mail_name(from);
	json_object_set_new(body, "from", mailbox(name, bare));
	free(name);
	if (message->reply_to != NULL)
		json_object_set_new(
		    body, "reply_to", mailbox(NULL, message->reply_to));
	json_put_text(
	    body, "subject", message->subject == NULL ? "" : message->subject);
	json_object_set_new(body, "content", json_array());
	add_content(body, "text/plain", message->body);
	add_page(body, message->html);
	add_headers(body, message, from);
	add_tracking(body);
	api_post_json(request, body);
	return STATUS_OK;
}

/* An error names the field that it is about, and no code. */
static enum post_class
class_of_field(const char *field)
{
	if (field == NULL)
		return POST__MAX;
	if (strncmp(field, "personalizations", 16) == 0 &&
	    strstr(field, ".to") != NULL)
		return POST_BAD_ADDRESS;
	if (strncmp(field, "from", 4) == 0)
		return POST_CONFIG;
	return POST__MAX;
}

static void
sendgrid_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	static const struct api_row none[] = { { NULL, POST_CONFIG, NULL } };
	enum post_class class;
	json_t *root;

	(void)gateway;
	if (!api_answered(answer, &root, outcome))
		return;
	class = class_of_field(json_text(api_first(root, "errors"), "field"));
	if (answer->code == 202)
		api_accepted(outcome, answer->message_id != NULL
					  ? answer->message_id
					  : message->key);
	else if (answer->code < 300)
		wire_outcome(outcome, POST_AMBIGUOUS, NULL,
		    "HTTP status %ld, which SendGrid does not give",
		    answer->code);
	else if (answer->code == 400 && class != POST__MAX)
		wire_outcome(outcome, class, "400", "%s",
		    class == POST_CONFIG ? "this sender is not allowed"
					 : "not an email address");
	else
		api_refused(answer, NULL, none, outcome);
	json_decref(root);
}

const struct driver driver_sendgrid = {
	.name = "sendgrid",
	.channel = CHANNEL_EMAIL,
	.settings = sendgrid_settings,
	.check = sendgrid_check,
	.request = sendgrid_request,
	.outcome = sendgrid_outcome,
};
