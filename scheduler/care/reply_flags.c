/*
 * Red flags: phrases of a rule that stand near each other, none of them
 * denied, none part of a phrase that only sounds alarming. In doubt there is
 * one: a denial must be plain, a near miss must be listed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/likeness.h"
#include "care/reply_text.h"

#define NEAR_WORDS 12 /* words between the parts of "a + b" at most */
#define CLOSE_WORDS 4 /* and between those of "a ~ b" */
#define OTHERS_WORDS 8 /* words that "my mum" is said of at most */
#define OVER_A_STOP 3 /* words that the end of a sentence counts as */
#define OVER_A_COMMA 2 /* and a comma, between close parts */
#define EXCUSE_WORDS 16 /* between a sign and what explains it */
#define PARTS_MAX 4
#define SENTENCE_ENDS ".!?;\n"
#define SENTENCES_MAX 32

struct span {
	int first;
	int end;
};

/* How many words part two spans, what stands between them counted too; -1
 * when they overlap. */
static int
gap(const struct reply_text *text, struct span a, struct span b, bool close)
{
	int first = a.end, last = b.first, words;

	if (b.first < a.first) {
		first = b.end;
		last = a.first;
	}
	if (last < first)
		return -1;
	words = last - first;
	for (int i = first; i <= last && i < text->len; i++) {
		unsigned before = text->tokens[i].before;

		if (before & (MARK_END | MARK_QUESTION))
			words += close ? CLOSE_WORDS + 1 : OVER_A_STOP;
		else if (close && (before & MARK_COMMA))
			words += OVER_A_COMMA;
	}
	return words;
}

static bool
near_all(const struct reply_text *text, const struct pattern *pattern,
    const struct span *spans, int len)
{
	int most = pattern->close ? CLOSE_WORDS : NEAR_WORDS;

	for (int i = 0; i + 1 < len; i++) {
		int words = gap(text, spans[i], spans[len - 1], pattern->close);

		if (words < 0 || words > most)
			return false;
	}
	return true;
}

/*
 * "My mum has cancer", "the dog was sick, 4": said of someone else by one who
 * tells of himself, too. Who tells of no one but his mother writes for her.
 */
static bool
of_others(struct reply_text *text, int first)
{
	int start = text_first(text, first, MARK_END | MARK_QUESTION), at, end;

	if (start < first - OTHERS_WORDS)
		start = first - OTHERS_WORDS;
	at = match_role_in(text, ROLE_OTHERS, start, first);
	if (at < 0)
		return false;
	end = match_role(text, ROLE_OTHERS, at);
	return match_role_in(text, ROLE_SELF, end, first) < 0 &&
	       (text->answered ||
		   match_role_in(text, ROLE_SELF, 0, text->len) >= 0);
}

/* A reason near by, in the same sentence, that takes the alarm away ("on a
 * diet"), itself not denied. What goes on after its reason is not explained by
 * it ("numb after the drive, and still"). */
static bool
excused(struct reply_text *text, const struct flag_rule *rule, int from, int to)
{
	int at = text_first(text, from, MARK_END | MARK_QUESTION);
	int end = text_end(text, to - 1, MARK_END | MARK_QUESTION);

	if (rule->unless < 0 || match_role_in(text, ROLE_LASTING, at, end) >= 0)
		return false;
	if (at < from - EXCUSE_WORDS)
		at = from - EXCUSE_WORDS;
	for (; at < end && at < to + EXCUSE_WORDS; at++) {
		if (match_group(text, rule->unless, at) >= 0 &&
		    !reply_denial_near(text, at))
			return true;
	}
	return false;
}

static bool
counts(struct reply_text *text, const struct flag_rule *rule,
    const struct span *spans, int len)
{
	// NOLINTNEXTLINE(clang-analyzer-core.*): len of them are set
	int from = spans[0].first, to = spans[0].end;

	for (int i = 1; i < len; i++) {
		from = spans[i].first < from ? spans[i].first : from;
		to = spans[i].end > to ? spans[i].end : to;
	}
	for (int i = 0; i < len; i++) {
		if (reply_denied(
			text, spans[i].first, spans[i].end, from, to)) {
			text->denied = true;
			return false;
		}
	}
	if ((rule->own && of_others(text, spans[0].first)) ||
	    excused(text, rule, from, to)) {
		text->denied = true;
		return false;
	}
	return true;
}

/* Find the pattern's parts from i on, each near those found. */
static bool
find_parts(struct reply_text *text, const struct flag_rule *rule,
    const struct pattern *pattern, struct span *spans, int i)
{
	int first = 0, end = text->len;

	if (i == pattern->len)
		return counts(text, rule, spans, i);
	if (i > 0) {
		/* Nothing further off could be near. */
		first = spans[0].first - 2 * NEAR_WORDS - PHRASE_BACK;
		end = spans[0].end + 2 * NEAR_WORDS;
		first = first < 0 ? 0 : first;
		end = end > text->len ? text->len : end;
	}
	for (int at = first; at < end; at++) {
		int stop;

		if (text->harmless[at])
			continue;
		stop = match_phrase(text, &pattern->parts[i], at);
		/* "Can't go on holiday" ends in what only sounds so. */
		if (stop < 0 || text->harmless[stop - 1])
			continue;
		spans[i] = (struct span){ at, stop };
		if (near_all(text, pattern, spans, i + 1) &&
		    find_parts(text, rule, pattern, spans, i + 1))
			return true;
	}
	return false;
}

