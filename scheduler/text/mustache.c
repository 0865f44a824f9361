#include "text/mustache_node.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A partial that calls itself twice would be done after 2^64 steps. */
#define MUSTACHE_STEPS 1000000

/* What names are looked up in, innermost first. */
struct scope {
	json_t *value;
	const struct scope *up;
};

struct rendering {
	const struct mustache_options *options;
	struct buffer *out;
	struct why *why;
	int depth; /* sections and partials within each other */
	int steps; /* nodes rendered */
};

/* One template in the course of a rendering. */
struct page {
	struct rendering *rendering;
	const struct mustache *template;
	const char *indent; /* before each line */
};

static enum status render_nodes(
    const struct page *page, size_t from, size_t to, const struct scope *scope);

static enum status
refuse(const struct page *page, const struct node *node, const char *what)
{
	const char *mark = node->kind == NODE_PARTIAL ? ">" : "";

	if (node->name == NULL)
		return why_set(page->rendering->why, STATUS_CONFIG, "%s:%d: %s",
		    page->template->name, node->line, what);
	return why_set(page->rendering->why, STATUS_CONFIG,
	    "%s:%d: %s {{%s%s}}", page->template->name, node->line, what, mark,
	    node->name);
}

static json_t *
member(json_t *object, const char *name, size_t len)
{
	char *key = xstrndup(name, len);
	json_t *value = json_object_get(object, key);

	free(key);
	return value;
}

/*
 * The first part of a dotted name is looked for outwards; the others only in
 * what was found, so that a.b never takes the b of somewhere else. NULL when
 * there is none.
 */
static json_t *
look_up(const struct scope *scope, const char *name)
{
	size_t len = strcspn(name, ".");
	json_t *value = NULL;

	if (strcmp(name, ".") == 0)
		return scope->value;
	for (; scope != NULL && value == NULL; scope = scope->up)
		value = member(scope->value, name, len);
	while (value != NULL && name[len] == '.') {
		name += len + 1;
		len = strcspn(name, ".");
		value = member(value, name, len);
	}
	return value;
}

static bool
is_falsy(const json_t *value)
{
	return value == NULL || json_is_null(value) || json_is_false(value) ||
	       (json_is_array(value) && json_array_size(value) == 0) ||
	       (json_is_string(value) && json_string_length(value) == 0);
}

/* A number, true or false. jansson writes a point whatever the locale. */
static void
add_number(struct buffer *out, enum escape escape, const json_t *value)
{
	char *text =
	    json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	if (text != NULL)
		escape_add(out, escape, text);
	else
		panic("a number that can't be written");
	free(text);
}

static enum status
render_value(
    const struct page *page, const struct node *node, const struct scope *scope)
{
	const struct mustache_options *options = page->rendering->options;
	json_t *value = look_up(scope, node->name);
	enum escape escape = node->raw ? ESCAPE_NONE : options->escape;

	if (value == NULL || json_is_null(value))
		return options->strict
			   ? refuse(page, node, "no value is given for")
			   : STATUS_OK;
	if (json_is_array(value) || json_is_object(value))
		return options->strict
			   ? refuse(page, node, "there is more than a text in")
			   : STATUS_OK;
	if (json_is_string(value)) {
		escape_add(
		    page->rendering->out, escape, json_string_value(value));
		return STATUS_OK;
	}
	add_number(page->rendering->out, escape, value);
	return STATUS_OK;
}

static enum status
render_inside(const struct page *page, size_t at, json_t *value,
    const struct scope *scope)
{
	struct scope inner = { value, scope };

	return render_nodes(
	    page, at + 1, page->template->nodes[at].end, &inner);
}

