/*
 * NAME
 *	markdown_tree - a parsed text, for the files of markdown alone
 */
#ifndef TEXT_MARKDOWN_TREE_H
#define TEXT_MARKDOWN_TREE_H

#include <cmark.h>
#include <stdbool.h>

/* The document without raw HTML and pictures; cmark_node_free() it. */
cmark_node *markdown_tree(const char *markdown);

/* A link's target that may be followed from a mail. */
bool markdown_link_ok(const char *url);

#endif
