/*
 * NAME
 *	http - any web API that takes a text, as described in the configuration
 *
 * What the other drivers know about their provider stands in settings here:
 * how a request looks (http_template.h), what an answer of success is, and
 * where in it the id and the code of an error stand. What the settings don't
 * say is taken as in every other driver: 429 is "later", 5xx nobody knows.
 */
#ifndef POST_HTTP_H
#define POST_HTTP_H

#include "base/json.h"
#include "post/driver.h"

/* What a JSON pointer (RFC 6901) names, or NULL. */
const json_t *http_pointer(const json_t *root, const char *pointer);

void http_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome);

#endif
