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

/* What one phrase says of an answer. */
struct phrase_heard {
	enum answer answer;
	bool plain; /* a mere yes or no */
	bool said; /* outright */
	int end;
};

struct tally {
	int yes;
	int no;
	int said_yes;
	int said_no;
	int plain_yes; /* of these so many are a mere yes or no */
	int plain_no;
	enum answer plain; /* the yes or no that the text begins with */
	enum answer first; /* what is heard first, plain or not */
};

/* The longest phrase at a place and what it says. Of two as long the one that
 * bears on this answer wins, then what bears on none. */
static struct phrase_heard
hear(struct reply_text *text, const struct bearing *b, bool asked, int at)
{
	const struct {
		enum role role;
		enum answer answer;
		bool plain;
		bool said;
	} roles[] = { { b->said_yes, ANSWER_YES, false, true },
		{ b->said_no, ANSWER_NO, false, true },
		{ b->yes, ANSWER_YES, false, false },
		{ b->no, ANSWER_NO, false, false },
		{ ROLE_NEUTRAL, ANSWER_NONE, false, true },
		{ ROLE_YES, ANSWER_YES, true, false },
		{ ROLE_NO, ANSWER_NO, true, false } };
	struct phrase_heard heard = { .end = at };

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		int end;

		if (!roles[i].said && !asked)
			continue;
		end = match_role(text, roles[i].role, at);
		if (end > heard.end)
			heard = (struct phrase_heard){ roles[i].answer,
				roles[i].plain, roles[i].said, end };
		/* "No" is plain although it is also a word for no symptoms. */
		else if (end == heard.end && end > at &&
			 roles[i].answer == heard.answer)
			heard.plain |= roles[i].plain;
	}
	if (heard.end == at)
		heard.end = at + 1;
	return heard;
}

/* "Today I have not | done them": a no that stands right before it. */
static bool
negated(struct reply_text *text, int at)
{
	return at > 0 && !(text->tokens[at].before & MARK_CLAUSE) &&
	       match_role_before(text, ROLE_DENIAL, at) >= 0;
}

static struct tally
count(struct reply_text *text, enum asks what, bool asked)
{
	struct tally tally = { 0 };
	struct phrase_heard heard;

	for (int at = 0; at < text->len; at = heard.end) {
		heard = hear(text, &bearings[what], asked, at);
		if (heard.answer == ANSWER_NONE || reply_in_question(text, at))
			continue;
		if (what == ASKS_LEG && heard.answer == ANSWER_YES &&
		    text->harmless[at])
			continue;
		/* "No tingling or numbness": a symptom that is denied. */
		if (what == ASKS_LEG && heard.answer == ANSWER_YES &&
		    !heard.plain &&
		    reply_denied(text, at, heard.end, at, heard.end))
			heard.answer = ANSWER_NO;
		if (what == ASKS_DONE && heard.answer == ANSWER_YES &&
		    !heard.plain && negated(text, at))
			heard.answer = ANSWER_NO;
		if (tally.yes + tally.no == 0) {
			tally.first = heard.answer;
			if (heard.plain)
				tally.plain = heard.answer;
		}
		tally.yes += heard.answer == ANSWER_YES;
		tally.no += heard.answer == ANSWER_NO;
		tally.plain_yes += heard.plain && heard.answer == ANSWER_YES;
		tally.plain_no += heard.plain && heard.answer == ANSWER_NO;
		tally.said_yes += heard.said && heard.answer == ANSWER_YES;
		tally.said_no += heard.said && heard.answer == ANSWER_NO;
	}
	return tally;
}

static enum answer
agreed(int yes, int no)
{
	if (yes > 0 && no == 0)
		return ANSWER_YES;
	if (no > 0 && yes == 0)
		return ANSWER_NO;
	return ANSWER_NONE;
}

static enum answer
answer_to(struct reply_text *text, enum asks what, bool asked)
{
	struct tally tally = count(text, what, asked);
	enum answer answer = agreed(tally.yes, tally.no);

	if (answer != ANSWER_NONE)
		return answer;
	/* For and against: a new leg symptom in doubt is one, and so is "no,
	 * but my foot tingles"; "better but still sore" is what it says
	 * outright; "no, did none" is a no. */
	if (what == ASKS_LEG && tally.yes > 0 &&
	    (tally.plain != ANSWER_NO || tally.said_yes > 0))
		return ANSWER_YES;
	if (tally.plain != ANSWER_NONE)
		return tally.plain;
	/* "Tomorrow, definitely": the yes is only how it is said. */
	answer = agreed(tally.yes - tally.plain_yes, tally.no - tally.plain_no);
	if (answer == ANSWER_NONE)
		answer = agreed(tally.said_yes, tally.said_no);
	/* "Half done, the rest later": done in part. "Not done them, have done
	 * my back in": what is said first answers. */
	if (answer == ANSWER_NONE && what == ASKS_DONE)
		answer = tally.first;
	return answer;
}

void
reply_read_answers(
    struct reply_text *text, enum asks asked, struct reading *reading)
{
	reading->done = answer_to(text, ASKS_DONE, asked == ASKS_DONE);
	reading->leg = answer_to(text, ASKS_LEG, asked == ASKS_LEG);
	/* "No change" or "worse" is then said of the leg. */
	if (asked != ASKS_LEG)
		reading->settled =
		    answer_to(text, ASKS_SETTLED, asked == ASKS_SETTLED);
}
