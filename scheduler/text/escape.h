/*
 * NAME
 *	escape - what keeps a value a value where it lands
 *
 * A patient called "<b>" or "# 1" must not change the page or the mail that
 * the name stands in.
 */
#ifndef TEXT_ESCAPE_H
#define TEXT_ESCAPE_H

#include "base/buffer.h"

enum escape {
	ESCAPE_NONE, /* SMS */
	ESCAPE_MARKDOWN, /* the Markdown of an email; breaks become spaces */
	ESCAPE_HTML, /* pages, text and attributes alike */
	ESCAPE__MAX
};

/* Add a value to out, harmless in the form that is made. */
void escape_add(struct buffer *out, enum escape escape, const char *text);

#endif
