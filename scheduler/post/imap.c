#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/easy.h"
#include "post/engine.h"
#include "post/imap.h"

#define CONNECT_MAX_S 20
#define BLOCK_SIZE ((size_t)16 * 1024)

struct imap {
	CURL *easy;
	curl_socket_t fd;
	int64_t timeout_s;
	int commands; /* said so far: the tag of the last is its number */
	struct buffer heard; /* bytes that came and are not taken yet */
	char problem[CURL_ERROR_SIZE];
};

static void
set_up(struct imap *imap, const struct imap_account *account)
{
	CURL *easy = imap->easy;
	long timeout_s = (long)account->timeout_s;
	struct exchange alone = { 0 };

	easy_set(easy, CURLOPT_URL, account->url);
	easy_set(easy, CURLOPT_PROTOCOLS_STR, "imap,imaps");
	easy_set(easy, CURLOPT_CONNECT_ONLY, 1L);
	easy_set(easy, CURLOPT_ERRORBUFFER, imap->problem);
	easy_set(easy, CURLOPT_NOSIGNAL, 1L);
	easy_set(easy, CURLOPT_TIMEOUT, timeout_s);
	easy_set(easy, CURLOPT_CONNECTTIMEOUT,
	    timeout_s < CONNECT_MAX_S ? timeout_s : CONNECT_MAX_S);
	easy_set(easy, CURLOPT_USE_SSL,
	    account->tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
	easy_set(easy, CURLOPT_USERNAME, account->user);
	if (account->token != NULL)
		easy_set(easy, CURLOPT_XOAUTH2_BEARER, account->token);
	else
		easy_set(easy, CURLOPT_PASSWORD, account->password);
	exchange_authorities(&alone, easy, account->ca_file);
}

enum status
imap_open(
    const struct imap_account *account, struct imap **imap, struct why *why)
{
	struct imap *fresh = xcalloc(1, sizeof *fresh);
	struct sigaction before;
	CURLcode code;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (fresh->easy = curl_easy_init()) == NULL)
		panic("libcurl does not start");
	fresh->timeout_s = account->timeout_s;
	fresh->heard.cap = IMAP_ANSWER_MAX + BLOCK_SIZE;
	set_up(fresh, account);
	engine_hold_sigpipe(&before);
	code = curl_easy_perform(fresh->easy);
	engine_release_sigpipe(&before);
	if (code == CURLE_OK)
		code = curl_easy_getinfo(
		    fresh->easy, CURLINFO_ACTIVESOCKET, &fresh->fd);
	if (code == CURLE_OK && fresh->fd == CURL_SOCKET_BAD)
		code = CURLE_GOT_NOTHING;
	if (code == CURLE_OK) {
		*imap = fresh;
		return STATUS_OK;
	}
	why_set(why, STATUS_UNAVAILABLE, "%s",
	    fresh->problem[0] != '\0' ? fresh->problem
				      : curl_easy_strerror(code));
	imap_close(fresh);
	return transfer_is_refusal(code) ? STATUS_CONFIG : STATUS_UNAVAILABLE;
}

/* The folder was closed by whoever opened it: a goodbye would say no more, and
 * a server that does not answer it would hold up the tick. */
void
imap_close(struct imap *imap)
{
	struct sigaction before;

	if (imap == NULL)
		return;
	engine_hold_sigpipe(&before);
	curl_easy_cleanup(imap->easy);
	curl_global_cleanup();
	engine_release_sigpipe(&before);
	buffer_free(&imap->heard);
	free(imap);
}

/* Until the socket is ready, or that monotonic second. */
static enum status
wait_until(struct imap *imap, short events, double until_s, struct why *why)
{
	struct pollfd one = { .fd = imap->fd, .events = events };
	double left_s = until_s - post_now_s();

	if (left_s > 0 && poll(&one, 1, (int)(left_s * 1000) + 1) != 0)
		return STATUS_OK;
	return why_set(why, STATUS_UNAVAILABLE,
	    "the mail server did not answer for %lld seconds",
	    (long long)imap->timeout_s);
}

static enum status
lost(const struct imap *imap, CURLcode code, struct why *why)
{
	return why_set(why, STATUS_UNAVAILABLE, "the connection was lost: %s",
	    imap->problem[0] != '\0' ? imap->problem
				     : curl_easy_strerror(code));
}

