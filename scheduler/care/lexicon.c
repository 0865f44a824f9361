#include "care/lexicon.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/reply_text.h"

#define NAME_SIZE 48

const char *const role_names[ROLE__MAX] = {
	[ROLE_STOP_ALONE] = "stop_alone",
	[ROLE_STOP_CLEAR] = "stop_clear",
	[ROLE_STOP_SAID] = "stop_said",
	[ROLE_STOP_NOT] = "stop_not",
	[ROLE_START_ALONE] = "start_alone",
	[ROLE_START_SAID] = "start_said",
	[ROLE_HELP_ALONE] = "help_alone",
	[ROLE_POLITE] = "polite",
	[ROLE_COURTESY] = "courtesy",
	[ROLE_GREETING] = "greeting",
	[ROLE_WRONG_NUMBER] = "wrong_number",
	[ROLE_WHO_IS_THIS] = "who_is_this",
	[ROLE_PAUSE] = "pause",
	[ROLE_PAUSE_DAYS] = "pause_days",
	[ROLE_PAUSE_WEEKS] = "pause_weeks",
	[ROLE_AUTOMATIC] = "automatic",
	[ROLE_QUESTION] = "question",
	[ROLE_REQUEST] = "request",
	[ROLE_JOIN] = "join",
	[ROLE_DENIAL] = "denial",
	[ROLE_DENIAL_NOT] = "denial_not",
	[ROLE_DENIAL_THROUGH] = "denial_through",
	[ROLE_DENIAL_AFTER] = "denial_after",
	[ROLE_DENIAL_LIST] = "denial_list",
	[ROLE_OR] = "or",
	[ROLE_HARMLESS] = "harmless",
	[ROLE_OTHERS] = "others",
	[ROLE_SELF] = "self",
	[ROLE_PAIN] = "pain",
	[ROLE_LEAD] = "lead",
	[ROLE_AFTER] = "after",
	[ROLE_OUT_OF] = "out_of",
	[ROLE_UNIT] = "unit",
	[ROLE_TASK] = "task",
	[ROLE_ADDRESS] = "address",
	[ROLE_STREET] = "street",
	[ROLE_NOT_BEFORE] = "not_before",
	[ROLE_OTHER_SCALE] = "other_scale",
	[ROLE_OTHER_AFTER] = "other_after",
	[ROLE_SCALE] = "scale",
	[ROLE_NO_PAIN] = "no_pain",
	[ROLE_NO_PAIN_BUT] = "no_pain_but",
	[ROLE_UNREAL] = "unreal",
	[ROLE_ZERO_ALONE] = "zero_alone",
	[ROLE_SHY] = "shy",
	[ROLE_HALF] = "half",
	[ROLE_ISH] = "ish",
	[ROLE_BETWEEN] = "between",
	[ROLE_RANGE] = "range",
	[ROLE_TREND] = "trend",
	[ROLE_FROM] = "from",
	[ROLE_CORRECTION] = "correction",
	[ROLE_NOW] = "now",
	[ROLE_EVENING] = "evening",
	[ROLE_TODAY] = "today",
	[ROLE_MORNING] = "morning",
	[ROLE_PAST] = "past",
	[ROLE_WAS] = "was",
	[ROLE_PRESENT] = "present",
	[ROLE_NOT_TIME] = "not_time",
	[ROLE_YES] = "yes",
	[ROLE_NO] = "no",
	[ROLE_NEUTRAL] = "neutral",
	[ROLE_DONE] = "done",
	[ROLE_NOT_DONE] = "not_done",
	[ROLE_DONE_SAID] = "done_said",
	[ROLE_NOT_DONE_SAID] = "not_done_said",
	[ROLE_LEG] = "leg",
	[ROLE_NOT_LEG] = "not_leg",
	[ROLE_LEG_SAID] = "leg_said",
	[ROLE_NOT_LEG_SAID] = "not_leg_said",
	[ROLE_SETTLED] = "settled",
	[ROLE_NOT_SETTLED] = "not_settled",
	[ROLE_SETTLED_SAID] = "settled_said",
	[ROLE_NOT_SETTLED_SAID] = "not_settled_said",
};

const char *const strip_names[STRIP__MAX] = {
	[STRIP_TAPBACK] = "tapback",
	[STRIP_SIGNATURE] = "signature",
	[STRIP_QUOTE] = "quote",
	[STRIP_HEADER] = "header",
};

struct lexicon *
lexicon_new(void)
{
	struct lexicon *lexicon = xcalloc(1, sizeof(*lexicon));

	for (int role = 0; role < ROLE__MAX; role++)
		lexicon->roles[role] = -1;
	return lexicon;
}

