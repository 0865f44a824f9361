/*
 * A text is cut into words and numbers; what stands between them becomes
 * marks. What a word may be, reply_token.c finds.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "care/reply_text.h"

#define TEXT_MAX ((size_t)128 * 1024) /* bytes that are read of one reply */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80 || c == '_';
}

/*
 * A number in digits, with its decimals; gives the end. "7.30" has two
 * decimals and is a time, "3.2.1" is a version or a date: both are too big
 * to be a score, as is "07".
 */
static const char *
add_number(struct reply_text *text, const char *p, unsigned before)
{
	const char *start = p, *dot;
	long tenths = 0;
	int parts = 0, decimals = 0, digits = 0;
	struct token *token;

	for (; is_digit(*p); p++, digits++)
		tenths = tenths < 100000 ? tenths * 10 + (*p - '0') : tenths;
	tenths *= 10;
	while ((*p == '.' || *p == ',') && is_digit(p[1])) {
		dot = p++;
		for (decimals = 0; is_digit(*p); p++)
			decimals++;
		if (parts++ == 0 &&
		    (decimals == 1 ||
			(decimals == 2 && (dot[2] == '0' || dot[2] == '5') &&
			    memchr("0257", dot[1], 4) && dot[2] != '0')))
			tenths += dot[1] - '0';
		else
			parts = 2;
	}
	if (parts > 1 || (digits > 1 && *start == '0'))
		tenths = 100000;
	token = reply_add_token(text, start, (int)(p - start), before);
	token->tenths = (int)tenths;
	token->digits = true;
	reply_add_id(token, lexicon_find(text->lexicon, start, token->len));
	if (token->ids[0] < 0)
		token->ids_len = 0;
	return p;
}

/*
 * A run of letters, digits and apostrophes. "gr8" and "2day" are words when
 * the lexicon knows them; else digits and letters part, save in "l5" and the
 * like, which is a name.
 */
static const char *
add_run(struct reply_text *text, const char *p, unsigned before)
{
	const char *start = p, *end = p;
	bool letters = false, numbers = false;
	int id;

	while (is_letter(*end) || is_digit(*end) ||
	       (*end == '\'' && end > start && is_letter(end[1]))) {
		letters |= is_letter(*end);
		numbers |= is_digit(*end);
		end++;
	}
	id = lexicon_find(text->lexicon, start, (int)(end - start));
	if (!numbers || (letters && id >= 0) ||
	    (end - start > 1 && is_letter(start[0]) && is_digit(start[1]) &&
		start[0] != 'x')) {
		reply_add_word(text, start, (int)(end - start), before, false);
		return end;
	}
	for (bool glued = false; p < end; glued = true) {
		const char *part = p;

		if (is_digit(*p)) {
			p = add_number(text, p, before);
			text->tokens[text->len - 1].glued = glued;
		} else {
			while (p < end && !is_digit(*p))
				p++;
			reply_add_word(
			    text, part, (int)(p - part), before, glued);
		}
		before = 0;
	}
	return p;
}

static unsigned
mark(char c)
{
	static const struct {
		const char *chars;
		unsigned mark;
	} marks[] = { { " ", MARK_SPACE }, { ".!;\n|", MARK_END },
		{ "?", MARK_QUESTION }, { ",", MARK_COMMA },
		{ "-~_", MARK_DASH }, { "/\\", MARK_SLASH },
		{ ":=", MARK_COLON }, { "([", MARK_OPEN }, { ")]", MARK_CLOSE },
		{ "#@$", MARK_SIGN }, { "%", MARK_UNIT }, { "<>", MARK_LESS },
		{ "*", MARK_STAR } };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (c != '\0' && strchr(marks[i].chars, c) != NULL)
			return marks[i].mark;
	}
	return MARK_SPACE;
}

/* Signs of two bytes and more: money, degrees, emoji. */
static const char *
add_sign(
    struct reply_text *text, const char *p, const char *end, unsigned *before)
{
	const char *start = p;
	uint32_t code = utf8_next(&p, end);
	int id = lexicon_find(text->lexicon, start, (int)(p - start));

	if (id >= 0) {
		reply_add_word(text, start, (int)(p - start), *before, false);
		*before = 0;
	} else if (code == 0xa3 || code == 0x20ac || code == 0xa5) {
		*before |= MARK_SIGN;
	} else if (code == 0xb0) {
		*before |= MARK_UNIT;
	} else if (code == 0xbf) {
		*before |= MARK_ASKS;
	} else {
		text->symbols = true;
		*before |= MARK_SPACE;
	}
	return p;
}

