/*
 * day_names.c - see day_names.h
 */
#include "compose/day_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

#define DAYS 7

static const char *const english[DAYS] = { "monday", "tuesday", "wednesday",
	"thursday", "friday", "saturday", "sunday" };

/* The words of the template, in a text that the caller frees. */
struct names {
	char *text;
	const char *words[DAYS];
	int len; /* as many as there are, more than DAYS too */
};

static void
split(struct names *names)
{
	char *rest = names->text;
	char *word;

	while ((word = strsep(&rest, " \t\n")) != NULL) {
		if (*word == '\0')
			continue;
		if (names->len < DAYS)
			names->words[names->len] = word;
		names->len++;
	}
}

/* Borrowed from another language they would be no better than English. */
static enum status
read_names(struct templates *templates, const char *lang, struct names *names,
    const struct template **template, struct why *why)
{
	struct mustache_options options = { .escape = ESCAPE_NONE };
	struct buffer text = { 0 };
	json_t *nothing;
	enum status status;

	*names = (struct names){ NULL, { NULL }, 0 };
	if (!templates_has(templates, lang, "days"))
		return STATUS_NONE;
	status = templates_find(templates, lang, "days", template, why);
	if (status != STATUS_OK)
		return status;
	nothing = json_object();
	status =
	    mustache_render((*template)->sms, &options, nothing, &text, why);
	json_decref(nothing);
	names->text = xstrdup(buffer_text(&text));
	buffer_free(&text);
	split(names);
	return status;
}

/* The day that these letters stand for, as hours_parse() reads it: three or
 * more of its name. -1: none. */
static int
day_of(const char *word, size_t len)
{
	for (int day = 0; day < DAYS && len >= 3; day++)
		if (strncasecmp(word, english[day], len) == 0)
			return day;
	return -1;
}

/* "Mon-Fri 9-17" with each day's name in place of the English one. */
static char *
translate(const char *hours, const struct names *names)
{
	struct buffer out = { 0 };

	while (*hours != '\0') {
		size_t len = 0;
		int day;

		while (isalpha((unsigned char)hours[len]))
			len++;
		day = day_of(hours, len);
		if (day >= 0)
			buffer_puts(&out, names->words[day]);
		else
			buffer_add(&out, hours, len > 0 ? len : 1);
		hours += len > 0 ? len : 1;
	}
	return buffer_take(&out);
}

void
day_names_put(struct templates *templates, const char *lang, json_t *values)
{
	const char *hours = json_text(values, "hours");
	const struct template *template;
	struct names names;
	char *own = xstrndup(lang, strcspn(lang, "-_"));

	if (hours != NULL && *hours != '\0' &&
	    read_names(templates, own, &names, &template, NULL) == STATUS_OK) {
		if (names.len == DAYS) {
			char *text = translate(hours, &names);

			json_put_text(values, "hours", text);
			free(text);
		}
		free(names.text);
	}
	free(own);
}

enum status
day_names_check(struct templates *templates, const char *lang, struct why *why)
{
	const struct template *template = NULL;
	struct names names;
	enum status status =
	    read_names(templates, lang, &names, &template, why);

	if (status == STATUS_OK && names.len != DAYS)
		status = why_set(why, STATUS_CONFIG,
		    "%s:%d: has %d words, and must have seven: the days as "
		    "that language shortens them, the Monday first",
		    template->path, template->segments_line, names.len);
	free(names.text);
	return status;
}
