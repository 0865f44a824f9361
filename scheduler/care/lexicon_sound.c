/*
 * Who writes as it sounds: "bibir" is "vivir", "rodiya" a "rodilla". The words
 * file tells which letters are heard as others; what sounds like a word of the
 * file is taken for it before any slip of the pen is looked for.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/lexicon_build.h"
#include "care/reply_text.h"

enum status
lexicon_add_sound(struct lexicon *lexicon, const char *line, struct why *why)
{
	char *right = NULL, *left = lexicon_split(line, &right, why);

	if (left == NULL)
		return STATUS_BAD_DATA;
	lexicon->sounds = xrealloc(lexicon->sounds,
	    (size_t)lexicon->sounds_len + 1, sizeof(*lexicon->sounds));
	lexicon->sounds[lexicon->sounds_len++] =
	    (struct sound){ .from = xstrdup(left), .to = xstrdup(right) };
	free(left);
	return STATUS_OK;
}

/* The first of the sounds that the text begins with, or NULL. */
static const struct sound *
sound_at(const struct lexicon *lexicon, const char *text, int len)
{
	for (int i = 0; i < lexicon->sounds_len; i++) {
		const struct sound *sound = &lexicon->sounds[i];
		size_t from = strlen(sound->from);

		if (from > 0 && from <= (size_t)len &&
		    memcmp(sound->from, text, from) == 0)
			return sound;
	}
	return NULL;
}

void
lexicon_sound(const struct lexicon *lexicon, const char *text, int len,
    char *out, size_t size)
{
	size_t n = 0;

	while (len > 0) {
		const struct sound *sound = sound_at(lexicon, text, len);
		const char *to = sound == NULL ? text : sound->to;
		size_t to_len = sound == NULL ? 1 : strlen(to);
		int from = sound == NULL ? 1 : (int)strlen(sound->from);

		if (n + to_len >= size)
			break;
		memcpy(out + n, to, to_len);
		n += to_len;
		text += from;
		len -= from;
	}
	out[n] = '\0';
}

int
lexicon_alike(
    const struct lexicon *lexicon, const char *text, int len, int *ids, int max)
{
	char sound[WORD_MAX];
	int found = 0, spelled = -1;

	if (lexicon->sounds_len == 0)
		return 0;
	lexicon_sound(lexicon, text, len, sound, sizeof(sound));
	if (strlen(sound) < 2)
		return 0;
	for (int i = 0; i < lexicon->words_len && found < max; i++) {
		const struct word *word = &lexicon->words[i];

		if (word->stem || strcmp(word->sound, sound) != 0)
			continue;
		if (!word->spelled)
			ids[found++] = i;
		else if (spelled < 0)
			spelled = i;
	}
	if (found == 0 && spelled >= 0)
		ids[found++] = spelled;
	return found;
}

void
lexicon_index_sounds(struct lexicon *lexicon)
{
	char sound[WORD_MAX];

	for (int i = 0; i < lexicon->words_len; i++) {
		struct word *word = &lexicon->words[i];

		lexicon_sound(
		    lexicon, word->text, word->len, sound, sizeof(sound));
		word->sound = xstrdup(sound);
	}
}
