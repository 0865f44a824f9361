/*
 * message.c - see message.h
 */
#include "compose/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "compose/day_names.h"
#include "text/markdown.h"

#define DEPTH 16 /* partials within each other */

/* What the partials of one rendering are looked up by. */
struct scope {
	struct templates *templates;
	const char *lang;
	const char *plan; /* whose own texts come first; "" */
	enum channel channel; /* whose part of a template is shown */
	json_t *values;
	int depth;
	struct why *why; /* of a partial that can't be read */
	enum status status;
};

static const struct mustache *
find_partial(void *closure, const char *name)
{
	struct scope *scope = closure;
	const struct template *template;
	enum status status = templates_find_for(scope->templates, scope->plan,
	    scope->lang, name, &template, scope->why);

	if (status == STATUS_OK)
		return template_text(template, scope->channel);
	if (status != STATUS_NONE)
		scope->status = status;
	return NULL;
}

static bool
is_about(const json_t *values, const char *key)
{
	json_t *name;
	size_t i;

	json_array_foreach(json_object_get(values, "about"), i, name)
	{
		if (strcmp(json_string_value(name), key) == 0)
			return true;
	}
	return false;
}

/*
 * "aggravator.walking" is false for a patient whose aggravator is sitting:
 * which values there are, the templates alone know.
 */
static void
deny_value(void *closure, const char *name, int line, bool partial)
{
	struct scope *scope = closure;
	const char *dot = strchr(name, '.');
	const struct mustache *text;
	char *key;
	json_t *fact;

	(void)line;
	if (partial) {
		text = scope->depth < DEPTH ? find_partial(scope, name) : NULL;
		scope->depth++;
		if (text != NULL)
			mustache_names(text, deny_value, scope);
		scope->depth--;
		return;
	}
	if (dot == NULL)
		return;
	key = xstrndup(name, (size_t)(dot - name));
	fact = json_object_get(scope->values, key);
	if (is_about(scope->values, key) &&
	    json_object_get(fact, dot + 1) == NULL)
		json_put_bool(fact, dot + 1, false);
	free(key);
}

static enum status
render(struct scope *scope, const struct mustache *text, enum escape escape,
    struct buffer *out, struct why *why)
{
	struct mustache_options options = {
		.escape = escape,
		.strict = true,
		.partial = find_partial,
		.closure = scope,
	};
	struct why unread;
	enum status status;

	scope->status = STATUS_OK;
	/* Read again below, before this one is gone. */
	// cppcheck-suppress autoVariables
	scope->why = &unread;
	mustache_names(text, deny_value, scope);
	status = mustache_render(text, &options, scope->values, out, why);
	/* A partial that can't be read says more than that it is missing. */
	if (status != STATUS_OK && scope->status != STATUS_OK)
		return why_set(why, scope->status, "%s", unread.text);
	return status;
}

/* A section at the end of a text leaves a line end behind. */
static void
trim_end(struct buffer *text)
{
	while (text->len > 0 && strchr(" \t\n", text->data[text->len - 1]))
		text->data[--text->len] = '\0';
}

/* Without blanks at its end, and no more than one blank line together. */
static char *
tidy(const char *text)
{
	struct buffer out = { 0 };
	int newlines = 2; /* none at the start */

	for (const char *p = text; *p != '\0'; p++) {
		newlines = *p == '\n' ? newlines + 1 : 0;
		if (newlines <= 2)
			buffer_putc(&out, *p);
	}
	trim_end(&out);
	return buffer_take(&out);
}

/* One line of words, with whatever Markdown would make of it escaped. */
static void
add_line(const struct mustache *line, const char *text, size_t len,
    struct buffer *out)
{
	struct mustache_options options = { .escape = ESCAPE_MARKDOWN };
	json_t *values = json_object();
	char *words = xstrndup(text, len);

	json_put_text(values, "words", words);
	if (mustache_render(line, &options, values, out, NULL) != STATUS_OK)
		panic("words that can't be written as Markdown");
	json_decref(values);
	free(words);
}

/*
 * Words as Markdown that says them and nothing else, with the line breaks
 * that they have. The caller frees.
 */
static char *
plain_markdown(const char *text)
{
	struct mustache *line = NULL;
	struct buffer out = { 0 };

	if (mustache_parse("words", "{{words}}", &line, NULL) != STATUS_OK)
		panic("a template of one word that can't be parsed");
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		add_line(line, text, len, &out);
		text += len;
		if (*text != '\n')
			break;
		text++;
		/* A break within a paragraph says so. */
		if (len > 0 && *text != '\n' && *text != '\0')
			buffer_putc(&out, '\\');
		buffer_putc(&out, '\n');
	}
	mustache_free(line);
	return buffer_take(&out);
}

