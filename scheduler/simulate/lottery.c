#include "simulate/lottery.h"

/* The finishing step of splitmix64 (Steele, Lea and Flood 2014): each bit of
 * what comes out hangs on each bit of what goes in. */
static uint64_t
mix(uint64_t z)
{
	z += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

double
lottery_draw(
    const struct lottery *lottery, enum lot lot, int64_t who, int64_t turn)
{
	uint64_t z = mix(lottery->seed);
	z = mix(z ^ (uint64_t)lot);
	z = mix(z ^ (uint64_t)who);
	z = mix(z ^ (uint64_t)turn);
	return (double)(z >> 11) / (double)(UINT64_C(1) << 53);
}

bool
lottery_wins(const struct lottery *lottery, enum lot lot, int64_t who,
    int64_t turn, double percent)
{
	return lottery_draw(lottery, lot, who, turn) * 100 < percent;
}

int
lottery_pick(const struct lottery *lottery, enum lot lot, int64_t who,
    int64_t turn, int count)
{
	return (int)(lottery_draw(lottery, lot, who, turn) * count);
}

/* The sum of three even draws is near enough to a bell. */
double
lottery_swing(
    const struct lottery *lottery, enum lot lot, int64_t who, int64_t turn)
{
	double sum = 0;
	for (int i = 0; i < 3; i++)
		sum += lottery_draw(lottery, lot, who, turn * 3 + i) * 2 - 1;
	return sum;
}
