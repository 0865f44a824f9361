/*
 * tree.c - see tree.h
 */
#include "settings/tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* libconfig says where, and little more than "syntax error". */
static void
say_unreadable(struct tree *tree)
{
	const char *error = config_error_text(&tree->config);
	int line = config_error_line(&tree->config);

	if (error == NULL || strcmp(error, "syntax error") == 0)
		error = "it can't be read from here; is a \";\", a \"}\" or "
			"a quote missing, here or just above?";
	else if (strcmp(error, "duplicate setting name") == 0)
		error = "this setting stands twice; take one of them away";
	complain(tree->complaints, source_file(&tree->source, line),
	    source_line(&tree->source, line), "%s", error);
}

enum status
tree_read(struct tree *tree, const char *path, struct complaints *complaints,
    struct why *why)
{
	enum status status;

	*tree = (struct tree){ .complaints = complaints,
		.before = complaints->len,
		.denied = -1 };
	config_init(&tree->config);
	status = source_read(&tree->source, path, complaints, why);
	if (status != STATUS_OK)
		return status;
	if (config_read_string(
		&tree->config, buffer_text(&tree->source.text)) != CONFIG_TRUE)
		say_unreadable(tree);
	else
		complaints_move(&tree->source.numbers, complaints);
	return complaints_status(complaints, tree->before, STATUS_CONFIG, why);
}

void
tree_free(struct tree *tree)
{
	free(tree->unhad);
	config_destroy(&tree->config);
	source_free(&tree->source);
}

enum status
tree_status(const struct tree *tree, struct why *why)
{
	if (tree->denied >= 0)
		return complaints_status(
		    tree->complaints, tree->denied, STATUS_DENIED, why);
	return complaints_status(
	    tree->complaints, tree->before, STATUS_CONFIG, why);
}

const config_setting_t *
tree_root(const struct tree *tree)
{
	return config_root_setting(&tree->config);
}

const config_setting_t *
tree_find(const struct tree *tree, const char *path)
{
	return config_lookup(&tree->config, path);
}

/* Is that text in quotes on that line of the source? */
static bool
line_has(const struct tree *tree, int line, const char *text)
{
	const char *p = buffer_text(&tree->source.text);
	size_t len = strlen(text);

	for (int i = 1; i < line && p != NULL; i++) {
		p = strchr(p, '\n');
		p = p != NULL ? p + 1 : NULL;
	}
	if (p == NULL)
		return false;
	for (const char *end = p + strcspn(p, "\n"); p + len < end; p++)
		if (*p == '"' && strncmp(p + 1, text, len) == 0 &&
		    p[len + 1] == '"')
			return true;
	return false;
}

/*
 * libconfig gives an element the line of the token after it, so the last
 * text of an array gets the line of its bracket: look back for the text.
 */
static int
line_of(const struct tree *tree, const config_setting_t *s)
{
	int line = (int)config_setting_source_line(s);
	const config_setting_t *parent = config_setting_parent(s);

	if (s->name == NULL && parent != NULL &&
	    config_setting_type(s) == CONFIG_TYPE_STRING) {
		int first = (int)config_setting_source_line(parent);

		for (int l = line; l >= first; l--)
			if (line_has(tree, l, config_setting_get_string(s)))
				return l;
	}
	return line > 0 ? line : 1;
}

const char *
tree_file(const struct tree *tree, const config_setting_t *s)
{
	return source_file(&tree->source, line_of(tree, s));
}

int
tree_line(const struct tree *tree, const config_setting_t *s)
{
	return source_line(&tree->source, line_of(tree, s));
}

char *
tree_name(const config_setting_t *s)
{
	const config_setting_t *parent = config_setting_parent(s);
	const char *own = config_setting_name(s);
	char *above, *whole;

	if (parent == NULL)
		return xstrdup("");
	above = tree_name(parent);
	if (own == NULL)
		return above;
	whole = *above != '\0' ? xasprintf("%s.%s", above, own) : xstrdup(own);
	free(above);
	return whole;
}

void
tree_complain(
    const struct tree *tree, const config_setting_t *s, const char *fmt, ...)
{
	char words[1024];
	char *name = tree_name(s);
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(words, sizeof(words), fmt, ap) < 0)
		words[0] = '\0';
	va_end(ap);
	complain(tree->complaints, tree_file(tree, s), tree_line(tree, s),
	    "%s%s%s", name, *name != '\0' ? " " : "", words);
	free(name);
}

void
texts_free(char **texts, int len)
{
	for (int i = 0; i < len; i++)
		free(texts[i]);
	free(texts);
}
