#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "post/api.h"
#include "post/wire.h"

#define SENDER_NAME_MAX 11 /* 3GPP TS 23.040: what fits an address field */
#define WORD_MAX 128

const struct api_row *
api_row_find(const struct api_row *rows, const char *code)
{
	if (code == NULL)
		return NULL;
	for (; rows->code != NULL; rows++)
		if (strcmp(rows->code, code) == 0)
			return rows;
	return NULL;
}

enum status
api_url_check(
    const struct gateway *gateway, const char *setting, struct why *why)
{
	const char *url = gateway_setting(gateway, setting);

	if (url == NULL)
		return STATUS_OK;
	if (!wire_url_ok(url, "https http") || strpbrk(url, "#") != NULL)
		return why_set(why, STATUS_CONFIG, "%s is not a URL", setting);
	if (strncmp(url, "https:", 6) != 0 && !wire_url_loopback(url))
		return why_set(why, STATUS_CONFIG,
		    "%s must be https: a secret goes with every call", setting);
	return STATUS_OK;
}

enum status
api_sender_check(
    const struct gateway *gateway, const char *setting, struct why *why)
{
	const char *from = gateway_setting(gateway, setting), *p;
	size_t len;

	if (from == NULL || wire_phone_ok(from))
		return STATUS_OK;
	len = strlen(from);
	for (p = from; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr(" -_.&", *p) == NULL)
			break;
	if (*p == '\0' && len > 0 &&
	    (len <= SENDER_NAME_MAX || strspn(from, "0123456789") == len) &&
	    len <= 15)
		return STATUS_OK;
	return why_set(why, STATUS_CONFIG,
	    "%s is neither a phone number as +447700900123 nor a name of up "
	    "to %d letters",
	    setting, SENDER_NAME_MAX);
}

bool
api_word_ok(const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text), i;

	if (len == 0 || len > WORD_MAX || strcmp(text, ".") == 0 ||
	    strcmp(text, "..") == 0)
		return false;
	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]) &&
		    strchr("-_.", text[i]) == NULL)
			return false;
	return true;
}

size_t
api_characters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

enum status
api_sms_check(
    const struct post_message *message, size_t characters, struct why *why)
{
	if (!wire_phone_ok(message->to))
		return why_set(why, STATUS_BAD_DATA,
		    "not a phone number in international form");
	if (message->body == NULL || message->body[0] == '\0' ||
	    api_characters(message->body) > characters)
		return why_set(why, STATUS_USAGE,
		    "this provider takes 1 to %zu characters", characters);
	if (!wire_key_ok(message->key))
		return why_set(why, STATUS_USAGE, "not a message key");
	return STATUS_OK;
}

char *
api_url(const struct gateway *gateway, const char *fmt, ...)
{
	char *base = wire_url_base(gateway_setting(gateway, "base_url"));
	char *path = NULL, *url;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vasprintf(&path, fmt, args);
	va_end(args);
	if (len < 0)
		panic("out of memory");
	url = xasprintf("%s%s", base, path);
	free(path);
	free(base);
	return url;
}

char *
api_report_url(const struct gateway *gateway, const char *key)
{
	const char *url = gateway_setting(gateway, "dlr_url");

	if (url == NULL)
		return NULL;
	return xasprintf(
	    "%s%cid=%s", url, strchr(url, '?') == NULL ? '?' : '&', key);
}

void
api_post_json(struct post_request *request, json_t *body)
{
	char *line = json_line(body);

	request->method = xstrdup("POST");
	post_request_header(request, "Content-Type: application/json");
	buffer_puts(&request->body, line);
	free(line);
}

void
api_post_form(struct post_request *request)
{
	request->method = xstrdup("POST");
	post_request_header(
	    request, "Content-Type: application/x-www-form-urlencoded");
}

void
api_authorize(
    struct post_request *request, const char *scheme, const char *secret)
{
	post_request_header(request, "Authorization: %s %s", scheme, secret);
	post_request_header(request, "Accept: application/json");
}

int64_t
api_validity_s(
    const struct post_message *message, int64_t least_s, int64_t most_s)
{
	int64_t validity_s = message->expires_at - message->at;

	if (message->expires_at == 0 || validity_s >= most_s)
		return 0;
	return validity_s < least_s ? least_s : validity_s;
}

bool
api_answered(const struct post_answer *answer, json_t **root,
    struct post_outcome *outcome)
{
	*root = NULL;
	if (!answer->transport_ok) {
		wire_outcome_lost(outcome, answer);
		return false;
	}
	if (answer->code >= 500 || answer->code < 200) {
		/* Not "try again": it may have taken the message first. */
		wire_outcome(outcome, POST_AMBIGUOUS, NULL, "HTTP status %ld",
		    answer->code);
		return false;
	}
	(void)json_read_mended(answer->text, answer->len, root, NULL);
	return true;
}

