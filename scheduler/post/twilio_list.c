#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/memory.h"
#include "post/twilio.h"
#include "post/wire.h"

/*
 * A page of 50, which is Twilio's own default, stays under the engine's cap
 * for an answer even when each message has 1600 characters and each of them
 * is escaped.
 */
#define PAGE_SIZE "50"
#define DAY_S ((int64_t)24 * 60 * 60)

/* Carriers report for up to three days; then a message stays as it is. */
#define RECEIPT_DAYS 4

static void
date_of(int64_t at, char out[DATE_SIZE])
{
	int64_t days = at / DAY_S - (at % DAY_S < 0);

	date_format(date_from_days(days), out);
}

/* "Thu, 24 Aug 2023 05:01:45 +0000", or 0 where it is none. */
static int64_t
message_time(const json_t *message, const char *key)
{
	const char *text = json_text(message, key);
	time_t at = text == NULL ? -1 : curl_getdate(text, NULL);

	return at < 0 ? 0 : (int64_t)at;
}

static bool
is_inbound(const json_t *message)
{
	const char *direction = json_text(message, "direction");

	return direction != NULL && strcmp(direction, "inbound") == 0;
}

static void
begin_list(const struct gateway *gateway, struct post_request *request,
    struct buffer *url)
{
	char *base = twilio_url(gateway);

	request->method = xstrdup("GET");
	twilio_credentials(gateway, request);
	buffer_printf(url, "%s?", base);
	free(base);
}

/*
 * The next page, if there is one: a path on the same server and of the same
 * account, or the token would be sent to whoever the answer names.
 */
static enum status
follow(const struct gateway *gateway, const json_t *root,
    struct post_found *found, struct why *why)
{
	const char *uri = json_text(root, "next_page_uri");
	char *base, *list, *url;
	size_t len;
	bool ours;

	if (uri == NULL || uri[0] == '\0')
		return STATUS_OK;
	base = wire_url_base(gateway_setting(gateway, "base_url"));
	list = twilio_url(gateway);
	if (uri[0] == '/')
		url = xasprintf("%s%s", base, uri);
	else
		url = xstrdup(uri);
	len = strlen(list);
	ours = strncmp(url, list, len) == 0 && url[len] == '?' &&
	       wire_plain(url) && strchr(url, ' ') == NULL;
	if (ours)
		post_found_next(found, url);
	free(url);
	free(list);
	free(base);
	if (!ours)
		return why_set(why, STATUS_UNAVAILABLE,
		    "the next page of the list is not of this account");
	return STATUS_OK;
}

/* A page as an array of messages; the caller lets root go. */
static enum status
read_page(const struct post_answer *answer, json_t **root,
    const json_t **messages, struct why *why)
{
	enum status status = wire_listing_status(answer, why);

	if (status != STATUS_OK)
		return status;
	if (json_read_mended(answer->text, answer->len, root, NULL) !=
	    STATUS_OK)
		return why_set(why, STATUS_UNAVAILABLE, "the list is no JSON");
	*messages = json_object_get(*root, "messages");
	if (json_is_array(*messages))
		return STATUS_OK;
	json_decref(*root);
	*root = NULL;
	return why_set(why, STATUS_UNAVAILABLE, "the list has no messages");
}

/*
 * All messages to that number. Not bounded by DateSent, which is null while a
 * message waits in Twilio's queue: a list of sent ones would not show it, and
 * it would be sent twice.
 */
enum status
twilio_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why)
{
	struct buffer url = { 0 };

	(void)claimed_at;
	if (!wire_phone_ok(message->to))
		return why_set(why, STATUS_BAD_DATA,
		    "not a phone number in international form");
	begin_list(gateway, request, &url);
	wire_form(&url, "To", message->to);
	wire_form(&url, "PageSize", PAGE_SIZE);
	request->url = buffer_take(&url);
	return STATUS_OK;
}

static bool
is_this(const json_t *listed, const struct post_message *message)
{
	const char *to = json_text(listed, "to");
	const char *body = json_text(listed, "body");

	return !is_inbound(listed) && to != NULL && body != NULL &&
	       strcmp(to, message->to) == 0 && strcmp(body, message->body) == 0;
}

