/*
 * A lexicon and its vocabulary: words, what they spell, what they count.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/lexicon_build.h"
#include "care/likeness.h"
#include "care/reply_text.h"

struct lexicon *
lexicon_new(void)
{
	struct lexicon *lexicon = xcalloc(1, sizeof(*lexicon));

	for (int role = 0; role < ROLE__MAX; role++)
		lexicon->roles[role] = -1;
	return lexicon;
}

void
phrase_clear(struct phrase *phrase)
{
	free(phrase->elements);
}

static void
patterns_free(struct pattern *patterns, int len)
{
	for (int i = 0; i < len; i++) {
		for (int j = 0; j < patterns[i].len; j++)
			phrase_clear(&patterns[i].parts[j]);
		free(patterns[i].parts);
	}
	free(patterns);
}

static void
texts_free(char **texts, int len)
{
	for (int i = 0; i < len; i++)
		free(texts[i]);
	free(texts);
}

void
lexicon_free(struct lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	likeness_free(lexicon->likeness);
	for (int i = 0; i < lexicon->words_len; i++) {
		free(lexicon->words[i].text);
		free(lexicon->words[i].sound);
		free(lexicon->words[i].means);
	}
	for (int i = 0; i < lexicon->groups_len; i++) {
		struct group *group = &lexicon->groups[i];

		for (int j = 0; j < group->len; j++)
			phrase_clear(&group->phrases[j]);
		free(group->phrases);
		free(group->firsts);
		free(group->name);
	}
	for (int i = 0; i < lexicon->flags_len; i++) {
		struct flag_rule *rule = &lexicon->flags[i];

		patterns_free(rule->say, rule->say_len);
	}
	for (int i = 0; i < lexicon->sounds_len; i++) {
		free(lexicon->sounds[i].from);
		free(lexicon->sounds[i].to);
	}
	for (int i = 0; i < STRIP__MAX; i++)
		texts_free(lexicon->strip[i].globs, lexicon->strip[i].len);
	texts_free(lexicon->lock_screen, lexicon->lock_screen_len);
	free(lexicon->sounds);
	free(lexicon->words);
	free(lexicon->stems);
	free(lexicon->groups);
	free(lexicon->flags);
	free(lexicon);
}

static unsigned
hash(const char *text, int len)
{
	uint32_t h = 2166136261U;

	for (int i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619U;
	return h % LEXICON_BUCKETS;
}

/* The word of that text, which for a stem is kept apart from the plain one. */
static int
find(const struct lexicon *lexicon, const char *text, int len, bool stem)
{
	for (int i = lexicon->buckets[hash(text, len)] - 1; i >= 0;
	     i = lexicon->words[i].next) {
		const struct word *word = &lexicon->words[i];

		if (word->len == len && word->stem == stem &&
		    memcmp(word->text, text, (size_t)len) == 0)
			return i;
	}
	return -1;
}

int
lexicon_find(const struct lexicon *lexicon, const char *text, int len)
{
	return find(lexicon, text, len, false);
}

uint32_t
lexicon_letters(const char *text, int len)
{
	uint32_t letters = 0;

	for (int i = 0; i < len; i++)
		letters |= 1U << ((unsigned char)text[i] & 31);
	return letters;
}

int
lexicon_add_word(struct lexicon *lexicon, const char *text, int len, bool stem)
{
	int id = find(lexicon, text, len, stem);
	unsigned bucket = hash(text, len);
	struct word *word;

	if (id >= 0)
		return id;
	id = lexicon->words_len++;
	if ((id & (id - 1)) == 0)
		lexicon->words = xrealloc(lexicon->words,
		    id == 0 ? 1 : 2 * (size_t)id, sizeof(*lexicon->words));
	word = &lexicon->words[id];
	*word = (struct word){ .text = xstrndup(text, (size_t)len),
		.len = len,
		.letters = lexicon_letters(text, len),
		.stem = stem,
		.number = -1,
		.next = lexicon->buckets[bucket] - 1 };
	lexicon->buckets[bucket] = id + 1;
	if (stem) {
		lexicon->stems = xrealloc(lexicon->stems,
		    (size_t)lexicon->stems_len + 1, sizeof(int));
		lexicon->stems[lexicon->stems_len++] = id;
	}
	return id;
}

