/*
 * NAME
 *	mustache_node - a parsed template, for the files of mustache alone
 *
 * Nodes stand in the order of the template. A section's node is followed by
 * what is in it and knows where that ends, so there is no tree to free.
 */
#ifndef TEXT_MUSTACHE_NODE_H
#define TEXT_MUSTACHE_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/mustache.h"

enum node_kind {
	NODE_TEXT, /* text as it is */
	NODE_INDENT, /* where the indentation of a partial's line goes */
	NODE_VALUE, /* {{name}} */
	NODE_SECTION, /* {{#name}} */
	NODE_INVERTED, /* {{^name}} */
	NODE_PARTIAL, /* {{>name}} */
	NODE__MAX
};

struct node {
	enum node_kind kind;
	int line; /* of the template, from 1 */
	bool raw; /* a value that is not escaped */
	const char *text; /* of a text; a partial's indentation. In source */
	size_t len; /* bytes of text */
	char *name; /* owned; NULL for text and indent */
	size_t end; /* of a section: the first node after it */
};

struct mustache {
	char *name; /* of the template, for messages */
	char *source; /* what it was parsed from */
	struct node *nodes;
	size_t count;
	size_t room; /* nodes allocated */
};

#define MUSTACHE_DEPTH 64 /* sections and partials within each other */

#endif
