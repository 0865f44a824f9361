#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"
#include "post/api.h"
#include "post/hook.h"
#include "post/wire.h"

/*
 * SES speaks through SNS, which signs with RSA and a certificate that it names
 * in the call. Anyone can sign so, with a certificate of their own, and anyone
 * who has an account with Amazon can have SNS call us: so the certificate must
 * lie where only SNS can put one, and the topic be ours.
 */
#define TOLERANCE_S ((int64_t)25 * 60 * 60)

/* What is signed, as lines of names and values: a name that is not in the call
 * is left out. */
static const char *const notice_names[] = { "Message", "MessageId", "Subject",
	"Timestamp", "TopicArn", "Type", NULL };
static const char *const offer_names[] = { "Message", "MessageId",
	"SubscribeURL", "Timestamp", "Token", "TopicArn", "Type", NULL };

static bool
is_notice(const json_t *root)
{
	const char *type = json_text(root, "Type");

	return type != NULL && strcmp(type, "Notification") == 0;
}

/* The path of "https://sns.eu-west-1.amazonaws.com/..." (for China there is a
 * ".cn" before it), or NULL where it is not at such a host. */
static const char *
path_at_sns(const char *url)
{
	static const char begins[] = "https://sns.", ends[] = ".amazonaws.com";
	size_t region;

	if (url == NULL || strncmp(url, begins, strlen(begins)) != 0 ||
	    !wire_url_ok(url, "https"))
		return NULL;
	url += strlen(begins);
	region = strspn(url, "abcdefghijklmnopqrstuvwxyz0123456789-");
	url += region;
	if (region == 0 || strncmp(url, ends, strlen(ends)) != 0)
		return NULL;
	url += strlen(ends);
	if (strncmp(url, ".cn/", 4) == 0)
		url += 3;
	return url[0] == '/' ? url : NULL;
}

/* Other paths there give what anyone asked for. */
static const char *
certificate_of(const json_t *root)
{
	static const char begins[] = "/SimpleNotificationService-";
	const char *url = json_text(root, "SigningCertURL");
	const char *path = path_at_sns(url);

	if (path == NULL || strncmp(path, begins, strlen(begins)) != 0)
		return NULL;
	path += strlen(begins);
	path += strspn(path, "0123456789abcdef");
	return strcmp(path, ".pem") == 0 ? url : NULL;
}

char *
hook_ses_certificate(const struct hook_call *call)
{
	json_t *root = NULL;
	char *url;

	if (json_read_mended(call->body, call->len, &root, NULL) != STATUS_OK)
		return NULL;
	url = xstrdup(certificate_of(root));
	json_decref(root);
	return url;
}

static void
signed_text(const json_t *root, struct buffer *text)
{
	const char *const *name = is_notice(root) ? notice_names : offer_names;
	const char *value;

	for (; *name != NULL; name++)
		if ((value = json_text(root, *name)) != NULL)
			buffer_printf(text, "%s\n%s\n", *name, value);
}

static bool
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* The headers say the same as what is signed; it is our topic, and not old. */
static bool
is_for_us(const struct hook_call *call, const json_t *root, const char *topic)
{
	int64_t at = api_time(root, "Timestamp");

	return is_same(hook_header(call, "x-amz-sns-message-type"),
		   json_text(root, "Type")) &&
	       is_same(hook_header(call, "x-amz-sns-message-id"),
		   json_text(root, "MessageId")) &&
	       is_same(topic, json_text(root, "TopicArn")) &&
	       at >= call->now_at - TOLERANCE_S &&
	       at <= call->now_at + TOLERANCE_S;
}

