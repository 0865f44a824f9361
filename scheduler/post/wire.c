#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "post/driver.h"
#include "post/wire.h"

#define EMAIL_MAX 254 /* RFC 5321, section 4.5.3.1.3, less the brackets */
#define KEY_MAX 64

static bool
is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* RFC 3986, section 2.3: never needs an escape. */
static bool
is_unreserved(char c)
{
	return is_letter(c) || is_digit(c) || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

bool
wire_phone_ok(const char *text)
{
	size_t len;

	if (text == NULL || text[0] != '+' || text[1] == '0')
		return false;
	len = strspn(text + 1, "0123456789");
	return text[1 + len] == '\0' && len >= 7 && len <= 15;
}

bool
wire_email_ok(const char *text)
{
	const char *at, *p;

	if (text == NULL || strlen(text) > EMAIL_MAX)
		return false;
	at = strchr(text, '@');
	if (at == NULL || at == text || at[1] == '\0' || strchr(at + 1, '@'))
		return false;
	for (p = text; *p != '\0'; p++)
		if (is_control(*p) || strchr(" <>()[]\\,;:\"", *p) != NULL)
			return false;
	return true;
}

bool
wire_email_bare(const char *text, char out[EMAIL_SIZE])
{
	char bare[EMAIL_SIZE];
	const char *open, *close;
	size_t len;

	if (text == NULL || !wire_plain(text))
		return false;
	open = strrchr(text, '<');
	close = open == NULL ? NULL : strchr(open, '>');
	if (open != NULL && (close == NULL || close[1] != '\0'))
		return false;
	if (open == NULL) {
		open = text;
		len = strlen(text);
	} else {
		open++;
		len = (size_t)(close - open);
	}
	if (len >= sizeof(bare))
		return false;
	memcpy(bare, open, len);
	bare[len] = '\0';
	if (!wire_email_ok(bare))
		return false;
	memcpy(out, bare, len + 1);
	return true;
}

bool
wire_key_ok(const char *key)
{
	size_t len;

	if (key == NULL)
		return false;
	for (len = 0; key[len] != '\0'; len++)
		if (len >= KEY_MAX ||
		    (!is_letter(key[len]) && !is_digit(key[len])))
			return false;
	return len > 0;
}

bool
wire_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if (is_control(*text))
			return false;
	return true;
}

void
wire_escape(struct buffer *out, const void *bytes, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	const unsigned char *p = bytes, *end = p + len;
	char some[192];
	size_t n = 0;

	for (; p < end; p++) {
		if (n > sizeof(some) - 3) {
			buffer_add(out, some, n);
			n = 0;
		}
		if (is_unreserved((char)*p)) {
			some[n++] = (char)*p;
			continue;
		}
		some[n++] = '%';
		some[n++] = digits[*p >> 4];
		some[n++] = digits[*p & 15];
	}
	buffer_add(out, some, n);
}

void
wire_form(struct buffer *out, const char *name, const char *value)
{
	char last;

	if (value == NULL)
		return;
	last = out->len == 0 ? '\0' : out->data[out->len - 1];
	if (last != '\0' && last != '?' && last != '&')
		buffer_putc(out, '&');
	wire_escape(out, name, strlen(name));
	buffer_putc(out, '=');
	wire_escape(out, value, strlen(value));
}

/* Where the host begins, or NULL when it is no "scheme://". */
static const char *
url_host(const char *url)
{
	const char *slashes = strstr(url, "://");

	return slashes == NULL ? NULL : slashes + 3;
}

bool
wire_url_ok(const char *url, const char *schemes)
{
	const char *host = url_host(url), *p;
	size_t scheme_len;

	if (host == NULL || *host == '\0' || strchr("/?#", *host) != NULL)
		return false;
	/* A password in the URL would end in logs and error messages. */
	if (memchr(host, '@', strcspn(host, "/?#")) != NULL)
		return false;
	for (p = url; *p != '\0'; p++)
		if (is_control(*p) || strchr(" <>\"\\^`{|}", *p) != NULL)
			return false;
	scheme_len = (size_t)(host - 3 - url);
	for (p = schemes; *p != '\0'; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (len == scheme_len && strncasecmp(p, url, len) == 0)
			return true;
		p += len;
	}
	return false;
}

bool
wire_url_loopback(const char *url)
{
	static const char *const here[] = { "localhost", "127.0.0.1", "[::1]" };
	const char *host = url_host(url);
	size_t i, len;

	if (host == NULL)
		return false;
	for (i = 0; i < sizeof(here) / sizeof(here[0]); i++) {
		len = strlen(here[i]);
		if (strncasecmp(host, here[i], len) == 0 &&
		    strchr(":/?#", host[len]) != NULL)
			return true;
	}
	/* All of 127.0.0.0/8, but not a name that begins so. */
	len = strspn(host, "0123456789.");
	return strncmp(host, "127.", 4) == 0 && strchr(":/?#", host[len]);
}

char *
wire_url_base(const char *url)
{
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/')
		len--;
	return xstrndup(url, len);
}

/* Words of a provider or a library may come along, and may have been cut in
 * the middle of a letter: one line of UTF-8 it is. */
static void
make_plain(char *text)
{
	bool valid = utf8_valid(text, strlen(text));

	for (; *text != '\0'; text++)
		if (is_control(*text))
			*text = ' ';
		else if (!valid && (unsigned char)*text >= 0x80)
			*text = '?';
}

void
wire_outcome(struct post_outcome *outcome, enum post_class class,
    const char *code, const char *fmt, ...)
{
	va_list args;

	outcome->class = class;
	snprintf(outcome->code, sizeof(outcome->code), "%s",
	    code == NULL ? "" : code);
	va_start(args, fmt);
	vsnprintf(outcome->reason, sizeof(outcome->reason), fmt, args);
	va_end(args);
	make_plain(outcome->code);
	make_plain(outcome->reason);
}

bool
wire_copy(char *out, size_t size, const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text);

	out[0] = '\0';
	if (text == NULL || len >= size || !wire_plain(text) ||
	    !utf8_valid(text, len))
		return false;
	memcpy(out, text, len + 1);
	return true;
}

void
wire_outcome_lost(
    struct post_outcome *outcome, const struct post_answer *answer)
{
	const char *words = answer->transport_error == NULL
				? "no answer"
				: answer->transport_error;

	if (answer->body_sent)
		wire_outcome(outcome, POST_AMBIGUOUS, NULL,
		    "no whole answer after it was sent: %s", words);
	else if (answer->peer_refused)
		wire_outcome(outcome, POST_CONFIG, NULL, "%s", words);
	else
		wire_outcome(outcome, POST_NOT_SENT, NULL, "%s", words);
}

enum status
wire_listing_status(const struct post_answer *answer, struct why *why)
{
	if (answer->peer_refused)
		return why_set(
		    why, STATUS_CONFIG, "%s", answer->transport_error);
	if (!answer->transport_ok)
		return why_set(why, STATUS_UNAVAILABLE, "%s",
		    answer->transport_error == NULL ? "no answer"
						    : answer->transport_error);
	if (answer->code == 401 || answer->code == 403 || answer->code == 404)
		return why_set(why, STATUS_CONFIG,
		    "the provider answers %ld: are account and secret right?",
		    answer->code);
	if (answer->code != 200)
		return why_set(why, STATUS_UNAVAILABLE,
		    "the provider answers %ld", answer->code);
	return STATUS_OK;
}
