/*
 * From a template's text to its nodes. The text is kept, and nodes of plain
 * text point into it.
 */
#include "text/mustache_node.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

struct span {
	const char *text;
	size_t len;
};

struct parser {
	struct mustache *template;
	const char *at; /* what is not read yet */
	int line; /* of at */
	bool fresh; /* nothing stands on this line so far */
	struct span open, close; /* delimiters */
	size_t inside[MUSTACHE_DEPTH]; /* the sections that are open */
	int depth;
	struct why *why;
};

/* A tag, taken apart. */
struct tag {
	char kind; /* # ^ / > ! = & { or 0 for a plain value */
	struct span body; /* without the white space around it */
	const char *start, *end;
	int line;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_white(char c)
{
	return c != '\0' && strchr(" \t\r\n\v\f", c) != NULL;
}

static enum status
refuse(const struct parser *p, int line, const char *what)
{
	return why_set(
	    p->why, STATUS_CONFIG, "%s:%d: %s", p->template->name, line, what);
}

static struct span
trim(const char *start, const char *end)
{
	while (start < end && is_white(*start))
		start++;
	while (end > start && is_white(end[-1]))
		end--;
	return (struct span){ start, (size_t)(end - start) };
}

static struct node *
add_node(struct parser *p, enum node_kind kind, int line)
{
	struct mustache *t = p->template;
	struct node *node;

	if (t->count == t->room) {
		t->room = t->room == 0 ? 16 : t->room * 2;
		t->nodes = xrealloc(t->nodes, t->room, sizeof *t->nodes);
	}
	node = &t->nodes[t->count++];
	*node = (struct node){ .kind = kind, .line = line };
	return node;
}

/* Whatever comes first on a line gets the line's indentation before it. */
static void
begin_line(struct parser *p)
{
	if (p->fresh)
		add_node(p, NODE_INDENT, p->line);
	p->fresh = false;
}

/* Text up to end, a node a line, so that each line can be indented. */
static void
add_text(struct parser *p, const char *end)
{
	const char *start, *newline;
	struct node *node;

	while (p->at < end) {
		start = p->at;
		newline = memchr(start, '\n', (size_t)(end - start));
		p->at = newline == NULL ? end : newline + 1;
		/* An empty line gets no indentation that nobody can see. */
		if (newline != start)
			begin_line(p);
		node = add_node(p, NODE_TEXT, p->line);
		node->text = start;
		node->len = (size_t)(p->at - start);
		if (newline != NULL) {
			p->fresh = true;
			p->line++;
		}
	}
}

/* Where the line of text goes on that only has blanks up to end; end itself
 * when there is more on the line than blanks. */
static const char *
line_start(const struct parser *p, const char *end)
{
	const char *start = end;

	while (start > p->template->source && is_blank(start[-1]))
		start--;
	if (start == p->template->source || start[-1] == '\n')
		return start;
	return NULL;
}

/* The start of the next line, if only blanks are left on this one. */
static const char *
line_rest(const char *p)
{
	while (is_blank(*p))
		p++;
	if (p[0] == '\r' && p[1] == '\n')
		p++;
	if (*p == '\n')
		return p + 1;
	return *p == '\0' ? p : NULL;
}

/* Take apart the tag that opens at start. */
static enum status
read_tag(struct parser *p, const char *start, struct tag *tag)
{
	const char *inner = start + p->open.len, *c;
	char close[32];

	*tag = (struct tag){ .start = start, .line = p->line };
	for (c = p->at; c < start; c++)
		tag->line += *c == '\n';
	snprintf(close, sizeof close, "%.*s", (int)p->close.len, p->close.text);
	if (*inner != '\0' && strchr("#^/>!=&{", *inner) != NULL)
		tag->kind = *inner++;
	if (tag->kind == '{')
		snprintf(close, sizeof close, "}%.*s", (int)p->close.len,
		    p->close.text);
	else if (tag->kind == '=')
		snprintf(close, sizeof close, "=%.*s", (int)p->close.len,
		    p->close.text);
	tag->end = strstr(inner, close);
	if (tag->end == NULL)
		return refuse(p, tag->line, "a tag begins here and never ends");
	tag->body = trim(inner, tag->end);
	tag->end += strlen(close);
	return STATUS_OK;
}

/* A name is one word; between the dots of one there is something. */
static enum status
check_name(const struct parser *p, const struct tag *tag)
{
	const char *s = tag->body.text;
	size_t i, len = tag->body.len;

	if (len == 0)
		return refuse(p, tag->line, "a tag has no name");
	for (i = 0; i < len; i++)
		if (is_white(s[i]))
			return why_set(p->why, STATUS_CONFIG,
			    "%s:%d: {{%.*s}}: a name has no spaces",
			    p->template->name, tag->line, (int)len, s);
	if (tag->kind == '>' || (len == 1 && s[0] == '.'))
		return STATUS_OK;
	for (i = 0; i < len; i++)
		if (s[i] == '.' && (i == 0 || i + 1 == len || s[i - 1] == '.'))
			return why_set(p->why, STATUS_CONFIG,
			    "%s:%d: {{%.*s}}: a part of the name is missing",
			    p->template->name, tag->line, (int)len, s);
	return STATUS_OK;
}

/* {{=<% %>=}} */
static enum status
set_delimiters(struct parser *p, const struct tag *tag)
{
	const char *start = tag->body.text, *end = start + tag->body.len;
	const char *middle = start;
	struct span open, close;

	while (middle < end && !is_white(*middle))
		middle++;
	open = (struct span){ start, (size_t)(middle - start) };
	close = trim(middle, end);
	for (const char *c = close.text; c < close.text + close.len; c++)
		if (is_white(*c))
			return refuse(p, tag->line,
			    "new delimiters are two words, not more");
	if (open.len == 0 || close.len == 0 || open.len > 16 ||
	    close.len > 16 || memchr(start, '=', tag->body.len) != NULL)
		return refuse(
		    p, tag->line, "new delimiters are written {{=<% %>=}}");
	p->open = open;
	p->close = close;
	return STATUS_OK;
}

static enum status
open_section(struct parser *p, const struct tag *tag)
{
	struct node *node;

	if (p->depth == MUSTACHE_DEPTH)
		return refuse(p, tag->line, "sections are nested too deep");
	p->inside[p->depth++] = p->template->count;
	node = add_node(
	    p, tag->kind == '#' ? NODE_SECTION : NODE_INVERTED, tag->line);
	node->name = xstrndup(tag->body.text, tag->body.len);
	return STATUS_OK;
}

static enum status
close_section(struct parser *p, const struct tag *tag)
{
	const struct span *name = &tag->body;
	struct node *node;

	if (p->depth == 0)
		return why_set(p->why, STATUS_CONFIG,
		    "%s:%d: {{/%.*s}} closes what is not open",
		    p->template->name, tag->line, (int)name->len, name->text);
	node = &p->template->nodes[p->inside[p->depth - 1]];
	if (strlen(node->name) != name->len ||
	    memcmp(node->name, name->text, name->len) != 0)
		return why_set(p->why, STATUS_CONFIG,
		    "%s:%d: {{/%.*s}} stands where {{/%s}} is expected, "
		    "which line %d opens",
		    p->template->name, tag->line, (int)name->len, name->text,
		    node->name, node->line);
	node->end = p->template->count;
	p->depth--;
	return STATUS_OK;
}

static void
add_named(struct parser *p, const struct tag *tag, struct span indent)
{
	struct node *node = add_node(
	    p, tag->kind == '>' ? NODE_PARTIAL : NODE_VALUE, tag->line);

	node->name = xstrndup(tag->body.text, tag->body.len);
	node->raw = tag->kind == '&' || tag->kind == '{';
	node->text = indent.text;
	node->len = indent.len;
}

static enum status
act_on(struct parser *p, const struct tag *tag, struct span indent)
{
	enum status status;

	if (tag->kind == '!')
		return STATUS_OK;
	if (tag->kind == '=')
		return set_delimiters(p, tag);
	if ((status = check_name(p, tag)) != STATUS_OK)
		return status;
	if (tag->kind == '#' || tag->kind == '^')
		return open_section(p, tag);
	if (tag->kind == '/')
		return close_section(p, tag);
	add_named(p, tag, indent);
	return STATUS_OK;
}

/*
 * The text before the tag, and the tag. One that says nothing itself and
 * stands alone on its line takes the whole line with it.
 */
static enum status
add_tag(struct parser *p, const struct tag *tag)
{
	const char *start = NULL, *rest = NULL, *c;
	struct span indent = { tag->start, 0 };

	if (tag->kind != '\0' && strchr("#^/>!=", tag->kind) != NULL) {
		start = line_start(p, tag->start);
		rest = line_rest(tag->end);
	}
	if (start != NULL && rest != NULL) {
		add_text(p, start);
		indent = (struct span){ start, (size_t)(tag->start - start) };
	} else {
		rest = NULL;
		add_text(p, tag->start);
		begin_line(p);
	}
	p->at = rest == NULL ? tag->end : rest;
	for (c = tag->start; c < p->at; c++)
		p->line += *c == '\n';
	return act_on(p, tag, indent);
}

static enum status
parse_all(struct parser *p)
{
	enum status status;
	struct node *node;
	const char *start;
	struct tag tag;
	char open[32];

	for (;;) {
		snprintf(
		    open, sizeof open, "%.*s", (int)p->open.len, p->open.text);
		start = strstr(p->at, open);
		if (start == NULL)
			break;
		if ((status = read_tag(p, start, &tag)) != STATUS_OK ||
		    (status = add_tag(p, &tag)) != STATUS_OK)
			return status;
	}
	add_text(p, p->at + strlen(p->at));
	if (p->depth == 0)
		return STATUS_OK;
	node = &p->template->nodes[p->inside[p->depth - 1]];
	return why_set(p->why, STATUS_CONFIG, "%s:%d: {{%c%s}} is not closed",
	    p->template->name, node->line,
	    node->kind == NODE_SECTION ? '#' : '^', node->name);
}

enum status
mustache_parse(const char *name, const char *text, struct mustache **template,
    struct why *why)
{
	struct parser parser = { .line = 1, .fresh = true, .why = why };
	enum status status;

	if (!utf8_valid(text, strlen(text)))
		return why_set(why, STATUS_CONFIG, "%s: is not UTF-8", name);
	parser.template = xcalloc(1, sizeof *parser.template);
	parser.template->name = xstrdup(name);
	parser.template->source = xstrdup(text);
	parser.at = parser.template->source;
	parser.open = (struct span){ "{{", 2 };
	parser.close = (struct span){ "}}", 2 };
	status = parse_all(&parser);
	if (status != STATUS_OK)
		mustache_free(parser.template);
	else
		*template = parser.template;
	return status;
}

void
mustache_free(struct mustache *template)
{
	if (template == NULL)
		return;
	for (size_t i = 0; i < template->count; i++)
		free(template->nodes[i].name);
	free(template->nodes);
	free(template->source);
	free(template->name);
	free(template);
}
