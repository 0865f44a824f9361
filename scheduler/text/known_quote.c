/*
 * Where a mail that was said before begins in another. Its head tells of it in
 * the language of the mailer, of which there are more than anyone lists; what
 * stands below it is known.
 */
#include "text/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BELOW_HEAD 12 /* words that are enough where a head stands above */
#define WITHOUT_HEAD 40 /* nobody copies so many by hand */
#define LABEL_MAX 28 /* bytes of "Отправлено" and its colon */
#define LABELS_MAX 8 /* lines of a head */

static const char spaces[] = " \t\r\n";

static bool
is_blank(const char *line)
{
	return strchr("\r\n", line[strspn(line, " \t")]) != NULL;
}

/* Bytes of so many words, or of those that there are; *count of them. */
static size_t
words_length(const char *text, int most, int *count)
{
	const char *p = text + strspn(text, spaces);

	for (*count = 0; *p != '\0' && *count < most; ++*count) {
		p += strcspn(p, spaces);
		p += strspn(p, spaces);
	}
	return (size_t)(p - text);
}

/* Does a mail begin here that was said before, by so many of the next words at
 * least? */
static bool
begins_known(struct known *known, const char *text, int most, int least)
{
	int count;
	size_t len = words_length(text, most, &count);
	char *words, *beyond;
	bool is_known;

	if (count < least)
		return false;
	words = xstrndup(text, len);
	beyond = known_beyond(known, words);
	is_known = *beyond == '\0' && known_begins(known, words);
	free(beyond);
	free(words);
	return is_known;
}

static const char *
line_before(const char *text, const char *line)
{
	line--;
	while (line > text && line[-1] != '\n')
		line--;
	return line;
}

/* "Od: Riverside", "发件人: Riverside". */
static bool
is_label(const char *line)
{
	size_t len = strcspn(line, "\n");

	return memchr(line, ':', len < LABEL_MAX ? len : LABEL_MAX) != NULL;
}

/* "pon., 2 mar 2026 o 16:35 Riverside <care@clinic.example> napisał(a):" */
static bool
is_attribution(const char *line)
{
	size_t len = strcspn(line, "\n"), numbers = 0;

	for (size_t i = 0; i < len; i++)
		numbers += line[i] >= '0' && line[i] <= '9' &&
			   (i == 0 || line[i - 1] < '0' || line[i - 1] > '9');
	return numbers > 1 && memchr(line, '@', len) != NULL;
}

/* Where the head begins that ends above a line; NULL when there is none. */
static const char *
head_above(const char *text, const char *line)
{
	const char *last, *first;

	do {
		if (line == text)
			return NULL;
		line = line_before(text, line);
	} while (is_blank(line));
	if (is_attribution(line))
		return line;
	last = first = line;
	for (int n = 0; n < LABELS_MAX && is_label(first) && first > text &&
			is_label(line_before(text, first));
	     n++)
		first = line_before(text, first);
	return first < last && is_label(last) ? first : NULL;
}

size_t
known_quoted_from(struct known *known, const char *text)
{
	const char *line = text, *head;

	for (; *line != '\0';
	     line += strcspn(line, "\n"), line += *line == '\n') {
		if (is_blank(line))
			continue;
		head = head_above(text, line);
		if (head != NULL &&
		    begins_known(known, line, BELOW_HEAD, KNOWN_RUN))
			return (size_t)(head - text);
		if (begins_known(known, line, WITHOUT_HEAD, WITHOUT_HEAD))
			return (size_t)(line - text);
	}
	return (size_t)(line - text);
}
