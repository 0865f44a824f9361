#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/memory.h"
#include "post/api.h"
#include "post/postmark.h"
#include "post/wire.h"

#define PAGE_SIZE 100
#define DAY_S ((int64_t)24 * 60 * 60)

static const struct api_row bounces[] = {
	{ "HardBounce", POST_BAD_ADDRESS, "no such mailbox" },
	{ "BadEmailAddress", POST_BAD_ADDRESS, "not an email address" },
	{ "SpamComplaint", POST_OPTED_OUT, "the patient reported it as spam" },
	{ "Unsubscribe", POST_OPTED_OUT, "the patient unsubscribed" },
	{ "SoftBounce", POST_UNDELIVERED, "the mailbox takes nothing now" },
	{ "DnsError", POST_UNDELIVERED, "no mail server for this domain" },
	{ "SpamNotification", POST_UNDELIVERED, "taken for spam" },
	{ "Blocked", POST_UNDELIVERED, "blocked by the mail server" },
	{ "DMARCPolicy", POST_UNDELIVERED, "refused by the sender's policy" },
	{ "ManuallyDeactivated", POST_UNDELIVERED, "switched off in Postmark" },
	{ "Unknown", POST_UNDELIVERED, "a bounce of unknown kind" },
	{ NULL, POST_UNDELIVERED, NULL },
};

bool
postmark_bounce(const char *type, struct post_outcome *outcome)
{
	const struct api_row *row = api_row_find(bounces, type);

	if (row == NULL)
		return false;
	wire_outcome(outcome, row->class, type, "%s", row->says);
	return true;
}

enum status
postmark_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why)
{
	(void)claimed_at;
	if (!wire_key_ok(message->key))
		return why_set(why, STATUS_BAD_DATA, "not a message key");
	request->method = xstrdup("GET");
	request->url = api_url(gateway,
	    "/messages/outbound?count=50&offset=0&messagestream=%s&"
	    "metadata_key=%s",
	    gateway_setting(gateway, "stream"), message->key);
	postmark_authorize(gateway, request);
	return STATUS_OK;
}

/* The metadata of each is looked at again: a server that did not know the
 * filter would list them all. */
enum status
postmark_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why)
{
	const json_t *messages, *listed;
	json_t *root = NULL;
	bool there = false;
	enum status status;
	size_t i;

	(void)gateway;
	status = api_listed(answer, "Messages", &root, &messages, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(messages, i, listed)
	{
		const char *key =
		    json_text(json_object_get(listed, "Metadata"), "key");
		struct post_outcome outcome = { 0 };

		if (key == NULL || strcmp(key, message->key) != 0)
			continue;
		api_accepted(&outcome, json_text(listed, "MessageID"));
		if (outcome.class != POST_ACCEPTED)
			continue;
		there = true;
		post_found_receipt(
		    found, &outcome, api_time(listed, "ReceivedAt"));
	}
	if (!there && i > 0)
		status = why_set(why, STATUS_UNAVAILABLE,
		    "Postmark lists other messages than were asked for");
	else if (!there)
		status = api_absent(found, message, API_LAG_S, why);
	json_decref(root);
	return status;
}

static void
begin_bounces(const struct gateway *gateway, int64_t since_at, int64_t offset,
    struct post_request *request)
{
	int64_t from_at = since_at - DAY_S;
	char day[DATE_SIZE];

	request->method = xstrdup("GET");
	request->url = api_url(gateway,
	    "/bounces?count=%d&offset=%lld&messagestream=%s&fromdate=%s",
	    PAGE_SIZE, (long long)offset, gateway_setting(gateway, "stream"),
	    date_format(
		date_from_days(from_at < 0 ? 0 : from_at / DAY_S), day));
	postmark_authorize(gateway, request);
}

/* What was delivered is told by the webhook alone. */
enum status
postmark_poll_request(const struct gateway *gateway, int pass, int64_t since_at,
    const char *cursor, struct post_request *request, struct why *why)
{
	(void)cursor;
	(void)why;
	if (pass > 0)
		return STATUS_NONE;
	begin_bounces(gateway, since_at, 0, request);
	return STATUS_OK;
}

enum status
postmark_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	struct post_request next = { 0 };
	const json_t *list, *bounce;
	json_t *root = NULL;
	enum status status;
	int64_t count;
	size_t i;

	status = api_listed(answer, "Bounces", &root, &list, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(list, i, bounce)
	{
		const char *type = json_text(bounce, "Type");
		struct post_outcome outcome = { 0 };

		if (type != NULL && postmark_bounce(type, &outcome) &&
		    wire_copy(outcome.provider_id, sizeof(outcome.provider_id),
			json_text(bounce, "MessageID")))
			post_found_receipt(
			    found, &outcome, api_time(bounce, "BouncedAt"));
	}
	count = api_page(found, i, PAGE_SIZE);
	if (i == PAGE_SIZE) {
		begin_bounces(gateway, post_found_since(found), count, &next);
		post_found_next(found, next.url);
		post_request_free(&next);
	}
	json_decref(root);
	return STATUS_OK;
}