int
lexicon_piece(const char **text)
{
	int len = 0;

	while (**text == ' ' || **text == '\t' || **text == '\n')
		(*text)++;
	while ((*text)[len] != '\0' && strchr(" \t\n", (*text)[len]) == NULL)
		len++;
	return len;
}

char *
lexicon_split(const char *line, char **right, struct why *why)
{
	char *folded = reply_fold(line), *colon = strstr(folded, " : ");

	if (colon == NULL) {
		free(folded);
		why_set(why, STATUS_BAD_DATA,
		    "\"%s\" needs \" : \" between its two sides", line);
		return NULL;
	}
	*colon = '\0';
	*right = colon + 3;
	return folded;
}

enum status
lexicon_add_spelling(struct lexicon *lexicon, const char *line, struct why *why)
{
	char *right = NULL, *left = lexicon_split(line, &right, why);
	const char *p = left, *q;

	if (left == NULL)
		return STATUS_BAD_DATA;
	for (int len; (len = lexicon_piece(&p)) > 0; p += len) {
		int id, *means = NULL, means_len = 0;

		/* What is meant may stand on the left too, for the eye. */
		if ((int)strlen(right) == len &&
		    memcmp(right, p, (size_t)len) == 0)
			continue;
		id = lexicon_add_word(lexicon, p, len, false);
		q = right;
		for (int n; (n = lexicon_piece(&q)) > 0; q += n) {
			means =
			    xrealloc(means, (size_t)means_len + 1, sizeof(int));
			means[means_len++] =
			    lexicon_add_word(lexicon, q, n, false);
		}
		free(lexicon->words[id].means);
		lexicon->words[id].means = means;
		lexicon->words[id].means_len = means_len;
		lexicon->words[id].spelled = true;
	}
	free(left);
	return STATUS_OK;
}

enum status
lexicon_add_number(struct lexicon *lexicon, const char *line, struct why *why)
{
	char *right = NULL, *left = lexicon_split(line, &right, why), *end;
	enum status status = STATUS_OK;
	const char *p = right;
	long value;

	if (left == NULL)
		return STATUS_BAD_DATA;
	value = strtol(left, &end, 10);
	if (end == left || *end != '\0' || value < 0 || value > 9999)
		status = why_set(why, STATUS_BAD_DATA,
		    "\"%s\" does not begin with a number", line);
	for (int len; status == STATUS_OK && (len = lexicon_piece(&p)) > 0;
	     p += len) {
		int id = lexicon_add_word(lexicon, p, len, false);

		lexicon->words[id].number = (int)value;
	}
	free(left);
	return status;
}

void
lexicon_add_common(struct lexicon *lexicon, const char *words)
{
	char *folded = reply_fold(words);
	const char *p = folded;

	for (int len; (len = lexicon_piece(&p)) > 0; p += len) {
		int id = find(lexicon, p, len, false);

		if (id < 0) {
			id = lexicon_add_word(lexicon, p, len, false);
			lexicon->words[id].spelled = true;
		}
	}
	free(folded);
}

static void
add_text(char ***texts, int *len, char *text)
{
	*texts = xrealloc(*texts, (size_t)*len + 1, sizeof(**texts));
	(*texts)[(*len)++] = text;
}

void
lexicon_add_glob(struct lexicon *lexicon, enum strip strip, const char *glob)
{
	char *folded = reply_fold(glob);

	/* A line is trimmed before it is compared; an emoji is folded apart. */
	add_text(&lexicon->strip[strip].globs, &lexicon->strip[strip].len,
	    xstrdup(folded + strspn(folded, " ")));
	free(folded);
}

void
lexicon_add_lock_screen(struct lexicon *lexicon, const char *word)
{
	add_text(
	    &lexicon->lock_screen, &lexicon->lock_screen_len, reply_fold(word));
}

enum status
lexicon_finish(struct lexicon *lexicon, struct why *why)
{
	for (int role = 0; role < ROLE__MAX; role++) {
		if (lexicon->roles[role] < 0)
			return why_set(why, STATUS_BAD_DATA,
			    "the group \"%s\" is missing", role_names[role]);
	}
	lexicon_index(lexicon);
	lexicon_index_sounds(lexicon);
	return STATUS_OK;
}
