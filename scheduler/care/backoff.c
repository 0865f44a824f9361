#include "care/backoff.h"

#define BASE_S ((int64_t)5 * 60)
#define URGENT_BASE_S ((int64_t)60)
#define LONGEST_S ((int64_t)2 * 60 * 60)
#define DOUBLINGS 8
#define JITTER_STEPS 16 /* a tenth, in so many steps */

int64_t
backoff_s(int attempts, int64_t retry_after_s, bool urgent, int64_t number)
{
	int doublings = attempts > 1 ? attempts - 1 : 0;
	if (doublings > DOUBLINGS)
		doublings = DOUBLINGS;
	int64_t wait_s = (urgent ? URGENT_BASE_S : BASE_S) << doublings;
	if (wait_s > LONGEST_S)
		wait_s = LONGEST_S;
	if (wait_s < retry_after_s)
		wait_s = retry_after_s;

	/* Knuth's multiplicative hash spreads numbers that are neighbours. */
	uint64_t spread = (uint64_t)number * 2654435761U >> 7;
	return wait_s +
	       wait_s / 10 * (int64_t)(spread % JITTER_STEPS) / JITTER_STEPS;
}
