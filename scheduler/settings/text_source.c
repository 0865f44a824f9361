/*
 * text_source.c - see text_source.h
 */
#include "settings/text_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

struct walk {
	struct text_source *source;
	struct templates *templates;
	const char *plan;
	const char *lang;
	enum channel channel;
};

static bool
is_known(const struct text_source *source, const struct template *template)
{
	for (int i = 0; i < source->len; i++)
		if (source->list[i] == template)
			return true;
	return false;
}

static void see_name(void *closure, const char *name, int line, bool partial);

static void
take(struct walk *walk, const char *name)
{
	const struct template *template;

	if (walk->source->len == TEXT_SOURCES ||
	    templates_find_for(walk->templates, walk->plan, walk->lang, name,
		&template, NULL) != STATUS_OK ||
	    is_known(walk->source, template))
		return;
	walk->source->list[walk->source->len++] = template;
	mustache_names(template_text(template, walk->channel), see_name, walk);
}

static void
see_name(void *closure, const char *name, int line, bool partial)
{
	(void)line;
	if (partial)
		take(closure, name);
}

void
text_source_find(struct text_source *source, struct templates *templates,
    const char *plan, const char *lang, enum channel channel,
    const char *const *names, int names_len)
{
	struct walk walk = { source, templates, plan, lang, channel };

	*source = (struct text_source){ .len = 0 };
	for (int i = 0; i < names_len; i++)
		take(&walk, names[i]);
}

char *
text_source_allowed(const struct text_source *source)
{
	struct buffer words = { 0 };

	for (int i = 0; i < source->len; i++)
		if (source->list[i]->lock_screen != NULL)
			buffer_printf(
			    &words, "%s ", source->list[i]->lock_screen);
	return buffer_take(&words);
}

/* The number of the first line of that part that matches, or 0. */
static int
look_in(const char *text, bool subject, text_source_match *match, void *closure)
{
	bool in_text = false, found = false;
	int number = 0;

	while (*text != '\0' && !found) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		number++;
		if (strncmp(line, "--- email", 9) == 0) {
			free(line);
			return 0;
		}
		if (subject ? !in_text && strncmp(line, "subject:", 8) == 0
			    : in_text)
			found = match(closure, line);
		in_text = in_text || strncmp(line, "---", 3) == 0;
		free(line);
		text += len + (text[len] == '\n');
	}
	return found ? number : 0;
}

bool
text_source_line(const struct text_source *source, bool subject,
    text_source_match *match, void *closure, const char **path, int *line)
{
	int found = 0;

	for (int i = 0; i < source->len && found == 0; i++) {
		struct buffer text = { 0 };

		if (buffer_read_file(&text, source->list[i]->path, NULL) ==
		    STATUS_OK)
			found = look_in(
			    buffer_text(&text), subject, match, closure);
		buffer_free(&text);
		if (found > 0) {
			*path = source->list[i]->path;
			*line = found;
		}
	}
	if (found == 0) {
		*path = source->len > 0 ? source->list[0]->path : "";
		*line = source->len > 0 ? source->list[0]->segments_line : 0;
	}
	return found > 0;
}

struct wanted {
	const char *name;
	bool found;
};

static void
compare_name(void *closure, const char *name, int line, bool partial)
{
	struct wanted *wanted = closure;
	size_t len = strlen(wanted->name);

	(void)line;
	if (!partial && strncmp(wanted->name, name, len) == 0 &&
	    (name[len] == '\0' || name[len] == '.'))
		wanted->found = true;
}

bool
text_source_names(
    const struct text_source *source, enum channel channel, const char *name)
{
	struct wanted wanted = { name, false };

	for (int i = 0; i < source->len; i++) {
		const struct template *template = source->list[i];

		mustache_names(
		    template_text(template, channel), compare_name, &wanted);
		if (template->subject_text != NULL)
			mustache_names(
			    template->subject_text, compare_name, &wanted);
	}
	return wanted.found;
}