enum status
twilio_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why)
{
	const json_t *messages = NULL, *listed;
	json_t *root = NULL;
	enum status status;
	size_t i;

	status = read_page(answer, &root, &messages, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(messages, i, listed)
	{
		struct post_outcome outcome = { 0 };

		if (is_this(listed, message) &&
		    twilio_receipt(listed, &outcome))
			post_found_receipt(found, &outcome,
			    message_time(listed, "date_created"));
	}
	status = follow(gateway, root, found, why);
	json_decref(root);
	return status;
}

/* Receipts are of messages that were sent before: from the oldest on that was
 * still on its way at the last poll, which is what the cursor says. */
static void
receipts_since(int64_t since_at, const char *cursor, char out[DATE_SIZE])
{
	char oldest[DATE_SIZE];

	date_of(since_at - DAY_S, out);
	date_of(since_at - RECEIPT_DAYS * DAY_S, oldest);
	if (cursor == NULL || strcmp(cursor, out) >= 0)
		return;
	memcpy(out, oldest, DATE_SIZE);
	if (strcmp(cursor, oldest) > 0 && strlen(cursor) < DATE_SIZE)
		memcpy(out, cursor, strlen(cursor) + 1);
}

/*
 * First the replies, then the receipts. A messaging service sends from any of
 * its numbers, so there one list of all has to do. A day earlier than asked
 * for, since dates are all that Twilio compares and clocks differ.
 */
enum status
twilio_poll_request(const struct gateway *gateway, int pass, int64_t since_at,
    const char *cursor, struct post_request *request, struct why *why)
{
	const char *from = gateway_setting(gateway, "from");
	struct buffer url = { 0 };
	char since[DATE_SIZE];

	(void)why;
	if (pass > (from == NULL ? 0 : 1))
		return STATUS_NONE;
	if (from != NULL && pass == 0)
		date_of(since_at - DAY_S, since);
	else
		receipts_since(since_at, cursor, since);
	begin_list(gateway, request, &url);
	if (from != NULL)
		wire_form(&url, pass == 0 ? "To" : "From", from);
	wire_form(&url, "DateSent>", since);
	wire_form(&url, "PageSize", PAGE_SIZE);
	request->url = buffer_take(&url);
	return STATUS_OK;
}

/* Is it to one of the clinic's own numbers, not another program's? */
static bool
is_to_us(const struct gateway *gateway, const json_t *message)
{
	const char *from = gateway_setting(gateway, "from");
	const char *service = gateway_setting(gateway, "messaging_service");
	const char *to = json_text(message, "to");
	const char *via = json_text(message, "messaging_service_sid");

	if (from != NULL)
		return to != NULL && strcmp(to, from) == 0;
	return via == NULL || strcmp(via, service) == 0;
}

/* Handed on whatever it lacks, as long as it has an id by which it is stored
 * once: who sent no number or no text reaches a person like any other. */
static void
take_inbound(const json_t *message, struct post_found *found)
{
	struct post_inbound inbound = { 0 };
	const char *body = json_text(message, "body");

	inbound.body = body == NULL ? "" : body;
	inbound.at = message_time(message, "date_sent");
	if (inbound.at == 0)
		inbound.at = message_time(message, "date_created");
	wire_copy(inbound.to, sizeof(inbound.to), json_text(message, "to"));
	wire_copy(
	    inbound.from, sizeof(inbound.from), json_text(message, "from"));
	if (wire_copy(inbound.provider_id, sizeof(inbound.provider_id),
		json_text(message, "sid")))
		post_found_inbound(found, &inbound, NULL);
	else
		post_found_spoilt(
		    found, "the provider lists a reply without an id");
}

static void
take_receipt(const json_t *message, struct post_found *found)
{
	const char *before = post_found_cursor_text(found);
	struct post_outcome outcome = { 0 };
	int64_t at = message_time(message, "date_created");
	char day[DATE_SIZE];

	if (!twilio_receipt(message, &outcome))
		return;
	post_found_receipt(found, &outcome, at);
	if (outcome.class != POST_ACCEPTED || at == 0)
		return;
	date_of(at, day);
	if (before == NULL || strcmp(day, before) < 0)
		post_found_cursor(found, day);
}

enum status
twilio_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	const json_t *messages = NULL, *message;
	json_t *root = NULL;
	enum status status;
	size_t i;

	status = read_page(answer, &root, &messages, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(messages, i, message)
	{
		if (!is_inbound(message))
			take_receipt(message, found);
		else if (is_to_us(gateway, message))
			take_inbound(message, found);
	}
	status = follow(gateway, root, found, why);
	json_decref(root);
	return status;
}
