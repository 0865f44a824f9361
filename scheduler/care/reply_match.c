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

/* Match the elements from i on at a place; the end of the match, or -1. */
static int
match_from(struct reply_text *text, const struct phrase *phrase, int i,
    int at, int start)
{
	const struct element *element = &phrase->elements[i];
	int end = -1;

	if (i == phrase->len)
		return at;
	if (element->kind == ELEMENT_GAP) {
		for (int k = 0; k <= GAP_WORDS && at + k < text->len; k++) {
			if (k > 0 && (text->tokens[at + k - 1].before &
					 (MARK_END | MARK_QUESTION)))
				break;
			end = match_from(text, phrase, i + 1, at + k, start);
			if (end >= 0)
				return end;
		}
		return -1;
	}
	if (at < text->len &&
	    (at == start ||
		!(text->tokens[at].before & (MARK_END | MARK_QUESTION)))) {
		if (element->kind == ELEMENT_GROUP)
			end = match_group(text, element->id, at);
		else if (element->kind == ELEMENT_NUMBER
			? text->tokens[at].tenths >= 0
			: has_id(&text->tokens[at], element->id))
			end = at + 1;
		if (end >= 0)
			end = match_from(text, phrase, i + 1, end, start);
	}
	if (end < 0 && element->optional)
		end = match_from(text, phrase, i + 1, at, start);
	return end;
}

int
match_phrase(struct reply_text *text, const struct phrase *phrase, int at)
{
	int end = match_from(text, phrase, 0, at, at);

	return end > at ? end : -1;
}

int
match_group(struct reply_text *text, int group, int at)
{
	const struct group *g = &text->lexicon->groups[group];
	int *known = &text->matches[group * (text->len + 1) + at];
	int longest = -1;

	if (at >= text->len)
		return -1;
	if (*known != 0)
		return *known;
	for (int i = 0; i < g->len; i++) {
		const struct phrase *phrase = &g->phrases[i];
		int end;

		/* Most phrases fail at their first word: don't go further. */
		if ((phrase->elements[0].kind == ELEMENT_WORD ||
			phrase->elements[0].kind == ELEMENT_STEM) &&
		    !phrase->elements[0].optional &&
		    !has_id(&text->tokens[at], phrase->elements[0].id))
			continue;
		end = match_phrase(text, phrase, at);
		if (end > longest)
			longest = end;
	}
	*known = longest;
	return longest;
}

int
match_role(struct reply_text *text, enum role role, int at)
{
	return match_group(text, text->lexicon->roles[role], at);
}

int
match_role_before(struct reply_text *text, enum role role, int at)
{
	for (int i = at - 1; i >= 0 && i >= at - PHRASE_BACK; i--) {
		if (text->tokens[i + 1].before & (MARK_END | MARK_QUESTION))
			break;
		if (match_role(text, role, i) == at)
			return i;
	}
	return -1;
}

int
match_role_longest(struct reply_text *text, enum role role, int at)
{
	int longest = 0;

	for (int i = at - 1; i >= 0 && i >= at - PHRASE_BACK; i--) {
		if (text->tokens[i + 1].before & (MARK_END | MARK_QUESTION))
			break;
		if (match_role(text, role, i) == at)
			longest = at - i;
	}
	return longest;
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
match_only(struct reply_text *text, int first, int end,
    const enum role *roles)
{
	bool found = false;

	for (int at = first; at < end;) {
		int longest = -1;

		for (int i = 0; roles[i] != ROLE__MAX; i++) {
			int stop = match_role(text, roles[i], at);

			if (stop > longest && stop <= end) {
				longest = stop;
				found |= i == 0;
			}
		}
		if (longest < 0)
			return false;
		at = longest;
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
