#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/messagebird.h"
#include "post/wire.h"

#define PAGE_SIZE 100

/* How far back beyond the asked instant a page is read: clocks differ, and
 * carriers report for up to three days. */
#define MARGIN_S ((int64_t)60 * 60)
#define RECEIPT_S ((int64_t)4 * 24 * 60 * 60)

static void
begin_list(const struct gateway *gateway, const char *direction, int64_t offset,
    struct post_request *request)
{
	request->method = xstrdup("GET");
	request->url =
	    api_url(gateway, "/messages?direction=%s&limit=%d&offset=%lld",
		direction, PAGE_SIZE, (long long)offset);
	api_authorize(
	    request, "AccessKey", gateway_setting(gateway, "access_key"));
}

/*
 * The list begins with the newest and can't be asked for by date. So pages
 * are read until one ends before the instant of interest; a page out of that
 * order proves nothing, and all are read.
 */
static bool
is_past(const json_t *items, int64_t since_at)
{
	int64_t before_at = INT64_MAX, at = 0;
	const json_t *item;
	size_t i;

	json_array_foreach(items, i, item)
	{
		at = api_time(item, "createdDatetime");
		if (at == 0 || at > before_at)
			return false;
		before_at = at;
	}
	return at < since_at;
}

/* False when there is none. */
static bool
next_page(const struct gateway *gateway, const json_t *root,
    const char *direction, struct post_found *found)
{
	int64_t next = json_whole(root, "offset", 0) +
		       json_whole(root, "count", PAGE_SIZE);
	struct post_request request = { 0 };

	if (next >= json_whole(root, "totalCount", 0))
		return false;
	begin_list(gateway, direction, next, &request);
	post_found_next(found, request.url);
	post_request_free(&request);
	return true;
}

enum status
messagebird_ask_request(const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at,
    struct post_request *request, struct why *why)
{
	(void)claimed_at;
	if (!wire_key_ok(message->key))
		return why_set(why, STATUS_BAD_DATA, "not a message key");
	begin_list(gateway, "mt", 0, request);
	return STATUS_OK;
}

enum status
messagebird_ask_answer(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_found *found, struct why *why)
{
	const json_t *items, *item;
	json_t *root = NULL;
	enum status status;
	bool there = false;
	size_t i;

	status = api_listed(answer, "items", &root, &items, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(items, i, item)
	{
		const char *reference = json_text(item, "reference");
		struct post_outcome outcome = { 0 };

		if (reference == NULL || strcmp(reference, message->key) != 0)
			continue;
		there = messagebird_message(item, &outcome);
		if (there)
			post_found_receipt(
			    found, &outcome, api_time(item, "createdDatetime"));
	}
	/* The reference is ours alone: nothing better will follow. */
	if (!there && (is_past(items, post_found_since(found) - MARGIN_S) ||
			  !next_page(gateway, root, "mt", found)))
		status = api_absent(found, message, API_LAG_S, why);
	json_decref(root);
	return status;
}

enum status
messagebird_poll_request(const struct gateway *gateway, int pass,
    int64_t since_at, const char *cursor, struct post_request *request,
    struct why *why)
{
	(void)since_at;
	(void)cursor;
	(void)why;
	if (pass > 1)
		return STATUS_NONE;
	begin_list(gateway, pass == 0 ? "mo" : "mt", 0, request);
	return STATUS_OK;
}

static bool
is_reply(const json_t *item)
{
	const char *direction = json_text(item, "direction");

	return direction != NULL && strcmp(direction, "mo") == 0;
}

/* Numbers are given with the plus or without, as texts or as numbers. */
static void
copy_number(char *out, size_t size, const json_t *value)
{
	const char *text = json_string_value(value);
	char *number = NULL;

	if (json_is_integer(value))
		number =
		    xasprintf("+%lld", (long long)json_integer_value(value));
	else if (text != NULL && text[0] != '+')
		number = xasprintf("+%s", text);
	if (number != NULL && wire_phone_ok(number))
		wire_copy(out, size, number);
	else
		wire_copy(out, size, text);
	free(number);
}

static void
take_reply(const json_t *item, struct post_found *found)
{
	const json_t *recipient =
	    api_first(json_object_get(item, "recipients"), "items");
	const char *body = json_text(item, "body");
	struct post_inbound inbound = { 0 };

	inbound.body = body == NULL ? "" : body;
	inbound.at = api_time(item, "createdDatetime");
	copy_number(inbound.from, sizeof(inbound.from),
	    json_object_get(item, "originator"));
	copy_number(inbound.to, sizeof(inbound.to),
	    json_object_get(recipient, "recipient"));
	if (wire_copy(inbound.provider_id, sizeof(inbound.provider_id),
		json_text(item, "id")))
		post_found_inbound(found, &inbound, NULL);
	else
		post_found_spoilt(
		    found, "the provider lists a reply without an id");
}

enum status
messagebird_poll_answer(const struct gateway *gateway,
    const struct post_answer *answer, struct post_found *found, struct why *why)
{
	int64_t since_at = post_found_since(found);
	const json_t *items, *item;
	json_t *root = NULL;
	enum status status;
	bool replies = false;
	size_t i;

	status = api_listed(answer, "items", &root, &items, why);
	if (status != STATUS_OK)
		return status;
	json_array_foreach(items, i, item)
	{
		struct post_outcome outcome = { 0 };

		replies = is_reply(item);
		if (replies)
			take_reply(item, found);
		else if (messagebird_message(item, &outcome))
			post_found_receipt(
			    found, &outcome, api_time(item, "createdDatetime"));
	}
	if (!is_past(items, since_at - (replies ? MARGIN_S : RECEIPT_S)))
		(void)next_page(gateway, root, replies ? "mo" : "mt", found);
	json_decref(root);
	return STATUS_OK;
}
