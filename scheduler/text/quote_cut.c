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
	{ "en ", "escribió" },
	{ "el ", "ha escrito" },
	{ "il ", "ha scritto" },
	{ "em ", "escreveu" },
	{ "op ", "schreef" },
	{ "den ", "skrev" },
	{ "w dniu ", "pisze" },
};

/* The head of a mail that is quoted whole. */
static const char *const from_labels[] = {
	"from:", "von:", "de:", "da:", "van:", "från:", "fra:"
};
static const char *const other_labels[] = { "sent:", "date:", "to:", "subject:",
	"gesendet:", "datum:", "an:", "betreff:", "enviado",
	"fecha:", "para:", "asunto:", "envoyé", "à :", "à:", "objet",
	"inviato:", "verzonden:" };

static const char *const signatures[] = { "sent from my ", "sent from outlook",
	"sent from yahoo", "sent from mail for", "sent from gmail",
	"sent from proton", "sent from samsung", "sent via ", "sent with ",
	"sent using ", "yahoo mail: ", "get outlook for ", "get bluemail for ",
	"von meinem iphone", "von meinem ipad", "von meinem samsung",
	"von meinem android", "von meinem smartphone", "gesendet von mail",
	"gesendet von meinem", "gesendet mit ", "enviado desde mi ",
	"enviado desde outlook", "enviado desde correo", "enviado desde mail",
	"enviado desde yahoo", "enviado desde gmail", "enviado desde un",
	"enviado desde el", "enviado desde proton", "enviado con ",
	"enviado mediante ", "obtener outlook para ", "obtén outlook para ",
	"obtener bluemail ", "descargar bluemail ", "enviado do meu ",
	"envoyé de mon ", "envoyé depuis mon ", "inviato da iphone",
	"inviato dal mio", "verzonden vanaf mijn" };
#define SIGNATURE_MAX 60 /* bytes: a longer line may say more, */
#define SIGNATURE_WORDS 8 /* as may one of more words */

static const char *const separators[] = { "original message",
	"original appointment", "forwarded message", "ursprüngliche nachricht",
	"mensaje original", "mensaje reenviado", "cita original",
	"message d'origine", "messaggio originale", "oorspronkelijk bericht" };

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

/* Does it begin as one, and with words NULL no more, say who wrote? */
static bool
attributes(const char *begin, const char *words)
{
	for (size_t k = 0; k < LENGTH(attributions); k++)
		if (begins(begin, attributions[k].begins) &&
		    (words == NULL ||
			strstr(words, attributions[k].has) != NULL))
			return true;
	return false;
}

/* How many lines an attribution takes that begins at i: mailers wrap it,
 * between any two words. */
static size_t
attribution(const struct lines *lines, size_t i)
{
	const char *begin = lines->lower[i];
	struct buffer joined = { 0 };
	size_t n = 0, found = 0;

	while (attributes(begin, NULL) && found == 0 && n < 4 &&
	       i + n < lines->count && lines->lower[i + n][0] != '\0') {
		buffer_printf(&joined, "%s ", lines->lower[i + n++]);
		if (attributes(begin, joined.data) &&
		    strpbrk(joined.data, "0123456789") != NULL &&
		    ends_in_colon(joined.data))
			found = n;
	}
	buffer_free(&joined);
	return found;
}

/* "-----Original Message-----", "Begin forwarded message:". */
static bool
is_separator(const char *lower)
{
	size_t dashes = strspn(lower, "-");

	if (begins(lower, "begin forwarded message:") ||
	    begins(lower, "inicio del mensaje reenviado:"))
		return true;
	if (dashes < 3)
		return false;
	lower += dashes + strspn(lower + dashes, " ");
	return begins_any(lower, separators, LENGTH(separators));
}

/* Past the stars by which some write bold type: "*From:* ...". */
static const char *
label_of(const struct lines *lines, size_t i)
{
	return lines->lower[i] + strspn(lines->lower[i], "*");
}

