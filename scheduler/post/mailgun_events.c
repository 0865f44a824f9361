#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/mailgun.h"
#include "post/wire.h"

#define PAGE_SIZE "100"

/* Mailgun says that what is younger may still be missing. */
#define LAG_S ((int64_t)30 * 60)
#define MARGIN_S ((int64_t)60 * 60)

/* Why Mailgun did not even try, or what the other side said. */
static const struct api_row reasons[] = {
	{ "suppress-bounce", POST_BAD_ADDRESS, "it bounced before" },
	{ "suppress-complaint", POST_OPTED_OUT,
	    "the patient reported it as spam" },
	{ "suppress-unsubscribe", POST_OPTED_OUT, "the patient unsubscribed" },
	{ "bounce", POST_BAD_ADDRESS, "the mailbox is no good" },
	{ "old", POST_UNDELIVERED, "tried for too long" },
	{ "generic", POST_UNDELIVERED, "refused by the mail server" },
	{ "espblock", POST_UNDELIVERED, "blocked by the mail server" },
	{ NULL, POST_UNDELIVERED, NULL },
};

bool
mailgun_event(const json_t *event, struct post_outcome *outcome)
{
	const json_t *headers =
	    json_object_get(json_object_get(event, "message"), "headers");
	const char *name = json_text(event, "event");
	const char *severity = json_text(event, "severity");

	api_accepted(outcome, json_text(headers, "message-id"));
	if (outcome->class != POST_ACCEPTED || name == NULL)
		return false;
	if (strcmp(name, "delivered") == 0)
		wire_outcome(outcome, POST_DELIVERED, NULL, "delivered");
	else if (strcmp(name, "rejected") == 0)
		api_undelivered(outcome, name, NULL, reasons);
	else if (strcmp(name, "complained") == 0)
		wire_outcome(outcome, POST_OPTED_OUT, NULL,
		    "the patient reported it as spam");
	else if (strcmp(name, "unsubscribed") == 0)
		wire_outcome(
		    outcome, POST_OPTED_OUT, NULL, "the patient unsubscribed");
	else if (strcmp(name, "failed") != 0)
		return strcmp(name, "accepted") == 0;
	else if (severity != NULL && strcmp(severity, "permanent") == 0)
		api_undelivered(
		    outcome, name, json_text(event, "reason"), reasons);
	return true;
}

static char *
events_url(const struct gateway *gateway)
{
	return api_url(
	    gateway, "/v3/%s/events", gateway_setting(gateway, "domain"));
}

static void
begin_events(const struct gateway *gateway, int64_t since_at,
    const char *recipient, const char *names, struct post_request *request)
{
	struct buffer url = { 0 };
	char *text = events_url(gateway);
	char *begin = xasprintf("%lld", (long long)since_at);

	buffer_printf(&url, "%s?", text);
	wire_form(&url, "begin", begin);
	wire_form(&url, "ascending", "yes");
	wire_form(&url, "limit", PAGE_SIZE);
	wire_form(&url, "recipient", recipient);
	wire_form(&url, "event", names);
	request->method = xstrdup("GET");
	request->url = buffer_take(&url);
	request->user = xstrdup("api");
	request->password = xstrdup(gateway_setting(gateway, "api_key"));
	free(begin);
	free(text);
}

/* There always is a URL of a next page; the end is a page with nothing. */
static enum status
next_page(const struct gateway *gateway, const json_t *root,
    struct post_found *found, struct why *why)
{
	char *base = events_url(gateway);
	enum status status = api_follow(found, base,
	    json_text(json_object_get(root, "paging"), "next"), why);

	free(base);
	return status;
}

enum status
mailgun_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why)
{
	if (!wire_email_ok(message->to))
		return why_set(why, STATUS_BAD_DATA, "not an email address");
	begin_events(
	    gateway, claimed_at - MARGIN_S, message->to, NULL, request);
	return STATUS_OK;
}

/* Our key, which went along as a variable of the message. */
static bool
is_this(const json_t *event, const struct post_message *message)
{
	const char *key =
	    json_text(json_object_get(event, "user-variables"), "key");

	return key != NULL && strcmp(key, message->key) == 0;
}

enum status
mailgun_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why)
{
	const json_t *items, *event;
	json_t *root = NULL;
	bool there = false;
	enum status status;
	size_t i;

	status = api_listed(answer, "items", &root, &items, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(items, i, event)
	{
		struct post_outcome outcome = { 0 };

		if (!is_this(event, message) || !mailgun_event(event, &outcome))
			continue;
		there = true;
		post_found_receipt(found, &outcome,
		    (int64_t)json_number_value(
			json_object_get(event, "timestamp")));
	}
	if (!there && i > 0)
		status = next_page(gateway, root, found, why);
	else if (!there)
		status = api_absent(found, message, LAG_S, why);
	json_decref(root);
	return status;
}

enum status
mailgun_poll_request(const struct gateway *gateway, int pass, int64_t since_at,
    const char *cursor, struct post_request *request, struct why *why)
{
	(void)cursor;
	(void)why;
	if (pass > 0)
		return STATUS_NONE;
	begin_events(gateway, since_at - MARGIN_S, NULL,
	    "delivered OR failed OR rejected OR complained OR unsubscribed",
	    request);
	return STATUS_OK;
}

enum status
mailgun_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	const json_t *items, *event;
	json_t *root = NULL;
	enum status status;
	size_t i;

	status = api_listed(answer, "items", &root, &items, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(items, i, event)
	{
		struct post_outcome outcome = { 0 };

		if (mailgun_event(event, &outcome))
			post_found_receipt(found, &outcome,
			    (int64_t)json_number_value(
				json_object_get(event, "timestamp")));
	}
	if (i > 0)
		status = next_page(gateway, root, found, why);
	json_decref(root);
	return status;
}