static void
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
	for (int i = 0; i < lexicon->words_len; i++) {
		free(lexicon->words[i].text);
		free(lexicon->words[i].means);
	}
	for (int i = 0; i < lexicon->groups_len; i++) {
		struct group *group = &lexicon->groups[i];

		for (int j = 0; j < group->len; j++)
			phrase_clear(&group->phrases[j]);
		free(group->phrases);
		free(group->name);
	}
	for (int i = 0; i < lexicon->flags_len; i++) {
		struct flag_rule *rule = &lexicon->flags[i];

		patterns_free(rule->say, rule->say_len);
		patterns_free(rule->unless, rule->unless_len);
	}
	for (int i = 0; i < STRIP__MAX; i++)
		texts_free(lexicon->strip[i].globs, lexicon->strip[i].len);
	texts_free(lexicon->lock_screen, lexicon->lock_screen_len);
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

static int
add_word(struct lexicon *lexicon, const char *text, int len, bool stem)
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

/* The next piece of a text between spaces; its length, 0 at the end. */
static int
next_piece(const char **text)
{
	int len = 0;

	while (**text == ' ' || **text == '\t' || **text == '\n')
		(*text)++;
	while ((*text)[len] != '\0' && strchr(" \t\n", (*text)[len]) == NULL)
		len++;
	return len;
}

/* A line "a b : c d", folded: its left side, which the caller frees, and where
 * its right side begins; NULL when it has but one. */
static char *
split_line(const char *line, char **right, struct why *why)
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
	char *right = NULL, *left = split_line(line, &right, why);
	const char *p = left, *q;

	if (left == NULL)
		return STATUS_BAD_DATA;
	for (int len; (len = next_piece(&p)) > 0; p += len) {
		int id, *means = NULL, means_len = 0;

		/* What is meant may stand on the left too, for the eye. */
		if ((int)strlen(right) == len &&
		    memcmp(right, p, (size_t)len) == 0)
			continue;
		id = add_word(lexicon, p, len, false);
		q = right;
		for (int n; (n = next_piece(&q)) > 0; q += n) {
			means =
			    xrealloc(means, (size_t)means_len + 1, sizeof(int));
			means[means_len++] = add_word(lexicon, q, n, false);
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
	char *right = NULL, *left = split_line(line, &right, why), *end;
	enum status status = STATUS_OK;
	const char *p = right;
	long value;

	if (left == NULL)
		return STATUS_BAD_DATA;
	value = strtol(left, &end, 10);
	if (end == left || *end != '\0' || value < 0 || value > 9999)
		status = why_set(why, STATUS_BAD_DATA,
		    "\"%s\" does not begin with a number", line);
	for (int len; status == STATUS_OK && (len = next_piece(&p)) > 0;
	     p += len) {
		int id = add_word(lexicon, p, len, false);

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

	for (int len; (len = next_piece(&p)) > 0; p += len) {
		int id = find(lexicon, p, len, false);

		if (id < 0) {
			id = add_word(lexicon, p, len, false);
			lexicon->words[id].spelled = true;
		}
	}
	free(folded);
}

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
	int id = add_word(lexicon, text, len, false);
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

/* "" or "9-99": the bounds of a number, false when it is neither. */
static bool
number_bounds(const char *text, int len, struct element *element)
{
	char *end;

	if (len == 0)
		return true;
	element->least = (int)strtol(text, &end, 10);
	if (end == text || *end != '-')
		return false;
	text = end + 1;
	element->most = (int)strtol(text, &end, 10);
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
		element.id = add_word(lexicon, piece, len - 1, true);
		add_element(phrase, element);
		return STATUS_OK;
	}
	memcpy(plain, piece, (size_t)len);
	add_words(lexicon, phrase, plain, len, element.optional);
	return STATUS_OK;
}

/* Pieces up to the end or to a lone "+" or "~", which joined says; text is
 * moved behind it. */
static enum status
add_pieces(struct lexicon *lexicon, struct phrase *phrase, const char **text,
    char *joined, struct why *why)
{
	enum status status = STATUS_OK;

	for (int len; status == STATUS_OK && (len = next_piece(text)) > 0;) {
		const char *piece = *text;

		*text += len;
		if (len == 1 && (*piece == '+' || *piece == '~')) {
			*joined = *piece;
			break;
		}
		status = add_piece(lexicon, phrase, piece, len, why);
	}
	if (status == STATUS_OK &&
	    (phrase->len == 0 || phrase->elements[0].kind == ELEMENT_GAP ||
		phrase->elements[phrase->len - 1].kind == ELEMENT_GAP))
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
	*rule = (struct flag_rule){ .flag = { .level = level } };
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
lexicon_check(const struct lexicon *lexicon, struct why *why)
{
	for (int role = 0; role < ROLE__MAX; role++) {
		if (lexicon->roles[role] < 0)
			return why_set(why, STATUS_BAD_DATA,
			    "the group \"%s\" is missing", role_names[role]);
	}
	return STATUS_OK;
}
