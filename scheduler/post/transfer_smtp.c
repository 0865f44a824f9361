#include <string.h>
#include <sys/socket.h>

#include "post/easy.h"
#include "post/transfer_smtp.h"

#define ASKED_EACH_S 1.5 /* whether to go on with a mail, at the latest */
#define AFTER_MUTE_S 5.0 /* for the next mail, where one was not answered */

/* For SMTP the lines of the server come here; the last is the one. */
static size_t
take_reply(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *transfer = arg;

	buffer_clear(&transfer->text);
	buffer_add(&transfer->text, bytes, size * count);
	if (transfer->body_at == transfer->request->body.len)
		transfer->exchange->mute = false;
	return size * count;
}

static size_t
give_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct transfer *transfer = arg;
	const struct buffer *body = &transfer->request->body;
	size_t len = body->len - transfer->body_at;

	if (len > size * count)
		len = size * count;
	if (len > 0)
		memcpy(bytes, body->data + transfer->body_at, len);
	transfer->body_at += len;
	return len;
}

/* libcurl does not say which SMTP command was refused, but it shows them. */
static int
note_step(CURL *easy, curl_infotype type, char *bytes, size_t len, void *arg)
{
	struct transfer *transfer = arg;
	size_t verb = 0;

	(void)easy;
	if (type != CURLINFO_TEXT)
		transfer->idle_s = 0;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	while (verb < len && verb < sizeof(transfer->step) - 1 &&
	       bytes[verb] >= 'A' && bytes[verb] <= 'Z')
		verb++;
	/* What follows AUTH is the secret itself, in lines of its own. */
	if (verb != 4)
		return 0;
	transfer->quitting = memcmp(bytes, "QUIT", 4) == 0;
	if (!transfer->quitting)
		memcpy(transfer->step, bytes, verb);
	transfer->step[verb] = '\0';
	return 0;
}

/*
 * Within curl_multi_perform() libcurl waits for a mail's last word, and then
 * two minutes for the answer to QUIT, and all other mails of the gateway wait
 * with it, though their own answers may have come. So their time is measured
 * here, where it asks once a second whether to go on: that in which it looked
 * at others does not count. One after the other would be long with a server
 * that answers none: after the first the others are not waited for so long.
 */
static int
go_on(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all,
    curl_off_t up)
{
	struct transfer *transfer = arg;
	bool *mute = &transfer->exchange->mute;
	double most_s = *mute && transfer->idle_most_s > AFTER_MUTE_S
			    ? AFTER_MUTE_S
			    : transfer->idle_most_s;
	double now_s = post_now_s();
	double since_s = now_s - transfer->asked_s;

	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	transfer->idle_s += since_s < ASKED_EACH_S ? since_s : ASKED_EACH_S;
	transfer->asked_s = now_s;
	if (transfer->quitting)
		return 1;
	if (transfer->idle_s <= most_s)
		return 0;
	*mute = true;
	return 1;
}

/* See go_on(): libcurl's own patience is that for all who may be ahead. */
static void
set_patience(struct transfer *transfer, const struct gateway *gateway)
{
	CURL *easy = transfer->easy;
	long long_s = (long)gateway->timeout_s * (gateway->in_flight + 1L);

	easy_set(easy, CURLOPT_TIMEOUT, long_s);
	easy_set(easy, CURLOPT_CONNECTTIMEOUT, long_s);
	easy_set(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, long_s);
	transfer->idle_most_s = (double)gateway->timeout_s;
	transfer->asked_s = post_now_s();
}

void
transfer_smtp_set(struct transfer *transfer, const struct gateway *gateway)
{
	const struct post_request *request = transfer->request;
	CURL *easy = transfer->easy;

	transfer->rcpt = easy_list(NULL, request->rcpt);
	easy_set(easy, CURLOPT_MAIL_FROM, request->mail_from);
	easy_set(easy, CURLOPT_MAIL_RCPT, transfer->rcpt);
	easy_set(easy, CURLOPT_UPLOAD, 1L);
	easy_set(easy, CURLOPT_READFUNCTION, give_body);
	easy_set(easy, CURLOPT_READDATA, transfer);
	easy_set(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body.len);
	easy_set(easy, CURLOPT_USE_SSL,
	    request->tls_required ? (long)CURLUSESSL_ALL
				  : (long)CURLUSESSL_NONE);
	easy_set(easy, CURLOPT_HEADERFUNCTION, take_reply);
	easy_set(easy, CURLOPT_HEADERDATA, transfer);
	easy_set(easy, CURLOPT_DEBUGFUNCTION, note_step);
	easy_set(easy, CURLOPT_DEBUGDATA, transfer);
	easy_set(easy, CURLOPT_VERBOSE, 1L);
	easy_set(easy, CURLOPT_XFERINFOFUNCTION, go_on);
	easy_set(easy, CURLOPT_XFERINFODATA, transfer);
	easy_set(easy, CURLOPT_NOPROGRESS, 0L);
	set_patience(transfer, gateway);
	exchange_farewell(transfer->exchange, easy);
}

bool
transfer_smtp_reply(CURLcode code, long reply)
{
	return reply >= 400 && reply <= 599 &&
	       (code == CURLE_WEIRD_SERVER_REPLY ||
		   code == CURLE_REMOTE_ACCESS_DENIED ||
		   code == CURLE_SEND_ERROR || code == CURLE_LOGIN_DENIED ||
		   code == CURLE_USE_SSL_FAILED);
}

void
transfer_smtp_part(const struct transfer *transfer)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (curl_easy_getinfo(transfer->easy, CURLINFO_ACTIVESOCKET, &fd) ==
		CURLE_OK &&
	    fd != CURL_SOCKET_BAD)
		shutdown(fd, SHUT_RDWR);
}
