/*
 * NAME
 *	wire - what may go on a wire, and how it is written there
 *
 * libcurl 7.88 passes line breaks in addresses on as they are, so every
 * driver asks here before it writes one: a refused address never reaches a
 * request. Escaping is that of RFC 3986, which servers of forms read as well.
 */
#ifndef POST_WIRE_H
#define POST_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "post/post.h"

/* "+", a digit that is not 0, and 6 to 14 more: nothing else. */
bool wire_phone_ok(const char *text);

/* One @ with something on both sides; printable ASCII or UTF-8 without
 * space, control character, angle bracket, quote, comma or the like; at most
 * 254 bytes. */
bool wire_email_ok(const char *text);

/* The address of "Riverside <care@clinic.example>" or of a bare one. False
 * when it has none that is wire_email_ok(). */
bool wire_email_bare(const char *text, char out[EMAIL_SIZE]);

/* A message's key: 1 to 64 letters and digits, safe as a file's name. */
bool wire_key_ok(const char *key);

/* No control character, so fit for a header or a setting. */
bool wire_plain(const char *text);

/* Percent-encode everything but letters, digits and "-._~". */
void wire_escape(struct buffer *out, const void *bytes, size_t len);

/* "name=value", after a "&" where out is a form that has begun; nothing when
 * the value is NULL. */
void wire_form(struct buffer *out, const char *name, const char *value);

/* Is this http://, https://, smtp:// or smtps:// with a host, and nothing
 * that does not belong into a URL? schemes is such as "http https". */
bool wire_url_ok(const char *url, const char *schemes);

/* Does what goes there stay on this machine? */
bool wire_url_loopback(const char *url);

/* A copy with the slashes at its end cut, for paths to be added. */
char *wire_url_base(const char *url);

/* Fill an outcome's class, code and reason; other members stay. */
void wire_outcome(struct post_outcome *outcome, enum post_class class,
    const char *code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Copy into a member of fixed size. False when it does not fit, holds a control
 * character or is no UTF-8; out is then "". */
bool wire_copy(char *out, size_t size, const char *text);

struct post_answer;

/* An answer that never came whole: NOT_SENT, CONFIG or AMBIGUOUS. */
void wire_outcome_lost(
    struct post_outcome *outcome, const struct post_answer *answer);

/* The same of a listing: OK where a whole answer of status 200 came. */
enum status wire_listing_status(
    const struct post_answer *answer, struct why *why);

#endif