static bool
is_signed(const json_t *root, const char *certificate)
{
	const char *signature = json_text(root, "Signature");
	const char *version = json_text(root, "SignatureVersion");
	struct buffer sig = { 0 }, text = { 0 };
	bool ok;

	if (signature == NULL || version == NULL ||
	    (strcmp(version, "1") != 0 && strcmp(version, "2") != 0))
		return false;
	signed_text(root, &text);
	ok = sign_base64_decode(signature, strlen(signature), &sig) &&
	     sign_rsa_ok(version[0] == '1' ? SIGN_SHA1 : SIGN_SHA256,
		 certificate, sig.data, sig.len, text.data, text.len);
	buffer_free(&sig);
	buffer_free(&text);
	return ok;
}

static bool
ses_signed(const struct hook_call *call, const char *key)
{
	const char *certificate = strchr(key, '\n');
	json_t *root = NULL;
	char *topic;
	bool ok;

	if (certificate == NULL ||
	    json_read_mended(call->body, call->len, &root, NULL) != STATUS_OK)
		return false;
	topic = xstrndup(key, (size_t)(certificate - key));
	ok = certificate_of(root) != NULL && is_for_us(call, root, topic) &&
	     is_signed(root, certificate + 1);
	free(topic);
	json_decref(root);
	return ok;
}

/* Only a permanent bounce is about the address. */
static bool
ses_event(const json_t *event, struct post_outcome *outcome)
{
	static const struct {
		const char *type;
		enum post_class class;
		const char *says;
	} rows[] = {
		{ "Send", POST_ACCEPTED, "sent" },
		{ "DeliveryDelay", POST_ACCEPTED, "delayed" },
		{ "Delivery", POST_DELIVERED, "delivered" },
		{ "Bounce", POST_UNDELIVERED, "it came back" },
		{ "Complaint", POST_OPTED_OUT,
		    "the patient reported it as spam" },
		{ "Reject", POST_REFUSED, "SES did not send it" },
	};
	const json_t *bounce = json_object_get(event, "bounce");
	const char *type = json_text(event, "eventType");
	size_t i;

	if (type == NULL)
		type = json_text(event, "notificationType");
	for (i = 0; type != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(type, rows[i].type) != 0)
			continue;
		wire_outcome(outcome, rows[i].class,
		    json_text(bounce, "bounceSubType"), "%s", rows[i].says);
		if (is_same(json_text(bounce, "bounceType"), "Permanent"))
			outcome->class = POST_BAD_ADDRESS;
		return true;
	}
	return false;
}

static enum status
read_notice(const json_t *root, struct hook_result *result, struct why *why)
{
	const char *message = json_text(root, "Message");
	struct post_outcome outcome = { 0 };
	const json_t *mail;
	json_t *event = NULL;
	enum status status;

	if (message == NULL)
		return why_set(why, STATUS_BAD_DATA, "it has no message");
	status = json_read_mended(message, strlen(message), &event, why);
	if (status != STATUS_OK)
		return why_prefix(why, status, "the message");
	mail = json_object_get(event, "mail");
	if (ses_event(event, &outcome) &&
	    wire_copy(outcome.provider_id, sizeof(outcome.provider_id),
		json_text(mail, "messageId")))
		hook_add_receipt(result,
		    json_string_value(
			api_first(json_object_get(mail, "tags"), "key")),
		    &outcome);
	json_decref(event);
	return STATUS_OK;
}

static enum status
ses_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	const char *type, *url;
	json_t *root = NULL;
	enum status status = STATUS_OK;

	if (hook_json(call, &root, why) != STATUS_OK)
		return STATUS_BAD_DATA;
	type = json_text(root, "Type");
	url = json_text(root, "SubscribeURL");
	if (is_notice(root))
		status = read_notice(root, result, why);
	else if (type == NULL)
		status = why_set(why, STATUS_BAD_DATA, "it has no Type");
	else if (strcmp(type, "SubscriptionConfirmation") == 0 &&
		 path_at_sns(url) != NULL)
		result->visit = xstrdup(url);
	json_decref(root);
	return status;
}

const struct hook hook_ses = {
	.name = "ses",
	.signed_by = ses_signed,
	.read = ses_read,
	.answer_type = "text/plain",
	.answer = "",
};
