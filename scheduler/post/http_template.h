/*
 * NAME
 *	http_template - a body or URL with places for a message
 *
 * {{to}}, {{to_no_plus}}, {{from}}, {{text}}, {{id}} and {{secret}} stand for
 * what a message and its gateway say, escaped as the place needs: nothing that
 * a text holds can end the string, field or element in which it stands.
 */
#ifndef POST_HTTP_TEMPLATE_H
#define POST_HTTP_TEMPLATE_H

#include "base/buffer.h"
#include "post/post.h"

enum http_escape {
	HTTP_JSON, /* inside a string's quotes */
	HTTP_FORM, /* percent-encoded: form and URL */
	HTTP_XML,  /* text or a quoted attribute */
	HTTP_PLAIN, /* a header: what has a control character is refused */
	HTTP_ESCAPE__MAX
};

struct http_values {
	const char *to;
	const char *from;
	const char *text;
	const char *id;
	const char *secret;
};

/* Add the template, filled. CONFIG for a name that there is not, or one that
 * has no value; USAGE for a value that can't stand there. */
enum status http_fill(const char *template, const struct http_values *values,
    enum http_escape escape, struct buffer *out, struct why *why);

#endif
