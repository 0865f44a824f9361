/*
 * By what a mailer's lines are known from a person's.
 */
#include "text/quote_lines.h"

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
	"inviato:", "verzonden:", "cc:" };

static const char *const separators[] = { "original message",
	"original appointment", "forwarded message", "ursprüngliche nachricht",
	"mensaje original", "mensaje reenviado", "cita original",
	"message d'origine", "messaggio originale", "oorspronkelijk bericht" };

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

void
quote_lines_split(struct quote_lines *lines, const char *text)
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

void
quote_lines_free(struct quote_lines *lines)
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
bool
quote_is_marked(const char *lower)
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

static size_t
count_numbers(const char *text)
{
	static const char digits[] = "0123456789";
	size_t numbers = 0;

	for (const char *p = text; (p = strpbrk(p, digits)) != NULL; numbers++)
		p += strspn(p, digits);
	return numbers;
}

/* Is the next line that has anything one of a quoted mail? */
static bool
is_above_quote(const struct quote_lines *lines, size_t below)
{
	while (below < lines->count &&
	       lines->lower[below][strspn(lines->lower[below], "\r")] == '\0')
		below++;
	return below < lines->count && quote_is_marked(lines->lower[below]);
}

/* "On 2 March my wife wrote to you:" is a person's; a mailer tells of a year,
 * a time or an address too, or has a quoted line below. */
static bool
is_mailers(const char *said, const struct quote_lines *lines, size_t below)
{
	size_t numbers = count_numbers(said);

	return numbers > 1 ||
	       (numbers == 1 && (strpbrk(said, "<@") != NULL ||
				    is_above_quote(lines, below)));
}

/* "ma 2.3.2026 klo 16.35 Riverside <care@clinic.example> kirjoitti:", in any
 * language and order: a date and an address above a quoted line. Read as an
 * answer, the date would be a score. */
static size_t
foreign_attribution(const struct quote_lines *lines, size_t i)
{
	bool dated = count_numbers(lines->lower[i]) > 1;

	if (dated && strchr(lines->lower[i], '@') != NULL)
		return is_above_quote(lines, i + 1) ? 1 : 0;
	if (dated && i + 1 < lines->count &&
	    strchr(lines->lower[i + 1], '@') != NULL &&
	    count_numbers(lines->lower[i + 1]) < 2)
		return is_above_quote(lines, i + 2) ? 2 : 0;
	return 0;
}

/* How many lines an attribution takes that begins at i: mailers wrap it,
 * between any two words. */
size_t
quote_attribution(const struct quote_lines *lines, size_t i)
{
	const char *begin = lines->lower[i];
	struct buffer joined = { 0 };
	size_t n = 0, found = 0;

	while (attributes(begin, NULL) && found == 0 && n < 4 &&
	       i + n < lines->count && lines->lower[i + n][0] != '\0') {
		buffer_printf(&joined, "%s ", lines->lower[i + n++]);
		if (attributes(begin, joined.data) &&
		    ends_in_colon(joined.data) &&
		    is_mailers(joined.data, lines, i + n))
			found = n;
	}
	buffer_free(&joined);
	if (found == 0 && !quote_is_marked(begin))
		found = foreign_attribution(lines, i);
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
label_of(const struct quote_lines *lines, size_t i)
{
	return lines->lower[i] + strspn(lines->lower[i], "*");
}

/* "From: ..." and, within the lines below it, "Sent: ..." or the like. */
static bool
is_head(const struct quote_lines *lines, size_t i)
{
	if (!begins_any(label_of(lines, i), from_labels, LENGTH(from_labels)))
		return false;
	for (size_t n = 1; n < 5 && i + n < lines->count; n++)
		if (begins_any(label_of(lines, i + n), other_labels,
			LENGTH(other_labels)))
			return true;
	return false;
}

bool
quote_is_label(const struct quote_lines *lines, size_t i)
{
	const char *label = label_of(lines, i);

	return begins_any(label, from_labels, LENGTH(from_labels)) ||
	       begins_any(label, other_labels, LENGTH(other_labels));
}

/* A line of underscores that a head follows; people draw one of their own. */
static bool
is_ruled_head(const struct quote_lines *lines, size_t i)
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

/* A mail that is quoted whole, without a mark on its lines. */
bool
quote_ends_reply(const struct quote_lines *lines, size_t i)
{
	return is_separator(lines->lower[i]) || is_head(lines, i) ||
	       is_ruled_head(lines, i);
}
