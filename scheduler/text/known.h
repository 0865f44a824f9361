/*
 * NAME
 *	known - which words of a text have been said before
 *
 * A mail may quote another without a mark, and its sender write between the
 * lines. Whose words they are is told by what was said before: so many of them
 * in a row are no chance. How lines are broken, case, signs, marks of a list
 * and addresses in angle brackets don't matter.
 */
#ifndef TEXT_KNOWN_H
#define TEXT_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KNOWN_RUN 5 /* words in a row; people say fewer by chance */

/* {0} knows nothing. */
struct known {
	uint64_t *runs; /* a number for each run of words */
	size_t len, size;
	size_t sorted; /* so many of them are in order */
};

void known_add(struct known *known, const char *text);
void known_free(struct known *known);

/* What of a text was not said before: its lines, and parts of lines on a line
 * of their own, in their order; "" for nothing. The caller frees. */
char *known_beyond(struct known *known, const char *text);

/* Does whole have all the words of a text, in their order? */
bool known_within(const char *text, const char *whole);

/* Does a text begin as one that was said before did? */
bool known_begins(struct known *known, const char *text);

/* Where a mail that was said before is quoted to the end, in bytes: from its
 * head, in any language, or from where it begins with so many words that nobody
 * wrote them anew. One that is not there from its beginning is not taken for
 * quoted: whoever has a sign of danger may copy it. The text's length when none
 * is. */
size_t known_quoted_from(struct known *known, const char *text);

#endif
