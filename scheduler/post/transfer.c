#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/memory.h"
#include "post/easy.h"
#include "post/transfer_smtp.h"

#define ANSWER_MAX ((size_t)1024 * 1024) /* bytes of an answer's body */
#define CONNECT_MAX_S 20
#define AGENT "keepmoving"
#define SHARED_MAX_S 10L /* age of a connection that messages share */
#define RETRY_AFTER_MAX_S ((int64_t)24 * 60 * 60)

static bool
is_smtp(const struct transfer *transfer)
{
	return transfer->request->method == NULL;
}

static bool
is_post(const struct post_request *request)
{
	return request->method != NULL && strcmp(request->method, "POST") == 0;
}

static size_t
take_text(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *transfer = arg;

	buffer_add(&transfer->text, bytes, size * count);
	return transfer->text.over ? 0 : size * count;
}

/* Called whenever a request is about to be written to a connection. */
static int
about_to_write(
    void *arg, char *peer_ip, char *own_ip, int peer_port, int own_port)
{
	struct transfer *transfer = arg;

	(void)peer_ip;
	(void)own_ip;
	(void)peer_port;
	(void)own_port;
	if (transfer->attempts > 0)
		return CURL_PREREQFUNC_ABORT;
	transfer->attempts++;
	return CURL_PREREQFUNC_OK;
}

/*
 * Where the provider can be asked, messages share a connection (HTTP/2, which
 * goes over TLS only); when it dies it leaves many in doubt, and they are asked
 * about. Where nobody can be asked, each has one of its own, so that a dying
 * one takes one message's fate with it and not a hundred.
 *
 * Servers take so many requests on a connection and then refuse what is under
 * way (nginx: a thousand). One that is not grown old does not come so far.
 */
