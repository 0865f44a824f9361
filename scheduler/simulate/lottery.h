/*
 * NAME
 *	lottery - chance that comes out the same each time
 *
 * A draw is a pure function of a seed and of what it is drawn for: no draw
 * depends on how many were made before it. So the same virtual patient has
 * the same good and bad days under two versions of a plan.
 */
#ifndef SIMULATE_LOTTERY_H
#define SIMULATE_LOTTERY_H

#include <stdbool.h>
#include <stdint.h>

/* What a draw is for; draws for different things don't hang together. */
enum lot {
	LOT_SHAPE,
	LOT_START,
	LOT_PAIN,
	LOT_PERSON,
	LOT_EVENT,
	LOT_ANSWER,
	LOT_DELAY,
	LOT_WORDS,
	LOT_SCORE,
	LOT_DONE,
	LOT_GATEWAY,
	LOT_STAFF,
	LOT__MAX
};

struct lottery {
	uint64_t seed;
};

/* From 0 to below 1. who and turn tell the draws of one lot apart. */
double lottery_draw(
    const struct lottery *lottery, enum lot lot, int64_t who, int64_t turn);
/* True in so many of a hundred. */
bool lottery_wins(const struct lottery *lottery, enum lot lot, int64_t who,
    int64_t turn, double percent);
/* From 0 to below count, which is at least 1. */
int lottery_pick(const struct lottery *lottery, enum lot lot, int64_t who,
    int64_t turn, int count);
/* Around 0, two in three within 1, never beyond 3. */
double lottery_swing(
    const struct lottery *lottery, enum lot lot, int64_t who, int64_t turn);

#endif
