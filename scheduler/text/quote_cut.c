/*
 * Where a reply ends and the mail that it answers begins. Our own question
 * says "0 to 10": read as an answer it would move a patient.
 */
#include "text/mime_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* "On Mon, 2 Mar 2026 at 09:00, Riverside <...> wrote:" as mailers say it. All
 * in lower case, as are the texts they are compared with. */
static const struct {
	const char *begins;
	const char *has;
} attributions[] = {
	{ "on ", "wrote" },
	{ "am ", "schrieb" },
	{ "le ", "a écrit" },
	{ "el ", "escribió" },
	{ "il ", "ha scritto" },
	{ "em ", "escreveu" },
	{ "op ", "schreef" },
	{ "den ", "skrev" },
	{ "w dniu ", "pisze" },
};

/* The head of a mail that is quoted whole. */
static const char *const from_labels[] = {
	"from:", "von:", "de:", "da:", "van:", "från:", "fra:", "*from:*"
};
static const char *const other_labels[] = { "sent:", "date:", "to:", "subject:",
	"gesendet:", "datum:", "an:", "betreff:", "enviado",
	"fecha:", "para:", "asunto:", "envoyé", "à :", "à:", "objet",
	"inviato:", "verzonden:", "*sent:*", "*date:*" };

static const char *const signatures[] = { "sent from my ", "sent from outlook",
	"sent from yahoo", "sent from mail for", "sent via ",
	"get outlook for ", "von meinem iphone", "von meinem ipad",
	"von meinem samsung", "von meinem android", "von meinem smartphone",
	"gesendet von mail", "gesendet von meinem", "gesendet mit ",
	"enviado desde mi ", "enviado do meu ", "envoyé de mon ",
	"envoyé depuis mon ", "inviato da iphone", "inviato dal mio",
	"verzonden vanaf mijn" };

static const char *const separators[] = { "original message",
	"original appointment", "forwarded message", "ursprüngliche nachricht",
	"mensaje original", "message d'origine", "messaggio originale",
	"oorspronkelijk bericht" };

/* A text's lines, as they stand and in lower case for comparing. */
struct lines {
	char **line;
	char **lower;
	size_t count;
};

/* A marker stands at the start; a whole book on one line is none. */
static char *
lower_of(const char *line)
{
	char *clean, *lower;

	line += strspn(line, " \t");
	clean = utf8_clean(line, strnlen(line, 400));
	lower = utf8_lower(clean);
	free(clean);
	return lower;
}

static void
split(struct lines *lines, const char *text)
{
	size_t len, room = 0;

	for (; *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		if (lines->count == room) {
			room = room == 0 ? 32 : room * 2;
			lines->line =
			    xrealloc(lines->line, room, sizeof *lines->line);
			lines->lower =
			    xrealloc(lines->lower, room, sizeof *lines->lower);
		}
		lines->line[lines->count] = xstrndup(text, len);
		lines->lower[lines->count] =
		    lower_of(lines->line[lines->count]);
		lines->count++;
	}
}

static void
free_lines(struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		free(lines->line[i]);
		free(lines->lower[i]);
	}
	free(lines->line);
	free(lines->lower);
}

static bool
begins(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

static bool
begins_any(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (begins(text, words[i]))
			return true;
	return false;
}

/* ">From " is what mbox files make of a line that begins with "From ". */
static bool
is_quote(const char *lower)
{
	return lower[0] == '>' && !begins(lower, ">from ");
}

/* Ends in a colon, spaces apart (the French put one before it). */
static bool
ends_in_colon(const char *text)
{
	size_t len = strlen(text);

	while (len > 0 && strchr(" \t\r*_", text[len - 1]) != NULL)
		len--;
	return len > 0 && text[len - 1] == ':';
}

/* How many lines an attribution takes that begins at i: mailers wrap it,
 * between any two words. */
static size_t
attribution(const struct lines *lines, size_t i)
{
	struct buffer joined = { 0 };
	const char *has = NULL;
	size_t n = 0, k, found = 0;

	for (k = 0; k < LENGTH(attributions); k++)
		if (begins(lines->lower[i], attributions[k].begins))
			has = attributions[k].has;
	while (has != NULL && found == 0 && n < 4 && i + n < lines->count &&
	       lines->lower[i + n][0] != '\0') {
		buffer_printf(&joined, "%s ", lines->lower[i + n++]);
		if (strstr(joined.data, has) != NULL &&
		    strpbrk(joined.data, "0123456789") != NULL &&
		    ends_in_colon(joined.data))
			found = n;
	}
	buffer_free(&joined);
	return found;
}

/* "-----Original Message-----", "Begin forwarded message:", a line of
 * underscores. */
static bool
is_separator(const char *lower)
{
	size_t dashes = strspn(lower, "-"), under = strspn(lower, "_");

	if (under >= 10 && lower[under + strspn(lower + under, " \r")] == '\0')
		return true;
	if (begins(lower, "begin forwarded message:"))
		return true;
	if (dashes < 3)
		return false;
	lower += dashes + strspn(lower + dashes, " ");
	return begins_any(lower, separators, LENGTH(separators));
}

/* "From: ..." and, within the lines below it, "Sent: ..." or the like. */
static bool
is_head(const struct lines *lines, size_t i)
{
	if (!begins_any(lines->lower[i], from_labels, LENGTH(from_labels)))
		return false;
	for (size_t n = 1; n < 5 && i + n < lines->count; n++)
		if (begins_any(lines->lower[i + n], other_labels,
			LENGTH(other_labels)))
			return true;
	return false;
}

static bool
is_signature(const struct lines *lines, size_t i)
{
	return strcmp(lines->line[i], "-- ") == 0 ||
	       strcmp(lines->line[i], "--") == 0 ||
	       begins_any(lines->lower[i], signatures, LENGTH(signatures));
}

static bool
ends_reply(const struct lines *lines, size_t i)
{
	return is_signature(lines, i) || is_separator(lines->lower[i]) ||
	       is_head(lines, i);
}

static void
add_line(struct buffer *out, const char *line)
{
	size_t len;

	if (begins(line, ">From "))
		line++;
	len = strlen(line);
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		len--;
	if (len == 0 && out->len == 0)
		return;
	buffer_add(out, line, len);
	buffer_putc(out, '\n');
}

static void
take_above(struct buffer *out, const struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		if (is_quote(lines->lower[i]) || ends_reply(lines, i) ||
		    attribution(lines, i) > 0)
			break;
		add_line(out, lines->line[i]);
	}
}

/* Some answer below the quote, or between its lines. */
static void
take_between(struct buffer *out, const struct lines *lines)
{
	size_t i = 0, n;

	while (i < lines->count && !ends_reply(lines, i)) {
		n = attribution(lines, i);
		if (n == 0 && !is_quote(lines->lower[i]))
			add_line(out, lines->line[i]);
		i += n == 0 ? 1 : n;
	}
}

char *
quote_cut(const char *text)
{
	struct buffer out = { 0 };
	struct lines lines = { 0 };

	split(&lines, text);
	take_above(&out, &lines);
	if (out.len == 0)
		take_between(&out, &lines);
	free_lines(&lines);
	while (out.len > 0 && out.data[out.len - 1] == '\n')
		out.data[--out.len] = '\0';
	return buffer_take(&out);
}