enum post_class
api_class_of_status(long status)
{
	switch (status) {
	case 401:
	case 402:
	case 403:
	case 404:
	case 405:
	case 407:
		return POST_CONFIG;
	case 408:
		return POST_AMBIGUOUS;
	case 429:
		return POST_THROTTLED;
	default:
		/* A redirect is not followed: it would take the secret along.
		 */
		return status < 400 ? POST_CONFIG : POST_REFUSED;
	}
}

void
api_refused(const struct post_answer *answer, const char *code,
    const struct api_row *rows, struct post_outcome *outcome)
{
	const struct api_row *row = api_row_find(rows, code);
	char number[24];

	snprintf(number, sizeof(number), "%ld", answer->code);
	if (code == NULL || !wire_plain(code))
		code = number;
	if (answer->code == 429)
		wire_outcome(outcome, POST_THROTTLED, code,
		    "too many at once, says the provider");
	else if (row != NULL)
		wire_outcome(outcome, row->class, code, "%s", row->says);
	else
		wire_outcome(outcome, api_class_of_status(answer->code), code,
		    "the provider refuses it: HTTP status %s", number);
	outcome->retry_after_s = answer->retry_after_s;
}

void
api_accepted(struct post_outcome *outcome, const char *id)
{
	if (id == NULL || id[0] == '\0' ||
	    !wire_copy(outcome->provider_id, sizeof(outcome->provider_id), id))
		wire_outcome(outcome, POST_AMBIGUOUS, NULL,
		    "the answer names no message");
	else
		wire_outcome(outcome, POST_ACCEPTED, NULL, "accepted");
}

void
api_undelivered(struct post_outcome *outcome, const char *state,
    const char *code, const struct api_row *rows)
{
	const struct api_row *row = api_row_find(rows, code);
	enum post_class class = POST_UNDELIVERED;

	if (row != NULL &&
	    (row->class == POST_OPTED_OUT || row->class == POST_BAD_ADDRESS))
		class = row->class;
	if (code == NULL || !wire_plain(code))
		code = "";
	wire_outcome(outcome, class, code, "%s: %s", state,
	    row != NULL	      ? row->says
	    : code[0] == '\0' ? "no code given"
			      : "a code that is not in our table");
}

enum status
api_listed(const struct post_answer *answer, const char *name, json_t **root,
    const json_t **items, struct why *why)
{
	enum status status = wire_listing_status(answer, why);

	if (status != STATUS_OK)
		return status;
	if (json_read_mended(answer->text, answer->len, root, NULL) !=
	    STATUS_OK)
		return why_set(why, STATUS_UNAVAILABLE, "the list is no JSON");
	*items = name == NULL ? *root : json_object_get(*root, name);
	if (json_is_array(*items))
		return STATUS_OK;
	json_decref(*root);
	*root = NULL;
	return why_set(
	    why, STATUS_UNAVAILABLE, "the answer is not a list of messages");
}

enum status
api_follow(struct post_found *found, const char *base, const char *url,
    struct why *why)
{
	const char *path = strstr(base, "://");
	size_t len = strlen(base);
	char *whole;
	bool ours;

	if (url == NULL || url[0] == '\0')
		return STATUS_OK;
	path = path == NULL ? NULL : strchr(path + 3, '/');
	if (url[0] != '/')
		whole = xstrdup(url);
	else
		whole = xasprintf("%.*s%s",
		    (int)(path == NULL ? len : (size_t)(path - base)), base,
		    url);
	ours = strncmp(whole, base, len) == 0 &&
	       strchr("/?", whole[len]) != NULL && wire_plain(whole) &&
	       strpbrk(whole, " \\") == NULL && strstr(whole, "/../") == NULL;
	if (ours)
		post_found_next(found, whole);
	free(whole);
	if (!ours)
		return why_set(why, STATUS_UNAVAILABLE,
		    "the next page of the list is not of this account");
	return STATUS_OK;
}

int64_t
api_page(struct post_found *found, size_t len, size_t page_size)
{
	const char *before = post_found_cursor_text(found);
	int64_t count =
	    (before == NULL ? 0 : strtoll(before, NULL, 10)) + (int64_t)len;
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)count);
	post_found_cursor(found, len < page_size ? "" : text);
	return count;
}

enum status
api_absent(const struct post_found *found, const struct post_message *message,
    int64_t lag_s, struct why *why)
{
	if (message->at - post_found_since(found) >= lag_s)
		return STATUS_OK;
	return why_set(
	    why, STATUS_UNAVAILABLE, "the provider does not list it yet");
}

int64_t
api_time(const json_t *object, const char *key)
{
	const char *text = json_text(object, key);
	int64_t at = 0;

	if (text == NULL || time_parse(text, &at, NULL) != STATUS_OK)
		return 0;
	return at;
}

const json_t *
api_first(const json_t *object, const char *key)
{
	return json_array_get(json_object_get(object, key), 0);
}