static bool
raised(struct reply_text *text, const struct flag_rule *rule)
{
	struct span spans[PARTS_MAX];

	for (int i = 0; i < rule->say_len; i++) {
		if (rule->say[i].len <= PARTS_MAX &&
		    find_parts(text, rule, &rule->say[i], spans, 0))
			return true;
	}
	return false;
}

/* The gravest first; a name once; of too many the least grave is dropped. */
static void
add_flag(struct reading *reading, const struct red_flag *flag)
{
	int at;

	for (at = 0; at < reading->flags_len; at++) {
		if (strcmp(reading->flags[at].name, flag->name) == 0)
			return;
	}
	for (at = 0; at < reading->flags_len; at++) {
		if (reading->flags[at].level < flag->level)
			break;
	}
	if (at == READING_FLAGS)
		return;
	if (reading->flags_len < READING_FLAGS)
		reading->flags_len++;
	for (int i = reading->flags_len - 1; i > at; i--)
		reading->flags[i] = reading->flags[i - 1];
	reading->flags[at] = *flag;
}

/*
 * Does the reply name what such a flag is about? Where no rule of that name
 * says what that is, anything may tell it; where one is for this question or
 * for all but this, the lists know its answers and likeness is not asked.
 */
static bool
names_topic(
    struct reply_text *text, const struct red_flag *flag, enum asks asked)
{
	bool told = false, named = false;

	for (int i = 0; i < text->lexicon->flags_len; i++) {
		const struct flag_rule *rule = &text->lexicon->flags[i];

		if (strcmp(rule->flag.name, flag->name) != 0)
			continue;
		if (asked != ASKS_NONE &&
		    (rule->asked == asked || rule->not_asked == asked))
			return false;
		told |= rule->topic >= 0;
		for (int at = 0; rule->topic >= 0 && at < text->len; at++)
			named |= match_group(text, rule->topic, at) >= 0;
	}
	return named || !told;
}

/* What the lists hear; the gravest first. True where they hear any. */
static bool
listed(struct reply_text *text, enum asks asked, struct reading *reading)
{
	bool any = false;

	/* Rules of one name stand in the file from the gravest down. */
	for (int i = 0; i < text->lexicon->flags_len; i++) {
		const struct flag_rule *rule = &text->lexicon->flags[i];

		if (rule->asked != ASKS_NONE && rule->asked != asked)
			continue;
		if (rule->not_asked != ASKS_NONE && rule->not_asked == asked)
			continue;
		if (!raised(text, rule))
			continue;
		any = true;
		if (reading != NULL)
			add_flag(reading, &rule->flag);
	}
	return any;
}

/* Nothing that a list names: is it like what people wrote who were in danger?
 * A sign that stands there and is denied says that the lists know better. */
static bool
alike(struct reply_text *text, enum asks asked, struct red_flag *flag)
{
	return !text->denied &&
	       likeness_flag(text->lexicon->likeness, text->folded, flag) &&
	       names_topic(text, flag, asked);
}

/* A sentence by itself: neither small talk nor what another sentence denies
 * should drown it. */
static bool
alike_in_part(const struct reply_text *text, const char *part, enum asks asked,
    struct red_flag *flag)
{
	struct reply_text sentence;
	bool so;

	reply_text_open(&sentence, text->lexicon, part);
	so = !listed(&sentence, asked, NULL) && alike(&sentence, asked, flag);
	reply_text_close(&sentence);
	return so;
}

static bool
alike_anywhere(struct reply_text *text, enum asks asked, struct red_flag *flag)
{
	char *copy, *rest, *part;
	bool so = alike(text, asked, flag);

	if (so || strpbrk(text->folded, SENTENCE_ENDS) == NULL)
		return so;
	rest = copy = xstrdup(text->folded);
	for (int i = 0; !so && i < SENTENCES_MAX &&
			(part = strsep(&rest, SENTENCE_ENDS)) != NULL;
	     i++)
		so = alike_in_part(text, part, asked, flag);
	free(copy);
	return so;
}

void
reply_read_flags(
    struct reply_text *text, enum asks asked, struct reading *reading)
{
	struct red_flag flag;

	listed(text, asked, reading);
	if (!reading->automatic && !text->tapback &&
	    (reading->flags_len == 0 ||
		reading_level(reading) == FLAG_NOTICE) &&
	    alike_anywhere(text, asked, &flag))
		add_flag(reading, &flag);
}
