/*
 * What a mail's sender wrote, and what may be the sender's words too.
 */
#include <stdlib.h>
#include <string.h>

#include "text/known.h"
#include "text/mime_part.h"

#define WORDS_MAX ((size_t)256 * 1024) /* bytes of what it says, quotes too */

/* len or less, so that no character is cut in two. */
static size_t
whole_characters(const char *text, size_t len)
{
	if (strlen(text) <= len)
		return strlen(text);
	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

bool
mime_shorten(char *text, size_t bytes)
{
	size_t len = whole_characters(text, bytes);
	bool longer = text[len] != '\0';

	text[len] = '\0';
	return longer;
}

static void
add_words(struct buffer *out, char *words)
{
	if (*words != '\0')
		buffer_printf(out, "%s%s", out->len > 0 ? "\n" : "", words);
	free(words);
}

/* What a mail says only in its other form. Mailers make one of the other, and
 * the sender sees one alone. */
static void
add_other(
    struct buffer *out, const char *text, const char *body, const char *other)
{
	struct known known = { 0 };
	char *rest, *reply = quote_cut(other, &rest);

	known_add(&known, text);
	if (!known_within(reply, body))
		add_words(out, known_beyond(&known, reply));
	if (!known_within(rest, text))
		add_words(out, known_beyond(&known, rest));
	known_free(&known);
	free(reply);
	free(rest);
}

void
mime_read_words(GMimeMessage *message, struct mime_reply *reply)
{
	struct buffer quoted = { 0 }, enclosed = { 0 };
	struct mime_words words;
	char *rest;

	mime_body_words(message, &words);
	reply->attached = words.attached;
	reply->cut = mime_shorten(words.text, WORDS_MAX);
	reply->body = quote_cut(words.text, &rest);
	add_words(&quoted, rest);
	mime_shorten(words.other, WORDS_MAX);
	add_other(&quoted, words.text, reply->body, words.other);
	mime_shorten(words.enclosed, WORDS_MAX);
	add_words(&enclosed, quote_cut(words.enclosed, &rest));
	add_words(&enclosed, rest);
	reply->quoted = buffer_take(&quoted);
	reply->enclosed = buffer_take(&enclosed);
	reply->cut |= mime_shorten(reply->body, MIME_BODY_MAX);
	mime_shorten(reply->quoted, MIME_BODY_MAX);
	mime_shorten(reply->enclosed, MIME_BODY_MAX);
	free(words.text);
	free(words.other);
	free(words.enclosed);
}
