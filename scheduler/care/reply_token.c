/*
 * What a word may be: it is looked up as it stands, by its spelling ("cant"),
 * by its stem, without doubled letters, and last as a slip of the pen.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/reply_text.h"

struct token *
reply_add_token(
    struct reply_text *text, const char *word, int len, unsigned before)
{
	struct token *token;

	/* One more than used: the last holds the marks at the end. */
	if (text->len + 2 > text->size) {
		text->size = 2 * text->size + 32;
		text->tokens = xrealloc(
		    text->tokens, (size_t)text->size, sizeof(*text->tokens));
	}
	token = &text->tokens[text->len++];
	*token = (struct token){
		.text = word, .len = len, .before = before, .tenths = -1
	};
	return token;
}

void
reply_add_id(struct token *token, int id)
{
	if (token->ids_len < TOKEN_IDS)
		token->ids[token->ids_len++] = id;
}

static void
look_up_stems(const struct lexicon *lexicon, struct token *token,
    const char *text, int len)
{
	for (int i = 0; i < lexicon->stems_len; i++) {
		const struct word *stem = &lexicon->words[lexicon->stems[i]];

		if (stem->len <= len && stem->text[0] == text[0] &&
		    memcmp(stem->text, text, (size_t)stem->len) == 0)
			reply_add_id(token, lexicon->stems[i]);
	}
}

/* "inchada" begins as "hinch*" sounds. */
static void
look_up_sounds(const struct lexicon *lexicon, struct token *token)
{
	char sound[WORD_MAX];

	if (lexicon->sounds_len == 0)
		return;
	lexicon_sound(lexicon, token->text, token->len, sound, sizeof(sound));
	for (int i = 0; i < lexicon->stems_len; i++) {
		const char *stem = lexicon->words[lexicon->stems[i]].sound;

		if (strlen(stem) > 2 && strncmp(sound, stem, strlen(stem)) == 0)
			reply_add_id(token, lexicon->stems[i]);
	}
}

/* "stoppp" and "numbb": the word with single letters, if that is one. */
static int
find_squeezed(const struct lexicon *lexicon, const struct token *token)
{
	char word[WORD_MAX];
	int keep, len, id;

	if (token->len > WORD_MAX)
		return -1;
	for (keep = 2; keep >= 1; keep--) {
		len = 0;
		for (int i = 0; i < token->len; i++) {
			if (i < keep || token->text[i] != token->text[i - 1] ||
			    token->text[i] != token->text[i - keep])
				word[len++] = token->text[i];
		}
		id = lexicon_find(lexicon, word, len);
		if (id >= 0 && len < token->len && len > 1)
			return id;
	}
	return -1;
}

/* The word that was meant, where it is not written so: "stoppp", "nmub". Of
 * several as near the token may be each; their number, if it is one. */
static int
guess(const struct lexicon *lexicon, struct token *token)
{
	int ids[TOKEN_IDS], found, number, id = find_squeezed(lexicon, token);

	if (id >= 0)
		return id;
	found = lexicon_alike(lexicon, token->text, token->len, ids, TOKEN_IDS);
	if (found == 0)
		found = lexicon_near(
		    lexicon, token->text, token->len, ids, TOKEN_IDS);
	if (found < 2)
		return found == 1 ? ids[0] : -1;
	number = lexicon->words[ids[0]].number;
	for (int i = 0; i < found; i++) {
		reply_add_id(token, ids[i]);
		if (lexicon->words[ids[i]].number != number)
			number = -1;
	}
	if (number >= 0)
		token->tenths = 10 * number;
	return -1;
}

/* What the word may be; the words it stands for, if it is a spelling. */
static const struct word *
look_up(const struct lexicon *lexicon, struct token *token)
{
	int id = lexicon_find(lexicon, token->text, token->len);
	const struct word *word;

	if (id < 0) {
		look_up_stems(lexicon, token, token->text, token->len);
		if (token->ids_len == 0)
			look_up_sounds(lexicon, token);
		id = guess(lexicon, token);
	}
	if (id < 0)
		return NULL;
	word = &lexicon->words[id];
	if (word->means_len > 0)
		return word;
	reply_add_id(token, id);
	/* A misspelt word has the beginnings of the word that it was to be; one
	 * that is only known not to be a slip ("numbers") has none. */
	if (!word->spelled)
		look_up_stems(lexicon, token, word->text, word->len);
	if (token->tenths < 0 && word->number >= 0)
		token->tenths = 10 * word->number;
	return NULL;
}

/* "Pain's" of a known word: what stands before the apostrophe. */
static int
before_apostrophe(const struct lexicon *lexicon, const char *word, int len)
{
	if (len < 4 || memcmp(word + len - 2, "'s", 2) != 0 ||
	    lexicon_find(lexicon, word, len) >= 0)
		return len;
	return lexicon_find(lexicon, word, len - 2) >= 0 ? len - 2 : len;
}

void
reply_add_word(struct reply_text *text, const char *word, int len,
    unsigned before, bool glued)
{
	const struct lexicon *lexicon = text->lexicon;
	int own = before_apostrophe(lexicon, word, len);
	struct token *token = reply_add_token(text, word, own, before);
	const struct word *means;

	token->glued = glued;
	means = look_up(lexicon, token);
	if (means == NULL)
		return;
	text->len--;
	for (int i = 0; i < means->means_len; i++) {
		const struct word *w = &lexicon->words[means->means[i]];

		token =
		    reply_add_token(text, w->text, w->len, i == 0 ? before : 0);
		reply_add_id(token, means->means[i]);
		look_up_stems(lexicon, token, w->text, w->len);
		if (w->number >= 0)
			token->tenths = 10 * w->number;
		if (isdigit((unsigned char)w->text[0]))
			token->tenths = 10 * (int)strtol(w->text, NULL, 10);
	}
}