static enum status
render_section(const struct page *page, size_t at, const struct scope *scope)
{
	const struct node *node = &page->template->nodes[at];
	json_t *value = look_up(scope, node->name), *item;
	enum status status;
	size_t i;

	if (value == NULL && page->rendering->options->strict)
		return refuse(page, node, "no value is given for");
	if (node->kind == NODE_INVERTED)
		return is_falsy(value)
			   ? render_nodes(page, at + 1, node->end, scope)
			   : STATUS_OK;
	if (is_falsy(value))
		return STATUS_OK;
	if (!json_is_array(value))
		return render_inside(page, at, value, scope);
	json_array_foreach(value, i, item)
	{
		status = render_inside(page, at, item, scope);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum status
render_partial(
    const struct page *page, const struct node *node, const struct scope *scope)
{
	const struct mustache_options *options = page->rendering->options;
	struct page inner = { .rendering = page->rendering };
	enum status status;
	char *indent;

	if (options->partial != NULL)
		inner.template = options->partial(options->closure, node->name);
	if (inner.template == NULL)
		return options->strict ? refuse(page, node, "there is no")
				       : STATUS_OK;
	indent = xasprintf("%s%.*s", page->indent, (int)node->len, node->text);
	inner.indent = indent;
	status = render_nodes(&inner, 0, inner.template->count, scope);
	free(indent);
	return status;
}

static enum status
render_node(const struct page *page, size_t at, const struct scope *scope)
{
	const struct node *node = &page->template->nodes[at];

	switch (node->kind) {
	case NODE_TEXT:
		buffer_add(page->rendering->out, node->text, node->len);
		break;
	case NODE_INDENT:
		buffer_puts(page->rendering->out, page->indent);
		break;
	case NODE_VALUE:
		return render_value(page, node, scope);
	case NODE_SECTION:
	case NODE_INVERTED:
		return render_section(page, at, scope);
	case NODE_PARTIAL:
		return render_partial(page, node, scope);
	case NODE__MAX:
		panic("a template's node of no kind");
	}
	return STATUS_OK;
}

/* What has a section's own nodes in it is stepped over: it rendered them. */
static size_t
after(const struct node *nodes, size_t at)
{
	if (nodes[at].kind == NODE_SECTION || nodes[at].kind == NODE_INVERTED)
		return nodes[at].end;
	return at + 1;
}

static enum status
render_nodes(
    const struct page *page, size_t from, size_t to, const struct scope *scope)
{
	const struct node *nodes = page->template->nodes;
	struct rendering *rendering = page->rendering;
	enum status status = STATUS_OK;
	size_t at;

	rendering->depth++;
	for (at = from; at < to && status == STATUS_OK; at = after(nodes, at)) {
		if (rendering->depth > MUSTACHE_DEPTH)
			status = refuse(page, &nodes[at],
			    "nested too deep, a partial may call itself");
		else if (++rendering->steps > MUSTACHE_STEPS)
			status = refuse(page, &nodes[at], "no end in sight");
		else
			status = render_node(page, at, scope);
		if (status == STATUS_OK && rendering->out->over)
			status = refuse(page, &nodes[at], "too long a text");
	}
	rendering->depth--;
	return status;
}

enum status
mustache_render(const struct mustache *template,
    const struct mustache_options *options, json_t *values, struct buffer *out,
    struct why *why)
{
	struct rendering rendering = {
		.options = options, .out = out, .why = why
	};
	struct page page = { &rendering, template, "" };
	struct scope scope = { values, NULL };

	return render_nodes(&page, 0, template->count, &scope);
}

const char *
mustache_name(const struct mustache *template)
{
	return template->name;
}

void
mustache_names(
    const struct mustache *template, mustache_seen *seen, void *closure)
{
	const struct node *node = template->nodes;

	for (size_t i = 0; i < template->count; i++, node++)
		if (node->name != NULL && strcmp(node->name, ".") != 0)
			seen(closure, node->name, node->line,
			    node->kind == NODE_PARTIAL);
}

bool
mustache_says(const struct mustache *template, const char *words)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct node *node = &template->nodes[i];

		if (node->kind == NODE_TEXT &&
		    memmem(node->text, node->len, words, strlen(words)) != NULL)
			return true;
	}
	return false;
}