static bool
is_sign(const char *p, const char *end)
{
	uint32_t code;

	if ((unsigned char)*p < 0x80)
		return false;
	code = utf8_next(&p, end);
	return code < 0xc0 || (code >= 0x2000 && code < 0x2c00) ||
	       code >= 0x1f000;
}

static bool
lone_letter(const struct token *token)
{
	return token->len == 1 && is_letter(token->text[0]);
}

/* "s t o p": letters that stand alone and spell a word together. */
static void
join_letters(struct reply_text *text)
{
	struct token *tokens = text->tokens;
	char word[WORD_MAX];
	int out = 0;

	for (int i = 0; i < text->len; out++) {
		int len = 0, id;

		while (i + len < text->len && len < WORD_MAX &&
		       lone_letter(&tokens[i + len])) {
			word[len] = tokens[i + len].text[0];
			len++;
		}
		id = len < 3 ? -1 : lexicon_find(text->lexicon, word, len);
		tokens[out] = tokens[i];
		if (id < 0) {
			i++;
			continue;
		}
		tokens[out].text = text->lexicon->words[id].text;
		tokens[out].len = len;
		tokens[out].ids[0] = id;
		tokens[out].ids_len = 1;
		tokens[out].tenths = -1;
		i += len;
	}
	tokens[out] = tokens[text->len];
	text->len = out;
}

/* The length of a face such as :-) or :( or a heart <3 here, or 0. */
static int
face(const char *p, const char *end)
{
	const char *start = p;

	if (end - p >= 2 && memcmp(p, "<3", 2) == 0)
		return p + 2 == end || is_space(p[2]) ? 2 : 0;
	if (p + 1 >= end || strchr(":;=", *p) == NULL)
		return 0;
	p++;
	if (p + 1 < end && (*p == '-' || *p == '\''))
		p++;
	if (strchr(")(d/|]p*", *p) == NULL)
		return 0;
	while (p + 1 < end && p[1] == *p)
		p++;
	p++;
	return p == end || is_space(*p) ? (int)(p - start) : 0;
}

/* The dot of "p.m." and "a.m." ends no sentence. */
static bool
abbreviates(const char *start, const char *p, const char *end)
{
	return *p == '.' && p > start && is_letter(p[-1]) &&
	       (p - 1 == start || !is_letter(p[-2])) && end - p >= 2 &&
	       is_letter(p[1]) && (end - p == 2 || !is_letter(p[2]));
}

static void
cut(struct reply_text *text)
{
	const char *p = text->folded, *end = p + strlen(p);
	unsigned before = 0;

	while (p < end) {
		if (is_sign(p, end)) {
			p = add_sign(text, p, end, &before);
		} else if (is_digit(*p) || is_letter(*p)) {
			p = add_run(text, p, before);
			before = 0;
		} else if (face(p, end) > 0) {
			p += face(p, end);
			text->symbols = true;
			before |= MARK_SPACE;
		} else {
			before |= abbreviates(text->folded, p, end) ? MARK_SPACE
								    : mark(*p);
			p++;
		}
	}
	reply_add_token(text, "", 0, before);
	text->len--;
	join_letters(text);
}

static void
mark_harmless(struct reply_text *text)
{
	for (int at = 0; at < text->len; at++) {
		int end = match_role(text, ROLE_HARMLESS, at);

		for (int i = at; i < end; i++)
			text->harmless[i] = text->denied = true;
	}
}

void
reply_text_open(
    struct reply_text *text, const struct lexicon *lexicon, const char *written)
{
	size_t len = strnlen(written, TEXT_MAX);
	char *copy = xstrndup(written, len);

	*text = (struct reply_text){ .lexicon = lexicon };
	text->folded = reply_fold(copy);
	free(copy);
	text->tapback = reply_strip(lexicon, text->folded);
	cut(text);
	text->matches =
	    xcalloc((size_t)lexicon->groups_len * (size_t)(text->len + 1),
		sizeof(*text->matches));
	text->harmless = xcalloc((size_t)text->len + 1, sizeof(bool));
	mark_harmless(text);
}

void
reply_text_close(struct reply_text *text)
{
	free(text->folded);
	free(text->tokens);
	free(text->matches);
	free(text->harmless);
	*text = (struct reply_text){ 0 };
}