/* The SMS text serves as email: it is no Markdown. */
static enum status
add_sms_as_markdown(struct scope *scope, const struct template *template,
    struct buffer *out, struct why *why)
{
	struct buffer text = { 0 };
	char *tidied, *escaped;
	enum status status;

	scope->channel = CHANNEL_SMS;
	status = render(scope, template->sms, ESCAPE_NONE, &text, why);
	scope->channel = CHANNEL_EMAIL;
	tidied = tidy(buffer_text(&text));
	escaped = plain_markdown(tidied);
	if (status == STATUS_OK)
		buffer_puts(out, escaped);
	free(escaped);
	free(tidied);
	buffer_free(&text);
	return status;
}

static enum status
add_part(struct scope *scope, const struct template *template,
    struct buffer *out, struct why *why)
{
	bool email = scope->channel == CHANNEL_EMAIL;

	trim_end(out);
	if (out->len > 0)
		buffer_puts(out, email ? "\n\n" : "\n");
	if (email && template->email == NULL)
		return add_sms_as_markdown(scope, template, out, why);
	return render(scope, template_text(template, scope->channel),
	    email ? ESCAPE_MARKDOWN : ESCAPE_NONE, out, why);
}

static enum status
make_subject(struct scope *scope, const struct template *template,
    char **subject, struct why *why)
{
	struct buffer text = { 0 };
	enum status status;

	if (template->subject_text == NULL)
		return why_set(why, STATUS_CONFIG,
		    "%s:1: an email needs a subject: \"subject: ...\"",
		    template->path);
	status = render(scope, template->subject_text, ESCAPE_NONE, &text, why);
	if (status == STATUS_OK) {
		/* A header is one line, whatever is in a name. */
		for (size_t i = 0; i < text.len; i++)
			if ((unsigned char)text.data[i] < ' ')
				text.data[i] = ' ';
		*subject = xstrdup(buffer_text(&text));
	}
	buffer_free(&text);
	return status;
}

static void
finish_sms(char *text, struct composed *out)
{
	out->body = sms_plain(text);
	out->count = sms_count(out->body);
	free(text);
}

static void
finish_email(const char *lang, char *markdown, struct composed *out)
{
	out->body = markdown_plain(markdown);
	out->html = markdown_html(markdown, out->subject, lang);
	free(markdown);
}

enum status
message_compose(struct templates *templates, const char *lang,
    enum channel channel, const char *const *names, int names_len,
    json_t *values, struct composed *out, struct why *why)
{
	struct scope scope = { .templates = templates,
		.lang = lang,
		.plan = json_text(values, "plan"),
		.channel = channel,
		.values = values };
	struct composed fresh = { 0 };
	struct buffer text = { 0 };
	const struct template *template;
	enum status status = STATUS_OK;

	day_names_put(templates, lang, values);
	for (int i = 0; i < names_len && status == STATUS_OK; i++) {
		status = templates_find_for(
		    templates, scope.plan, lang, names[i], &template, why);
		if (status == STATUS_OK && i == 0 && channel == CHANNEL_EMAIL)
			status =
			    make_subject(&scope, template, &fresh.subject, why);
		if (status != STATUS_OK)
			break;
		if (template->segments > fresh.segments_limit)
			fresh.segments_limit = template->segments;
		status = add_part(&scope, template, &text, why);
	}
	if (status != STATUS_OK) {
		composed_free(&fresh);
	} else if (channel == CHANNEL_SMS) {
		finish_sms(tidy(buffer_text(&text)), &fresh);
		*out = fresh;
	} else {
		finish_email(lang, tidy(buffer_text(&text)), &fresh);
		*out = fresh;
	}
	buffer_free(&text);
	return status;
}

void
message_plain(enum channel channel, const char *subject, const char *lang,
    const char *text, struct composed *out)
{
	char *clean = utf8_clean(text, strlen(text));
	char *tidied = tidy(clean);

	*out = (struct composed){ 0 };
	if (channel == CHANNEL_SMS) {
		finish_sms(tidied, out);
	} else {
		out->subject = xstrdup(subject);
		finish_email(lang, plain_markdown(tidied), out);
		free(tidied);
	}
	free(clean);
}

void
composed_free(struct composed *composed)
{
	free(composed->subject);
	free(composed->body);
	free(composed->html);
	*composed = (struct composed){ 0 };
}
