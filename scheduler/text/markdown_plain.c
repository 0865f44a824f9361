/*
 * The plain text twin of a mail. A walk over cmark's tree, without recursion:
 * inline text gathers in a run, which is wrapped and written where its block
 * ends.
 */
#include "text/markdown.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "text/markdown_tree.h"

#define COLUMNS 72
#define MARKER_SIZE 16

struct plain {
	struct buffer out;
	struct buffer run; /* the text of the block at hand */
	struct buffer first; /* what the next line begins with */
	struct buffer others; /* what the lines after it begin with */
};

static size_t
columns(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	size_t n = 0;

	while (p < end) {
		utf8_next(&p, end);
		n++;
	}
	return n;
}

static void
same_again(struct plain *plain)
{
	buffer_clear(&plain->first);
	buffer_add(&plain->first, plain->others.data, plain->others.len);
}

static void
write_line(struct plain *plain, const char *text, size_t len)
{
	size_t at = plain->out.len;

	buffer_add(&plain->out, plain->first.data, plain->first.len);
	buffer_add(&plain->out, text, len);
	while (
	    plain->out.len > at && plain->out.data[plain->out.len - 1] == ' ')
		plain->out.len--;
	buffer_putc(&plain->out, '\n');
	same_again(plain);
}

/* As many words as fit; one that is longer than a line stands alone, since a
 * broken address is no use. Gives what is left. */
static const char *
write_wrapped(struct plain *plain, const char *text)
{
	size_t room = COLUMNS, len = 0, end;
	size_t taken = columns(buffer_text(&plain->first), plain->first.len);

	room = taken < room ? room - taken : 0;
	while (text[len] != '\0' && text[len] != '\n') {
		end = len + strspn(text + len, " ");
		end += strcspn(text + end, " \n");
		if (len > 0 && columns(text, end) > room)
			break;
		len = end;
	}
	write_line(plain, text, len);
	text += len;
	return text + strspn(text, " ");
}

static void
write_run(struct plain *plain)
{
	const char *text = buffer_text(&plain->run);

	text += strspn(text, " ");
	while (*text != '\0') {
		text = write_wrapped(plain, text);
		if (*text == '\n')
			text += 1 + strspn(text + 1, " ");
	}
	buffer_clear(&plain->run);
}

/*
 * An empty line stands between blocks, but not within a tight list: what
 * counts is the outermost block that begins here.
 */
static void
separate(struct plain *plain, cmark_node *node)
{
	cmark_node *parent;

	if (plain->out.len == 0)
		return;
	while (cmark_node_previous(node) == NULL &&
	       (parent = cmark_node_parent(node)) != NULL)
		node = parent;
	parent = cmark_node_parent(node);
	if (parent != NULL && cmark_node_get_type(parent) == CMARK_NODE_ITEM)
		parent = cmark_node_parent(parent);
	if (parent != NULL && cmark_node_get_type(parent) == CMARK_NODE_LIST &&
	    cmark_node_get_list_tight(parent))
		return;
	buffer_putc(&plain->out, '\n');
}

/* "- " or "12. " */
static size_t
item_marker(cmark_node *item, char marker[MARKER_SIZE])
{
	cmark_node *list = cmark_node_parent(item);
	int number = cmark_node_get_list_start(list);

	if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST)
		return (size_t)snprintf(marker, MARKER_SIZE, "- ");
	while ((item = cmark_node_previous(item)) != NULL)
		number++;
	return (size_t)snprintf(marker, MARKER_SIZE, "%d. ", number);
}

static void
indent(struct plain *plain, const char *marker, size_t width)
{
	buffer_puts(&plain->first, marker);
	buffer_printf(&plain->others, "%*s", (int)width, "");
}

static void
outdent(struct plain *plain, size_t width)
{
	plain->others.len -= width;
	// NOLINTNEXTLINE(clang-analyzer-core.*): indent() put it there
	plain->others.data[plain->others.len] = '\0';
	same_again(plain);
}

static void
write_code(struct plain *plain, const char *text)
{
	size_t len;

	while (*text != '\0') {
		len = strcspn(text, "\n");
		write_line(plain, text, len);
		text += len + (text[len] == '\n');
	}
}

/* The address after the words, unless the words are the address. */
static void
finish_link(struct plain *plain, cmark_node *link)
{
	const char *url = cmark_node_get_url(link), *bare = url;
	const char *run = buffer_text(&plain->run);
	size_t len;

	if (url == NULL || url[0] == '\0')
		return;
	if (strncmp(url, "mailto:", 7) == 0)
		bare = url + 7;
	else if (strncmp(url, "tel:", 4) == 0)
		bare = url + 4;
	len = strlen(bare);
	if (plain->run.len >= len &&
	    strcmp(run + plain->run.len - len, bare) == 0)
		return;
	buffer_printf(&plain->run, " (%s)", bare);
}

static void
enter(struct plain *plain, cmark_node *node)
{
	char marker[MARKER_SIZE];
	size_t width;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
		buffer_puts(&plain->run, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_SOFTBREAK:
		buffer_putc(&plain->run, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		buffer_putc(&plain->run, '\n');
		break;
	case CMARK_NODE_CODE_BLOCK:
		separate(plain, node);
		write_code(plain, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_ITEM:
		width = item_marker(node, marker);
		indent(plain, marker, width);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		indent(plain, "  ", 2);
		break;
	default:
		break;
	}
}

static void
leave(struct plain *plain, cmark_node *node)
{
	char marker[MARKER_SIZE];

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_LINK:
		finish_link(plain, node);
		break;
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
		if (plain->run.len > 0)
			separate(plain, node);
		write_run(plain);
		break;
	case CMARK_NODE_ITEM:
		outdent(plain, item_marker(node, marker));
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		outdent(plain, 2);
		break;
	default:
		break;
	}
}

char *
markdown_plain(const char *markdown)
{
	cmark_node *root = markdown_tree(markdown);
	cmark_iter *walk = cmark_iter_new(root);
	struct plain plain = { 0 };
	cmark_event_type event;

	while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_ENTER)
			enter(&plain, cmark_iter_get_node(walk));
		else
			leave(&plain, cmark_iter_get_node(walk));
	}
	cmark_iter_free(walk);
	cmark_node_free(root);
	buffer_free(&plain.run);
	buffer_free(&plain.first);
	buffer_free(&plain.others);
	return buffer_take(&plain.out);
}