/* "From: ..." and, within the lines below it, "Sent: ..." or the like. */
static bool
is_head(const struct lines *lines, size_t i)
{
	if (!begins_any(label_of(lines, i), from_labels, LENGTH(from_labels)))
		return false;
	for (size_t n = 1; n < 5 && i + n < lines->count; n++)
		if (begins_any(label_of(lines, i + n), other_labels,
			LENGTH(other_labels)))
			return true;
	return false;
}

/* A line of underscores that a head follows; people draw one of their own. */
static bool
is_ruled_head(const struct lines *lines, size_t i)
{
	const char *lower = lines->lower[i];
	size_t under = strspn(lower, "_");

	if (under < 10 || lower[under + strspn(lower + under, " \r")] != '\0')
		return false;
	for (i++; i < lines->count && lines->lower[i][0] == '\0';)
		i++;
	return i < lines->count &&
	       begins_any(label_of(lines, i), from_labels, LENGTH(from_labels));
}

static size_t
count_words(const char *text)
{
	size_t words = 0;

	for (text += strspn(text, " \t\r"); *text != '\0'; words++) {
		text += strcspn(text, " \t\r");
		text += strspn(text, " \t\r");
	}
	return words;
}

/* What a phone adds of itself. People write on below it: only the line is left
 * out, and only one that has no room for anything else. */
static bool
is_phone_signature(const struct lines *lines, size_t i)
{
	const char *lower = lines->lower[i];

	return strcspn(lower, "<\r") <= SIGNATURE_MAX &&
	       count_words(lower) <= SIGNATURE_WORDS &&
	       begins_any(lower, signatures, LENGTH(signatures));
}

/* A mail that is quoted whole, without a mark on its lines. */
static bool
ends_reply(const struct lines *lines, size_t i)
{
	return is_separator(lines->lower[i]) || is_head(lines, i) ||
	       is_ruled_head(lines, i);
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

/* Where the reply ends: the first line that is quoted, or of the mail that is
 * quoted whole. */
static size_t
take_above(struct buffer *out, const struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++) {
		if (is_quote(lines->lower[i]) || ends_reply(lines, i) ||
		    attribution(lines, i) > 0)
			break;
		if (!is_phone_signature(lines, i))
			add_line(out, lines->line[i]);
	}
	return i;
}

static bool
any_quoted(const struct lines *lines, size_t i)
{
	for (; i < lines->count; i++)
		if (is_quote(lines->lower[i]))
			return true;
	return false;
}

/*
 * Some answer below the quote, or between its lines. Where the quoted lines
 * have no mark nobody can tell whose words they are, and none are taken. What
 * follows a quoted line without a gap may be its end, that a mailer broke off;
 * it is taken only where there is no other reply.
 */
static void
take_between(struct buffer *out, const struct lines *lines, size_t i)
{
	bool gap = out->len == 0, only = gap;
	size_t n;

	if (!any_quoted(lines, i))
		return;
	while (i < lines->count && !ends_reply(lines, i)) {
		n = attribution(lines, i);
		if (n > 0 || is_quote(lines->lower[i])) {
			gap = only;
		} else if (lines->lower[i][strspn(lines->lower[i], " \t\r")] ==
			   '\0') {
			gap = true;
			add_line(out, "");
		} else if (gap && !is_phone_signature(lines, i)) {
			add_line(out, lines->line[i]);
		}
		i += n == 0 ? 1 : n;
	}
}

/* A phone's line that is all there is may be the patient's own. */
static void
take_signatures(struct buffer *out, const struct lines *lines)
{
	for (size_t i = 0; i < lines->count && !is_quote(lines->lower[i]) &&
			   !ends_reply(lines, i) && attribution(lines, i) == 0;
	     i++)
		add_line(out, lines->line[i]);
}

char *
quote_cut(const char *text)
{
	struct buffer out = { 0 };
	struct lines lines = { 0 };

	split(&lines, text);
	take_between(&out, &lines, take_above(&out, &lines));
	if (out.len == 0)
		take_signatures(&out, &lines);
	free_lines(&lines);
	while (out.len > 0 && out.data[out.len - 1] == '\n')
		out.data[--out.len] = '\0';
	return buffer_take(&out);
}
