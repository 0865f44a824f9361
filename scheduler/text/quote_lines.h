/*
 * NAME
 *	quote_lines - which lines of a mail are a mailer's or quoted
 *
 * For quote_cut.c alone.
 */
#ifndef TEXT_QUOTE_LINES_H
#define TEXT_QUOTE_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* A text's lines, as they stand and in lower case for comparing. */
struct quote_lines {
	char **line;
	char **lower;
	size_t count;
};

void quote_lines_split(struct quote_lines *lines, const char *text);
void quote_lines_free(struct quote_lines *lines);

/* Does a line, in lower case, have the mark of a quoted one? */
bool quote_is_marked(const char *lower);

/* How many lines "On Monday, 2 March, Jane wrote:" takes, if one begins there;
 * or 0. */
size_t quote_attribution(const struct quote_lines *lines, size_t i);

/* quote_phones.c: is it a line that a phone adds, "Sent from my iPhone"? */
bool quote_is_phones(const struct quote_lines *lines, size_t i);

/* Is it a line of a head, "To: ..."? Only within one: people write so too. */
bool quote_is_label(const struct quote_lines *lines, size_t i);

/* Does a mail begin there that is quoted whole, without a mark on its lines? */
bool quote_ends_reply(const struct quote_lines *lines, size_t i);

#endif
