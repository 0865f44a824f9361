/*
 * scores.c - see scores.h
 */
#include "care/scores.h"

/* The n-th newest pain score, or PAIN_NONE; those without one don't count. */
int
scores_pain(const struct decide_facts *facts, int n)
{
	for (int i = 0; i < facts->readings_len; i++)
		if (facts->readings[i].pain != PAIN_NONE && n-- == 0)
			return facts->readings[i].pain;
	return PAIN_NONE;
}

int
scores_pains(const struct decide_facts *facts)
{
	int n = 0;

	for (int i = 0; i < facts->readings_len; i++)
		n += facts->readings[i].pain != PAIN_NONE;
	return n;
}

/* What the stage began with; failing that, the first score given in it. */
int
scores_start(const struct decide_facts *facts)
{
	if (facts->start_pain != PAIN_NONE)
		return facts->start_pain;
	return scores_pain(facts, scores_pains(facts) - 1);
}

/* Mornings that were the same or better since the last that was worse. */
int
scores_settled(const struct decide_facts *facts)
{
	int n = 0;

	for (int i = 0; i < facts->readings_len; i++) {
		if (facts->readings[i].settled == ANSWER_NO)
			break;
		n += facts->readings[i].settled == ANSWER_YES;
	}
	return n;
}

bool
scores_last_worse(const struct decide_facts *facts)
{
	for (int i = 0; i < facts->readings_len; i++)
		if (facts->readings[i].settled != ANSWER_NONE)
			return facts->readings[i].settled == ANSWER_NO;
	return false;
}

bool
scores_leg(const struct decide_facts *facts)
{
	for (int i = 0; i < facts->readings_len; i++)
		if (facts->readings[i].leg == ANSWER_YES)
			return true;
	return facts->leg_open;
}
