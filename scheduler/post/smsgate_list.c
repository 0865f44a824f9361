#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "post/api.h"
#include "post/smsgate.h"
#include "post/wire.h"

#define PAGE_SIZE 100

/* The phone's clock may be off; and states change for up to three days. */
#define MARGIN_S ((int64_t)24 * 60 * 60)
#define RECEIPT_S ((int64_t)4 * 24 * 60 * 60)

enum status
smsgate_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why)
{
	(void)claimed_at;
	if (!wire_key_ok(message->key))
		return why_set(why, STATUS_BAD_DATA, "not a message key");
	request->method = xstrdup("GET");
	request->url = api_url(gateway, "/messages/%s", message->key);
	smsgate_credentials(gateway, request);
	return STATUS_OK;
}

enum status
smsgate_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why)
{
	struct post_outcome outcome = { 0 };
	json_t *root = NULL;
	enum status status;
	bool ours;

	(void)gateway;
	(void)json_read_mended(answer->text, answer->len, &root, NULL);
	/* It surely is not there, if it was the app that says so. */
	if (answer->transport_ok && answer->code == 404 &&
	    (answer->len == 0 || root != NULL)) {
		json_decref(root);
		return STATUS_OK;
	}
	status = wire_listing_status(answer, why);
	if (status != STATUS_OK) {
		json_decref(root);
		return status;
	}
	ours = smsgate_message(root, &outcome) &&
	       strcmp(outcome.provider_id, message->key) == 0;
	if (ours)
		post_found_receipt(found, &outcome, post_found_since(found));
	json_decref(root);
	return ours ? STATUS_OK
		    : why_set(why, STATUS_UNAVAILABLE,
			  "the answer is not about this message");
}

static void
begin_list(const struct gateway *gateway, int pass, int64_t since_at,
    int64_t offset, struct post_request *request)
{
	struct buffer query = { 0 };
	char from[TIME_SIZE];
	char *number = xasprintf("%lld", (long long)offset);

	time_format(since_at - (pass == 0 ? MARGIN_S : RECEIPT_S), from);
	if (pass == 0)
		wire_form(&query, "type", "SMS");
	wire_form(&query, "from", from);
	wire_form(&query, "limit", "100");
	wire_form(&query, "offset", number);
	free(number);
	request->method = xstrdup("GET");
	request->url = api_url(gateway, "%s?%s",
	    pass == 0 ? "/inbox" : "/messages", buffer_text(&query));
	buffer_free(&query);
	smsgate_credentials(gateway, request);
}

enum status
smsgate_poll_request(const struct gateway *gateway, int pass, int64_t since_at,
    const char *cursor, struct post_request *request, struct why *why)
{
	(void)cursor;
	(void)why;
	if (pass > 1)
		return STATUS_NONE;
	begin_list(gateway, pass, since_at, 0, request);
	return STATUS_OK;
}

/* The phone's own id is a 32-bit hash: what came when, and from whom, makes
 * it one of a kind. */
static void
take_reply(const json_t *item, struct post_found *found)
{
	const char *body = json_text(item, "contentPreview");
	const char *id = json_text(item, "id");
	const char *sender = json_text(item, "sender");
	const char *created = json_text(item, "createdAt");
	struct post_inbound inbound = { 0 };
	char *key;

	if (id == NULL || created == NULL) {
		post_found_spoilt(
		    found, "the phone lists a reply without an id or time");
		return;
	}
	inbound.body = body == NULL ? "" : body;
	inbound.at = api_time(item, "createdAt");
	wire_copy(inbound.from, sizeof(inbound.from), sender);
	wire_copy(inbound.to, sizeof(inbound.to), json_text(item, "recipient"));
	key = xasprintf("%s %lld %s", id, (long long)inbound.at, inbound.from);
	if (wire_copy(inbound.provider_id, sizeof(inbound.provider_id), key))
		post_found_inbound(found, &inbound, NULL);
	else
		post_found_spoilt(found, "the phone lists a reply whose id "
					 "can't be kept");
	free(key);
}

/* A full page is followed by another; which list it is shows in its items. */
enum status
smsgate_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	const json_t *items, *item;
	struct post_request next = { 0 };
	json_t *root = NULL;
	enum status status;
	bool inbox = false;
	int64_t count;
	size_t i;

	status = api_listed(answer, NULL, &root, &items, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(items, i, item)
	{
		struct post_outcome outcome = { 0 };

		inbox = json_object_get(item, "contentPreview") != NULL;
		if (inbox)
			take_reply(item, found);
		else if (smsgate_message(item, &outcome))
			post_found_receipt(found, &outcome, 0);
	}
	count = api_page(found, i, PAGE_SIZE);
	if (i == PAGE_SIZE) {
		begin_list(gateway, inbox ? 0 : 1, post_found_since(found),
		    count, &next);
		post_found_next(found, next.url);
		post_request_free(&next);
	}
	json_decref(root);
	return STATUS_OK;
}