static enum status
send_all(struct imap *imap, const struct buffer *bytes, double until_s,
    struct why *why)
{
	size_t sent = 0, n;
	enum status status = STATUS_OK;
	CURLcode code;

	while (sent < bytes->len && status == STATUS_OK) {
		n = 0;
		code = curl_easy_send(
		    imap->easy, bytes->data + sent, bytes->len - sent, &n);
		if (code == CURLE_AGAIN)
			status = wait_until(imap, POLLOUT, until_s, why);
		else if (code != CURLE_OK)
			status = lost(imap, code, why);
		sent += n;
	}
	return status;
}

static enum status
receive_some(struct imap *imap, double until_s, struct why *why)
{
	char block[BLOCK_SIZE];
	size_t n = 0;
	CURLcode code;
	enum status status = STATUS_OK;

	while ((code = curl_easy_recv(imap->easy, block, sizeof block, &n)) ==
		   CURLE_AGAIN &&
	       status == STATUS_OK)
		status = wait_until(imap, POLLIN, until_s, why);
	if (status != STATUS_OK)
		return status;
	if (code != CURLE_OK)
		return lost(imap, code, why);
	if (n == 0)
		return lost(imap, CURLE_GOT_NOTHING, why);
	buffer_add(&imap->heard, block, n);
	return STATUS_OK;
}

/* The first of the bytes that came were seen to. */
static void
forget(struct imap *imap, size_t len)
{
	memmove(
	    imap->heard.data, imap->heard.data + len, imap->heard.len - len);
	imap->heard.len -= len;
}

/* What a server says after the tag: "OK ...", or why not, cut and plain. */
static enum status
judge(const struct imap_answer *answer, size_t tag_len, struct why *why)
{
	const char *text = answer->text + tag_len;
	size_t len = answer->len - tag_len, i;
	char words[120];

	if (len >= 2 && strncasecmp(text, "OK", 2) == 0)
		return STATUS_OK;
	for (i = 0; i < len && i < sizeof words - 1; i++)
		words[i] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
	words[i] = '\0';
	return why_set(why, STATUS_NONE, "the mail server says: %s", words);
}

/* Hear answers until the one with our tag. */
static enum status
hear(struct imap *imap, imap_heard *heard, void *arg, const char *tag,
    struct why *why)
{
	double until_s = post_now_s() + (double)imap->timeout_s;
	struct imap_answer answer;
	enum status status;
	bool ours;

	for (;;) {
		switch (imap_answer_read(buffer_text(&imap->heard),
		    imap->heard.len, IMAP_ANSWER_MAX, &answer)) {
		case IMAP_NONSENSE:
			return why_set(why, STATUS_UNAVAILABLE,
			    "the mail server's answer has no end");
		case IMAP_MORE:
			status = receive_some(imap, until_s, why);
			if (status != STATUS_OK)
				return status;
			continue;
		case IMAP_WHOLE:
			break;
		}
		ours = imap_answer_begins(&answer, tag);
		status = ours ? judge(&answer, strlen(tag), why) : STATUS_OK;
		if (!ours && heard != NULL)
			heard(arg, &answer);
		forget(imap, answer.size);
		if (ours)
			return status;
	}
}

enum status
imap_say(struct imap *imap, imap_heard *heard, void *arg, struct why *why,
    const char *fmt, ...)
{
	struct buffer command = { 0 };
	struct sigaction before;
	enum status status;
	char tag[16];
	char *text;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		panic("out of memory");
	va_end(ap);
	snprintf(tag, sizeof tag, "k%d ", ++imap->commands);
	buffer_printf(&command, "%s%s\r\n", tag, text);
	free(text);
	engine_hold_sigpipe(&before);
	status = send_all(
	    imap, &command, post_now_s() + (double)imap->timeout_s, why);
	if (status == STATUS_OK)
		status = hear(imap, heard, arg, tag, why);
	engine_release_sigpipe(&before);
	buffer_free(&command);
	return status;
}

void
imap_quote(struct buffer *out, const char *text)
{
	buffer_putc(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buffer_putc(out, '\\');
		buffer_putc(out, *text);
	}
	buffer_putc(out, '"');
}
