/*
 * Phrases, the groups they stand in, and the patterns of red flags, from the
 * lines of the words file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/lexicon_build.h"
#include "care/reply_text.h"

#define NAME_SIZE 48

static int
find_group(const struct lexicon *lexicon, const char *name, size_t len)
{
	for (int i = lexicon->groups_len - 1; i >= 0; i--) {
		if (strlen(lexicon->groups[i].name) == len &&
		    memcmp(lexicon->groups[i].name, name, len) == 0)
			return i;
	}
	return -1;
}

int
lexicon_add_group(struct lexicon *lexicon, const char *name)
{
	int group = lexicon->groups_len++;

	lexicon->groups = xrealloc(lexicon->groups, (size_t)lexicon->groups_len,
	    sizeof(*lexicon->groups));
	lexicon->groups[group] = (struct group){ .name = xstrdup(name) };
	for (int role = 0; role < ROLE__MAX; role++) {
		if (strcmp(role_names[role], name) == 0)
			lexicon->roles[role] = group;
	}
	return group;
}

static void
add_element(struct phrase *phrase, struct element element)
{
	phrase->elements = xrealloc(phrase->elements, (size_t)phrase->len + 1,
	    sizeof(*phrase->elements));
	phrase->elements[phrase->len++] = element;
}

/* A plain word, or what its spelling stands for. */
static void
add_words(struct lexicon *lexicon, struct phrase *phrase, const char *text,
    int len, bool optional)
{
	int id = lexicon_add_word(lexicon, text, len, false);
	const struct word *word = &lexicon->words[id];
	struct element element = { ELEMENT_WORD, optional, id, 0, 0 };

	if (word->means_len == 0) {
		lexicon->words[id].spelled = false;
		add_element(phrase, element);
	}
	for (int i = 0; i < word->means_len; i++) {
		element.id = word->means[i];
		add_element(phrase, element);
	}
}

/* "" or "9-99" or "37.5-42": the bounds of a number; false when it is none. */
static bool
number_bounds(const char *text, int len, struct element *element)
{
	char *end;

	if (len == 0)
		return true;
	element->least = (int)(10 * strtod(text, &end));
	if (end == text || *end != '-')
		return false;
	text = end + 1;
	element->most = (int)(10 * strtod(text, &end));
	return end > text && element->most >= element->least;
}

static enum status
add_piece(struct lexicon *lexicon, struct phrase *phrase, const char *piece,
    int len, struct why *why)
{
	struct element element = { ELEMENT_GAP, false, -1, 0, 0 };
	char plain[NAME_SIZE];

	if (len >= NAME_SIZE)
		return why_set(
		    why, STATUS_BAD_DATA, "\"%.*s\" is too long", len, piece);
	if (len == 2 && memcmp(piece, "..", 2) == 0) {
		add_element(phrase, element);
		return STATUS_OK;
	}
	if (len == 1 && (*piece == '$' || *piece == '@')) {
		element.kind = *piece == '$' ? ELEMENT_END : ELEMENT_NAME;
		add_element(phrase, element);
		return STATUS_OK;
	}
	if (len > 1 && piece[len - 1] == '?') {
		element.optional = true;
		len--;
	}
	if (*piece == '#') {
		element.kind = ELEMENT_NUMBER;
		if (!number_bounds(piece + 1, len - 1, &element))
			return why_set(why, STATUS_BAD_DATA,
			    "\"%.*s\" is no number; say # or #9-99", len,
			    piece);
		add_element(phrase, element);
		return STATUS_OK;
	}
	if (*piece == '<' && piece[len - 1] == '>') {
		element.kind = ELEMENT_GROUP;
		element.id = find_group(lexicon, piece + 1, (size_t)len - 2);
		if (element.id < 0)
			return why_set(why, STATUS_BAD_DATA,
			    "no group %.*s stands above", len, piece);
		add_element(phrase, element);
		return STATUS_OK;
	}
	if (len > 1 && piece[len - 1] == '*') {
		element.kind = ELEMENT_STEM;
		element.id = lexicon_add_word(lexicon, piece, len - 1, true);
		add_element(phrase, element);
		return STATUS_OK;
	}
	memcpy(plain, piece, (size_t)len);
	add_words(lexicon, phrase, plain, len, element.optional);
	return STATUS_OK;
}

/* A gap needs a word that must be there on both its sides; the end of a clause
 * and a name need one before them. */
static bool
open_ended(const struct phrase *phrase)
{
	int first = 0, last = phrase->len - 1;

	while (first < last && phrase->elements[first].optional)
		first++;
	while (last > first && phrase->elements[last].optional)
		last--;
	return phrase->elements[first].kind == ELEMENT_GAP ||
	       phrase->elements[first].kind == ELEMENT_END ||
	       phrase->elements[first].kind == ELEMENT_NAME ||
	       phrase->elements[last].kind == ELEMENT_GAP;
}

