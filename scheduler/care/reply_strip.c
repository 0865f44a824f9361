/*
 * Phones and mail programs add lines of their own: reactions that repeat our
 * text (Liked "..."), the message replied to, a signature. None of it is the
 * patient's word, and our own safety advice must not read as a red flag.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "care/reply_text.h"

static bool
glob(const char *pattern, const char *text, const char *end)
{
	for (; *pattern != '\0'; pattern++, text++) {
		if (*pattern == '*') {
			for (const char *p = text; p <= end; p++) {
				if (glob(pattern + 1, p, end))
					return true;
			}
			return false;
		}
		if (text >= end || *text != *pattern)
			return false;
	}
	return text == end;
}

static const char *
trim(const char **text, const char *end)
{
	while (*text < end && (**text == ' ' || **text == '\n'))
		(*text)++;
	while (end > *text && (end[-1] == ' ' || end[-1] == '\n'))
		end--;
	return end;
}

static bool
matches(const struct lexicon *lexicon, enum strip strip, const char *text,
    const char *end)
{
	end = trim(&text, end);
	for (int i = 0; i < lexicon->strip[strip].len; i++) {
		if (glob(lexicon->strip[strip].globs[i], text, end))
			return true;
	}
	return false;
}

static const char *
line_end(const char *line)
{
	const char *end = strchr(line, '\n');

	return end == NULL ? line + strlen(line) : end;
}

/* A line that opens the message replied to, or the first of two such. */
static bool
opens_quote(const struct lexicon *lexicon, const char *line, const char *end)
{
	const char *next = *end == '\0' ? end : end + 1;

	if (matches(lexicon, STRIP_QUOTE, line, end) ||
	    matches(lexicon, STRIP_QUOTE, line, line_end(next)))
		return true;
	return matches(lexicon, STRIP_HEADER, line, end) &&
	       matches(lexicon, STRIP_HEADER, next, line_end(next));
}

#define SIGNATURE_WORDS 8 /* more than that say more than a phone does */

static int
count_words(const char *text, const char *end)
{
	int words = 0;

	for (const char *p = text; p < end; p++)
		words += *p != ' ' && (p == text || p[-1] == ' ');
	return words;
}

/* Where in the line a signature begins; its end when there is none. */
static const char *
signature(const struct lexicon *lexicon, const char *line, const char *end)
{
	for (int i = 0; i < lexicon->strip[STRIP_SIGNATURE].len; i++) {
		const char *text = lexicon->strip[STRIP_SIGNATURE].globs[i];
		const char *at = strstr(line, text);

		if (at != NULL && at < end &&
		    count_words(at, end) <= SIGNATURE_WORDS)
			end = at;
	}
	return end;
}

/* The end of what is left, which is written over what was read. The signatures
 * among it are added to *cut, a line each, or stay where cut is NULL. */
static char *
strip_lines(const struct lexicon *lexicon, char *folded, struct buffer *cut)
{
	char *out = folded;
	const char *line = folded, *end;

	for (;; line = end + 1) {
		const char *text = line, *all, *stop;
		size_t len;

		end = line_end(line);
		/* Asked now: what is kept is written over it. */
		bool last = *end == '\0';
		all = trim(&text, end);
		stop = cut == NULL ? all : signature(lexicon, line, all);
		/* Below a quote nothing is the patient's, unless the answer
		 * was written under it. */
		if (opens_quote(lexicon, line, end)) {
			if (out > folded)
				break;
		} else if (*text != '>') {
			if (stop < all) {
				buffer_add(cut, stop, (size_t)(all - stop));
				buffer_putc(cut, '\n');
			}
			if (text < stop) {
				len = (size_t)(stop - text);
				memmove(out, text, len);
				out += len;
				*out++ = '\n';
			}
		}
		if (last)
			break;
	}
	return out;
}

bool
reply_strip(const struct lexicon *lexicon, char *folded)
{
	struct buffer cut = { 0 };
	char *out;

	if (matches(lexicon, STRIP_TAPBACK, folded, folded + strlen(folded))) {
		*folded = '\0';
		return true;
	}
	out = strip_lines(lexicon, folded, &cut);
	buffer_free(&cut);
	/* A signature that is all there is may be the patient's own words. */
	if (out == folded)
		out = strip_lines(lexicon, folded, NULL);
	/* The last line had no newline, or one of its own to spare. */
	if (out > folded)
		out--;
	*out = '\0';
	return false;
}

char *
reply_signatures(const struct lexicon *lexicon, const char *written)
{
	struct buffer cut = { 0 };
	char *folded = reply_fold(written);
	const char *end = folded + strlen(folded);

	if (!matches(lexicon, STRIP_TAPBACK, folded, end))
		strip_lines(lexicon, folded, &cut);
	free(folded);
	return buffer_take(&cut);
}
