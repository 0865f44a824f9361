/*
 * templates.c - see templates.h
 */
#include "compose/templates.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "compose/template_file.h"

/* One place in the folder that was looked at. */
struct entry {
	uint32_t mark; /* of the name: most others differ in it */
	char *lang;
	char *name;
	struct template *template; /* NULL: there is no such file */
};

struct templates {
	char *dir;
	char *fallback;
	struct entry *entries;
	int entries_len;
};

enum status
templates_open(const char *dir, const char *fallback_lang,
    struct templates **templates, struct why *why)
{
	struct templates *fresh;
	struct stat st;

	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
		return why_set(why, STATUS_NO_FILE,
		    "%s: there is no such folder of templates", dir);
	fresh = xcalloc(1, sizeof(*fresh));
	fresh->dir = xstrdup(dir);
	fresh->fallback = xstrdup(fallback_lang);
	*templates = fresh;
	return STATUS_OK;
}

void
templates_free(struct templates *templates)
{
	if (templates == NULL)
		return;
	for (int i = 0; i < templates->entries_len; i++) {
		free(templates->entries[i].lang);
		free(templates->entries[i].name);
		template_free(templates->entries[i].template);
	}
	free(templates->entries);
	free(templates->dir);
	free(templates->fallback);
	free(templates);
}

/* A name comes from a plan or a patient's record: it stays in the folder. */
static bool
name_is_sound(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_/";

	return name[0] != '\0' && name[0] != '/' &&
	       name[strspn(name, letters)] == '\0';
}

char *
templates_path(
    const struct templates *templates, const char *lang, const char *name)
{
	return xasprintf("%s/%s/%s.md", templates->dir, lang, name);
}

static uint32_t
mark_of(const char *name)
{
	uint32_t mark = 2166136261u;

	for (; *name != '\0'; name++)
		mark = (mark ^ (unsigned char)*name) * 16777619u;
	return mark;
}

static const struct entry *
known(const struct templates *templates, const char *lang, const char *name)
{
	uint32_t mark = mark_of(name);

	for (int i = 0; i < templates->entries_len; i++) {
		const struct entry *entry = &templates->entries[i];

		if (entry->mark == mark && strcmp(entry->name, name) == 0 &&
		    strcmp(entry->lang, lang) == 0)
			return entry;
	}
	return NULL;
}

/* NONE where there is no file; that is kept too. A bad one is read anew. */
static enum status
look_in(struct templates *templates, const char *lang, const char *name,
    const struct template **template, struct why *why)
{
	const struct entry *entry = known(templates, lang, name);
	struct template *fresh = NULL;
	enum status status;
	char *path;

	if (entry != NULL) {
		if (entry->template == NULL)
			return STATUS_NONE;
		*template = entry->template;
		return STATUS_OK;
	}
	path = templates_path(templates, lang, name);
	status = template_read(path, name, &fresh, why);
	free(path);
	if (status != STATUS_OK && status != STATUS_NO_FILE)
		return status == STATUS_CONFIG ? status
					       : why_prefix(why, STATUS_CONFIG,
						     "template %s", name);
	templates->entries = xrealloc(templates->entries,
	    (size_t)templates->entries_len + 1, sizeof(*templates->entries));
	templates->entries[templates->entries_len++] =
	    (struct entry){ mark_of(name), xstrdup(lang), xstrdup(name),
		    fresh };
	if (fresh == NULL)
		return STATUS_NONE;
	*template = fresh;
	return STATUS_OK;
}

enum status
templates_find(struct templates *templates, const char *lang, const char *name,
    const struct template **template, struct why *why)
{
	char *broad;
	enum status status = STATUS_NONE;

	if (!name_is_sound(name))
		return why_set(why, STATUS_NONE,
		    "\"%s\" can't be the name of a template", name);
	if (!name_is_sound(lang))
		lang = templates->fallback;
	broad = xstrndup(lang, strcspn(lang, "-_"));
	status = look_in(templates, lang, name, template, why);
	if (status == STATUS_NONE && strcmp(broad, lang) != 0)
		status = look_in(templates, broad, name, template, why);
	free(broad);
	if (status == STATUS_NONE)
		status = look_in(
		    templates, templates->fallback, name, template, why);
	if (status == STATUS_NONE)
		why_set(why, STATUS_NONE,
		    "there is no template \"%s\" (%s/%s/%s.md)", name,
		    templates->dir, templates->fallback, name);
	return status;
}

enum status
templates_find_for(struct templates *templates, const char *plan,
    const char *lang, const char *name, const struct template **template,
    struct why *why)
{
	enum status status = STATUS_NONE;
	char *own;

	if (plan != NULL && *plan != '\0') {
		own = xasprintf("%s/%s", plan, name);
		status = templates_find(templates, lang, own, template, why);
		free(own);
	}
	return status == STATUS_NONE
		   ? templates_find(templates, lang, name, template, why)
		   : status;
}

bool
templates_has(struct templates *templates, const char *lang, const char *name)
{
	const struct template *template;

	/* A file that can't be parsed is there all the same. */
	return name_is_sound(name) && name_is_sound(lang) &&
	       look_in(templates, lang, name, &template, NULL) != STATUS_NONE;
}

const struct mustache *
template_text(const struct template *template, enum channel channel)
{
	if (channel == CHANNEL_EMAIL && template->email != NULL)
		return template->email;
	return template->sms;
}