/* Pieces up to the end or to a lone "+" or "~", which joined says; text is
 * moved behind it. */
static enum status
add_pieces(struct lexicon *lexicon, struct phrase *phrase, const char **text,
    char *joined, struct why *why)
{
	enum status status = STATUS_OK;

	for (int len; status == STATUS_OK && (len = lexicon_piece(text)) > 0;) {
		const char *piece = *text;

		*text += len;
		if (len == 1 && (*piece == '+' || *piece == '~')) {
			*joined = *piece;
			break;
		}
		status = add_piece(lexicon, phrase, piece, len, why);
	}
	if (status == STATUS_OK && (phrase->len == 0 || open_ended(phrase)))
		status = why_set(why, STATUS_BAD_DATA,
		    "a phrase must begin and end with a word");
	return status;
}

enum status
lexicon_add_phrase(
    struct lexicon *lexicon, int group, const char *text, struct why *why)
{
	char *folded = reply_fold(text);
	const char *p = folded;
	struct phrase phrase = { 0 };
	struct group *g = &lexicon->groups[group];
	char joined = '\0';
	enum status status = add_pieces(lexicon, &phrase, &p, &joined, why);

	free(folded);
	if (status == STATUS_OK && joined != '\0')
		status = why_set(why, STATUS_BAD_DATA,
		    "\"%c\" joins the parts of red flags alone", joined);
	if (status != STATUS_OK) {
		phrase_clear(&phrase);
		return status;
	}
	g->phrases =
	    xrealloc(g->phrases, (size_t)g->len + 1, sizeof(*g->phrases));
	g->phrases[g->len++] = phrase;
	return STATUS_OK;
}

struct flag_rule *
lexicon_add_flag(
    struct lexicon *lexicon, const char *name, enum flag_level level)
{
	struct flag_rule *rule;

	lexicon->flags = xrealloc(lexicon->flags,
	    (size_t)lexicon->flags_len + 1, sizeof(*lexicon->flags));
	rule = &lexicon->flags[lexicon->flags_len++];
	*rule = (struct flag_rule){
		.flag = { .level = level }, .unless = -1, .topic = -1
	};
	strncpy(rule->flag.name, name, FLAG_NAME_SIZE - 1);
	return rule;
}

enum status
lexicon_add_pattern(struct lexicon *lexicon, struct pattern **patterns,
    int *len, const char *text, struct why *why)
{
	char *folded = reply_fold(text);
	const char *p = folded;
	struct pattern *pattern;
	enum status status = STATUS_OK;
	char joined = '\0';

	*patterns = xrealloc(*patterns, (size_t)*len + 1, sizeof(**patterns));
	pattern = &(*patterns)[(*len)++];
	*pattern = (struct pattern){ 0 };
	do {
		pattern->parts = xrealloc(pattern->parts,
		    (size_t)pattern->len + 1, sizeof(*pattern->parts));
		pattern->parts[pattern->len] = (struct phrase){ 0 };
		status = add_pieces(
		    lexicon, &pattern->parts[pattern->len++], &p, &joined, why);
		pattern->close |= joined == '~';
	} while (status == STATUS_OK && *p != '\0');
	free(folded);
	return status;
}

/* The words that a phrase may begin with: all up to the first that must be. */
static void
add_firsts(
    const struct lexicon *lexicon, struct group *g, const struct phrase *phrase)
{
	size_t words = ((size_t)lexicon->words_len + 31) / 32;

	for (int i = 0; i < phrase->len; i++) {
		const struct element *element = &phrase->elements[i];
		const struct group *inner;

		if (element->kind == ELEMENT_NUMBER) {
			g->first_number = true;
		} else if (element->kind == ELEMENT_GROUP) {
			inner = &lexicon->groups[element->id];
			for (size_t w = 0; w < words; w++)
				g->firsts[w] |= inner->firsts[w];
			g->first_number |= inner->first_number;
		} else {
			g->firsts[element->id / 32] |= UINT32_C(1)
						       << element->id % 32;
		}
		if (!element->optional)
			return;
	}
}

void
lexicon_index(struct lexicon *lexicon)
{
	size_t words = ((size_t)lexicon->words_len + 31) / 32;

	/* A group names only groups that stand above it. */
	for (int i = 0; i < lexicon->groups_len; i++) {
		struct group *g = &lexicon->groups[i];

		g->firsts = xcalloc(words, sizeof(*g->firsts));
		for (int j = 0; j < g->len; j++)
			add_firsts(lexicon, g, &g->phrases[j]);
	}
}
