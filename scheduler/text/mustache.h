/*
 * NAME
 *	mustache - logic-less templates that refuse rather than guess
 *
 * The whole of the Mustache core: interpolation, sections, inverted sections,
 * comments, partials and changed delimiters, standalone lines and indented
 * partials as the specification has them. In strict use an unknown name is an
 * error with its line, found when the template is checked, not when it is
 * sent. Values are never expanded again.
 *
 * A section is left out for false, null, an empty list and an empty text. The
 * number 0 is a value like any other: no pain is an answer.
 */
#ifndef TEXT_MUSTACHE_H
#define TEXT_MUSTACHE_H

#include "base/buffer.h"
#include "base/json.h"
#include "base/status.h"
#include "text/escape.h"

struct mustache; /* a parsed template */

/* CONFIG with "name:line: ..." when it can't be parsed; *template is left as
 * it was then. */
enum status mustache_parse(const char *name, const char *text,
    struct mustache **template, struct why *why);
void mustache_free(struct mustache *template); /* takes NULL */

/* The name it was parsed under. Lent. */
const char *mustache_name(const struct mustache *template);

/*
 * Each name and each partial that the template mentions, in its order, in
 * sections or not, for whoever checks it without values. The implicit "." is
 * no name. name is lent for the call.
 */
typedef void mustache_seen(
    void *closure, const char *name, int line, bool partial);
void mustache_names(
    const struct mustache *template, mustache_seen *seen, void *closure);

/* Do these words stand in its text, in one line, in a section or not? */
bool mustache_says(const struct mustache *template, const char *words);

/* A partial's parsed template, or NULL when there is none. Lent. */
typedef const struct mustache *mustache_partial(
    void *closure, const char *name);

struct mustache_options {
	enum escape escape; /* of values that are not triple or & */
	bool strict; /* an unknown name or partial is CONFIG with its line, and
			so is a null, a list or an object where text belongs */
	mustache_partial *partial; /* NULL: there are none */
	void *closure;
};

/*
 * Add the rendering to out. values is an object (jansson); lent. CONFIG with
 * "name:line: ..." for what strict refuses, for partials that nest too deep
 * and for more than out can hold; what was added by then stays in out.
 */
enum status mustache_render(const struct mustache *template,
    const struct mustache_options *options, json_t *values, struct buffer *out,
    struct why *why);

#endif
