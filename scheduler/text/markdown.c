#include "text/markdown.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "text/escape.h"
#include "text/markdown_tree.h"

/* Sizes in rem so that a reader's own size holds; nothing is fetched. */
static const char style[] =
    ":root { color-scheme: light dark; }\n"
    "body { margin: 0; background: #f6f6f3; color: #1c1c1a;\n"
    "  font: 1.0625rem/1.55 system-ui, -apple-system, \"Segoe UI\", Roboto,\n"
    "  Helvetica, Arial, sans-serif; }\n"
    "main { box-sizing: border-box; max-width: 36rem; margin: 0 auto;\n"
    "  padding: 1.25rem; background: #ffffff; overflow-wrap: anywhere; }\n"
    "h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; }\n"
    "h3, h4, h5, h6 { font-size: 1.0625rem; }\n"
    "h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.5em 0 0.5em; }\n"
    "p, ul, ol, blockquote { margin: 0 0 1em; }\n"
    "ul, ol { padding-left: 1.5rem; } li { margin: 0.25em 0; }\n"
    "blockquote { padding-left: 1rem; border-left: 0.25rem solid #8a8a80; }\n"
    "a { color: #0b5cad; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  body { background: #161614; color: #ecece6; }\n"
    "  main { background: #1f1f1c; }\n"
    "  a { color: #8ec1ff; }\n"
    "}\n";

bool
markdown_link_ok(const char *url)
{
	static const char *const schemes[] = {
		"https:", "http:", "mailto:", "tel:", "sms:"
	};

	if (url == NULL)
		return false;
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

/* A picture's description takes its place. */
static void
unwrap(cmark_node *picture)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(picture)) != NULL)
		cmark_node_insert_before(picture, child);
}

cmark_node *
markdown_tree(const char *markdown)
{
	cmark_node *root, *node;
	cmark_event_type event;
	cmark_node_type type;
	cmark_iter *walk;

	root = cmark_parse_document(
	    markdown, strlen(markdown), CMARK_OPT_VALIDATE_UTF8);
	walk = cmark_iter_new(root);
	while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(walk);
		type = cmark_node_get_type(node);
		if (type == CMARK_NODE_LINK && event == CMARK_EVENT_ENTER &&
		    !markdown_link_ok(cmark_node_get_url(node)))
			cmark_node_set_url(node, "");
		/* Pictures at their exit, when the walk is done with what is
		 * in them; raw HTML has nothing in it. */
		if (type == CMARK_NODE_IMAGE && event == CMARK_EVENT_EXIT)
			unwrap(node);
		else if (type != CMARK_NODE_HTML_BLOCK &&
			 type != CMARK_NODE_HTML_INLINE)
			continue;
		cmark_node_unlink(node);
		cmark_node_free(node);
	}
	cmark_iter_free(walk);
	return root;
}

char *
markdown_html(const char *markdown, const char *title, const char *lang)
{
	struct buffer out = { 0 };
	cmark_node *root = markdown_tree(markdown);
	char *body = cmark_render_html(root, CMARK_OPT_SAFE);

	buffer_puts(&out, "<!DOCTYPE html>\n<html lang=\"");
	escape_add(&out, ESCAPE_HTML, lang);
	buffer_puts(&out,
	    "\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	escape_add(&out, ESCAPE_HTML, title);
	buffer_printf(&out,
	    "</title>\n<style>\n%s</style>\n</head>\n"
	    "<body>\n<main>\n",
	    style);
	buffer_puts(&out, body);
	buffer_puts(&out, "</main>\n</body>\n</html>\n");
	free(body);
	cmark_node_free(root);
	return buffer_take(&out);
}
