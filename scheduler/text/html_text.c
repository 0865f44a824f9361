/*
 * What a mail's HTML says. No page is ever made of it: enough is understood
 * to find the words, their lines, and where the quoted mail begins.
 */
#include "text/mime_part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/utf8.h"

#define NAME_SIZE 16 /* of a tag or an entity, and a NUL */

/* Tags that begin a line, and those whose content nobody sees. */
static const char *const breaking[] = { "br", "p", "/p", "div", "/div", "tr",
	"/tr", "li", "/li", "ul", "/ul", "ol", "/ol", "h1", "/h1", "h2", "/h2",
	"h3", "/h3", "h4", "/h4", "hr", "table", "/table", "/blockquote" };
static const char *const unseen[] = { "head", "style", "script", "title" };

/* What mailers put around the mail they quote, besides a blockquote, or around
 * the line above it. */
static const char *const quoting[] = { "gmail_attr", "yahoo_quoted",
	"moz-cite-prefix", "protonmail_quote", "AppleMailQuote" };

/* What they put before it: all that follows is quoted. */
static const char *const ending[] = { "divRplyFwdMsg", "appendonsend",
	"OLK_SRC_BODY_SECTION", "mail-editor-reference-message",
	"ms-outlook-mobile-reference-message", "stopSpelling" };

/* The names of U+00A0 to U+00FF in their order, and a few more. */
static const char latin1[] =
    " nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy"
    " reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm"
    " raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring"
    " AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH"
    " Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc"
    " Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig"
    " ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde"
    " ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml"
    " yacute thorn yuml ";

static const struct entity {
	const char *name;
	uint32_t code;
} entities[] = {
	{ "amp", '&' },
	{ "lt", '<' },
	{ "gt", '>' },
	{ "quot", '"' },
	{ "apos", '\'' },
	{ "ndash", 0x2013 },
	{ "mdash", 0x2014 },
	{ "lsquo", 0x2018 },
	{ "rsquo", 0x2019 },
	{ "ldquo", 0x201c },
	{ "rdquo", 0x201d },
	{ "bull", 0x2022 },
	{ "hellip", 0x2026 },
	{ "euro", 0x20ac },
	{ "zwnj", 0x200c },
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool
is_one_of(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return false;
}

static uint32_t
named_entity(const char *name)
{
	char word[NAME_SIZE + 2];
	const char *found, *p;
	uint32_t code = 0xa0;

	for (size_t i = 0; i < LENGTH(entities); i++)
		if (strcmp(entities[i].name, name) == 0)
			return entities[i].code;
	snprintf(word, sizeof word, " %s ", name);
	found = strstr(latin1, word);
	if (found == NULL)
		return 0;
	for (p = latin1 + 1; p <= found; p++)
		code += *p == ' ';
	return code;
}

/* The character that "&...;" stands for and the bytes it takes, or 0. */
static uint32_t
read_entity(const char *p, size_t *len)
{
	char name[NAME_SIZE];
	size_t n = strcspn(p + 1, ";<& \n");
	unsigned long code;

	if (n == 0 || n >= sizeof name - 2 || p[1 + n] != ';')
		return 0;
	memcpy(name, p + 1, n);
	name[n] = '\0';
	*len = n + 2;
	if (name[0] != '#')
		return named_entity(name);
	if (name[1] == 'x' || name[1] == 'X')
		code = strtoul(name + 2, NULL, 16);
	else
		code = strtoul(name + 1, NULL, 10);
	return code == 0 || code > 0x10ffff ? 0xfffd : (uint32_t)code;
}

struct reader {
	struct buffer out;
	bool space; /* white space was met since the last word */
	char quote[NAME_SIZE]; /* the tag that opened a quote, or "" */
	int depth; /* such tags open within it, itself one of them */
	bool ended; /* what comes now is quoted to the end */
};

static bool
at_line_start(const struct reader *reader)
{
	return reader->out.len == 0 ||
	       reader->out.data[reader->out.len - 1] == '\n';
}

/* A block begins and ends on a line of its own; a break is a break. */
static void
put_line(struct reader *reader, bool always)
{
	reader->space = false;
	if (reader->out.len > 0 && (always || !at_line_start(reader)))
		buffer_putc(&reader->out, '\n');
}

static void
put_code(struct reader *reader, uint32_t code)
{
	char bytes[4];

	if (code == 0xa0 || code <= ' ' || (code >= 0x7f && code < 0xa0)) {
		reader->space = true;
		return;
	}
	if (!at_line_start(reader)) {
		if (reader->space)
			buffer_putc(&reader->out, ' ');
	} else if (reader->depth > 0 || reader->ended) {
		buffer_puts(&reader->out, "> ");
	}
	reader->space = false;
	buffer_add(&reader->out, bytes, utf8_encode(code, bytes));
}

/* Where a tag ends: a ">" in an attribute's quotes does not count. */
static const char *
tag_end(const char *p)
{
	char quote = '\0';

	for (; *p != '\0'; p++) {
		if (quote != '\0')
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '>')
			return p;
	}
	return NULL;
}

