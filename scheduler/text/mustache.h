/*
 * NAME
 *	mustache - logic-less templates that refuse rather than guess
 *
 * The whole of the Mustache core: interpolation, sections, inverted sections,
 * comments, partials and changed delimiters, standalone lines and indented
 * partials as the specification has them. In strict use an unknown name is an
 * error with its line, found when the template is checked, not when it is
 * sent. Values are never expanded again.
 */
#ifndef TEXT_MUSTACHE_H
#define TEXT_MUSTACHE_H

#include "base/buffer.h"
#include "base/json.h"
#include "base/status.h"

enum escape {
	ESCAPE_NONE,	 /* SMS */
	ESCAPE_MARKDOWN, /* the Markdown of an email */
	ESCAPE_HTML,	 /* pages */
	ESCAPE__MAX
};

struct mustache; /* a parsed template */

/* CONFIG with "name:line: ..." when it can't be parsed. */
enum status mustache_parse(const char *name, const char *text,
    struct mustache **template, struct why *why);
void mustache_free(struct mustache *template);

/* A partial's parsed template, or NULL when there is none. Lent. */
typedef const struct mustache *mustache_partial(void *closure,
    const char *name);

struct mustache_options {
	enum escape escape;
	bool strict; /* an unknown name or partial is CONFIG with its line */
	mustache_partial *partial; /* NULL: there are none */
	void *closure;
};

/* Add the rendering to out. values is an object (jansson); lent. */
enum status mustache_render(const struct mustache *template,
    const struct mustache_options *options, json_t *values,
    struct buffer *out, struct why *why);

#endif
