/*
 * sentence.c - see sentence.h
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/status.h"
#include "care/sentence.h"

struct sentence
sentence_start(char text[BECAUSE_SIZE])
{
	text[0] = '\0';
	return (struct sentence){ .text = text, .len = 0 };
}

/* What is too long is cut at the end of a character: titles are UTF-8. */
static void
sentence_cut(struct sentence *s)
{
	size_t len = BECAUSE_SIZE - 1;

	while (len > 0 && ((unsigned char)s->text[len - 1] & 0xc0) == 0x80)
		len--;
	if (len > 0 && ((unsigned char)s->text[len - 1] & 0x80) != 0)
		len--;
	s->text[len] = '\0';
	s->len = BECAUSE_SIZE - 1; /* nothing more is added */
}

void
sentence_say(struct sentence *s, const char *fmt, ...)
{
	size_t room = BECAUSE_SIZE - s->len;
	va_list args;
	int n;

	if (room <= 1)
		return;
	va_start(args, fmt);
	n = vsnprintf(s->text + s->len, room, fmt, args);
	va_end(args);
	if (n < 0)
		panic("a sentence can't be written: %s", fmt);
	if ((size_t)n >= room)
		sentence_cut(s);
	else
		s->len += (size_t)n;
}

/* "the last check-in", "the last two check-ins", "the last 12 mornings" */
void
sentence_last(struct sentence *s, int n, const char *what)
{
	static const char *const words[] = { "two", "three", "four", "five",
		"six", "seven", "eight", "nine" };
	const int words_len = (int)(sizeof(words) / sizeof(words[0]));

	if (n == 1)
		sentence_say(s, "the last %s", what);
	else if (n - 2 < words_len)
		sentence_say(s, "the last %s %ss", words[n - 2], what);
	else
		sentence_say(s, "the last %d %ss", n, what);
}
