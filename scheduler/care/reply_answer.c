/*
 * Done, leg and settled: what was asked is read from yes and no in their many
 * forms, what was not asked only when it is said outright.
 *
 * The text is covered from left to right by the longest phrases that bear on
 * the answer. Phrases for and against that contradict each other leave it
 * open, save that a plain yes or no at the start speaks for itself.
 */
#include "care/reply_text.h"

/* The groups that speak for and against one answer. */
struct bearing {
	enum role yes;
	enum role no;
	enum role said_yes; /* outright, asked or not */
	enum role said_no;
};

static const struct bearing bearings[ASKS__MAX] = {
	[ASKS_DONE] = { ROLE_DONE, ROLE_NOT_DONE, ROLE_DONE_SAID,
	    ROLE_NOT_DONE_SAID },
	[ASKS_LEG] = { ROLE_LEG, ROLE_NOT_LEG, ROLE_LEG_SAID,
	    ROLE_NOT_LEG_SAID },
	[ASKS_SETTLED] = { ROLE_SETTLED, ROLE_NOT_SETTLED, ROLE_SETTLED_SAID,
	    ROLE_NOT_SETTLED_SAID },
};

struct tally {
	int yes;
	int no;
	enum answer plain; /* the yes or no that the text begins with */
};

/* The longest phrase at a place and what it says; neutral wins a tie. */
static enum answer
heard(struct reply_text *text, const struct bearing *b, bool asked, int at,
    int *end, bool *plain)
{
	const struct {
		enum role role;
		enum answer answer;
		bool when_asked;
	} roles[] = { { ROLE_NEUTRAL, ANSWER_NONE, false },
		{ b->said_yes, ANSWER_YES, false },
		{ b->said_no, ANSWER_NO, false }, { b->yes, ANSWER_YES, true },
		{ b->no, ANSWER_NO, true }, { ROLE_YES, ANSWER_YES, true },
		{ ROLE_NO, ANSWER_NO, true } };
	enum answer answer = ANSWER_NONE;
	int longest = -1;

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		int stop;

		if (roles[i].when_asked && !asked)
			continue;
		stop = match_role(text, roles[i].role, at);
		if (stop > longest) {
			longest = stop;
			answer = roles[i].answer;
			*plain = roles[i].role == ROLE_YES ||
			    roles[i].role == ROLE_NO;
		}
	}
	*end = longest < 0 ? at + 1 : longest;
	return answer;
}

static struct tally
count(struct reply_text *text, const struct bearing *b, bool asked)
{
	struct tally tally = { 0 };
	bool begun = false;
	int end;

	for (int at = 0; at < text->len; at = end) {
		bool plain = false;
		enum answer answer = heard(text, b, asked, at, &end, &plain);

		if (answer == ANSWER_NONE || reply_in_question(text, at))
			continue;
		if (!begun && plain)
			tally.plain = answer;
		begun = true;
		if (answer == ANSWER_YES)
			tally.yes++;
		else
			tally.no++;
	}
	return tally;
}

static enum answer
answer_to(struct reply_text *text, enum asks what, bool asked)
{
	struct tally tally = count(text, &bearings[what], asked);

	if (tally.yes > 0 && tally.no == 0)
		return ANSWER_YES;
	if (tally.no > 0 && tally.yes == 0)
		return ANSWER_NO;
	/* For and against: a new leg symptom in doubt is one. */
	if (tally.yes > 0 && what == ASKS_LEG && tally.plain != ANSWER_NO)
		return ANSWER_YES;
	return tally.plain;
}

void
reply_read_answers(struct reply_text *text, enum asks asked,
    struct reading *reading)
{
	reading->done = answer_to(text, ASKS_DONE, asked == ASKS_DONE);
	reading->leg = answer_to(text, ASKS_LEG, asked == ASKS_LEG);
	reading->settled = answer_to(text, ASKS_SETTLED,
	    asked == ASKS_SETTLED);
}