static void
set_version(struct transfer *transfer)
{
	CURL *easy = transfer->easy;

	if (transfer->request->fresh) {
		easy_set(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
		return;
	}
	easy_set(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
	/* Without TLS there is nothing to share: each would only wait for the
	 * first one's answer. */
	if (strncmp(transfer->request->url, "https:", 6) == 0)
		easy_set(easy, CURLOPT_PIPEWAIT, 1L);
	easy_set(easy, CURLOPT_MAXLIFETIME_CONN, SHARED_MAX_S);
}

static const char *
password_of(const struct post_request *request)
{
	return request->password == NULL ? "" : request->password;
}

/* Who we are: a mail server asks for it, and a request is signed with it. */
static void
set_login(struct transfer *transfer)
{
	const struct post_request *request = transfer->request;
	CURL *easy = transfer->easy;

	easy_set(easy, CURLOPT_USERNAME, request->user);
	easy_set(easy, CURLOPT_PASSWORD, password_of(request));
}

static void
add_header(struct transfer *transfer, const char *line)
{
	transfer->headers = easy_list(transfer->headers, line);
}

/* A gateway's settings may give one of ours as they like it: a server that
 * gets two refuses both. */
static bool
is_given(const struct post_request *request, const char *line)
{
	size_t len = strcspn(line, ":") + 1;
	int i;

	for (i = 0; i < request->headers_len; i++)
		if (strncasecmp(request->headers[i], line, len) == 0)
			return true;
	return false;
}

static void
add_unless_given(struct transfer *transfer, const char *line)
{
	if (!is_given(transfer->request, line))
		add_header(transfer, line);
}

/* RFC 7617. */
static void
add_basic(struct transfer *transfer)
{
	const struct post_request *request = transfer->request;
	char *pair = xasprintf("%s:%s", request->user, password_of(request));
	char *code = base64_encode(pair, strlen(pair));
	char *line = xasprintf("Authorization: Basic %s", code);

	add_unless_given(transfer, line);
	free(line);
	free(code);
	free(pair);
}

/*
 * libcurl takes a header as it is. One that it is to make it writes twice, a
 * letter at a time, which is a quarter of what it does for a message. But where
 * it signs a request it signs all that it is given, and a header that may be
 * changed or dropped on the way must not be among them.
 */
static void
set_headers(struct transfer *transfer)
{
	const struct post_request *request = transfer->request;
	CURL *easy = transfer->easy;
	int i;

	for (i = 0; i < request->headers_len; i++)
		add_header(transfer, request->headers[i]);
	if (request->sigv4 != NULL) {
		set_login(transfer);
		easy_set(easy, CURLOPT_AWS_SIGV4, request->sigv4);
		easy_set(easy, CURLOPT_USERAGENT, AGENT);
	} else {
		if (request->user != NULL)
			add_basic(transfer);
		add_unless_given(transfer, "User-Agent: " AGENT);
		/* Never wait for a server's leave to send two hundred bytes;
		 * where it signs it does so for a megabyte only. */
		add_unless_given(transfer, "Expect:");
	}
	easy_set(easy, CURLOPT_HTTPHEADER, transfer->headers);
}

static void
set_http(struct transfer *transfer)
{
	const struct post_request *request = transfer->request;
	CURL *easy = transfer->easy;

	set_headers(transfer);
	set_version(transfer);
	easy_set(easy, CURLOPT_FOLLOWLOCATION, 0L);
	easy_set(easy, CURLOPT_PREREQFUNCTION, about_to_write);
	easy_set(easy, CURLOPT_PREREQDATA, transfer);
	easy_set(easy, CURLOPT_WRITEFUNCTION, take_text);
	easy_set(easy, CURLOPT_WRITEDATA, transfer);
	if (!is_post(request))
		return;
	/* As a whole, so that it leaves together with its head, and that
	 * libcurl can sign it. */
	easy_set(easy, CURLOPT_POSTFIELDS, buffer_text(&request->body));
	easy_set(
	    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
}

static void
set_common(struct transfer *transfer, const struct gateway *gateway)
{
	const struct post_request *request = transfer->request;
	CURL *easy = transfer->easy;
	int64_t timeout_s = gateway->timeout_s;
	int64_t connect_s =
	    timeout_s < CONNECT_MAX_S ? timeout_s : CONNECT_MAX_S;

	if (is_post(request))
		exchange_url(transfer->exchange, easy, request->url);
	else
		easy_set(easy, CURLOPT_URL, request->url);
	easy_set(easy, CURLOPT_PRIVATE, transfer);
	easy_set(easy, CURLOPT_ERRORBUFFER, transfer->problem);
	easy_set(easy, CURLOPT_NOSIGNAL, 1L);
	easy_set(easy, CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
	easy_set(easy, CURLOPT_TIMEOUT, (long)timeout_s);
	easy_set(easy, CURLOPT_CONNECTTIMEOUT, (long)connect_s);
	easy_set(easy, CURLOPT_FRESH_CONNECT, (long)request->fresh);
	easy_set(easy, CURLOPT_FORBID_REUSE, (long)request->fresh);
	if (request->user != NULL && is_smtp(transfer))
		set_login(transfer);
	if (request->token != NULL) {
		easy_set(easy, CURLOPT_XOAUTH2_BEARER, request->token);
		/* Or libcurl would try an empty password first. */
		easy_set(easy, CURLOPT_LOGIN_OPTIONS,
		    "AUTH=XOAUTH2;AUTH=OAUTHBEARER");
	}
	exchange_authorities(transfer->exchange, easy, gateway->ca_file);
}

struct transfer *
transfer_new(const struct gateway *gateway, const struct post_request *request,
    struct exchange *exchange, void *owner)
{
	struct transfer *transfer = xcalloc(1, sizeof(*transfer));

	transfer->exchange = exchange;
	transfer->easy = exchange_handle(exchange);
	transfer->owner = owner;
	transfer->request = request;
	transfer->text.cap = ANSWER_MAX;
	set_common(transfer, gateway);
	if (is_smtp(transfer))
		transfer_smtp_set(transfer, gateway);
	else
		set_http(transfer);
	return transfer;
}

CURL *
transfer_easy(const struct transfer *transfer)
{
	return transfer->easy;
}

void *
transfer_owner(CURL *easy)
{
	struct transfer *transfer = NULL;

	curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&transfer);
	return transfer->owner;
}

/*
 * An SMTP server takes a mail with its dot at the end, so it can't have it
 * before the last byte was handed over. An HTTP server that got part of a
 * request should do nothing, but who knows: any attempt counts.
 */
static bool
may_have_arrived(const struct transfer *transfer)
{
	return is_smtp(transfer)
		   ? transfer->body_at == transfer->request->body.len
		   : transfer->attempts > 0;
}

bool
transfer_is_refusal(CURLcode code)
{
	switch (code) {
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_REMOTE_ACCESS_DENIED:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_USE_SSL_FAILED:
	case CURLE_LOGIN_DENIED:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return true;
	default:
		return false;
	}
}

/* What some providers say in the head of an answer alone. */
static const char *
header_of(CURL *easy, const char *name)
{
	struct curl_header *header;

	return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) ==
		       CURLHE_OK
		   ? header->value
		   : NULL;
}

void
transfer_answer(
    struct transfer *transfer, CURLcode code, struct post_answer *answer)
{
	curl_off_t retry_after_s = 0;

	*answer = (struct post_answer){ 0 };
	curl_easy_getinfo(
	    transfer->easy, CURLINFO_RESPONSE_CODE, &answer->code);
	answer->transport_ok =
	    code == CURLE_OK ||
	    (is_smtp(transfer) && transfer_smtp_reply(code, answer->code));
	answer->body_sent = may_have_arrived(transfer);
	answer->text = buffer_text(&transfer->text);
	answer->len = transfer->text.len;
	answer->step = transfer->step;
	answer->message_id = header_of(transfer->easy, "X-Message-Id");
	answer->error_type = header_of(transfer->easy, "X-Amzn-ErrorType");
	if (!answer->transport_ok) {
		answer->transport_error = transfer->problem[0] != '\0'
					      ? transfer->problem
					      : curl_easy_strerror(code);
		if (is_smtp(transfer) && code == CURLE_ABORTED_BY_CALLBACK)
			answer->transport_error = "no answer in time";
		if (is_smtp(transfer))
			transfer_smtp_part(transfer);
		answer->peer_refused =
		    transfer_is_refusal(code) && !answer->body_sent;
	}
	if (!is_smtp(transfer))
		curl_easy_getinfo(
		    transfer->easy, CURLINFO_RETRY_AFTER, &retry_after_s);
	if (retry_after_s > RETRY_AFTER_MAX_S)
		retry_after_s = RETRY_AFTER_MAX_S;
	answer->retry_after_s = retry_after_s > 0 ? retry_after_s : 0;
}

void
transfer_free(struct transfer *transfer)
{
	if (transfer == NULL)
		return;
	exchange_return(transfer->exchange, transfer->easy);
	curl_slist_free_all(transfer->headers);
	curl_slist_free_all(transfer->rcpt);
	buffer_free(&transfer->text);
	free(transfer);
}
