/*
 * Phrases and groups, found at a place in a text. What a group matches is
 * remembered, because many rules ask for the same groups.
 */
#include "care/reply_text.h"

#define GAP_WORDS 3

static bool
has_id(const struct token *token, int id)
{
	for (int i = 0; i < token->ids_len; i++) {
		if (token->ids[i] == id)
			return true;
	}
	return false;
}

/* Nothing matches across the end of a sentence. */
static bool
sentence_before(const struct reply_text *text, int at)
{
	return text->tokens[at].before & (MARK_END | MARK_QUESTION);
}

/* Nor across a comma or a dash behind its first word: "no, pain 8" and "no -
 * pain 8" are not "no pain". */
static bool
parted_before(const struct reply_text *text, int at)
{
	unsigned dash = MARK_DASH | MARK_SPACE,
		 before = text->tokens[at].before;

	return (before & MARK_COMMA) || (before & dash) == dash;
}

/* A gap skips words of one clause: "both legs ok, pain 3". */
static bool
clause_before(const struct reply_text *text, int at)
{
	return text->tokens[at].before & MARK_CLAUSE;
}

/* Sets of lengths, a bit for each; the top bit says that it was looked up. */
#define LENGTH_MAX 30
#define LOOKED_UP (1U << 31)

static uint32_t group_lengths(struct reply_text *text, int group, int at);

static bool
fits(const struct token *token, const struct element *element)
{
	if (element->kind == ELEMENT_NAME)
		return token->ids_len == 0 && token->tenths < 0;
	if (element->kind != ELEMENT_NUMBER)
		return has_id(token, element->id);
	return token->tenths >= element->least &&
	       (element->most == 0 || token->tenths <= element->most);
}

/* "Legs strong, no weakness": what a gap skips must not turn the sense. */
static bool
denies(struct reply_text *text, int at)
{
	int group = text->lexicon->roles[ROLE_DENIAL];

	return group_lengths(text, group, at) & (1U << 1);
}

/* Match the elements from i on at a place: all lengths, from start, that the
 * phrase can have. */
static uint32_t
lengths_from(struct reply_text *text, const struct phrase *phrase, int i,
    int at, int start)
{
	const struct element *element = &phrase->elements[i];
	uint32_t found = 0, group;

	if (i == phrase->len)
		return at - start > LENGTH_MAX ? 0 : 1U << (at - start);
	if (element->kind == ELEMENT_GAP) {
		for (int k = 0; k <= GAP_WORDS && at + k < text->len; k++) {
			if (k > 0 && (clause_before(text, at + k - 1) ||
					 denies(text, at + k - 1)))
				break;
			found |=
			    lengths_from(text, phrase, i + 1, at + k, start);
		}
		return found;
	}
	if (element->kind == ELEMENT_END)
		return at == text->len || clause_before(text, at)
			   ? lengths_from(text, phrase, i + 1, at, start)
			   : 0;
	if (element->optional)
		found = lengths_from(text, phrase, i + 1, at, start);
	if (at >= text->len || (at > start && sentence_before(text, at)) ||
	    (at == start + 1 && parted_before(text, at)))
		return found;
	if (element->kind != ELEMENT_GROUP)
		return fits(&text->tokens[at], element)
			   ? found | lengths_from(
					 text, phrase, i + 1, at + 1, start)
			   : found;
	group = group_lengths(text, element->id, at);
	for (int len = 1; len <= LENGTH_MAX; len++) {
		if (group & (1U << len))
			found |=
			    lengths_from(text, phrase, i + 1, at + len, start);
	}
	return found;
}

/* Most phrases fail at their first word: don't go further. */
static bool
group_begins(const struct group *group, const struct token *token)
{
	for (int i = 0; i < token->ids_len; i++) {
		int id = token->ids[i];

		if (group->firsts[id / 32] & (UINT32_C(1) << id % 32))
			return true;
	}
	return group->first_number && token->tenths >= 0;
}

static bool
begins(const struct lexicon *lexicon, const struct phrase *phrase,
    const struct token *token)
{
	for (int i = 0; i < phrase->len; i++) {
		const struct element *element = &phrase->elements[i];

		if (element->kind == ELEMENT_GROUP
			? group_begins(&lexicon->groups[element->id], token)
			: fits(token, element))
			return true;
		if (!element->optional)
			return false;
	}
	return false;
}

static uint32_t
group_lengths(struct reply_text *text, int group, int at)
{
	const struct group *g = &text->lexicon->groups[group];
	uint32_t *known = &text->matches[group * (text->len + 1) + at];

	if (*known == 0) {
		const struct token *token = &text->tokens[at];
		uint32_t found = LOOKED_UP;
		int len = group_begins(g, token) ? g->len : 0;

		for (int i = 0; i < len; i++) {
			if (begins(text->lexicon, &g->phrases[i], token))
				found |= lengths_from(
				    text, &g->phrases[i], 0, at, at);
		}
		*known = found & ~1U;
	}
	return *known & ~LOOKED_UP;
}

static int
longest(uint32_t lengths, int at)
{
	return lengths == 0 ? -1 : at + 31 - __builtin_clz(lengths);
}

int
match_phrase(struct reply_text *text, const struct phrase *phrase, int at)
{
	if (at >= text->len ||
	    !begins(text->lexicon, phrase, &text->tokens[at]))
		return -1;
	return longest(lengths_from(text, phrase, 0, at, at) & ~1U, at);
}

int
match_group(struct reply_text *text, int group, int at)
{
	return at >= text->len ? -1
			       : longest(group_lengths(text, group, at), at);
}

int
match_role(struct reply_text *text, enum role role, int at)
{
	return match_group(text, text->lexicon->roles[role], at);
}

bool
match_role_to(struct reply_text *text, enum role role, int from, int to)
{
	return to - from <= LENGTH_MAX &&
	       (group_lengths(text, text->lexicon->roles[role], from) &
		   (1U << (to - from)));
}

int
match_role_before(struct reply_text *text, enum role role, int at)
{
	for (int i = at - 1; i >= 0 && i >= at - PHRASE_BACK; i--) {
		if (match_role_to(text, role, i, at))
			return i;
		if (sentence_before(text, i))
			break;
	}
	return -1;
}

int
match_role_longest(struct reply_text *text, enum role role, int at)
{
	int most = 0;

	for (int i = at - 1; i >= 0 && i >= at - PHRASE_BACK; i--) {
		if (match_role_to(text, role, i, at))
			most = at - i;
		if (sentence_before(text, i))
			break;
	}
	return most;
}

int
match_role_in(struct reply_text *text, enum role role, int first, int end)
{
	for (int i = first; i < end; i++) {
		int stop = match_role(text, role, i);

		if (stop >= 0 && stop <= end)
			return i;
	}
	return -1;
}

bool
match_only(struct reply_text *text, int first, int end, const enum role *roles)
{
	bool found = false;

	for (int at = first; at < end;) {
		int furthest = -1;

		for (int i = 0; roles[i] != ROLE__MAX; i++) {
			int stop = match_role(text, roles[i], at);

			if (stop > furthest && stop <= end) {
				furthest = stop;
				found |= i == 0;
			}
		}
		if (furthest < 0)
			return false;
		at = furthest;
	}
	return found;
}

int
text_first(const struct reply_text *text, int at, unsigned marks)
{
	while (at > 0 && !(text->tokens[at].before & marks))
		at--;
	return at;
}

int
text_end(const struct reply_text *text, int at, unsigned marks)
{
	do
		at++;
	while (at < text->len && !(text->tokens[at].before & marks));
	return at;
}
