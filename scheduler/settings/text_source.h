/*
 * NAME
 *	text_source - the files that one message is made of
 *
 * What a composed text says came from a template or a piece in it: to complain
 * of a word, its file and line are looked for here.
 */
#ifndef SETTINGS_TEXT_SOURCE_H
#define SETTINGS_TEXT_SOURCE_H

#include "compose/templates.h"

#define TEXT_SOURCES 32 /* templates and pieces in one message */

struct text_source {
	const struct template *list[TEXT_SOURCES]; /* lent */
	int len;
};

/* Those of a message of these templates, with the pieces of that channel. */
void text_source_find(struct text_source *source, struct templates *templates,
    const char *plan, const char *lang, enum channel channel,
    const char *const *names, int names_len);

/* The words that these show on a locked screen on purpose. The caller
 * frees. */
char *text_source_allowed(const struct text_source *source);

/* Is it this line that is meant? */
typedef bool text_source_match(void *closure, const char *line);

/*
 * The first line of an SMS part (or the subject's) that matches, in the order
 * of the message. False where none does: then it came from a value, and *path
 * and *line are the first template's.
 */
bool text_source_line(const struct text_source *source, bool subject,
    text_source_match *match, void *closure, const char **path, int *line);

/* Does any of them (or the subject) name that value, such as "emergency", or
 * one within it ("aggravator": {{#aggravator.sitting}})? */
bool text_source_names(const struct text_source *source, enum channel channel,
    const char *name);

#endif
