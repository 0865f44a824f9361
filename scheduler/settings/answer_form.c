/*
 * answer_form.c - see answer_form.h
 */
#include "settings/answer_form.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "care/reply.h"

#define PHRASE 64

/* What the words that a text offers come to. */
struct offer {
	bool yes;
	bool no;
};

/* The next row of words in capitals, each of two letters or more; "" at the
 * end. */
static void
next_phrase(const char **p, char *out)
{
	size_t len = 0;

	while (**p != '\0') {
		size_t word = strspn(*p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		bool whole = word >= 2 && !isalnum((unsigned char)(*p)[word]) &&
			     (unsigned char)(*p)[word] < 0x80;

		if (whole && len + word + 2 < PHRASE) {
			memcpy(out + len, *p, word);
			len += word;
			out[len++] = ' ';
			*p += word;
			if (**p == ' ')
				(*p)++;
			continue;
		}
		if (len > 0)
			break;
		/* Past this word, whatever it is. */
		while (
		    isalnum((unsigned char)**p) || (unsigned char)**p >= 0x80)
			(*p)++;
		if (**p != '\0')
			(*p)++;
	}
	out[len > 0 ? len - 1 : 0] = '\0';
}

/* The answer that a reading gives to that question. */
static enum answer
answer_to(enum asks asks, const struct reading *reading)
{
	switch (asks) {
	case ASKS_PAIN:
		return reading->pain != PAIN_NONE ? ANSWER_YES : ANSWER_NONE;
	case ASKS_DONE:
		return reading->done;
	case ASKS_LEG:
		return reading->leg;
	case ASKS_SETTLED:
		return reading->settled;
	case ASKS_NONE:
	case ASKS__MAX:
		break;
	}
	return ANSWER_NONE;
}

static enum answer
read_as(const struct lexicon *lexicon, enum asks asks, const char *phrase)
{
	struct reading reading = reply_read(lexicon, asks, phrase);

	if (reading.stop || reading.start || reading.help)
		return ANSWER_NONE;
	return answer_to(asks, &reading);
}

/* Yes to whatever is asked. */
static bool
is_yes(const struct lexicon *lexicon, const char *phrase)
{
	return read_as(lexicon, ASKS_DONE, phrase) == ANSWER_YES &&
	       read_as(lexicon, ASKS_LEG, phrase) == ANSWER_YES;
}

/* Would it be an answer to any question at all? */
static bool
is_answer(const struct lexicon *lexicon, const char *phrase)
{
	for (int i = ASKS_NONE + 1; i < ASKS__MAX; i++)
		if (read_as(lexicon, (enum asks)i, phrase) != ANSWER_NONE)
			return true;
	return false;
}

/* False with the problem; what the phrase offers is added. */
static bool
check_phrase(const struct lexicon *lexicon, enum asks asks, const char *phrase,
    struct offer *offer, char *problem, size_t size)
{
	enum answer answer = read_as(lexicon, asks, phrase);

	if (is_yes(lexicon, phrase)) {
		snprintf(problem, size,
		    "offers %s, which carriers take as agreeing to messages; "
		    "ask for another word",
		    phrase);
		return false;
	}
	offer->yes = offer->yes || answer == ANSWER_YES;
	offer->no = offer->no || answer == ANSWER_NO;
	if (answer != ANSWER_NONE)
		return true;
	if (!is_answer(lexicon, phrase))
		return true;
	if (asks == ASKS_NONE)
		snprintf(problem, size,
		    "offers %s as an answer, and asks nothing; nobody waits "
		    "for it",
		    phrase);
	else
		snprintf(problem, size,
		    "offers %s, which is no answer to what it asks (%s); say "
		    "what to answer with",
		    phrase, asks_names[asks]);
	return false;
}

/* Is the number there by itself? */
static bool
has_number(const char *text, const char *number)
{
	size_t len = strlen(number);

	for (const char *p = strstr(text, number); p != NULL;
	     p = strstr(p + 1, number))
		if ((p == text || !isdigit((unsigned char)p[-1])) &&
		    !isdigit((unsigned char)p[len]))
			return true;
	return false;
}

void
answer_form_offers(enum asks asks, const char *text, struct buffer *out)
{
	char phrase[PHRASE];
	const char *p = text;

	buffer_printf(out, "%s %d", asks_names[asks],
	    has_number(text, "0") && has_number(text, "10"));
	for (next_phrase(&p, phrase); *phrase != '\0'; next_phrase(&p, phrase))
		buffer_printf(out, ", %s", phrase);
}

static const char *
missing(enum asks asks, const struct offer *offer, const char *text)
{
	switch (asks) {
	case ASKS_PAIN:
		return has_number(text, "0") && has_number(text, "10")
			   ? NULL
			   : "asks for a score and does not say from 0 to 10";
	case ASKS_DONE:
	case ASKS_SETTLED:
		return offer->yes && offer->no
			   ? NULL
			   : "names no words, in capitals, for both answers";
	case ASKS_LEG:
		return offer->no ? NULL
				 : "names no word, in capitals, for \"no\"";
	case ASKS_NONE:
	case ASKS__MAX:
		break;
	}
	return NULL;
}

bool
answer_form_check(const struct lexicon *lexicon, enum asks asks,
    const char *text, char *problem, size_t size)
{
	struct offer offer = { false, false };
	const char *p = text, *lacks;
	char phrase[PHRASE];

	for (;;) {
		next_phrase(&p, phrase);
		if (*phrase == '\0')
			break;
		if (!check_phrase(lexicon, asks, phrase, &offer, problem, size))
			return false;
	}
	lacks = missing(asks, &offer, text);
	if (lacks == NULL)
		return true;
	snprintf(problem, size, "%s (%s); say what to answer with", lacks,
	    asks_names[asks]);
	return false;
}