static bool
has_any(const char *tag, size_t len, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (memmem(tag, len, words[i], strlen(words[i])) != NULL)
			return true;
	return false;
}

/* Where a quote begins and ends: at its own tag's end, those of the same name
 * within it counted. */
static void
note_quote(struct reader *reader, const char *name, const char *tag, size_t len)
{
	bool closes = name[0] == '/';

	if (reader->depth > 0) {
		if (strcasecmp(name + closes, reader->quote) == 0)
			reader->depth += closes ? -1 : 1;
	} else if (!closes && name[0] != '\0' &&
		   (strcasecmp(name, "blockquote") == 0 ||
		       has_any(tag, len, quoting, LENGTH(quoting)))) {
		snprintf(reader->quote, sizeof reader->quote, "%s", name);
		reader->depth = 1;
	}
	if (!closes && has_any(tag, len, ending, LENGTH(ending)))
		reader->ended = true;
}

/* Step over "<style>...</style>" to what comes after. */
static const char *
skip_unseen(const char *p, const char *name)
{
	size_t len = strlen(name);

	for (; (p = strstr(p, "</")) != NULL; p += 2)
		if (strncasecmp(p + 2, name, len) == 0)
			return p;
	return NULL;
}

/* Reads a tag or a comment; gives where to go on, NULL at the end of all. */
static const char *
read_tag(struct reader *reader, const char *p)
{
	char name[NAME_SIZE] = "";
	const char *end;
	size_t len;

	if (strncmp(p, "<!--", 4) == 0) {
		end = strstr(p + 4, "-->");
		return end == NULL ? NULL : end + 3;
	}
	end = tag_end(p);
	if (end == NULL)
		return NULL;
	len = strcspn(p + 1, " \t\r\n>");
	if (len < sizeof name)
		memcpy(name, p + 1, len);
	if (strcmp(name, "br/") == 0)
		name[2] = '\0';
	if (is_one_of(unseen, LENGTH(unseen), name))
		return skip_unseen(end, name);
	if (is_one_of(breaking, LENGTH(breaking), name) ||
	    strcasecmp(name, "blockquote") == 0)
		put_line(reader, strcasecmp(name, "br") == 0);
	note_quote(reader, name, p, (size_t)(end - p));
	return end + 1;
}

/* "<" before anything but a name is only a sign: "pain <3". */
static bool
is_tag(const char *p)
{
	return p[0] == '<' && (g_ascii_isalpha(p[1]) || p[1] == '/' ||
				  p[1] == '!' || p[1] == '?');
}

char *
html_text(const char *html)
{
	const char *p = html, *end = html + strlen(html);
	struct reader reader = { 0 };
	uint32_t code;
	size_t len;

	while (p != NULL && p < end) {
		if (is_tag(p)) {
			p = read_tag(&reader, p);
		} else if (*p == '&' && (code = read_entity(p, &len)) != 0) {
			put_code(&reader, code);
			p += len;
		} else {
			put_code(&reader, utf8_next(&p, end));
		}
	}
	return buffer_take(&reader.out);
}
