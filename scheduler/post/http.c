#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/http.h"
#include "post/http_template.h"
#include "post/wire.h"

#define BODY_MAX 1600

static const struct setting_row http_settings[] = {
	{ "url", SETTING_TEXT, false, NULL,
	    "where a message goes; may hold {{to}} and the like" },
	{ "base_url", SETTING_TEXT, false, NULL, "the same as url" },
	{ "method", SETTING_TEXT, false, "POST", "POST or GET" },
	{ "content_type", SETTING_TEXT, false, "json",
	    "json, form or xml: how the body is written and escaped" },
	{ "body", SETTING_TEXT, false, NULL,
	    "the body, with {{to}}, {{to_no_plus}}, {{from}}, {{text}}, {{id}} "
	    "and {{secret}} in it" },
	{ "headers", SETTING_TEXT, false, NULL,
	    "more headers, as \"X-One: 1 | X-Two: {{id}}\"" },
	{ "authorization", SETTING_SECRET, false, NULL,
	    "the header Authorization, as \"Bearer ...\"" },
	{ "user", SETTING_TEXT, false, NULL, "for Basic authentication" },
	{ "password", SETTING_SECRET, false, NULL, "its password" },
	{ "secret", SETTING_SECRET, false, NULL, "what {{secret}} stands for" },
	{ "from", SETTING_TEXT, false, NULL, "what {{from}} stands for" },
	{ "ok_status", SETTING_TEXT, false, "2xx",
	    "the statuses of success, as \"200 202\", or 2xx for all" },
	{ "ok_text", SETTING_TEXT, false, NULL,
	    "what a body of success has in it" },
	{ "ok_pointer", SETTING_TEXT, false, NULL,
	    "the JSON pointer of a member that tells success" },
	{ "ok_value", SETTING_TEXT, false, NULL, "what it then says" },
	{ "id_pointer", SETTING_TEXT, false, NULL,
	    "the JSON pointer of the provider's id; ours where not given" },
	{ "error_pointer", SETTING_TEXT, false, NULL,
	    "the JSON pointer of the code of an error" },
	{ "throttled", SETTING_TEXT, false, NULL,
	    "codes that mean \"not taken, later\"" },
	{ "opted_out", SETTING_TEXT, false, NULL,
	    "codes that mean \"this number has opted out\"" },
	{ "bad_address", SETTING_TEXT, false, NULL,
	    "codes that mean \"this number is no good\"" },
	{ "refused", SETTING_TEXT, false, NULL,
	    "codes that mean \"this text is refused\"" },
	{ "account", SETTING_TEXT, false, NULL,
	    "codes that mean \"something is wrong with the account\"" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static const char *
http_url(const struct gateway *gateway)
{
	const char *url = gateway_setting(gateway, "url");

	return url != NULL ? url : gateway_setting(gateway, "base_url");
}

static enum http_escape
escape_of(const char *content_type)
{
	return strcmp(content_type, "json") == 0   ? HTTP_JSON
	       : strcmp(content_type, "form") == 0 ? HTTP_FORM
	       : strcmp(content_type, "xml") == 0  ? HTTP_XML
						   : HTTP_ESCAPE__MAX;
}

static const char *
type_of(enum http_escape escape)
{
	return escape == HTTP_JSON   ? "application/json"
	       : escape == HTTP_FORM ? "application/x-www-form-urlencoded"
				     : "application/xml";
}

/* "One: 1 | Two: 2", each filled for itself. */
static enum status
add_headers(const char *headers, const struct http_values *values,
    struct post_request *request, struct why *why)
{
	enum status status = STATUS_OK;
	char *all = xstrdup(headers), *rest = all, *line;

	while (status == STATUS_OK && (line = strsep(&rest, "|")) != NULL) {
		struct buffer filled = { 0 };
		size_t len;

		line += strspn(line, " ");
		for (len = strlen(line); len > 0 && line[len - 1] == ' ';)
			line[--len] = '\0';
		if (len == 0)
			continue;
		if (strcspn(line, ": ") == 0 ||
		    line[strcspn(line, ": ")] != ':')
			status = why_set(why, STATUS_CONFIG,
			    "headers is not as \"Name: value | Name: value\"");
		else
			status =
			    http_fill(line, values, HTTP_PLAIN, &filled, why);
		if (status == STATUS_OK)
			post_request_header(
			    request, "%s", buffer_text(&filled));
		buffer_free(&filled);
	}
	free(all);
	return status;
}

static enum status
add_url(const struct gateway *gateway, const struct http_values *values,
    struct post_request *request, struct why *why)
{
	struct buffer url = { 0 };
	enum status status =
	    http_fill(http_url(gateway), values, HTTP_FORM, &url, why);

	if (status == STATUS_OK)
		request->url = buffer_take(&url);
	buffer_free(&url);
	return status;
}

static enum status
http_write(const struct gateway *gateway, const struct post_message *message,
    struct post_request *request, struct why *why)
{
	enum http_escape escape =
	    escape_of(gateway_setting(gateway, "content_type"));
	const char *headers = gateway_setting(gateway, "headers");
	const char *authorization = gateway_setting(gateway, "authorization");
	const char *body = gateway_setting(gateway, "body");
	struct http_values values = {
		.to = message->to,
		.from = gateway_setting(gateway, "from"),
		.text = message->body,
		.id = message->key,
		.secret = gateway_setting(gateway, "secret"),
	};
	enum status status = add_url(gateway, &values, request, why);

	if (status == STATUS_OK && body != NULL)
		status = http_fill(body, &values, escape, &request->body, why);
	if (status == STATUS_OK && body != NULL)
		post_request_header(request, "Content-Type: %s; charset=utf-8",
		    type_of(escape));
	if (status == STATUS_OK && headers != NULL)
		status = add_headers(headers, &values, request, why);
	if (status == STATUS_OK && authorization != NULL)
		post_request_header(
		    request, "Authorization: %s", authorization);
	request->method = xstrdup(gateway_setting(gateway, "method"));
	request->user = xstrdup(gateway_setting(gateway, "user"));
	request->password = xstrdup(gateway_setting(gateway, "password"));
	request->fresh = true;
	return status;
}

static enum status
http_request(const struct gateway *gateway, const struct post_message *message,
    struct post_request *request, struct why *why)
{
	enum status status = api_sms_check(message, BODY_MAX, why);

	if (status != STATUS_OK)
		return status;
	return http_write(gateway, message, request, why);
}

static enum status
check_pointers(const struct gateway *gateway, struct why *why)
{
	static const char *const names[] = { "ok_pointer", "id_pointer",
		"error_pointer" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *pointer = gateway_setting(gateway, names[i]);

		if (pointer != NULL && pointer[0] != '/')
			return why_set(why, STATUS_CONFIG,
			    "%s is no JSON pointer: it begins with a slash, as "
			    "/messages/0/id",
			    names[i]);
	}
	return STATUS_OK;
}

/* Where the path begins; the URL is known to be one. */
static size_t
host_end(const char *url)
{
	const char *host = strstr(url, "://") + 3;

	return (size_t)(host - url) + strcspn(host, "/?");
}

/* A request is written for nobody: so each template proves that it works. */
static enum status
try_templates(const struct gateway *gateway, struct why *why)
{
	static const struct post_message nobody = {
		.key = "K000000000000000", .to = "+10000000", .body = "x"
	};
	struct post_request request = { 0 };
	enum status status = http_write(gateway, &nobody, &request, why);
	const char *url = request.url;

	if (status == STATUS_OK &&
	    (!wire_url_ok(url, "https http") || strchr(url, '#') != NULL))
		status = why_set(why, STATUS_CONFIG, "url is not a URL");
	else if (status == STATUS_OK &&
		 strcspn(http_url(gateway), "{") < host_end(url))
		status = why_set(why, STATUS_CONFIG,
		    "the host of url must not depend on the message");
	else if (status == STATUS_OK && strncmp(url, "https:", 6) != 0 &&
		 !wire_url_loopback(url))
		status = why_set(why, STATUS_CONFIG,
		    "url must be https: a secret goes with every call");
	post_request_free(&request);
	return status == STATUS_OK ? STATUS_OK : STATUS_CONFIG;
}

static enum status
http_check(const struct gateway *gateway, struct why *why)
{
	const char *method = gateway_setting(gateway, "method");
	bool post = strcmp(method, "POST") == 0;
	enum status status;

	if (http_url(gateway) == NULL)
		return why_set(
		    why, STATUS_CONFIG, "driver http needs the setting url");
	if (!post && strcmp(method, "GET") != 0)
		return why_set(why, STATUS_CONFIG, "method is POST or GET");
	if (escape_of(gateway_setting(gateway, "content_type")) ==
	    HTTP_ESCAPE__MAX)
		return why_set(
		    why, STATUS_CONFIG, "content_type is json, form or xml");
	if (post != (gateway_setting(gateway, "body") != NULL))
		return why_set(why, STATUS_CONFIG,
		    post ? "a POST needs the setting body"
			 : "a GET has no body: leave it out");
	if ((gateway_setting(gateway, "ok_pointer") == NULL) !=
	    (gateway_setting(gateway, "ok_value") == NULL))
		return why_set(why, STATUS_CONFIG,
		    "ok_pointer and ok_value come together");
	if ((gateway_setting(gateway, "user") == NULL) !=
	    (gateway_setting(gateway, "password") == NULL))
		return why_set(
		    why, STATUS_CONFIG, "user and password come together");
	status = check_pointers(gateway, why);
	return status == STATUS_OK ? try_templates(gateway, why) : status;
}

const struct driver driver_http = {
	.name = "http",
	.channel = CHANNEL_SMS,
	.settings = http_settings,
	.check = http_check,
	.request = http_request,
	.outcome = http_outcome,
};
